// What is in view as RDF text: Turtle, the same triples as the graph's own export, and SPARQL.

const PREFIXES = {
  ent: `${raw.base}entity/`, kg: "https://kg.example/ontology#", rel: `${raw.base}relation/`,
  stmt: `${raw.base}statement/`, ev: `${raw.base}evidence/`, art: `${raw.base}article/`,
  quote: `${raw.base}quote/`, rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#", xsd: "http://www.w3.org/2001/XMLSchema#",
  schema: "https://schema.org/", skos: "http://www.w3.org/2004/02/skos/core#",
  prov: "http://www.w3.org/ns/prov#", oa: "http://www.w3.org/ns/oa#",
};

/** An IRI in Turtle and SPARQL: with a prefix where its rest is plain, else in angle brackets. */
function iriText(iri) {
  const whole = fullIri(iri);
  for (const [prefix, start] of Object.entries(PREFIXES)) {
    const rest = whole.slice(start.length);
    if (whole.startsWith(start) && /^[A-Za-z_][A-Za-z0-9_]*$/.test(rest)) return `${prefix}:${rest}`;
    if (whole.startsWith(start) && prefix !== "ent" && /^[A-Za-z0-9_]+$/.test(rest)) return `${prefix}:${rest}`;
  }
  const escaped = whole.replace(/[\u0000-\u0020<>"{}|^`\\]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
  return `<${escaped}>`;
}

const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };
const textLiteral = (text) => `"${text.replace(/[\\"\n\r\t\b\f]/g, (c) => ESCAPES[c])
  .replace(/[\u0000-\u001f\u007f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`)}"`;

function typedLiteral(value, datatype) {
  if (!datatype || datatype === "xsd:string") return textLiteral(value);
  const type = /^xsd:[A-Za-z]+$/.test(datatype) ? datatype : iriText(datatype);
  return `${textLiteral(value)}^^${type}`;
}

function dateLiteral(date) {
  if (/^\d{4}-\d\d-\d\d$/.test(date)) return typedLiteral(date, "xsd:date");
  if (/^\d{4}-\d\d$/.test(date)) return typedLiteral(date, "xsd:gYearMonth");
  if (/^\d{4}$/.test(date)) return typedLiteral(date, "xsd:gYear");
  return textLiteral(date);
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** An object of a statement as a term. */
function objectTerm(s) {
  if (s.kind === "node") return iriText(nodes[s.object].iri);
  if (s.kind === "literal") return typedLiteral(s.value.value, s.value.datatype);
  return iriText(s.value.iri);
}

/** One subject with its predicates and objects; pairs without an object are left out. */
function subjectText(subject, pairs) {
  const lines = pairs.filter(([, object]) => object !== null && object !== "").map(([p, o]) => `${p} ${o}`);
  return lines.length ? `${subject} ${lines.join(" ;\n  ")} .\n` : "";
}

/** The statements, what they link and where they stand, in Turtle; sorted. What a reader rejected is left out. */
function toTurtle(chosen) {
  const out = [];
  const entities = new Set();
  const cited = new Map();
  for (const s of chosen) {
    const verdict = verdicts.get(s.iri);
    if (verdict?.what === "reject") continue;
    entities.add(s.subject);
    for (const id of s.others) entities.add(id);
    if (s.speaker >= 0) entities.add(s.speaker);
    const id = iriText(s.iri);
    const relation = iriText(relations[s.relation].iri);
    const subject = iriText(nodes[s.subject].iri);
    const object = objectTerm(s);
    if (STATUS[s.status] === "asserted" && !s.negative && verdict?.what !== "status") out.push(`${subject} ${relation} ${object} .\n`);
    out.push(subjectText(id, [
      ["a", "kg:Statement, rdf:Statement"], ["rdf:subject", subject], ["rdf:predicate", relation],
      ["rdf:object", object], ["kg:status", `kg:${capital(STATUS[s.status])}`],
      ["kg:polarity", s.negative ? "kg:Negative" : "kg:Positive"],
      ["kg:review", s.unchecked && !verdict ? "kg:Unchecked" : null],
      ["kg:isConfirmed", s.confirmed || verdict?.what === "confirm" ? typedLiteral("true", "xsd:boolean") : null],
      ["rdfs:comment", verdict?.what === "status" ? textLiteral(`A reader says: ${verdict.to}.`) : null],
      ["kg:sourceCount", typedLiteral(String(s.sources), "xsd:integer")],
      ["kg:attributedTo", s.kind !== "quote" && s.speaker >= 0 ? iriText(nodes[s.speaker].iri) : null],
      ["kg:sourcing", s.sourcing && textLiteral(s.sourcing)], ["kg:time", s.time && textLiteral(s.time)],
      ["kg:place", s.place && textLiteral(s.place)],
      ["kg:objectLabel", s.kind === "literal" ? textLiteral(s.value.label) : null],
      ["kg:unit", s.kind === "literal" && s.value.unit ? textLiteral(s.value.unit) : null],
      ["prov:wasDerivedFrom", s.evidence.map((e) => iriText(e[4])).sort().join(", ")],
    ]));
    if (s.kind === "quote") {
      out.push(subjectText(object, [
        ["a", "kg:Quotation, schema:Quotation"], ["schema:text", textLiteral(s.value.text)],
        ["kg:speech", `kg:${capital(s.value.speech)}`], ["kg:cue", s.value.cue && textLiteral(s.value.cue)],
        ["kg:about", s.value.about.map((n) => iriText(nodes[n].iri)).sort().join(", ")],
      ]));
    }
    for (const e of s.evidence) cited.set(e[4], e);
  }
  for (const id of entities) {
    const node = nodes[id];
    out.push(subjectText(iriText(node.iri), [
      ["a", iriText(`${PREFIXES.kg}${node.type}`)], ["rdfs:label", textLiteral(node.label)],
      ["skos:altLabel", node.aliases.map(textLiteral).join(", ")],
    ]));
  }
  const read = new Set();
  for (const [iri, [number]] of cited) {
    const p = passages[number];
    if (p.article) read.add(p.article);
    const words = `<${fullIri(iri)}/words>`;
    const place = `<${fullIri(iri)}/place>`;
    out.push(subjectText(iriText(iri), [
      ["a", "kg:Evidence, oa:SpecificResource"],
      ["oa:hasSource", p.article ? iriText(`${raw.base}article/${p.article.id}`) : null],
      ["oa:hasSelector", `${words}, ${place}`],
    ]));
    out.push(subjectText(words, [["a", "oa:TextQuoteSelector"], ["oa:exact", textLiteral(p.text)]]));
    out.push(subjectText(place, [["a", "oa:TextPositionSelector"],
      ["oa:start", typedLiteral(String(p.start), "xsd:integer")], ["oa:end", typedLiteral(String(p.end), "xsd:integer")]]));
  }
  for (const a of read) {
    out.push(subjectText(iriText(`${raw.base}article/${a.id}`), [
      ["a", "schema:NewsArticle"], ["schema:headline", a.title && a.title !== a.source ? textLiteral(a.title) : null],
      ["schema:publisher", a.outlet ? textLiteral(a.outlet) : null],
      ["schema:datePublished", a.date && dateLiteral(a.date)],
      ["schema:url", a.url && typedLiteral(a.url, "xsd:anyURI")],
    ]));
  }
  const heads = Object.entries(PREFIXES).map(([p, iri]) => `@prefix ${p}: <${iri}> .`).join("\n");
  return `${heads}\n\n${[...new Set(out)].filter(Boolean).sort().join("\n")}`;
}

/**
 * A SPARQL query that gives the statements in view, from the graph that this page was made from.
 * Filters are told as patterns; the entities in view, when they are not all, as VALUES.
 */
function toSparql() {
  const f = state.filters;
  const lines = ["?statement a kg:Statement ;", "    rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;", "    kg:status ?status ; kg:sourceCount ?sources ."];
  const values = (name, terms) => terms.length && lines.push(`VALUES ?${name} { ${terms.join(" ")} }`);
  values("status", [...f.status].sort().map((v) => `kg:${capital(STATUS[v])}`));
  values("predicate", [...f.relation].sort((a, b) => a - b).map((v) => iriText(relations[v].iri)));
  if (f.type.size) {
    values("type", [...f.type].sort((a, b) => a - b).map((v) => iriText(`${PREFIXES.kg}${TYPES[v]}`)));
    lines.push("FILTER EXISTS { { ?subject a ?type } UNION { ?object a ?type } }");
  }
  if (f.min > 1) lines.push(`FILTER (?sources >= ${f.min})`);
  if (f.speaker.size) {
    const said = [...f.speaker].sort((a, b) => a - b).map((v) => iriText(nodes[v].iri)).join(" ");
    lines.push(`FILTER EXISTS { VALUES ?speaker { ${said} }`, "    { ?statement kg:attributedTo ?speaker } UNION { ?object a kg:Quotation . ?speaker ?anyPredicate ?object FILTER (?speaker = ?subject) } }");
  }
  if (f.source.size || f.from || f.to) lines.push(...sourcePatterns(f));
  lines.push(...entityPatterns());
  const used = Object.entries(PREFIXES).filter(([p]) => lines.some((l) => l.includes(`${p}:`)) || p === "rdfs");
  return `${used.map(([p, iri]) => `PREFIX ${p}: <${iri}>`).join("\n")}

SELECT DISTINCT ?statement ?subject ?predicate ?object ?status ?sources WHERE {
  ${lines.join("\n  ")}
}
ORDER BY ?statement
`;
}

function sourcePatterns(f) {
  const parts = [];
  const article = "?statement prov:wasDerivedFrom/oa:hasSource ?article";
  if (f.source.size) {
    const chosen = articles.filter((a) => f.source.has(a.outletNumber));
    const names = chosen.filter((a) => a.outlet);
    const rest = chosen.filter((a) => !a.outlet);
    const either = [];
    if (names.length) either.push(`{ VALUES ?outlet { ${[...new Set(names.map((a) => textLiteral(a.outlet)))].join(" ")} } ${article} . ?article schema:publisher ?outlet }`);
    if (rest.length) either.push(`{ VALUES ?article { ${rest.map((a) => iriText(`${raw.base}article/${a.id}`)).join(" ")} } ${article} }`);
    parts.push(`FILTER EXISTS { ${either.join(" UNION ")} }`);
  }
  if (f.from || f.to) {
    const tests = [];
    if (f.from) tests.push(`(STR(?date) >= ${textLiteral(f.from)} || STRSTARTS(${textLiteral(f.from)}, STR(?date)))`);
    if (f.to) tests.push(`SUBSTR(STR(?date), 1, ${f.to.length}) <= ${textLiteral(f.to)}`);
    const test = `FILTER (${tests.join(" && ")})`;
    const reported = `${article} . ?article schema:datePublished ?date ${test}`;
    const happened = `?statement kg:time ?date ${test}`;
    if (f.by === "reported") parts.push(`FILTER EXISTS { ${reported} }`);
    else if (f.by === "happened") parts.push(`FILTER EXISTS { ${happened} }`);
    else parts.push(`FILTER (EXISTS { ${happened} } || (NOT EXISTS { ?statement kg:time ?any FILTER REGEX(STR(?any), "^[0-9]{4}") } && EXISTS { ${reported} }))`);
  }
  return parts;
}

/** What keeps a query to the entities on the canvas; nothing when all of them are. */
function entityPatterns() {
  const all = nodes.every((n) => view.shown[n.id] || !n.statements.length);
  if (all) return [];
  const shown = view.ids.map((id) => iriText(nodes[id].iri)).join("\n      ");
  return [
    `FILTER EXISTS { VALUES ?shown {\n      ${shown} } FILTER (?subject = ?shown) }`,
    `FILTER (!isIRI(?object) || EXISTS { VALUES ?other {\n      ${shown} } FILTER (?object = ?other) }`,
    "    || EXISTS { ?object a kg:Statement } || EXISTS { ?object a kg:Quotation })",
    `FILTER NOT EXISTS { ?object a kg:Quotation ; kg:about ?about . FILTER NOT EXISTS { VALUES ?topic {\n      ${shown} } FILTER (?about = ?topic) } }`,
  ];
}
