// Statements in words, and which words of a passage say what.

const statusName = (s) => LINES[s.status].label;

/** Spoken words; quotation marks only around what the article gives word for word. */
const spokenText = (s) => (s.value.speech === "direct" ? `“${s.value.text}”` : s.value.text);

/** The object of a statement in words; a clause is told in brackets. */
function objectText(s, depth = 0) {
  if (s.kind === "node") return nodes[s.object].label;
  if (s.kind === "quote") return spokenText(s);
  if (s.kind === "literal") return s.value.label || s.value.value;
  const inner = statements[s.value.statement];
  if (!inner) return "a statement that this view leaves out";
  return depth > 2 ? "…" : `that ${statementText(inner, depth + 1)}`;
}

function statementText(s, depth = 0) {
  const not = s.negative ? "not: " : "";
  return `${nodes[s.subject].label} ${not}${relations[s.relation].label} ${objectText(s, depth)}`;
}

/** The relation of a line, for its label: "used", "used +2". */
function lineText(line) {
  const names = [...new Set(line.statements.map((s) =>
    s.kind === "quote" ? "spoke of" : relations[s.relation].label))];
  return names.length > 1 ? `${names[0]} +${names.length - 1}` : names[0];
}

/**
 * A passage's text cut at the words that name subject, relation and object: pieces
 * `{text, role}` in order. The relation is looked up first, the others nearest to it.
 */
function cutAtWords(text, subject, relation, object) {
  const spans = [];
  const free = (start, end) => spans.every((s) => end <= s.start || start >= s.end);
  const mark = (words, role, near) => {
    if (!words) return -1;
    let best = -1;
    let within = -1;
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
      if (!free(at, at + words.length)) within = within < 0 ? at : within;
      else if (best < 0 || Math.abs(at - near) < Math.abs(best - near)) best = at;
    }
    if (best >= 0) spans.push({ start: best, end: best + words.length, role });
    else if (within >= 0) markRest(within, within + words.length, role);
    return best;
  };
  /** Of "Netflix co-CEO Ted Sarandos", where two parts are marked already, the longest other. */
  const markRest = (start, end, role) => {
    const taken = spans.filter((s) => s.end > start && s.start < end).sort((a, b) => a.start - b.start);
    let [from, most] = [start, null];
    for (const edge of [...taken, { start: end, end }]) {
      const part = text.slice(from, edge.start);
      const words2 = part.trim();
      if (words2.length > (most ? most.end - most.start : 2)) {
        const begin = from + part.indexOf(words2);
        most = { start: begin, end: begin + words2.length, role };
      }
      from = edge.end;
    }
    if (most) spans.push(most);
  };
  const at = mark(relation, "relation", 0);
  const parts = [[subject, "subject", Math.max(0, at)], [object, "object", Math.max(0, at + relation.length)]];
  if (object && object.length < subject.length) parts.reverse(); // the shorter may lie in the longer
  for (const part of parts) mark(...part);
  spans.sort((a, b) => a.start - b.start);
  const pieces = [];
  let from = 0;
  for (const span of spans) {
    if (span.start > from) pieces.push({ text: text.slice(from, span.start), role: "" });
    pieces.push({ text: text.slice(span.start, span.end), role: span.role });
    from = span.end;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), role: "" });
  return pieces;
}

/** A passage as one can cite it. */
function citation(passage) {
  const a = passage.article;
  if (!a) return `“${passage.text}”`;
  const from = [a.authors.join(", "), `“${a.title}”`, a.outlet, dateInWords(a.date), a.url]
    .filter(Boolean).join(", ");
  return `“${passage.text}” — ${from} (characters ${passage.start}–${passage.end} of the article text).`;
}
