// What a server adds to the page: names of the whole graph, what is around them, corrections kept there.
// The file itself never asks anybody: its policy forbids that.

/** What may be done on the server that shows this page: "", "read" or "edit". */
const SERVER = location.protocol.startsWith("http") ? document.querySelector('meta[name="kg-server"]')?.content ?? "" : "";

/** The page around a thing, drawn by the server. */
function placeOnServer(iri) {
  const path = fullIri(iri).replace(raw.base, "");
  return `/?focus=${encodeURIComponent(path)}#sel=n:${encodeURIComponent(path.replace("entity/", ""))}`;
}

/** Names that the server has beside those of this page. */
async function findElsewhere(text) {
  if (!SERVER || !text.trim()) return [];
  try {
    const answer = await fetch(`/search?limit=12&q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
    const { found } = answer.ok ? await answer.json() : { found: [] };
    const here = new Set(nodes.map((node) => fullIri(node.iri)));
    return found.filter(({ id }) => !here.has(id)).slice(0, 6).map((other) => ({ kind: "elsewhere", ...other }));
  } catch {
    return []; // the server went away: what is here is still here
  }
}

/** Words that a server takes a moment for: asked for once nothing more is typed. */
let asked = 0;
function elsewhere(text, take) {
  clearTimeout(asked);
  if (SERVER && !isQuestion(text)) asked = setTimeout(async () => take(await findElsewhere(text)), 150);
}

/** A link to what the whole graph has around a thing. */
const aroundLink = (node) => (SERVER ? el("a", { href: placeOnServer(node.iri), class: "around" }, "All around it") : null);

/** What was saved on the server and is not in this page yet, in words. */
const pending = [];

async function saveThere() {
  const lines = toCorrections();
  const told = [...statements.filter((s) => verdicts.has(s.iri)).map((s) => `${verdictInWords(s)}: ${statementText(s)}`),
    ...[...others.values()].map(correctionInWords)];
  announce("Saving …");
  let words = "";
  try {
    const answer = await fetch("/corrections", { method: "POST", headers: { "Content-Type": "application/jsonl" }, body: lines });
    if (answer.ok) {
      pending.push(...told);
      verdicts.clear();
      others.clear();
      words = "Saved on the server";
    } else words = `Not saved: ${await answer.text()}`;
  } catch {
    words = "Not saved: the server does not answer";
  }
  keep(words);
}

/** The button that saves on the server, and what waits for the page to be loaded anew. */
function drawServer() {
  if (SERVER !== "edit") return null;
  return el("div", { id: "server" },
    el("div", { class: "row" }, button("Save to the server", saveThere, { id: "save-there", disabled: !verdicts.size && !others.size }),
      pending.length ? button("Reload", () => location.reload(), { id: "reload" }) : null),
    pending.length ? el("p", { class: "quiet" }, "In the graph; this page shows it once it is loaded anew:") : null,
    pending.length ? el("ul", { class: "plain pending" }, pending.map((told) => el("li", { dir: "auto" }, short(told, 120)))) : null);
}
