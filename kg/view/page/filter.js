// Which statements pass the filters, and how many would pass beside each choice.

const FACETS = ["status", "type", "relation", "source", "speaker"];
const DATE_BIT = 1 << FACETS.length;
const SOURCES_BIT = DATE_BIT << 1;
const REVIEW_BIT = SOURCES_BIT << 1;
/** What a reader may want to see by what was checked. */
const REVIEWS = { "": "Checked or not", checked: "Checked only", open: "Not yet checked", unchecked: "To check first" };
const PASSES_REVIEW = { checked: (s) => isChecked(s), open: (s) => !isChecked(s), unchecked: (s) => s.unchecked && !isChecked(s) };

const noFilters = () => ({
  status: new Set(), type: new Set(), relation: new Set(), source: new Set(), speaker: new Set(),
  from: "", to: "", by: "reported", min: 1, review: "",
});

/** The numbers that a statement has in a facet; a choice in the facet passes if it is one. */
const FACET_VALUES = {
  status: (s) => [s.status],
  type: (s) => s.types,
  relation: (s) => [s.relation],
  source: (s) => s.outlets,
  speaker: (s) => (s.speaker >= 0 ? [s.speaker] : []),
};

const filtersAreOn = (f) =>
  Boolean(FACETS.some((name) => f[name].size) || f.from || f.to || f.min > 1 || f.review);

/**
 * One pass over all statements. `passes[id]` is 1 for those that pass (`passesButDates`: dates aside); `counts[facet]` says for
 * each value how many pass all *other* filters: what choosing it would leave.
 */
function filter(filters) {
  const passes = new Uint8Array(statements.length);
  const passesButDates = new Uint8Array(statements.length);
  const counts = Object.fromEntries(FACETS.map((name) => [name, new Map()]));
  const chosen = FACETS.map((name) => (filters[name].size ? filters[name] : null));
  const getters = FACETS.map((name) => FACET_VALUES[name]);
  const tallies = FACETS.map((name) => counts[name]);
  const { from, to, min } = filters;
  const dates = TIMES[filters.by].of;
  const passesReview = PASSES_REVIEW[filters.review];
  let total = 0;
  for (const s of statements) {
    let failed = 0;
    for (let f = 0; f < chosen.length; f += 1) {
      if (chosen[f] && !getters[f](s).some((v) => chosen[f].has(v))) failed |= 1 << f;
    }
    if ((from || to) && !dates(s).some((d) => inRange(d, from, to))) failed |= DATE_BIT;
    if (s.sources < min) failed |= SOURCES_BIT;
    if (passesReview && !passesReview(s)) failed |= REVIEW_BIT;
    if ((failed & ~DATE_BIT) === 0) passesButDates[s.id] = 1;
    if (failed === 0) {
      passes[s.id] = 1;
      total += 1;
    }
    for (let f = 0; f < chosen.length; f += 1) {
      if ((failed & ~(1 << f)) !== 0) continue;
      for (const value of getters[f](s)) tallies[f].set(value, (tallies[f].get(value) || 0) + 1);
    }
  }
  return { passes, passesButDates, counts, total };
}

/** Dates compare as strings; "2025" and "2025-08" take in the whole year or month. */
function inRange(date, from, to) {
  return (!from || date >= from || from.startsWith(date)) && (!to || date.slice(0, to.length) <= to);
}
