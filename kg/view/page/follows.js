// What follows from the statements by the ontology: facts that no article says, drawn where the reader asks.

/** How their lines look: told after those of the statuses. */
const FOLLOWS = STATUS.length;
LINES.push(raw.styles.follows);

/** The facts in the form of statements, with what each follows from. */
const follows = raw.inferred.map(([subject, relation, target, rule, disputed, premises, denials], number) => ({
  id: -1 - number, subject, relation, rule, disputed: disputed === 1, premises, denials, status: FOLLOWS,
  object: typeof target === "number" ? target : -1, kind: typeof target === "number" ? "node" : "literal",
  value: typeof target === "number" ? null : { label: target }, others: [], evidence: [],
  negative: false, speaker: -1, salience: 0.5, sources: 1,
}));
const followsOf = groupBy(follows.flatMap((f) => [...new Set([f.subject, f.object])].map((node) => [node, f])), ([node]) => node);

/** Whether all that a fact follows from passes the filters. */
const holds = (f, passes) => f.premises.every(([kind, ...numbers]) => kind === "t"
  || (kind === "i" ? holds(follows[numbers[0]], passes) : numbers.some((number) => passes[number])));

/** What follows about an entity from what passes the filters; nothing where it is not asked for. */
const followingOf = (id, passes) => (state.inferred ? (followsOf.get(id) || []) : [])
  .map(([, f]) => f).filter((f) => holds(f, passes));

/** What follows between two entities, in either direction. */
const followingBetween = (one, other, passes) => followingOf(one, passes)
  .filter((f) => one !== other && f.object >= 0 && (f.subject === other || f.object === other));

// --- the chain -----------------------------------------------------------------------------------

/** A fact with what it follows from, down to the passages, and who denies any of that. */
function followBlock(f, depth = 0) {
  const { passes } = lastResult();
  return el("article", { class: "statement follows", "aria-label": short(statementText(f), 200) },
    el("div", { class: "statement-line" }, nodeButton(f.subject), el("strong", { class: "relation" }, relations[f.relation].label), objectPart(f)),
    el("div", { class: "facts" }, el("span", { class: "badge", title: LINES[FOLLOWS].help }, lineSample(LINES[FOLLOWS]), "Follows"),
      el("span", { class: "quiet" }, RULES[f.rule] || f.rule),
      f.disputed ? el("span", { class: "unchecked" }, f.denials.length ? "disputed" : "disputed: somebody denies what it follows from") : null),
    el("p", { class: "from" }, "follows from:"),
    el("ul", { class: "plain premises" }, f.premises.map((premise) => el("li", {}, premisePart(premise, passes, depth)))),
    f.denials.length && depth === 0 ? [el("p", { class: "from" }, "denied by:"),
      el("ul", { class: "plain premises" }, f.denials.map((number) => el("li", {}, saidPart(statements[number]))))] : null);
}

/** What the rules of the ontology mean, in words. */
const RULES = {
  subclass: "a class above", subproperty: "a wider relation", domain: "who does that is one", range: "what that is done to is one",
  inverse: "the same, seen from the other side", symmetric: "it holds both ways", transitive: "one leads to the next", chain: "one leads to the next",
};

function premisePart([kind, ...numbers], passes, depth) {
  if (kind === "t") return [nodeButton(numbers[0]), ` is of the class ${typeName(nodes[numbers[0]].type)}`];
  if (kind === "i") return followBlock(follows[numbers[0]], depth + 1);
  return saidPart(statements[numbers.find((number) => passes[number]) ?? numbers[0]]);
}

/** A statement with its first passage. */
const saidPart = (s) => [statementLine(s), s.speaker >= 0 ? el("span", { class: "quiet" }, `says ${nodes[s.speaker].label}`) : null, uncheckedMark(s),
  el("ul", { class: "evidence" }, s.evidence.slice(0, 1).map((piece) => evidenceItem(piece, s)))];

/** A list of such facts, under a heading that opens. */
const followSection = (title, found) => section(title, found.length,
  () => longList(found, (f) => el("li", {}, followBlock(f)), { step: 8, attributes: { class: "plain" } }));
