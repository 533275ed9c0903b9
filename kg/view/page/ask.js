// A question in the search box: a server answers it in the page; of a file the box says where to ask.

/** How questions begin, where they have no mark. */
const ASKS = /^(who|whom|whose|what|which|where|when|why|how|did|do|does|is|are|was|were|has|have|had|will|since|according)\s/i;
const isQuestion = (text) => /\S\s+\S/.test(text.trim()) && (/\?\s*$/.test(text) || (ASKS.test(text.trim()) && /\S\s+\S+\s+\S/.test(text)));

/** The entry of the box that asks, if what is typed is a question. */
const toAsk = (text) => (isQuestion(text) ? [{ kind: "question", text: text.trim() }] : []);

/** The command that asks it; quoted as shells take it. */
const askCommand = (text) => `kg ask '${text.replaceAll("'", "'\\''")}'`;

let questions = 0;

/** Answers what was chosen in the box; a file copies the command that does. */
async function ask(text) {
  if (!SERVER) {
    announce((await copyText(askCommand(text))) ? "Command copied." : "Could not copy the command.");
    return;
  }
  questions += 1;
  const mine = questions;
  showAnswer(text, el("p", { class: "quiet" }, "Asking …"));
  let parts;
  try {
    const reply = await fetch(`/ask?limit=20&q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
    parts = reply.ok ? answerParts(await reply.json()) : el("p", {}, await reply.text());
  } catch {
    parts = el("p", {}, "The server does not answer.");
  }
  if (mine === questions) showAnswer(text, parts);
}

function showAnswer(text, parts) {
  const panel = byId("answer");
  replace(panel, button("×", closeAnswer, { class: "close", "aria-label": "Close the answer" }), el("h2", { dir: "auto" }, short(text, 300)), parts);
  panel.hidden = false;
  panel.focus();
  announce(panel.querySelector(".outcome")?.textContent ?? "");
}

function closeAnswer() {
  questions += 1; // what is still asked is not shown
  byId("answer").hidden = true;
  byId("search").focus();
}

function answerParts(told) {
  return [told.understood ? el("p", { class: "quiet", dir: "auto" }, `Understood as: ${told.understood}`) : null,
    el("p", { class: "outcome", dir: "auto" }, told.told),
    told.answers.map((one) => el("section", {}, told.verdict ? null : el("h3", { dir: "auto" }, answerName(one)), saidList(one.statements),
      one.against.length ? [el("p", { class: "quiet" }, "But:"), saidList(one.against)] : null)),
    told.left ? el("p", { class: "quiet" }, `and ${count(told.left)} more`) : null,
    told.nearest.length ? [el("h3", {}, "What comes nearest"), saidList(told.nearest)] : null,
    told.others.length ? el("p", { class: "quiet", dir: "auto" }, `It can also be understood as: ${told.others.map((one) => one.understood).join("; ")}`) : null];
}

const nodeOf = (iri) => nodes.find((node) => fullIri(node.iri) === iri);

/** An answer: a thing of this page, one of the server's, or words. */
function answerName({ answer, iri }) {
  const node = iri ? nodeOf(iri) : null;
  if (node) return nodeButton(node.id, answer);
  return iri?.startsWith(`${raw.base}entity/`) ? el("a", { href: placeOnServer(iri) }, short(answer, 200)) : short(answer, 600);
}

/** Statements with their status and their first passage; those of this page open. */
const saidList = (told) => el("ul", { class: "plain" }, told.map((one) => {
  const here = statements.find((s) => fullIri(s.iri) === one.iri);
  const [passage] = one.passages;
  return el("li", {}, el("div", { class: "statement-line" }, statusBadge({ status: STATUS.indexOf(one.status) }),
    el("span", { dir: "auto" }, `${one.subject} ${one.relation} ${short(one.object, 200)}`),
    one.by ? el("span", { class: "quiet" }, `says ${one.by}`) : null,
    one.unchecked ? uncheckedMark({ unchecked: true, iri: here?.iri }) : null,
    here ? button("Source", () => openStatement(here.id), { class: "quiet-button", "aria-label": `Source of ${short(statementText(here), 60)}` }) : null),
  passage ? el("blockquote", { dir: "auto" }, passage.passage, el("cite", { class: "quiet" }, ` ${passage.source}`)) : null);
}));
