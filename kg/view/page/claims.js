// The claims board: what is told of the same, by whom, when and where; and two outlets or speakers beside each other.

/** What each statement says, in one verb or in several that say the same: statements of one number are one claim.
 * Quotations and what somebody is are none (-1). */
let claimNumbers = null;

function numberClaims() {
  const known = new Map();
  return Int32Array.from(statements, (s) => {
    if (s.kind === "quote" || isAttribute(s)) return -1;
    const key = `${s.subject} ${relations[s.relation].same} ${s.kind === "node" ? s.object : objectText(s)}`;
    if (!known.has(key)) known.set(key, known.size);
    return known.get(key);
  });
}

/** The chosen statements that say or deny the same, as one claim: what is disputed first, then what most outlets tell. */
function claimsOf(chosen) {
  claimNumbers ??= numberClaims();
  const groups = [];
  for (const s of chosen) {
    const number = claimNumbers[s.id];
    if (number >= 0) (groups[number] ??= []).push(s);
  }
  return Object.values(groups).map((told) => {
    const alone = told.length === 1;
    return { told, disputed: !alone && told.some((s) => stance(s) > 0) && told.some((s) => stance(s) < 0),
      outlets: alone ? told[0].outlets.length : new Set(told.flatMap((s) => s.outlets)).size, tells: best(told) };
  }).sort((a, b) => b.disputed - a.disputed || b.outlets - a.outlets || b.told.length - a.told.length
    || b.tells - a.tells || a.told[0].id - b.told[0].id);
}

/** 1: it is so; -1: it is not so; 0: it is left open. */
function stance(s) {
  if (s.negative || STATUS[s.status] === "denied") return -1;
  return ["asserted", "claimed"].includes(STATUS[s.status]) ? 1 : 0;
}

/** Who can be compared, by what a statement has of them: the most telling first. */
const SIDES = {
  outlet: { label: "Outlets", of: (s) => s.outlets, name: (v) => OUTLETS[v] },
  speaker: { label: "Speakers", of: (s) => (s.speaker >= 0 ? [s.speaker] : []), name: (v) => nodes[v].label },
};
const SHOWS = { onlyA: (a) => `Only ${a}`, onlyB: (a, b) => `Only ${b}`, both: () => "Both", against: () => "Against each other" };

/** How a claim lies between two: which of `SHOWS`, or nothing. */
function between(claim, by, a, b) {
  const of = (side) => claim.told.filter((s) => SIDES[by].of(s).includes(side));
  const [one, other] = [of(a), of(b)];
  if (one.some((x) => other.some((y) => stance(x) * stance(y) < 0))) return "against";
  return one.length && other.length ? "both" : one.length ? "onlyA" : other.length ? "onlyB" : "";
}

const compare = (patch) => change({ compare: { ...state.compare, ...patch } });

function drawClaims(panel) {
  const claims = (lastResult().claims ??= claimsOf(statements.filter((s) => lastResult().passes[s.id])));
  const inside = state.focus < 0 && !state.path.length ? claims : claimsOf(listed());
  soughtList(panel, { label: "Search the claims", name: "claims", draw: (text) => {
    const found = text ? inside.filter((c) => c.told.some((s) => fold(statementText(s)).includes(text))) : inside;
    const { by, a, b } = state.compare;
    const comparing = a >= 0 && b >= 0 && a !== b;
    const places = comparing ? found.map((c) => between(c, by, a, b)) : [];
    const show = state.compare.show || ["against", "both", "onlyA", "onlyB"].find((key) => places.includes(key));
    const shown = comparing ? found.filter((_, i) => places[i] === show) : found;
    return [compareForm(found, places, show), el("p", { class: "quiet" }, `${plural(shown.length, "claim")}${comparing ? "" : ", what is disputed and told by several first"}`),
      ...longList(shown, (c) => claimRow(c, comparing ? { by, a, b } : null), { step: 20, attributes: { class: "plain claims" } })];
  } });
}

function compareForm(claims, places, show) {
  const { by, a, b } = state.compare;
  const details = el("details", { class: "compare", open: a >= 0 || b >= 0 || compareOpen }, el("summary", {}, "Compare two"));
  let filled = false;
  const fill = () => {
    if (!filled) append(details, compareFields(claims, by, a, b));
    filled = true;
  };
  if (details.open) fill();
  details.addEventListener("toggle", () => {
    compareOpen = details.open;
    if (details.open) fill();
  });
  const names = [a, b].map((v) => (v >= 0 ? short(SIDES[by].name(v), 24) : ""));
  if (places.length) {
    details.append(el("div", { class: "shows", role: "group", "aria-label": "Which claims" }, Object.entries(SHOWS).map(([key, name]) =>
      button([name(...names), el("span", { class: "count" }, count(places.filter((p) => p === key).length))], () => { compare({ show: key }); byId(`show-${key}`).focus(); },
        { "aria-pressed": String(show === key), id: `show-${key}` }))));
  }
  return details;
}

/** What can be compared: filled in once somebody asks. */
function compareFields(claims, by, a, b) {
  const numbers = new Map();
  for (const c of claims) for (const v of new Set(c.told.flatMap(SIDES[by].of))) numbers.set(v, (numbers.get(v) || 0) + 1);
  const known = [...numbers].sort(([x, n], [y, m]) => m - n || x - y).slice(0, 300).map(([v]) => v);
  const choice = (side, label, chosen) => el("select", { id: `compare-${side}`, "aria-label": label,
    onchange: (event) => { compare({ [side]: Number(event.target.value), show: "" }); byId(`compare-${side}`).focus(); } },
  el("option", { value: "-1" }, "…"), [...new Set([...known, chosen])].filter((v) => v >= 0)
    .map((v) => el("option", { value: String(v), selected: chosen === v }, `${short(SIDES[by].name(v), 40)} (${numbers.get(v) || 0})`)));
  return [el("div", { class: "row", role: "group", "aria-label": "What to compare" }, Object.entries(SIDES).map(([kind, { label }]) =>
    button(label, () => compare({ by: kind, a: -1, b: -1, show: "" }), { "aria-pressed": String(by === kind), id: `compare-by-${kind}` }))),
  el("div", { class: "pair" }, choice("a", "First", a), el("span", {}, "and"), choice("b", "Second", b))];
}

let compareOpen = false;

/** One claim: what is told, and a line for each who tells it; of two compared, theirs first. */
function claimRow(claim, pair) {
  const own = (s) => !pair || [pair.a, pair.b].some((v) => SIDES[pair.by].of(s).includes(v));
  const main = claim.told.find((s) => stance(s) >= 0) || claim.told[0];
  const lines = claim.told.flatMap((s) => (s.articles.length ? s.articles : [-1]).map((n) => ({ s, a: articles[n] })))
    .sort((x, y) => own(y.s) - own(x.s) || stance(y.s) - stance(x.s) || ((x.a?.date || "") < (y.a?.date || "") ? -1 : 1));
  const [list, more] = longList(lines, ({ s, a }) => el("li", {},
    button(statusBadge(s), () => openStatement(s.id), { class: "plain-button", "aria-label": `${statusName(s)}: evidence of ${short(statementText(s), 100)}` }),
    el("span", {}, s.speaker >= 0 ? nodeButton(s.speaker) : el("strong", {}, a ? short(outletName(a), 50) : "")),
    el("span", { class: "quiet" }, [s.relation !== main.relation ? `“${relations[s.relation].label}”` : "", s.speaker >= 0 && a ? `in ${short(outletName(a), 40)}` : "", dateInWords(a?.date), s.time ? `of ${dateInWords(s.time)}` : ""].filter(Boolean).join(", "))),
  { step: 4, attributes: { class: "tellers" } });
  return el("li", { class: claim.disputed ? "claim disputed" : "claim" },
    el("div", { class: "statement-line" }, nodeButton(main.subject), el("span", { class: "relation" }, relations[main.relation].label), objectPart(main),
      claim.disputed ? el("span", { class: "mark-no" }, "disputed") : null), list, more);
}
