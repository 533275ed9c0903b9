// The page's data as objects with references, and the indexes that answers are read from.

const raw = JSON.parse(byId("data").textContent);
const STATUS = raw.statuses;
const FAMILIES = raw.styles.family;
const LINES = STATUS.map((name) => raw.styles.status.find((style) => style.name === name));
const TYPES = raw.types;
const familyOf = new Map(
  TYPES.map((type) => [type, FAMILIES.find((f) => f.types.includes(type)) || FAMILIES.at(-1)]),
);
const articles = raw.articles.map(([id, title, outlet, date, url, source, authors], number) => ({
  number, id, title, outlet, date, url, source, authors, story: -1,
}));
/** Where an article comes from: its outlet; where none is given, itself. */
const outletName = (article) => article.outlet || article.title;
const OUTLETS = [...new Set(articles.map(outletName))].sort();
const outletNumber = new Map(OUTLETS.map((name, i) => [name, i]));
for (const article of articles) article.outletNumber = outletNumber.get(outletName(article));
const ATTRIBUTES = new Set(raw.styles.attributes);
/** An IRI that ends in its label is not told twice. */
const iriOf = (iri, kind, label) => iri || `:${kind}/${label.replaceAll(" ", "_")}`;
const relations = raw.relations.map(([iri, label, same], number) => ({
  number, iri: iriOf(iri, "relation", label), label, same: same ?? number, attribute: ATTRIBUTES.has(iri.split("#")[1]),
}));
/** An IRI that the data writes without what all of its kind begin with. */
const ofKind = (text, kind) => (/[:/]/.test(text) ? text : `:${kind}/${text}`);
/** Articles that tell of the same, the most reported first. */
const STORIES = raw.stories.map(([title, numbers], number) => {
  for (const n of numbers) articles[n].story = number;
  return { number, title, articles: numbers };
});
/** Whether a statement tells what somebody is (a post, an age), and is no line of the picture at first. */
const isAttribute = (s) => relations[s.relation].attribute;
const nodes = raw.nodes.map(([iri, label, type, named, aliases, where, x, y, rank, story, corrected], id) => ({
  id, iri: iriOf(iri, "entity", label), label, corrected: corrected === 1, type: TYPES[type], typeNumber: type, family: familyOf.get(TYPES[type]),
  named: named > 0, shape: named === 1, aliases, articles: where, x, y, rank, story, statements: [],
}));
const nodeByIri = new Map(nodes.map((node) => [node.iri, node]));

/** The whole IRI of one that the data writes short. */
const fullIri = (iri) => (iri.startsWith(":") ? raw.base + iri.slice(1) : iri);

/** Items by what `keyOf` says of them, in the order in which the keys come. */
function groupBy(items, keyOf) {
  const found = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (found.has(key)) found.get(key).push(item);
    else found.set(key, [item]);
  }
  return found;
}
