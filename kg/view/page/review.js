// What a reader says of the graph: verdicts on statements and entities, kept in this browser, saved as corrections.

const REVIEW = `kg review ${raw.base} ${raw.title}`;
/** What is said of a statement, by its IRI: `{what}` ("confirm", "reject"), or `{what: "status", to}`. */
const verdicts = new Map();
/** Corrections of entities, as `kg.corrections` reads them, by what they are about. */
const others = new Map();
const VERDICTS = { confirm: "Right", reject: "Wrong" };
const VERDICT_KEYS = { a: "confirm", r: "reject" };

/** Takes in what was kept: pairs of IRI and verdict, and corrections by their keys. */
function takeIn({ said = [], more = [] }) {
  for (const [iri, verdict] of said) if (isVerdict(verdict)) verdicts.set(String(iri), verdict);
  for (const correction of more) if (isCorrection(correction)) others.set(keyOf(correction), correction);
}

const isVerdict = (v) => v?.what === "status" ? STATUS.includes(v.to) : Object.hasOwn(VERDICTS, v?.what);
const isCorrection = (c) => Boolean(c) && typeof c.what === "string" && [c.things ?? [], c.passages ?? []].every(Array.isArray)
  && (c.things ?? []).every((thing) => typeof thing?.name === "string");
/** Two corrections of the same kind about the same replace each other. */
const keyOf = (c) => JSON.stringify([c.what, (c.things ?? []).slice(0, c.what === "split" ? 1 : 2), c.passages ?? []]);
const reviewed = () => ({ said: [...verdicts], more: [...others.values()] });
const verdictsKey = () => [...verdicts].map(([iri, v]) => `${iri}${v.what}${v.to ?? ""}`).join(" ");

/** A file that was saved with them brings its own; the browser may have kept newer ones. */
takeIn(raw.review ?? {});
try {
  takeIn(JSON.parse(localStorage.getItem(REVIEW) || "{}"));
} catch {
  // No storage (a frame in a notebook), or not ours: verdicts last as long as the page.
}

function keep(words) {
  try {
    localStorage.setItem(REVIEW, JSON.stringify(reviewed()));
  } catch {
    // as above
  }
  announce(`${words}. ${checkedInWords()}`);
  computed = null;
  change({});
}

/** Gives a verdict, or takes it back when it is given again. */
function judge(s, what, to) {
  const old = verdicts.get(s.iri);
  const same = old?.what === what && old.to === to;
  if (same || (what === "status" && to === STATUS[s.status])) verdicts.delete(s.iri);
  else verdicts.set(s.iri, to ? { what, to } : { what });
  keep(same ? "No verdict" : VERDICTS[what] ?? `Is ${to}`);
}

/** Whether a person has looked at a statement: this reader, or one whose word is in the graph. */
const isChecked = (s) => s.confirmed || verdicts.has(s.iri);
const checkedInWords = () => `${count(statements.filter(isChecked).length)} of ${plural(statements.length, "statement")} checked`;

/** What a reader said of a statement, in words, or nothing. */
function verdictInWords(s) {
  const verdict = verdicts.get(s.iri);
  if (!verdict) return s.confirmed ? "confirmed" : "";
  return { confirm: "confirmed", reject: "rejected" }[verdict.what] ?? `status: ${verdict.to}`;
}

/** Where nobody has said so, nothing. */
const verdictMark = (s) => (isChecked(s) ? el("span", { class: `checked ${verdicts.get(s.iri)?.what ?? "confirm"}` }, verdictInWords(s)) : null);

function verdictButtons(s) {
  const verdict = verdicts.get(s.iri);
  const name = short(statementText(s), 100);
  return el("div", { class: "verdict", role: "group", "aria-label": "Does the passage say it?" },
    Object.entries(VERDICTS).map(([what, label]) => button(label, () => judge(s, what), {
      "aria-pressed": String(verdict?.what === what), title: what === "confirm" ? "The passages say it (A)" : "The passages do not say it (R)",
      "aria-label": `${label}: ${name}`,
    })),
    el("select", { class: "status", "aria-label": `Status: ${name}`, title: "It has another status (S)", onchange: (event) => judge(s, "status", event.target.value) },
      STATUS.map((status, i) => el("option", { value: status, selected: status === (verdict?.to ?? STATUS[s.status]) }, LINES[i].label))),
    verdicts.size ? el("span", { class: "quiet" }, checkedInWords()) : null);
}

// --- entities ----------------------------------------------------------------------------------

/** An entity as a correction knows it: by what articles call it, and by the article that alone does so. */
function thingOf(node) {
  const pieces = node.iri.split("_").slice(1).filter((piece) => /^\w{8}$/.test(piece));
  const homes = articles.filter((a) => pieces.includes(a.id.slice(0, 8)));
  const thing = { name: node.label, type: node.type };
  if (!node.named) thing.named = false;
  return homes.length === 1 ? { ...thing, scope: homes[0].id, source: homes[0].source } : thing;
}

function correct(correction) {
  others.set(keyOf(correction), correction);
  keep(correctionInWords(correction));
}

/** What is said of two entities (one way round), or of one and a class. */
const PAIRS = { merge: "are one", distinct: "are not the same" };

function correctionInWords({ what, things = [], to = "", passages: places = [] }) {
  const names = things.map((thing) => `“${short(String(thing.name), 60)}”`);
  if (PAIRS[what]) return `${names.join(" and ")} ${PAIRS[what]}`;
  if (what === "retype") return `${names[0]} is ${typeName(String(to))}`;
  const words = places.slice(0, 1).map((p) => `“${short(String(p?.text ?? ""), 60)}”`);
  return [what, ...names, ...words, to && `is ${to}`].filter(Boolean).join(" ");
}

const CLASSES = [...new Set([...FAMILIES.flatMap((f) => f.types), ...TYPES])].sort();

/** Below a card: another class, the same as another, not the same. */
function mendForm(node) {
  if (node.corrected) return el("p", { class: "quiet" }, "It was corrected by hand; go on with ", el("code", {}, "kg correct"), ".");
  const pair = (what, label) => nameField(`mend-${what}`, label, (id) => {
    if (id !== node.id) correct({ what, things: [thingOf(node), thingOf(nodes[id])] });
  });
  return el("div", { class: "mend" },
    el("label", { for: "mend-class" }, "It is a"),
    el("select", { id: "mend-class", onchange: (event) => correct({ what: "retype", things: [thingOf(node)], to: event.target.value }) },
      CLASSES.map((name) => el("option", { value: name, selected: name === node.type }, typeName(name)))),
    pair("merge", "It is the same as"), pair("distinct", "It is not the same as"),
    el("p", { class: "quiet" }, "What you say is kept as a correction; the picture shows it once the graph is built with it."));
}

// --- the file ----------------------------------------------------------------------------------

const relationWord = (s) => fullIri(relations[s.relation].iri).replace(PREFIXES.kg, "").replace(`${raw.base}relation/`, "");

/** The readings of a statement in its passages, as `kg.corrections` knows them. */
function readingsOf(s) {
  return s.evidence.filter(([number]) => passages[number].article).map((piece) => {
    const p = passages[piece[0]];
    const [subject, predicate, object] = wordsOf(piece);
    return { article: p.article.id, source: p.article.source, start: p.start, end: p.end, text: p.text, relation: relationWord(s), subject, predicate,
      object: object || (s.kind === "quote" ? s.value.text : ""), status: STATUS[s.status], polarity: s.negative ? "negative" : "positive" };
  });
}

/** Corrections as `kg.corrections.lines` reads them, one a line. */
function toCorrections() {
  const said = statements.filter((s) => verdicts.has(s.iri)).map((s) => ({ ...verdicts.get(s.iri), passages: readingsOf(s) }));
  return [...said, ...others.values()].map((c) => `${JSON.stringify(c)}\n`).join("");
}

/** Takes in a file of corrections, of this page or of `kg corrections export`; tells what became of it. */
function fromCorrections(text) {
  const known = new Map();
  const key = (p, words) => [p.article, p.start, p.end, p.relation, ...words].join("\n");
  for (const s of statements) for (const p of readingsOf(s)) known.set(key(p, [p.subject, p.object, p.status]), s);
  let [taken, wrong] = [0, 0];
  for (const line of text.split("\n").filter((l) => l.trim())) {
    let found = null;
    try {
      found = JSON.parse(line);
    } catch {
      found = null;
    }
    if (!isCorrection(found)) {
      wrong += 1;
      continue;
    }
    const first = found.passages?.[0] ?? {};
    const s = known.get(key(first, [first.subject ?? "", first.object ?? "", first.status ?? "asserted"]));
    const verdict = found.what === "status" ? { what: "status", to: found.to } : { what: found.what };
    if (s && isVerdict(verdict) && !found.things?.length) verdicts.set(s.iri, verdict);
    else others.set(keyOf(found), found);
    taken += 1;
  }
  keep(`${plural(taken, "correction")} taken in${wrong ? `; ${plural(wrong, "line")} left: no correction` : ""}`);
}

async function readFiles(files) {
  for (const file of files) fromCorrections(await file.text()); // eslint-disable-line no-await-in-loop
}

/** A file of corrections dropped anywhere on the page is taken in. */
function takeDrops() {
  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("drop", (event) => {
    event.preventDefault();
    readFiles(event.dataTransfer.files);
  });
}

/** The review as it stands, with a filter for it, in the column of the filters. */
function drawReview() {
  const rows = [...others].map(([key, c]) => el("li", { class: "row" }, el("span", { dir: "auto" }, correctionInWords(c)),
    button("×", () => { others.delete(key); keep("Taken back"); }, { class: "quiet-button", "aria-label": `Take back: ${correctionInWords(c)}` })));
  const choose = el("input", { type: "file", id: "corrections-file", class: "unseen", accept: ".jsonl", tabindex: "-1", "aria-label": "Corrections file",
    onchange: (event) => readFiles(event.target.files) });
  return el("details", { class: "facet", open: opened.has("review") },
    el("summary", { onclick: folding("review") }, "Review", el("span", { class: "quiet", id: "checked" }, ` ${checkedInWords()}`)),
    el("label", { for: "review" }, el("span", { class: "unseen" }, "Show "), el("select", { id: "review", onchange: (event) => changeFilters({ review: event.target.value }) },
      Object.entries(REVIEWS).map(([value, label]) => el("option", { value, selected: state.filters.review === value }, label)))),
    rows.length ? el("ul", { class: "plain" }, rows) : null,
    el("div", { class: "row" }, button("Save", () => save("corrections.jsonl", toCorrections(), "application/jsonl"), { id: "save-review", disabled: !verdicts.size && !others.size }),
      button("Load", () => choose.click(), { id: "load-review" }), choose),
    drawServer(),
    el("p", { class: "quiet" }, "A corrections file can be dropped anywhere on the page."));
}
