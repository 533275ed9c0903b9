// Putting it together: what a click does, what is drawn when the state changes, and the start.

let computed = null;
let view = null;
/** Where the first screen's entities lie; a small screen arranges its few by itself. */
const start = new Map(NARROW ? [] : raw.start.map(([id, x, y]) => [id, { x, y }]));

/** The filtered statements; computed once for each set of filters. */
function lastResult() {
  const f = state.filters;
  const key = JSON.stringify([...FACETS.map((n) => [...f[n]]), f.from, f.to, f.by, f.min, f.review]);
  if (computed?.key !== key) computed = { key, ...filter(f), links: null };
  return computed;
}

function lastLinks() {
  const result = lastResult();
  result.links ??= linksOf(result.passes);
  return result.links;
}

/** Where a card opens: beside the text while one reads. */
const cardTab = () => (state.tab === "read" ? "read" : "details");

function openNode(id) {
  const shown = view.shown[id];
  change({ selected: { kind: "node", id }, tab: cardTab(), pinned: shown ? state.pinned : id }, { step: true });
  view.reveal([id]);
  announce(`${nodes[id].label}, ${typeName(nodes[id].type)}, ${plural(nodes[id].statements.length, "statement")}.`);
  showSide();
}

function openStatement(id) {
  const here = state.tab === "read" && statements[id].articles.includes(articleToRead());
  change({ selected: { kind: "statement", id }, tab: cardTab(), article: here ? state.article : statements[id].articles[0] ?? -1, place: null }, { step: true });
  view.reveal([...endsOf(state.selected)]);
  announce(statementText(statements[id]));
  showSide();
}

function openLine(line) {
  change({ selected: { kind: "line", from: line.from, to: line.to }, tab: cardTab() }, { step: true });
  announce(`${nodes[line.from].label} and ${nodes[line.to].label}.`);
  showSide();
}

function openNothing() {
  if (state.selected || state.path.length) change({ selected: null, path: [], pinned: -1 }, { step: true });
}

function focusOn(id, hops) {
  change({ focus: id, hops, path: [], expanded: new Set(), hidden: new Set(), pinned: -1, many: FIRST,
    selected: { kind: "node", id }, tab: "details" }, { step: true });
  announce(`Focus on ${nodes[id].label}, ${plural(hops, "hop")}.`);
}

function leaveFocus() {
  change({ focus: -1, path: [], expanded: new Set(), hidden: new Set(), pinned: -1 }, { step: true });
  announce("All entities.");
}

function expand(id) {
  const hidden = new Set(state.hidden);
  for (const other of neighbours(lastLinks(), id)) hidden.delete(other);
  hidden.delete(id);
  change({ expanded: new Set([...state.expanded, id]), hidden, path: [] }, { step: true });
}

/** Takes away the neighbours that only this entity brought. */
function collapse(id) {
  const expanded = new Set(state.expanded);
  expanded.delete(id);
  change({ expanded }, { step: true });
}

const hide = (id) => change({ hidden: new Set([...state.hidden, id]), selected: null, pinned: -1 }, { step: true });

function pin(id) {
  const hidden = new Set(state.hidden);
  hidden.delete(id);
  change({ pinned: id, hidden }, { step: true });
}

/** Whether one finger moves the picture; else it scrolls the page, and two fingers move the picture. */
function setMovable(on) {
  view.movable = on;
  byId("canvas").classList.toggle("movable", on);
  byId("move").setAttribute("aria-pressed", String(on));
  announce(on ? "One finger moves the picture." : "One finger scrolls the page.");
}

/** On a phone the panel lies below the graph: bring it into sight. */
function showSide() {
  if (isSmall()) byId("side").scrollIntoView({ block: "start" });
}

let drawn = { key: null };

/** What is on the canvas for this state: shapes, lines, and a key that tells when places change. A mere
 * selection changes nothing unless it brings shapes that are not there. */
function pictureNow() {
  const { passes } = lastResult();
  const places = [state.focus, state.hops, state.path, state.many, state.topics, state.speech, state.attributes, state.inferred, computed.key].join(" ");
  const asked = state.selected?.kind === "node" ? [] : [...endsOf(state.selected), state.selected?.kind === "statement" ? `s${state.selected.id}` : ""];
  const key = [places, [...state.expanded], [...state.hidden], state.pinned, asked].join(" ");
  if (drawn.key === key) return { ...drawn, same: true };
  const shown = scope(state, lastLinks());
  drawn = { key, places, shown, lines: linesBetween(shown.ids, passes) };
  return drawn;
}

function drawAll() {
  setTheme();
  const { shown, lines, places, same } = pictureNow();
  view.show(shown.ids, lines, { key: places, start: state.path.length ? inARow(state.path) : start, selected: state.selected, byStory: state.byStory });
  if (!same) drawBar(shown, lines);
  if (!same || byId("filters").dataset.drawn !== filtersKey()) drawFilters(lastResult());
  drawTabs();
  drawTour();
}

/** What the filters' look depends on, beside the picture. */
const filtersKey = () => `${state.byStory} ${document.documentElement.dataset.theme} ${others.size} ${verdictsKey()}`;

/** A path lies from left to right, each second entity a little lower; a long one turns. */
const inARow = (path) => new Map(path.map((id, i) => {
  const [row, place] = [Math.floor(i / 4), i % 4];
  return [id, { x: (row % 2 ? 3 - place : place) * 190, y: row * 190 + (place % 2 ? 90 : 0) }];
}));

/** Where so few shapes are drawn, the bar offers what else there is to draw. */
const FEW_SHAPES = 12;

function drawBar(shown, lines) {
  const captions = [...view.told?.values() ?? []].flat().map(({ s }) => s);
  const seen = new Set([...captions, ...lines.flatMap((l) => (l.status === FOLLOWS ? [] : l.statements))]).size;
  const found = lines.filter((l) => l.status === FOLLOWS).reduce((sum, l) => sum + l.statements.length, 0);
  const all = raw.view.totalEntities;
  const where = [];
  if (state.path.length) where.push(el("strong", {}, `Path: ${short(nodes[state.path[0]].label, 30)} to ${short(nodes[state.path.at(-1)].label, 30)}`));
  else if (state.focus >= 0) {
    where.push(el("strong", { dir: "auto" }, `Around ${short(nodes[state.focus].label, 40)}`),
      el("span", { class: "hops", role: "group", "aria-label": "Hops" }, [1, 2, 3].map((n) => button(`${n}`, () => change({ hops: n }, { step: true }), {
        "aria-pressed": String(state.hops === n), "aria-label": plural(n, "hop"), id: `hops-${n}`,
      })), " hops"),
      button("Show all", leaveFocus, { class: "chip", id: "leave-focus" }));
  }
  const told = el("span", { id: "shown", class: "quiet" },
    `Showing ${count(shown.ids.length)} of ${plural(all, "entity", "entities")} and ${plural(seen, "statement")}${state.inferred && follows.length ? `; ${count(found)} of ${plural(follows.length, "fact")} that follow${follows.length > 1 ? "" : "s"}` : ""}.`);
  const next = STEPS.find((n) => n > state.many);
  const more = shown.more > 0 && next
    ? button(next >= shown.ids.length + shown.more ? `Show all ${count(shown.ids.length + shown.more)}` : `Show ${count(next)}`, () => change({ many: next }), { class: "chip", id: "more" }) : null;
  const less = !state.path.length && state.many > FIRST
    ? button("Show fewer", () => change({ many: FIRST }), { class: "chip", id: "fewer" }) : null;
  const few = shown.ids.length < FEW_SHAPES && state.focus < 0 && !state.path.length && nodes.length > shown.ids.length;
  const offer = (key, label, id) => (few && !state[key] ? button(label, () => change({ [key]: true }), { class: "chip", id }) : null);
  const back = state.expanded.size || state.hidden.size || state.pinned >= 0
    ? button("Undo expanding and hiding", () => change({ expanded: new Set(), hidden: new Set(), pinned: -1 }), { class: "chip", id: "undo" }) : null;
  const focused = document.activeElement?.id;
  replace(byId("bar"), where, told, more, less, back, offer("speech", "Add who spoke of whom", "add-speech"),
    offer("topics", "Add things without a name", "add-topics"), filterChips());
  if (focused && byId("bar").querySelector(`#${CSS.escape(focused)}`)) byId(focused).focus();
  const notice = byId("notice");
  notice.hidden = shown.ids.length > 0;
  replace(notice, !nodes.length ? "This graph is empty." : ["Nothing passes these filters. ", button("Reset filters", resetFilters, { class: "primary" })]);
  byId("canvas").setAttribute("aria-label", `Graph of ${plural(shown.ids.length, "entity", "entities")} and ${plural(lines.length, "line")}`);
}

function drawSummary() {
  const { leftEntities, leftStatements, totalStatements, totalEntities, asked } = raw.view;
  const said = totalEntities ? `${plural(totalEntities, "entity", "entities")}, ${plural(totalStatements, "statement")}, ${plural(articles.length, "article")}${asked ? ` (${asked})` : ""}` : "An empty graph";
  const left = leftEntities || leftStatements
    ? el("span", { class: "left" }, `. Left out of this file, the least important first: ${plural(leftEntities, "entity", "entities")} and ${plural(leftStatements, "statement")}. To see them: `,
      el("code", {}, "kg view --focus NAME --hops 2"), ", or fewer statements with ", el("code", {}, "--since"), ", ",
      el("code", {}, "--type"), ", ", el("code", {}, "--status"), ".") : null;
  replace(byId("summary"), said, left);
}

function drawLegend() {
  const used = new Set(nodes.map((n) => n.family));
  const statuses = new Set(statements.map((s) => s.status));
  const lines = LINES.map((_, i) => i).filter((i) => statuses.has(i) || (i === FOLLOWS && follows.length)).map((i) =>
    el("li", { title: LINES[i].help }, lineSample(LINES[i]), LINES[i].label, el("span", { class: "quiet" }, LINES[i].help)));
  replace(byId("legend-body"),
    el("ul", { class: "shapes" }, FAMILIES.filter((f) => used.has(f)).map((f) => el("li", {}, swatch(f), f.label))),
    el("ul", { class: "lines" }, lines));
}

let themeNow = null;

function setTheme() {
  const dark = state.theme ? state.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  if (themeNow === dark) return;
  themeNow = dark;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  byId("theme").textContent = dark ? "Light" : "Dark";
  byId("theme").setAttribute("aria-label", dark ? "Use light colours" : "Use dark colours");
  drawLegend();
}

function listen() {
  searchBox(byId("search"), byId("found"), (text) => [...toAsk(text), ...findAll(text)], (item) => {
    if (item.kind !== "question") byId("search").value = "";
    if (item.kind === "question") ask(item.text);
    else if (item.kind === "elsewhere") location.assign(placeOnServer(item.id));
    else if (item.kind === "name") openNode(item.id);
    else if (item.kind === "text") openText(item.article, { place: [item.from, item.to].map((at) => item.block.start + at) });
    else openStatement(item.s.id);
  }, elsewhere);
  byId("search").addEventListener("focus", () => setTimeout(foldedTexts), { once: true });
  byId("answer").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    closeAnswer();
  });
  byId("zoom-in").addEventListener("click", () => view.zoom(1.4));
  byId("zoom-out").addEventListener("click", () => view.zoom(1 / 1.4));
  byId("zoom-fit").addEventListener("click", () => view.fit());
  byId("show-path").addEventListener("click", () => openPathForm(state.selected?.kind === "node" ? state.selected.id : -1));
  byId("theme").addEventListener("click", () => change({ theme: isDark() ? "light" : "dark" }));
  byId("show-filters").addEventListener("click", () => {
    const on = document.body.classList.toggle("filters-open");
    byId("show-filters").setAttribute("aria-expanded", String(on));
  });
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("side").focus();
  });
  byId("show-tour").addEventListener("click", () => change(state.touring || state.step >= 0 ? { touring: false, step: -1 } : { touring: true }));
  byId("move").addEventListener("click", () => setMovable(!view.movable));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select");
    if (event.key === "/" && (!typing || (event.target.id === "search" && !event.target.value))) {
      byId("search").focus();
      event.preventDefault();
    } else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && keyed(event.key)) {
      event.preventDefault();
    } else if (event.key === "Escape" && !typing && event.target.id !== "canvas") openNothing();
  });
  window.addEventListener("popstate", readAddress);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll());
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("#side details").forEach((d) => {
      d.fill?.(); // paper does not wait for the event that opening sends
      d.open = true;
    });
    document.documentElement.dataset.theme = "light"; // paper is light
    byId("printed").src = pictureCanvas({ paper: true }).toDataURL("image/png");
    [themeNow] = [null];
    setTheme();
  });
}

const byKey = (selector) => {
  document.querySelector(selector)?.focus();
  return true;
};

/** What single keys do to what is selected, and in a text; whether this one did anything. */
function keyed(key) {
  const { selected } = state;
  if (state.steps.length && "[]".includes(key)) showStep(state.step + (key === "]" ? 1 : -1));
  else if (state.tab === "read" && ["j", "k"].includes(key)) stepStatement(key === "j" ? 1 : -1);
  else if (selected?.kind === "statement" && VERDICT_KEYS[key]) judge(statements[selected.id], VERDICT_KEYS[key]);
  else if (selected?.kind === "statement" && key === "s") return byKey(".verdict .status");
  else if (selected?.kind === "node" && ["c", "m", "d"].includes(key) && !nodes[selected.id].corrected) {
    if (state.tab !== "details") change({ tab: "details" }, { step: true });
    const mend = byId("mend");
    mend.open = true;
    mend.fill();
    return byKey({ c: "#mend-class", m: "#mend-merge", d: "#mend-distinct" }[key]);
  } else return false;
  return true;
}

function begin() {
  view = new GraphView(byId("canvas"), {
    onNode: openNode, onStatement: openStatement, onLine: openLine, onNothing: openNothing,
    onDouble: expand,
    onCursor: (id) => announce(`${nodes[id].label}, ${typeName(nodes[id].type)}, ${plural(nodes[id].statements.length, "statement")}.`),
    onLineCursor: (line) => announce(line.statements.slice(0, 3).map((s) => `${statementText(s)}, ${statusName(s)}`).join("; ")),
    onKey: (key, id) => {
      if (key === "f") focusOn(id, 1);
      else if (key === "e") expand(id);
      else return false;
      return true;
    },
  });
  byId("canvas").view = view; // a handle for notebooks, scripts and tests
  makeTabs();
  makeExports();
  takeDrops();
  drawSummary();
  if (window.matchMedia("(max-width: 1100px)").matches) byId("legend").open = false;
  listen();
  whenChanged(drawAll);
  readAddress();
  requestAnimationFrame(() => setTimeout(() => {
    performance.mark("kg-interactive");
    document.documentElement.dataset.ready = "true";
  }));
}

begin();
