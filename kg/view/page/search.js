// Finding by typing: names, statements, quotations and full text, letter case and accents aside.

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

let keys = null;

/** Names of all entities, folded once, when first needed. */
const searchKeys = () => {
  keys ??= nodes.map((node) => [node.label, ...node.aliases].map(fold));
  return keys;
};

/** Up to `limit` entities whose names hold the words; whole names and beginnings come first. */
function findNames(text, limit = 12) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const found = [];
  searchKeys().forEach((names, id) => {
    let best = 9;
    let by = 0;
    names.forEach((name, i) => {
      const at = name.indexOf(wanted);
      if (at < 0) return;
      const score = name === wanted ? 0 : at === 0 ? 1 : /[^\p{L}\p{N}]/u.test(name[at - 1]) ? 2 : 3;
      if (score < best) [best, by] = [score, i];
    });
    if (best < 9) found.push({ id, best, alias: by > 0 ? nodes[id].aliases[by - 1] : "" });
  });
  found.sort((a, b) => a.best - b.best || a.id - b.id);
  return found.slice(0, limit);
}


/** What is searched beside names, folded once: statements in words, what is spoken, blocks of text. */
let texts = null;

function foldedTexts() {
  texts ??= {
    statement: statements.filter((s) => s.kind !== "quote").map((s) => [fold(statementText(s)), s]),
    quote: statements.filter((s) => s.kind === "quote").map((s) => [fold(`${s.value.text} ${nodes[s.subject].label}`), s]),
    text: TEXTS.flatMap((blocks, article) => blocks.map((block) => [fold(block.text), { article, block }])),
  };
  return texts;
}

/** Statements (or quotations) that hold all words, those that tell most first. */
function findTold(kind, words, limit) {
  return foldedTexts()[kind].filter(([text]) => words.every((word) => text.includes(word))).map(([, s]) => s)
    .sort((a, b) => b.salience * b.sources - a.salience * a.sources || a.id - b.id).slice(0, limit).map((s) => ({ kind, s }));
}

/** Places in the articles where the words stand just so. */
function findInText(wanted, limit) {
  const found = [];
  for (const [text, { article, block }] of foldedTexts().text) {
    if (!text.includes(wanted)) continue;
    found.push({ kind: "text", article, block, ...placeOf(block.text, wanted) });
    if (found.length === limit) break;
  }
  return found;
}

/** Where folded words stand in a text, in its own characters: folding changes lengths. */
function placeOf(text, wanted) {
  const own = [...text];
  const starts = [];
  let folded = "";
  own.forEach((character, i) => {
    const piece = fold(character);
    for (let unit = 0; unit < piece.length; unit += 1) starts.push(i);
    folded += piece;
  });
  const at = folded.indexOf(wanted);
  if (at < 0) return { from: 0, to: 0, near: text.slice(0, 80) };
  const [from, to] = [starts[at], starts[at + wanted.length - 1] + 1];
  return { from, to, near: own.slice(Math.max(0, from - 24), to + 50).join("") };
}

/** All that the words find: names first, then statements, quotations, and places in the texts. */
function findAll(text) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const names = findNames(text, 6).map((found) => ({ kind: "name", ...found }));
  if (wanted.length < 2) return names;
  const words = wanted.split(/\s+/);
  return [...names, ...findTold("statement", words, 5), ...findTold("quote", words, 4), ...findInText(wanted, 5)];
}

/** How what was found reads in the list: each its own words and what it is. */
const FOUND = {
  question: ({ text }) => (SERVER ? [el("span", {}, "Ask: "), el("span", { class: "name" }, short(text, 80))]
    : [el("span", {}, "A question? "), el("code", {}, short(askCommand(text), 90)), el("span", { class: "quiet end" }, "copy")]),
  elsewhere: ({ label, type }) => [el("span", { class: "name" }, short(label, 60)), el("span", { class: "quiet" }, " not in this page"), el("span", { class: "quiet end" }, typeName(type))],
  name: ({ id, alias }) => [swatch(nodes[id].family), el("span", { class: "name" }, short(nodes[id].label, 60)),
    alias ? el("span", { class: "quiet" }, ` also ${short(alias, 40)}`) : null, el("span", { class: "quiet end" }, typeName(nodes[id].type))],
  statement: ({ s }) => [lineSample(LINES[s.status]), el("span", {}, short(statementText(s), 90)), el("span", { class: "quiet end" }, "statement")],
  quote: ({ s }) => [el("span", { class: "spoken" }, short(spokenText(s), 90)), el("span", { class: "quiet end" }, short(nodes[s.subject].label, 24))],
  text: ({ article, from, near }) => [el("span", {}, `${from > 24 ? "…" : ""}${short(near, 90)}`), el("span", { class: "quiet end" }, short(articles[article].title, 30))],
};

const findName = (text) => findNames(text).map((found) => ({ kind: "name", ...found }));

/** Makes an input a combobox over what `find` finds for its words: arrows, Enter, Escape. */
function searchBox(input, list, find, choose, more = null) {
  let found = [];
  let active = -1;
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (next) => {
    active = next;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  };
  const take = (item) => {
    close();
    choose(item);
  };
  const open = () => {
    show(find(input.value));
    const text = input.value;
    more?.(text, (others) => {
      if (others.length && input.value === text && document.activeElement === input && active <= 0) show([...found, ...others]);
    });
  };
  const show = (items) => {
    found = items;
    if (!input.value.trim()) return close();
    replace(list, found.length ? found.map((item, i) => el("li", {
      id: `${list.id}-${i}`, role: "option", "aria-selected": "false", dir: "auto", "data-kind": item.kind,
      onmousedown: (event) => event.preventDefault(), onclick: () => take(item), // the box keeps the focus until then
    }, FOUND[item.kind](item)))
      : el("li", { class: "quiet", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing found"));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(found.length ? 0 : -1);
    return undefined;
  };
  input.addEventListener("input", open);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) open();
      else if (found.length) mark((active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
      event.preventDefault();
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      take(found[active]);
    } else if (event.key === "Escape") {
      if (list.hidden) input.value = "";
      close();
    }
  });
}

/** A box for one name, with its label and list: `choose` gets the number of the entity. */
function nameField(id, label, choose, value = "") {
  const input = el("input", { id, type: "text", role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list",
    "aria-controls": `${id}-found`, autocomplete: "off", value });
  const list = el("ul", { id: `${id}-found`, role: "listbox", "aria-label": "Names found", hidden: true, class: "found" });
  searchBox(input, list, findName, (item) => {
    input.value = nodes[item.id].label;
    choose(item.id);
  });
  return el("div", { class: "field" }, el("label", { for: id }, label), input, list);
}
