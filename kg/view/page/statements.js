// The statements of the data as objects, and what each node is told of.

function statementFrom(row, id) {
  const [iri, subject, relation, target, status, negative, speaker, sources, confidence, salience, places,
    time = "", place = "", sourcing = "", certainty = 1, args = [], review = 0] = row;
  const evidence = places.map(([passage, one, verb, other, where, extractor]) => (
    [passage, one, verb, other, ofKind(where, "evidence"), raw.words[extractor]]));
  const s = {
    id, iri: ofKind(iri, "statement"), subject, relation, object: -1, kind: "node", value: null, status,
    negative: negative === 1, speaker, sources, time, place, sourcing, certainty, confidence, salience,
    arguments: args, evidence, unchecked: review === 1, confirmed: review === 2, others: [], types: [],
  };
  if (typeof target === "number") {
    s.object = target;
    s.others = target === subject ? [] : [target];
  } else if (target[0] === "q") {
    s.kind = "quote";
    const [, own, words, speech, cue, about] = target;
    const text = typeof words === "string" ? words : cut(passages[evidence[0][0]].text, words[0], words[0] + words[1]);
    s.value = { iri: ofKind(own, "quote"), text, speech, cue: raw.words[cue], about };
    s.speaker = subject;
    s.others = about.filter((n) => n !== subject);
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

const statements = raw.statements.map((row, id) => statementFrom(row, id));
const statementByIri = new Map(statements.map((s) => [s.iri, s]));

/** The brief: the number of a story, of a statement, and the sentence. */
const BRIEF = raw.brief;
const DISPUTES = raw.disputes;
