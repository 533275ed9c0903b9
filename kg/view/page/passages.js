// A statement with its evidence: status, who says so, and the words in each article.

function statusBadge(s) {
  return el("span", { class: `badge ${STATUS[s.status]}`, title: LINES[s.status].help },
    lineSample(LINES[s.status]), statusName(s));
}

/** An entity as a button that opens its card. */
function nodeButton(id, label) {
  const node = nodes[id];
  return button([swatch(node.family), el("span", { dir: "auto" }, short(label || node.label, 80))],
    () => openNode(id), { class: "entity", title: node.label.length > 80 ? "" : `${node.label}, ${typeName(node.type)}` });
}

function objectPart(s) {
  if (s.kind === "node") return nodeButton(s.object);
  if (s.kind === "clause" && statements[s.value.statement]) {
    return button(`that ${statementText(statements[s.value.statement])}`,
      () => openStatement(s.value.statement), { class: "entity" });
  }
  const unit = s.kind === "literal" && s.value.unit && !s.value.label.includes(s.value.unit) ? ` ${s.value.unit}` : "";
  return el("span", { class: s.kind === "quote" ? "spoken" : "value", dir: "auto" }, objectText(s) + unit);
}

/** Subject, relation, object as one line, with its status. */
function statementLine(s, { openable = true } = {}) {
  return el("div", { class: "statement-line" },
    nodeButton(s.subject),
    openable
      ? button([s.negative ? "not: " : "", relations[s.relation].label], () => openStatement(s.id), { class: "relation", title: "Show the evidence" })
      : el("strong", { class: "relation" }, s.negative ? "not: " : "", relations[s.relation].label),
    objectPart(s));
}

function statementFacts(s) {
  const facts = [statusBadge(s)];
  if (s.kind !== "quote" && s.speaker >= 0) facts.push(el("span", {}, "according to ", nodeButton(s.speaker)));
  if (s.kind === "quote") facts.push(el("span", { class: "quiet" }, `${s.value.speech} speech`));
  if (s.sourcing) facts.push(el("span", { class: "quiet" }, `sourcing: ${s.sourcing}`));
  if (s.time) facts.push(el("span", { class: "quiet" }, `when: ${dateInWords(s.time)}`));
  if (s.place) facts.push(el("span", { class: "quiet" }, `where: ${s.place}`));
  for (const [role, label, , node] of s.arguments) {
    if (role === "time" || role === "place") continue;
    facts.push(el("span", { class: "quiet" }, `${role}: `, node >= 0 ? nodeButton(node, label) : label));
  }
  facts.push(el("span", { class: "quiet" }, plural(s.sources, "independent source")));
  return el("div", { class: "facts" }, facts, verdictMark(s), uncheckedMark(s));
}

/** What can hurt somebody says so until a person has confirmed it. */
const uncheckedMark = (s) => (s.unchecked && verdicts.get(s.iri)?.what !== "confirm"
  ? el("span", { class: "unchecked", title: "It can hurt whom it is said of, and no person has confirmed it." }, "machine-read, unchecked") : null);

/** All of one statement: line, facts, every passage. */
function statementBlock(s, { heading = true } = {}) {
  const [list, more] = longList(s.evidence, (e) => evidenceItem(e, s), { step: 8, attributes: { class: "evidence" } });
  return el("article", { class: "statement", "aria-label": short(statementText(s), 200) },
    heading ? statementLine(s) : null, statementFacts(s), verdictButtons(s), list, more);
}

function evidenceItem(piece, s) {
  const p = passages[piece[0]];
  const [subject, relation, object] = wordsOf(piece);
  const words = object || (s.kind === "quote" ? s.value.text : "");
  const pieces = cutAtWords(p.text, subject, relation, words);
  const copy = button("Copy citation", async () => {
    copy.textContent = (await copyText(citation(p))) ? "Copied" : "Could not copy";
    announce(copy.textContent);
    setTimeout(() => { copy.textContent = "Copy citation"; }, 2000);
  }, { class: "quiet-button" });
  return el("li", { class: "passage" },
    el("blockquote", { dir: "auto" }, p.before ? el("span", { class: "context" }, p.before) : null,
      el("span", { class: "exact" }, pieces.map((piece) => (piece.role
        ? el("mark", { class: piece.role, title: piece.role }, piece.text) : piece.text))),
      p.after ? el("span", { class: "context" }, p.after) : null),
    el("div", { class: "row" }, articleLine(p.article),
      p.article ? button("Read", () => openText(p.article.number, { statement: s.id }), { class: "quiet-button", "aria-label": `Read it in ${short(p.article.title, 80)}` }) : null, copy));
}

function articleLine(a) {
  if (!a) return el("span", { class: "quiet" }, "article not in this view");
  return el("cite", {}, el("span", { class: "headline", dir: "auto" }, a.url ? link(a.url, a.title) : a.title),
    el("span", { class: "quiet" }, [a.outlet, dateInWords(a.date)].filter(Boolean).join(", ")));
}
