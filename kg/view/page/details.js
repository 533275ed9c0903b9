// The Details tab: an entity's card (card.js), the evidence of a line or statement, or where to start.

/** What of this list passes the filters; the rest is counted beneath. */
function passing(ids) {
  const { passes } = lastResult();
  return ids.filter((id) => passes[id]).map((id) => statements[id]);
}

function drawDetails(panel) {
  const selected = state.selected;
  if (state.path.length > 1 && !selected) return drawPath(panel);
  if (!selected) return drawStart(panel);
  if (selected.kind === "node") return drawCard(panel, nodes[selected.id]);
  if (selected.kind === "statement") return drawStatement(panel, statements[selected.id]);
  return drawLine(panel, selected);
}

const closeButton = () => button("×", () => openNothing(), { class: "close", "aria-label": "Close" });

function mendSection(node) {
  const made = section("Mend", 1, () => mendForm(node), { open: false });
  made.id = "mend";
  made.querySelector(".count").remove();
  return made;
}

const byDate = (a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : a.number - b.number);

/** A heading that opens; a function for content is called when it first opens. */
function section(title, number, content, { open = true } = {}) {
  if (!number) return null;
  const details = el("details", { class: "section", open },
    el("summary", {}, el("h3", {}, title), el("span", { class: "count" }, count(number))));
  let filled = false;
  details.fill = () => {
    if (!filled) append(details, [typeof content === "function" ? content() : content]);
    filled = true;
  };
  if (open || typeof content !== "function") details.fill();
  else details.addEventListener("toggle", details.fill);
  return details;
}

const lazy = (items, draw) => () => longList(items, draw, { step: 12, attributes: { class: "plain" } });

const quoteItem = (s) => el("li", { class: "quote" },
  el("blockquote", { dir: "auto" }, spokenText(s)),
  el("div", { class: "row" }, el("span", {}, nodeButton(s.subject), el("span", { class: "quiet" }, ` ${s.value.cue || "said"} (${s.value.speech})`)),
    button("Source", () => openStatement(s.id), { class: "quiet-button", "aria-label": `Source of the quotation ${short(s.value.text, 60)}` })),
  s.value.about.length ? el("div", { class: "quiet" }, "about ", s.value.about.map((id) => nodeButton(id))) : null);

const claimItem = (s) => el("li", {}, statementLine(s), statusBadge(s));

function drawStatement(panel, s) {
  replace(panel, el("div", { class: "card" }, closeButton(), el("p", { class: "kind" }, "Statement"),
    el("h2", { dir: "auto" }, short(statementText(s), 300)), statementLine(s, { openable: false }), statementBlock(s, { heading: false })));
}

function drawLine(panel, { from, to }) {
  const both = new Set([from, to]);
  const between = passing(nodes[from].statements).filter((s) =>
    both.has(s.subject) && s.others.some((id) => both.has(id) && id !== s.subject));
  between.sort((a, b) => a.status - b.status || b.sources - a.sources || b.salience - a.salience || a.id - b.id);
  const [list, more] = longList(between, (s) => el("li", {}, statementBlock(s)), { step: 10, attributes: { class: "plain" } });
  replace(panel, el("div", { class: "card" }, closeButton(), el("p", { class: "kind" }, "Between two entities"),
    el("h2", { dir: "auto" }, `${short(nodes[from].label, 60)} and ${short(nodes[to].label, 60)}`),
    el("p", { class: "quiet" }, plural(between.length, "statement")), list, more,
    followSection("Follows from the ontology", followingBetween(from, to, lastResult().passes))));
}
