// The claims board: what is told of the same, by whom, when and where; and two outlets or speakers beside each other.

/** Statements that say or deny the same, in one verb or in several that say the same, as one claim. Quotations and what somebody is are none. */
function claimsOf(chosen) {
  const plain = chosen.filter((s) => s.kind !== "quote" && !isAttribute(s));
  const groups = batches(plain, (s) => `${s.subject} ${relations[s.relation].same} ${s.kind === "node" ? s.object : objectText(s)}`);
  return groups.map((told) => ({
    told, disputed: told.some((s) => stance(s) > 0) && told.some((s) => stance(s) < 0),
    outlets: new Set(told.flatMap((s) => s.outlets)).size, tells: best(told),
  })).sort((a, b) => b.disputed - a.disputed || b.outlets - a.outlets || b.told.length - a.told.length
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
      ...longList(shown, (c) => claimRow(c, comparing ? { by, a, b } : null), { step: 30, attributes: { class: "plain claims" } })];
  } });
}

function compareForm(claims, places, show) {
  const { by, a, b } = state.compare;
  const numbers = new Map();
  for (const c of claims) for (const v of new Set(c.told.flatMap(SIDES[by].of))) numbers.set(v, (numbers.get(v) || 0) + 1);
  const known = [...numbers].sort(([x, n], [y, m]) => m - n || x - y).slice(0, 300).map(([v]) => v);
  const choice = (side, label) => el("select", { id: `compare-${side}`, "aria-label": label,
    onchange: (event) => { compare({ [side]: Number(event.target.value), show: "" }); byId(`compare-${side}`).focus(); } },
  el("option", { value: "-1" }, "…"), [...new Set([...known, state.compare[side]])].filter((v) => v >= 0)
    .map((v) => el("option", { value: String(v), selected: state.compare[side] === v }, `${short(SIDES[by].name(v), 40)} (${numbers.get(v) || 0})`)));
  const names = [a, b].map((v) => (v >= 0 ? short(SIDES[by].name(v), 24) : ""));
  return el("details", { class: "compare", open: a >= 0 || b >= 0 || compareOpen, ontoggle: (event) => { compareOpen = event.target.open; } },
    el("summary", {}, "Compare two"),
    el("div", { class: "row", role: "group", "aria-label": "What to compare" }, Object.entries(SIDES).map(([kind, { label }]) =>
      button(label, () => compare({ by: kind, a: -1, b: -1, show: "" }), { "aria-pressed": String(by === kind), id: `compare-by-${kind}` })),
    ), el("div", { class: "pair" }, choice("a", "First"), el("span", {}, "and"), choice("b", "Second")),
    places.length ? el("div", { class: "shows", role: "group", "aria-label": "Which claims" }, Object.entries(SHOWS).map(([key, name]) =>
      button([name(...names), el("span", { class: "count" }, count(places.filter((p) => p === key).length))], () => { compare({ show: key }); byId(`show-${key}`).focus(); },
        { "aria-pressed": String(show === key), id: `show-${key}` }))) : null);
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
