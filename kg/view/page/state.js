// What the reader looks at, and its short form in the address, so that a link opens it again.

const TABS = ["details", "read", "claims", "quotes", "timeline", "statements", "sources"];

const isStep = (step) => typeof step?.say === "string" && typeof step.at === "string";
/** The tour that this file was saved with. */
const OWN_TOUR = Array.isArray(raw.tour) ? raw.tour.filter(isStep) : [];

const freshState = () => ({
  filters: noFilters(),
  focus: raw.view.focus, hops: raw.view.hops, path: [], pathEnds: [-1, -1],
  many: FIRST, topics: raw.view.topics, speech: false, attributes: false, byStory: false, inferred: false, expanded: new Set(), hidden: new Set(),
  pinned: -1, selected: null, tab: "details", when: "either", article: -1, place: null, theme: "",
  steps: OWN_TOUR, step: -1, touring: OWN_TOUR.length > 0,
  compare: { by: "outlet", a: -1, b: -1, show: "" },
});

const state = freshState();
const watchers = [];
const whenChanged = (watcher) => watchers.push(watcher);

/** Changes the state, tells everybody, and writes the address; `step` makes it a step to go back. */
function change(patch, { step = false } = {}) {
  Object.assign(state, patch);
  for (const watcher of watchers) watcher();
  writeAddress(step);
}

const shortNode = (id) => nodes[id].iri.replace(/^:(?:entity\/)?/, "");
const longNode = (text) =>
  (nodeByIri.get(`:entity/${text}`) || nodeByIri.get(`:${text}`) || nodeByIri.get(text))?.id ?? -1;

/** The selection as text: "n:Netflix", "l:Netflix>Runway", "s:statement/4f2a". */
function selectionToText(selected) {
  if (!selected) return "";
  if (selected.kind === "node") return `n:${shortNode(selected.id)}`;
  if (selected.kind === "statement") return `s:${statements[selected.id].iri}`;
  return `l:${shortNode(selected.from)}>${shortNode(selected.to)}`;
}

function selectionFromText(text) {
  const rest = (text || "").slice(2);
  if (/^n:/.test(text)) return longNode(rest) >= 0 ? { kind: "node", id: longNode(rest) } : null;
  if (/^s:/.test(text)) {
    const found = statementByIri.get(rest);
    return found ? { kind: "statement", id: found.id } : null;
  }
  if (/^l:/.test(text)) {
    const [from, to] = rest.split(">").map(longNode);
    return from >= 0 && to >= 0 ? { kind: "line", from, to } : null;
  }
  return null;
}

const LISTS = {
  status: [(v) => STATUS[v], (t) => STATUS.indexOf(t)],
  type: [(v) => TYPES[v], (t) => TYPES.indexOf(t)],
  relation: [(v) => relations[v].iri, (t) => relations.findIndex((r) => r.iri === t)],
  source: [(v) => OUTLETS[v], (t) => OUTLETS.indexOf(t)],
  speaker: [shortNode, longNode],
};

/** Switches of the picture, by their names in the address. */
const SWITCHES = { speech: "speech", attributes: "attributes", stories: "byStory", follows: "inferred" };

/** The view and the tour that it may be a step of. */
function stateToText() {
  const text = new URLSearchParams(viewToText());
  if (state.steps !== OWN_TOUR) for (const step of state.steps) text.append("tour", stepToText(step));
  if (state.step >= 0) text.set("step", String(state.step + 1));
  return text.toString();
}

function viewToText() {
  const text = new URLSearchParams();
  const put = (name, value) => value && text.set(name, value);
  const fresh = freshState();
  for (const name of FACETS) {
    for (const value of state.filters[name]) text.append(name, LISTS[name][0](value));
  }
  put("from", state.filters.from);
  put("to", state.filters.to);
  put("by", state.filters.by !== "reported" ? state.filters.by : "");
  put("when", state.when !== "either" ? state.when : "");
  put("min", state.filters.min > 1 ? String(state.filters.min) : "");
  put("review", state.filters.review);
  if (state.focus !== fresh.focus) text.set("focus", state.focus >= 0 ? shortNode(state.focus) : "");
  put("hops", state.hops !== fresh.hops ? String(state.hops) : "");
  for (const id of state.path) text.append("path", shortNode(id));
  put("many", state.many !== fresh.many ? String(state.many) : "");
  put("topics", state.topics !== fresh.topics ? (state.topics ? "1" : "0") : "");
  for (const [name, key] of Object.entries(SWITCHES)) put(name, state[key] ? "1" : "");
  for (const id of state.expanded) text.append("open", shortNode(id));
  for (const id of state.hidden) text.append("hide", shortNode(id));
  if (state.pinned >= 0) text.set("pin", shortNode(state.pinned));
  put("sel", selectionToText(state.selected));
  put("tab", state.tab !== "details" ? state.tab : "");
  put("read", articles[state.article]?.id);
  put("place", state.place?.join("-"));
  const { by, a, b, show } = state.compare;
  const side = (v) => (v < 0 ? "" : by === "outlet" ? OUTLETS[v] : shortNode(v));
  if (a >= 0 || b >= 0) for (const value of [by, side(a), side(b), show]) text.append("compare", value);
  put("theme", state.theme);
  return text.toString();
}

/** The state that an address means; what it names and is not there is passed over. */
function stateFromText(hash) {
  const text = new URLSearchParams(hash.replace(/^#/, ""));
  const next = freshState();
  const ids = (name) => text.getAll(name).map(longNode).filter((id) => id >= 0);
  for (const name of FACETS) {
    for (const value of text.getAll(name)) {
      const number = LISTS[name][1](value);
      if (number >= 0) next.filters[name].add(number);
    }
  }
  for (const name of ["from", "to"]) {
    const value = text.get(name) || "";
    if (/^\d{4}(-\d{2}){0,2}$/.test(value)) next.filters[name] = value;
  }
  const number = (name, low, high, otherwise) => {
    const value = Number.parseInt(text.get(name) ?? "", 10);
    return value >= low && value <= high ? value : otherwise;
  };
  next.filters.min = number("min", 1, 1000, 1);
  if (TIMES[text.get("by")]) next.filters.by = text.get("by");
  if (TIMES[text.get("when")]) next.when = text.get("when");
  if (PASSES_REVIEW[text.get("review")]) next.filters.review = text.get("review");
  if (text.has("focus")) next.focus = longNode(text.get("focus"));
  next.hops = number("hops", 1, 3, next.hops);
  next.path = ids("path");
  next.pathEnds = next.path.length > 1 ? [next.path[0], next.path.at(-1)] : [-1, -1];
  next.many = number("many", 1, 100000, next.many);
  if (text.has("topics")) next.topics = text.get("topics") === "1";
  for (const [name, key] of Object.entries(SWITCHES)) next[key] = text.get(name) === "1";
  next.expanded = new Set(ids("open"));
  next.hidden = new Set(ids("hide"));
  next.pinned = longNode(text.get("pin") || "\u0000");
  next.selected = selectionFromText(text.get("sel") || "");
  next.tab = TABS.includes(text.get("tab")) ? text.get("tab") : "details";
  next.article = articles.findIndex((a) => a.id === text.get("read"));
  next.place = /^\d{1,9}-\d{1,9}$/.test(text.get("place")) && next.article >= 0 ? text.get("place").split("-").map(Number) : null;
  if (text.has("tour")) next.steps = text.getAll("tour").map(stepFromText);
  next.step = number("step", 1, next.steps.length, 0) - 1;
  const [by, a, b, show] = text.getAll("compare");
  if (SIDES[by]) {
    const side = (v) => (by === "outlet" ? OUTLETS.indexOf(v) : longNode(v || "\u0000"));
    next.compare = { by, a: side(a), b: side(b), show: SHOWS[show] ? show : "" };
  }
  next.theme = ["dark", "light"].includes(text.get("theme")) ? text.get("theme") : "";
  return next;
}

function writeAddress(step) {
  const text = stateToText();
  if (location.hash.replace(/^#/, "") === text) return;
  try {
    history[step ? "pushState" : "replaceState"](null, "", text ? `#${text}` : "#");
  } catch {
    // A frame without an address of its own (a notebook): the view works, links do not.
  }
}

/** Reads the address again: at the start, after "back", after a link was pasted. */
function readAddress() {
  Object.assign(state, stateFromText(location.hash));
  for (const watcher of watchers) watcher();
}
