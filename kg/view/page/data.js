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
const relations = raw.relations.map(([iri, label], number) => ({ number, iri, label, attribute: ATTRIBUTES.has(iri.split("#")[1]) }));
const passages = raw.passages.map(([article, start, end, before, text, after, block], number) => ({
  number, article: articles[article], start, end, before, text, after, block: raw.words[block],
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
const nodes = raw.nodes.map(([iri, label, type, named, aliases, where, x, y, rank, story], id) => ({
  id, iri, label, type: TYPES[type], typeNumber: type, family: familyOf.get(TYPES[type]),
  named: named > 0, shape: named === 1, aliases, articles: where, x, y, rank, story, statements: [],
}));
const nodeByIri = new Map(nodes.map((node) => [node.iri, node]));
const statements = raw.statements.map((row, id) => statementFrom(row, id));
const statementByIri = new Map(statements.map((s) => [s.iri, s]));

function statementFrom(row, id) {
  const [iri, subject, relation, target, status, negative, speaker, sources, time, place,
    sourcing, certainty, confidence, args, places, unchecked, salience] = row;
  const evidence = places.map(([passage, one, verb, other, place, extractor]) => (
    [passage, one, verb, other, ofKind(place, "evidence"), raw.words[extractor]]));
  const s = {
    id, iri: ofKind(iri, "statement"), subject, relation, object: -1, kind: "node", value: null, status,
    negative: negative === 1, speaker, sources, time, place, sourcing, certainty, confidence, salience,
    arguments: args, evidence, unchecked: unchecked === 1, others: [], types: [],
  };
  if (typeof target === "number") {
    s.object = target;
    s.others = target === subject ? [] : [target];
  } else if (target[0] === "q") {
    s.kind = "quote";
    s.value = { iri: target[1], text: target[2], speech: target[3], cue: target[4], about: target[5] };
    s.speaker = subject;
    s.others = target[5].filter((n) => n !== subject);
  } else if (target[0] === "l") {
    s.kind = "literal";
    s.value = { label: target[1], value: target[2], datatype: target[3], unit: target[4] };
  } else {
    s.kind = "clause";
    s.value = { statement: target[1], iri: target[2] };
  }
  const first = nodes[subject].typeNumber;
  s.types = s.object >= 0 && nodes[s.object].typeNumber !== first
    ? [first, nodes[s.object].typeNumber] : [first];
  const cited = new Set();
  for (const [passage] of evidence) {
    const article = passages[passage].article;
    if (article) cited.add(article.number);
  }
  s.articles = [...cited];
  s.outlets = [...new Set(s.articles.map((a) => articles[a].outletNumber))];
  s.dates = s.articles.map((a) => articles[a].date).filter(Boolean).sort();
  const linked = new Set([subject, ...(s.object >= 0 ? [s.object] : s.others)]);
  for (const node of linked) nodes[node].statements.push(id);
  return s;
}

/** The whole IRI of one that the data writes short. */
const fullIri = (iri) => (iri.startsWith(":") ? raw.base + iri.slice(1) : iri);

/** The brief: the number of a story, of a statement, and the sentence. */
const BRIEF = raw.brief;
const DISPUTES = raw.disputes;
