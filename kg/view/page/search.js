// Finding an entity by typing: every name and alias, letter case and accents aside.

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

/** Makes an input a combobox over all names: arrows, Enter, Escape. */
function nameBox(input, list, choose) {
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
  const take = (id) => {
    close();
    choose(id);
  };
  const open = () => {
    found = findNames(input.value);
    if (!input.value.trim()) return close();
    replace(list, found.length ? found.map(({ id, alias }, i) => {
      const node = nodes[id];
      return el("li", {
        id: `${list.id}-${i}`, role: "option", "aria-selected": "false", dir: "auto",
        onmousedown: (event) => event.preventDefault(), onclick: () => take(id), // the box keeps the focus until then
      }, swatch(node.family), el("span", { class: "name" }, short(node.label, 60)),
      alias ? el("span", { class: "quiet" }, ` also ${short(alias, 40)}`) : null,
      el("span", { class: "quiet end" }, typeName(node.type)));
    }) : el("li", { class: "quiet", role: "option", "aria-disabled": "true", "aria-selected": "false" },
      "No such name"));
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
      take(found[active].id);
    } else if (event.key === "Escape") {
      if (list.hidden) input.value = "";
      close();
    }
  });
}

/** The shape of a family, drawn small: never colour alone. */
function swatch(family) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `swatch family-${family.name}`);
  svg.setAttribute("aria-hidden", "true");
  const shapes = {
    dot: "M8 2a6 6 0 1 0 .01 0z", square: "M2.5 2.5h11v11h-11z", triangle: "M8 1.5 15 14H1z",
    triangleDown: "M8 14.5 15 2H1z", diamond: "M8 1 15 8 8 15 1 8z",
    hexagon: "M4.5 2h7L15 8l-3.5 6h-7L1 8z",
    star: "M8 1l2 4.9 5.2.4-4 3.4 1.3 5.1L8 12l-4.5 2.8 1.3-5.1-4-3.4L6 5.9z",
  };
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", shapes[family.shape] || shapes.dot);
  const tone = isDark() ? family.dark : family.light;
  path.setAttribute("fill", family.hollow ? "none" : tone);
  path.setAttribute("stroke", tone);
  path.setAttribute("stroke-width", family.hollow ? "2" : "1");
  svg.append(path);
  return svg;
}

/** The line of a status, drawn small. */
function lineSample(style) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 36 12");
  svg.setAttribute("class", "line");
  svg.setAttribute("aria-hidden", "true");
  const tone = isDark() ? style.dark : style.light;
  const stroke = (d, dash) => {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", d);
    path.setAttribute("stroke", tone);
    path.setAttribute("stroke-width", "2");
    path.setAttribute("fill", "none");
    if (dash.length) path.setAttribute("stroke-dasharray", dash.map((n) => n * 0.8).join(" "));
    svg.append(path);
  };
  stroke("M1 6h34", style.dash);
  if (style.mark === "×") stroke("M13 1l10 10M23 1L13 11", []);
  if (style.mark === "?") stroke("M15 3.5q3-4 5.500 0-.5 2-2.500 3.500M18 10v1.500", []);
  return svg;
}
