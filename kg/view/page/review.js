// A reader's verdicts on statements: kept in this browser, saved as corrections for `kg corrections add`.

const REVIEW = `kg review ${raw.base} ${raw.title}`;
/** Verdicts by the IRI of the statement: "confirm" or "reject". */
const verdicts = new Map();

try {
  for (const [iri, what] of JSON.parse(localStorage.getItem(REVIEW) || "[]")) {
    if (["confirm", "reject"].includes(what)) verdicts.set(iri, what);
  }
} catch {
  // No storage (a frame in a notebook), or not ours: verdicts last as long as the page.
}

/** Gives a verdict, or takes it back when it is given again. */
function judge(s, what) {
  if (verdicts.get(s.iri) === what) verdicts.delete(s.iri);
  else verdicts.set(s.iri, what);
  try {
    localStorage.setItem(REVIEW, JSON.stringify([...verdicts]));
  } catch {
    // as above
  }
  announce(`${verdicts.has(s.iri) ? VERDICTS[what] : "No verdict"}. ${checkedInWords()}`);
  change({});
}

const verdictsKey = () => [...verdicts].join(" ");
const VERDICTS = { confirm: "Right", reject: "Wrong" };
const checked = () => statements.filter((s) => verdicts.has(s.iri));
const checkedInWords = () => `${count(checked().length)} of ${plural(statements.length, "statement")} checked`;

function verdictButtons(s) {
  return el("span", { class: "verdict", role: "group", "aria-label": "Does the passage say it?" },
    Object.entries(VERDICTS).map(([what, label]) => button(label, () => judge(s, what), {
      "aria-pressed": String(verdicts.get(s.iri) === what), title: what === "confirm" ? "The passages say it (A)" : "The passages do not say it (R)",
      "aria-label": `${label}: ${short(statementText(s), 100)}`,
    })), verdicts.size ? el("span", { class: "quiet" }, checkedInWords()) : null);
}

/** Corrections as `kg.corrections.lines` reads them, a line a verdict. */
function toCorrections() {
  return checked().map((s) => {
    const relation = fullIri(relations[s.relation].iri).replace(PREFIXES.kg, "").replace(`${raw.base}relation/`, "");
    const places = s.evidence.filter(([number]) => passages[number].article).map((piece) => {
      const p = passages[piece[0]];
      const [subject, predicate, object] = wordsOf(piece);
      return { article: p.article.id, source: p.article.source, start: p.start, end: p.end, text: p.text, relation, subject, predicate,
        object: object || (s.kind === "quote" ? s.value.text : ""), status: STATUS[s.status], polarity: s.negative ? "negative" : "positive" };
    });
    return `${JSON.stringify({ what: verdicts.get(s.iri), passages: places })}\n`;
  }).join("");
}
