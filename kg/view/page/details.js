// The Details tab: an entity's card, the evidence of a line or statement, or where to start.

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

/** How much the most telling of these statements tells. */
const best = (group) => group.reduce((most, s) => Math.max(most, s.salience), 0);

function drawCard(panel, node) {
  const all = passing(node.statements);
  const quotesBy = all.filter((s) => s.kind === "quote" && s.subject === node.id);
  const quotesAbout = all.filter((s) => s.kind === "quote" && s.subject !== node.id);
  const facts = all.filter((s) => s.kind !== "quote");
  const groups = new Map();
  for (const s of facts) {
    // Who or what it is comes first, then what it did, then what is told of it.
    const key = `${s.subject !== node.id ? 2 : isAttribute(s) ? 0 : 1} ${relations[s.relation].label}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(s);
  }
  const ordered = [...groups.entries()].sort(([a, x], [b, y]) => a[0].localeCompare(b[0]) || best(y) - best(x) || y.length - x.length || (a < b ? -1 : 1));
  const claims = statements.filter((s) => s.kind !== "quote" && s.speaker === node.id && lastResult().passes[s.id]);
  const hiddenByFilters = node.statements.length - all.length;
  const onCanvas = view.shown[node.id];
  replace(panel, el("div", { class: "card" },
    closeButton(),
    el("p", { class: "kind" }, swatch(node.family), typeName(node.type), node.named ? "" : ", without a name of its own"),
    el("h2", { dir: "auto" }, node.label),
    node.aliases.length ? el("p", { class: "quiet", dir: "auto" }, "Also: ", short(node.aliases.join(", "), 400)) : null,
    el("p", { class: "quiet" }, `${plural(node.statements.length, "statement")} in ${plural(node.articles.length, "article")}`,
      hiddenByFilters ? `; ${count(hiddenByFilters)} hidden by the filters` : ""),
    el("div", { class: "actions", role: "group", "aria-label": "Actions" },
      button("Focus", () => focusOn(node.id, 1), { class: "primary", id: "focus" }),
      state.expanded.has(node.id)
        ? button("Collapse", () => collapse(node.id), { id: "collapse" })
        : button("Expand", () => expand(node.id), { id: "expand" }),
      button("Path to …", () => openPathForm(node.id), { id: "path-from" }),
      onCanvas ? button("Hide", () => hide(node.id), { id: "hide" }) : button("Show on graph", () => pin(node.id), { id: "pin" }),
      aroundLink(node)),
    section("Facts", facts.length, ordered.map(([key, group]) => relationGroup(node, key, group))),
    section(`Quotes by ${short(node.label, 30)}`, quotesBy.length, lazy(quotesBy, quoteItem)),
    section(`Quotes about ${short(node.label, 30)}`, quotesAbout.length, lazy(quotesAbout, quoteItem)),
    section(`What ${short(node.label, 30)} claims`, claims.length, lazy(claims, claimItem), { open: !facts.length }),
    section("Timeline", all.filter(isDated).length, () => timeline(all.filter(isDated)), { open: false }),
    section("Sources", node.articles.length, lazy(node.articles.map((a) => articles[a]).sort(byDate), sourceItem), { open: false }),
    mendSection(node)));
}

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

function relationGroup(node, key, group) {
  const outward = key[0] !== "2";
  group.sort((a, b) => a.status - b.status || b.sources - a.sources || b.salience - a.salience || a.id - b.id);
  const [list, more] = longList(group, (s) => el("li", { class: "fact" },
    el("div", { class: "statement-line" },
      outward ? objectPart(s) : nodeButton(s.subject),
      statusBadge(s),
      s.speaker >= 0 ? el("span", { class: "quiet" }, "says ", nodes[s.speaker].label) : null,
      button(`${plural(s.evidence.length, "passage")}`, () => openStatement(s.id), { class: "quiet-button", "aria-label": `${plural(s.evidence.length, "passage")}: ${short(statementText(s), 120)}` }))),
  { step: 8, attributes: { class: "plain" } });
  return el("div", { class: "group" }, el("h4", {}, key.slice(2), outward ? "" : el("span", { class: "quiet" }, " (said of it)")), list, more);
}

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
    el("p", { class: "quiet" }, plural(between.length, "statement")), list, more));
}
