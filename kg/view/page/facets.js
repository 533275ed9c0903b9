// The filters beside the graph: choices with counts, dates, number of sources, chips of what is on.

const FACET_NAMES = {
  status: "Status", type: "Type of thing", relation: "Relation", source: "Source", speaker: "Speaker",
};
const FACET_LABEL = {
  status: (v) => LINES[v].label,
  type: (v) => typeName(TYPES[v]),
  relation: (v) => relations[v].label,
  source: (v) => OUTLETS[v],
  speaker: (v) => nodes[v].label,
};
const FEW = 7;
const opened = new Set(["status", "type"]);

/** What a click on a summary does: remembers at once what is open, since a fold's own event comes after what
 * the next click draws. */
const folding = (name) => (event) => opened[event.currentTarget.parentElement.open ? "delete" : "add"](name);

const wide = new Set();
const sought = {};

function changeFilters(patch) {
  change({ filters: { ...state.filters, ...patch }, path: [], pinned: -1 });
}

function toggleChoice(facet, value) {
  const chosen = new Set(state.filters[facet]);
  if (!chosen.delete(value)) chosen.add(value);
  changeFilters({ [facet]: chosen });
}

function drawFilters(result) {
  const aside = byId("filters");
  const focused = document.activeElement?.id;
  aside.dataset.drawn = filtersKey();
  const parts = FACETS.map((facet) => drawFacet(facet, result.counts[facet]));
  replace(aside,
    el("div", { class: "row" }, el("h2", {}, "Filters"),
      button("Done", () => { byId("show-filters").click(); byId("show-filters").focus(); }, { id: "close-filters", class: "primary" }),
      button("Reset", resetFilters, { id: "reset", disabled: !filtersAreOn(state.filters) })),
    el("p", { class: "quiet", id: "passing" }, `${count(result.total)} of ${plural(statements.length, "statement")}`),
    el("label", { class: "check", for: "topics" },
      el("input", { type: "checkbox", id: "topics", checked: state.topics,
        onchange: () => change({ topics: byId("topics").checked }) }),
      el("span", {}, "Show all topics without a name"), el("span", { class: "count" }, count(nodes.filter((n) => !n.named).length))),
    drawSwitch("speech", "Draw who spoke of whom"), drawSwitch("attributes", "Draw posts, classes, nationalities"),
    follows.length ? drawSwitch("inferred", "Draw what follows", lineSample(LINES[FOLLOWS]), el("span", { class: "count" }, count(follows.length))) : null,
    STORIES.length > 1 ? drawSwitch("byStory", "Colour by story") : null,
    parts, drawDates(), drawMinimum(), drawReview());
  if (focused && aside.querySelector(`#${CSS.escape(focused)}`)) byId(focused).focus();
}

const drawSwitch = (key, label, ...more) => el("label", { class: "check", for: `switch-${key}` },
  el("input", { type: "checkbox", id: `switch-${key}`, checked: state[key],
    onchange: () => change({ [key]: byId(`switch-${key}`).checked }) }), el("span", {}, label), more);

function drawFacet(facet, counts) {
  const chosen = state.filters[facet];
  const values = [...new Set([...counts.keys(), ...chosen])].sort((a, b) =>
    Number(chosen.has(b)) - Number(chosen.has(a)) ||
    (facet === "status" ? a - b : (counts.get(b) || 0) - (counts.get(a) || 0) || a - b));
  const text = fold(sought[facet] || "");
  const matching = text ? values.filter((v) => fold(FACET_LABEL[facet](v)).includes(text)) : values;
  const shown = wide.has(facet) || text ? matching.slice(0, 200) : matching.slice(0, FEW);
  const rows = shown.map((value) => el("label", { class: "check", for: `${facet}-${value}` },
    el("input", { type: "checkbox", id: `${facet}-${value}`, checked: chosen.has(value),
      onchange: () => toggleChoice(facet, value) }),
    facet === "status" ? lineSample(LINES[value]) : facet === "type" ? swatch(familyOf.get(TYPES[value])) : null,
    el("span", { class: "name", dir: "auto" }, short(FACET_LABEL[facet](value), 48)),
    el("span", { class: "count" }, count(counts.get(value) || 0))));
  if (chosen.size) opened.add(facet);
  return el("details", { class: "facet", open: opened.has(facet) },
    el("summary", { onclick: folding(facet) }, FACET_NAMES[facet], chosen.size ? el("span", { class: "on" }, ` ${chosen.size} chosen`) : null),
    values.length > FEW * 2 ? el("input", { type: "search", class: "seek", id: `seek-${facet}`,
      "aria-label": `Find in ${FACET_NAMES[facet]}`, placeholder: "Find", value: sought[facet] || "",
      oninput: (event) => { sought[facet] = event.target.value; drawFilters(lastResult()); } }) : null,
    el("div", { role: "group", "aria-label": FACET_NAMES[facet] }, rows),
    matching.length > shown.length || wide.has(facet)
      ? button(wide.has(facet) ? "Show fewer" : `Show all ${count(matching.length)}`, () => {
        if (!wide.delete(facet)) wide.add(facet);
        drawFilters(lastResult());
      }, { class: "quiet-button", id: `all-${facet}` }) : null,
    !values.length ? el("p", { class: "quiet" }, "None") : null);
}

function drawDates() {
  const box = (name, label) => el("label", { for: name }, label, el("input", {
    type: "date", id: name, value: dayOf(state.filters[name === "date-from" ? "from" : "to"]),
    onchange: (event) => changeFilters({ [name === "date-from" ? "from" : "to"]: event.target.value, by: "reported" }),
  }));
  const known = statements.some((s) => s.dates.length);
  return el("fieldset", { class: "dates", disabled: !known }, el("legend", {}, "Date of article"),
    box("date-from", "From"), box("date-to", "To"));
}

const dayOf = (date) => (/^\d{4}$/.test(date) ? `${date}-01-01` : /^\d{4}-\d{2}$/.test(date) ? `${date}-01` : date);

function drawMinimum() {
  const most = statements.reduce((m, s) => Math.max(m, s.sources), 1);
  return el("label", { class: "minimum", for: "min" }, "Independent sources, at least",
    el("input", { type: "number", id: "min", min: "1", max: String(most), value: String(state.filters.min),
      onchange: (event) => changeFilters({ min: Math.max(1, Math.min(most, Number.parseInt(event.target.value, 10) || 1)) }) }));
}

function resetFilters() {
  for (const name of Object.keys(sought)) delete sought[name];
  change({ filters: noFilters() });
  announce("Filters reset.");
  byId("search").focus();
}

/** One chip for each choice that is on; a click takes it away. */
function filterChips() {
  const chip = (text, off) => button([text, el("span", { "aria-hidden": "true" }, " ×")], off,
    { class: "chip", "aria-label": `Remove filter: ${text}` });
  const chips = [];
  for (const facet of FACETS) {
    for (const value of state.filters[facet]) {
      chips.push(chip(`${FACET_NAMES[facet]}: ${short(FACET_LABEL[facet](value), 30)}`, () => toggleChoice(facet, value)));
    }
  }
  const { from, to, by, min, review } = state.filters;
  const kind = { happened: "Happened from", either: "From", reported: "From" }[by];
  if (from) chips.push(chip(`${kind} ${dateInWords(from)}`, () => changeFilters({ from: "" })));
  if (to) chips.push(chip(`To ${dateInWords(to)}`, () => changeFilters({ to: "" })));
  if (min > 1) chips.push(chip(`${min} sources or more`, () => changeFilters({ min: 1 })));
  if (review) chips.push(chip(REVIEWS[review], () => changeFilters({ review: "" })));
  return chips;
}
