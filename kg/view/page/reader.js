// The text of an article, with each statement underlined where it stands: in step with picture and cards.

const VOICES = 6; // colours of speakers
let readable = null;

/** What each article tells: pairs of statement and piece of evidence, by article. */
function toldIn(number) {
  if (!readable) {
    readable = articles.map(() => []);
    for (const s of statements) {
      for (const piece of s.evidence) {
        const { article } = passages[piece[0]];
        if (article) readable[article.number].push([s, piece]);
      }
    }
  }
  return readable[number] || [];
}

/** Where a statement stands in its block: the passage, the words that tell it, and what is spoken. */
function markOf(s, piece) {
  const p = passages[piece[0]];
  const { block } = p;
  if (!block) return null;
  const from = unitsTo(block.text, p.start - block.start);
  const mark = { s, block, passage: [from, from + p.text.length] };
  const [subject, relation, object] = wordsOf(piece);
  const roles = {};
  let at = from;
  for (const part of cutAtWords(p.text, subject, relation, object)) {
    if (part.role && !roles[part.role]) roles[part.role] = [at, at + part.text.length];
    at += part.text.length;
  }
  mark.words = roles.relation || roles.object || roles.subject || mark.passage;
  if (s.kind === "quote") {
    const said = p.text.indexOf(s.value.text);
    mark.spoken = said < 0 ? mark.passage : [from + said, from + said + s.value.text.length];
  }
  return mark;
}

/** The marks of what passes the filters, in the order of the text. */
function marksOf(number) {
  const { passes } = lastResult();
  return toldIn(number).filter(([s]) => passes[s.id]).map(([s, piece]) => markOf(s, piece)).filter(Boolean)
    .sort((a, b) => a.block.start - b.block.start || a.words[0] - b.words[0] || a.words[1] - b.words[1] || a.s.id - b.s.id);
}

/** The article that is open, or the one that what is selected stands in, or the most typical one. */
function articleToRead() {
  if (state.article >= 0) return state.article;
  const told = state.selected?.kind === "statement" ? statements[state.selected.id].articles : [];
  return told[0] ?? STORIES[0]?.articles[0] ?? (articles.length ? 0 : -1);
}

/** Opens an article's text: at a statement, or at a place (`[start, end]` of its text). */
function openText(number, { statement = -1, place = null } = {}) {
  const selected = statement >= 0 ? { kind: "statement", id: statement } : state.selected;
  change({ tab: "read", article: number, place, selected }, { step: true });
  announce(`Text of ${articles[number].title}.`);
  showSide();
}

let reading = { key: null };

function drawReader(panel) {
  const number = articleToRead();
  if (number < 0) return replace(panel, el("p", { class: "quiet" }, "No articles here."));
  const key = [number, computed?.key, state.place, verdictsKey()].join(" ");
  if (reading.key !== key || !panel.contains(reading.text)) buildReader(panel, number, key);
  return showSelected();
}

function buildReader(panel, number, key) {
  const a = articles[number];
  const marks = marksOf(number);
  const voices = new Map();
  for (const { s } of marks) if (s.kind === "quote" && !voices.has(s.subject)) voices.set(s.subject, voices.size % VOICES);
  reading = { key, number, marks, spans: [], order: [...new Set(marks.map((m) => m.s.id))], shown: null };
  const text = el("div", { class: "text", lang: "en", tabindex: "0", role: "region", "aria-label": `Text of ${a.title}`, onclick: openAt }, blocksOf(number, marks, voices));
  const place = el("span", { class: "quiet", id: "reader-place" });
  const foot = el("div", { class: "foot", "aria-live": "polite" });
  Object.assign(reading, { text, place, foot });
  const beside = (way) => () => openText((number + way + articles.length) % articles.length);
  replace(panel,
    el("div", { class: "row" }, el("p", { class: "kind" }, [a.outlet, dateInWords(a.date)].filter(Boolean).join(", ")),
      el("span", { class: "row" }, button("‹", beside(-1), { "aria-label": "Article before", id: "article-before" }),
        button("›", beside(1), { "aria-label": "Article after", id: "article-after" }))),
    el("h2", { dir: "auto" }, a.url ? link(a.url, a.title) : a.title),
    a.authors.length ? el("p", { class: "quiet" }, a.authors.join(", ")) : null,
    el("div", { class: "row steps" }, place, el("span", { class: "row" },
      button("Previous", () => stepStatement(-1), { id: "statement-before", title: "The statement before (K)" }),
      button("Next", () => stepStatement(1), { id: "statement-after", title: "The next statement (J)" }))),
    voices.size ? el("ul", { class: "voices", "aria-label": "Colours of speakers" }, [...voices].map(([id, tone]) =>
      el("li", {}, el("span", { class: `voice voice-${tone}` }, short(nodes[id].label, 30))))) : null,
    text,
    raw.view.wholeTexts ? null : el("p", { class: "quiet" }, "This file holds the paragraphs that statements stand in."),
    foot);
}

const BLOCK_TAGS = { headline: "h3", subheading: "h3" };

function blocksOf(number, marks, voices) {
  return TEXTS[number].map((block) => el(BLOCK_TAGS[block.kind] || "p", { class: block.kind, dir: "auto" },
    pieceTogether(block, marks.filter((m) => m.block === block), voices)));
}

/** A block cut wherever a passage, its words or a quotation begin or end. */
function pieceTogether(block, marks, voices) {
  const found = state.place ? state.place.map((at) => unitsTo(block.text, Math.max(0, at - block.start))) : [0, 0];
  const edges = new Set([0, block.text.length, ...found]);
  for (const m of marks) for (const edge of [...m.passage, ...m.words, ...(m.spoken || [])]) edges.add(edge);
  const cuts = [...edges].filter((at) => at <= block.text.length).sort((a, b) => a - b);
  return cuts.slice(1).map((to, i) => {
    const from = cuts[i];
    const covers = (range) => range && range[0] <= from && to <= range[1];
    const inside = marks.filter((m) => covers(m.passage));
    const told = marks.filter((m) => covers(m.words)).map((m) => m.s);
    const speaking = marks.find((m) => covers(m.spoken));
    const words = block.text.slice(from, to);
    const isFound = state.place && covers(found) && found[1] > found[0];
    if (!inside.length && !told.length && !speaking && !isFound) return words;
    const classes = [speaking && `voice voice-${voices.get(speaking.s.subject)}`, isFound && "found",
      told.length && `said ${STATUS[told[0].status]}`].filter(Boolean).join(" ");
    const span = el("span", told.length
      ? { class: classes, role: "button", tabindex: "-1", title: short(statementText(told[0]), 160), "data-told": told.map((s) => s.id).join(" ") }
      : { class: classes }, words);
    reading.spans.push({ span, inside: new Set(inside.map((m) => m.s.id)), told: new Set(told.map((s) => s.id)) });
    return span;
  });
}

/** Opens the statement under the pointer; another click opens the next that the same words tell. */
function openAt(event) {
  const ids = event.target.closest("[data-told]")?.dataset.told.split(" ").map(Number);
  if (!ids) return;
  const at = state.selected?.kind === "statement" ? ids.indexOf(state.selected.id) : -1;
  selectInText(ids[(at + 1) % ids.length]);
}

function selectInText(id) {
  change({ selected: { kind: "statement", id }, article: reading.number, place: null });
  view.reveal([...endsOf(state.selected)]);
  announce(statementText(statements[id]));
}

/** Goes to the next statement of the text, or the one before; from the last on to the first. */
function stepStatement(way) {
  const { order } = reading;
  if (!order.length) return;
  const ids = selectedIds();
  const at = order.findIndex((id) => ids.has(id));
  selectInText(order[at < 0 ? (way > 0 ? 0 : order.length - 1) : (at + way + order.length) % order.length]);
}

/** The statements that what is selected is about. */
function selectedIds() {
  const { selected } = state;
  if (!selected) return new Set();
  if (selected.kind === "statement") return new Set([selected.id]);
  const ids = nodes[selected.kind === "node" ? selected.id : selected.from].statements;
  return new Set(selected.kind === "node" ? ids : ids.filter((id) => [statements[id].subject, ...statements[id].others].includes(selected.to)));
}

/** Marks in the text what is selected, brings it into sight, and tells it beneath. */
function showSelected() {
  const ids = selectedIds();
  const one = state.selected?.kind === "statement";
  let first = null;
  for (const { span, inside, told } of reading.spans) {
    const on = [...inside].some((id) => ids.has(id));
    span.classList.toggle("open", on);
    span.classList.toggle("current", [...told].some((id) => ids.has(id)));
    if (on) first ??= span;
  }
  first ??= state.place ? reading.text.querySelector(".found") : null;
  const shown = `${[...ids]} ${state.place}`;
  if (first && reading.shown !== shown) first.scrollIntoView({ block: "center" });
  reading.shown = shown;
  const at = one ? reading.order.indexOf(state.selected.id) : -1;
  reading.place.textContent = at >= 0 ? `${count(at + 1)} of ${plural(reading.order.length, "statement")}` : plural(reading.order.length, "statement");
  drawFoot(one ? statements[state.selected.id] : null);
}

function drawFoot(s) {
  const { selected } = state;
  const card = (label) => button(label, () => change({ tab: "details" }, { step: true }), { class: "quiet-button", id: "reader-card" });
  if (s) {
    replace(reading.foot, statementLine(s, { openable: false }), statementFacts(s), verdictButtons(s),
      card(`${plural(s.evidence.length, "passage")}: card`),
      reading.order.includes(s.id) ? null : el("p", { class: "quiet" }, "It stands in another article: ", button("Go there", () => openText(s.articles[0], { statement: s.id }), { class: "quiet-button" })));
  } else if (selected) {
    const here = reading.order.filter((id) => selectedIds().has(id)).length;
    const names = [...endsOf(selected)].map((id) => nodes[id].label).join(" and ");
    replace(reading.foot, el("strong", { dir: "auto" }, short(names, 80)), el("span", { class: "quiet" }, ` ${plural(here, "statement")} here `), card("Card"));
  } else replace(reading.foot);
}
