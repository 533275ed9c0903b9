// An entity's card: who or what it is, its posts, what it did, what it said, what was said of it.

/** How much the most telling of these statements tells. */
const best = (group) => group.reduce((most, s) => Math.max(most, s.salience), 0);

function drawCard(panel, node) {
  const all = passing(node.statements);
  const facts = all.filter((s) => s.kind !== "quote");
  const own = facts.filter((s) => s.subject === node.id);
  const quotesBy = all.filter((s) => s.kind === "quote" && s.subject === node.id);
  const quotesAbout = all.filter((s) => s.kind === "quote" && s.subject !== node.id);
  const claims = statements.filter((s) => s.kind !== "quote" && s.speaker === node.id && lastResult().passes[s.id]);
  const name = short(node.label, 30);
  replace(panel, el("div", { class: "card" }, cardHead(node, all), neighbourhood(node, facts),
    factSection("Who or what", node, own.filter((s) => isAttribute(s) && !isPost(s))),
    factSection("Posts", node, own.filter(isPost), { plain: true }),
    factSection("Did", node, own.filter((s) => !isAttribute(s))),
    section("Said", quotesBy.length, lazy(quotesBy, quoteItem)),
    section(`What ${name} claims`, claims.length, lazy(claims, claimItem), { open: !facts.length }),
    factSection("Told of it", node, facts.filter((s) => s.subject !== node.id)),
    followSection("Follows from the ontology", followingOf(node.id, lastResult().passes)),
    section(`Quotes about ${name}`, quotesAbout.length, lazy(quotesAbout, quoteItem)),
    section("Timeline", all.filter(isDated).length, () => timeline(all.filter(isDated)), { open: false }),
    section("Sources", node.articles.length, lazy(node.articles.map((a) => articles[a]).sort(byDate), sourceItem), { open: false }),
    mendSection(node)));
}

function cardHead(node, all) {
  const hidden = node.statements.length - all.length;
  return [closeButton(),
    el("p", { class: "kind" }, swatch(node.family), typeName(node.type), node.named ? "" : ", without a name of its own"),
    el("h2", { dir: "auto" }, node.label),
    node.aliases.length ? el("p", { class: "quiet", dir: "auto" }, "Also: ", short(node.aliases.join(", "), 400)) : null,
    el("p", { class: "quiet" }, `${plural(node.statements.length, "statement")} in ${plural(node.articles.length, "article")}`,
      hidden ? `; ${count(hidden)} hidden by the filters` : ""),
    el("div", { class: "actions", role: "group", "aria-label": "Actions" },
      button("Focus", () => focusOn(node.id, 1), { class: "primary", id: "focus" }),
      state.expanded.has(node.id)
        ? button("Collapse", () => collapse(node.id), { id: "collapse" })
        : button("Expand", () => expand(node.id), { id: "expand" }),
      button("Path to …", () => openPathForm(node.id), { id: "path-from" }),
      view.shown[node.id] ? button("Hide", () => hide(node.id), { id: "hide" }) : button("Show on graph", () => pin(node.id), { id: "pin" }),
      aroundLink(node))];
}

const isPost = (s) => relations[s.relation].iri.endsWith("#hasRole");

// --- facts -------------------------------------------------------------------------------------

/** Statements as facts: verbs that say the same are one heading, what they say of one thing is one row. */
function factSection(title, node, told, { plain = false } = {}) {
  const verbs = [...groupBy(told, (s) => relations[s.relation].same).values()]
    .sort((x, y) => best(y) - best(x) || y.length - x.length || x[0].id - y[0].id);
  for (const list of verbs) list.sort((a, b) => a.status - b.status || b.sources - a.sources || b.salience - a.salience || a.id - b.id);
  const rows = verbs.map((list) => [...groupBy(list, (s) => factKey(node, s)).values()].sort((x, y) =>
    x[0].status - y[0].status || sourcesOf(y) - sourcesOf(x) || best(y) - best(x) || x[0].id - y[0].id));
  const number = rows.reduce((sum, list) => sum + list.length, 0);
  const single = rows.filter((list) => list.length === 1).map(([group]) => group);
  const several = verbs.map((list, i) => [list, rows[i]]).filter(([, list]) => list.length > 1);
  return section(title, number, [
    several.map(([list, groups]) => el("div", { class: "group" }, plain ? null : el("h4", {}, verbsOf(list)),
      longList(groups, (group) => factRow(node, group, ""), { step: 8, attributes: { class: "plain" } }))),
    single.length ? el("div", { class: "group" }, longList(single, (group) => factRow(node, group, plain ? "" : verbsOf(group)), { step: 12, attributes: { class: "plain" } })) : null]);
}

/** The other end of a fact. */
const factKey = (node, s) => (s.subject !== node.id ? `n${s.subject}` : s.kind === "node" ? `n${s.object}` : objectText(s));
const sourcesOf = (group) => group.reduce((sum, s) => sum + s.sources, 0);
const verbsOf = (group) => [...new Set(group.map((s) => relations[s.relation].label))].join(", ");

/** One fact: the other end, and for each statement its status, who says so, and its passages. */
function factRow(node, group, verb) {
  const outward = group[0].subject === node.id;
  const wordy = group.some((s) => s.negative) && group.some((s) => !s.negative);
  const other = outward ? objectPart(group[0]) : nodeButton(group[0].subject);
  const words = verb ? el("span", { class: "relation" }, !wordy && group[0].negative ? `not: ${verb}` : verb) : null;
  return el("li", { class: "fact" }, el("div", { class: "statement-line" }, outward ? [words, other] : [other, words],
    group.map((s) => el("span", { class: "told" }, wordy && s.negative ? "not: " : null, statusBadge(s),
      s.speaker >= 0 ? el("span", { class: "quiet" }, "says ", nodes[s.speaker].label) : null,
      s.time ? el("span", { class: "quiet" }, dateInWords(s.time)) : null,
      button(plural(s.evidence.length, "passage"), () => openStatement(s.id),
        { class: "quiet-button", "aria-label": `${plural(s.evidence.length, "passage")}: ${short(statementText(s), 120)}` })))));
}

// --- the neighbourhood -------------------------------------------------------------------------

const NEAR = { most: 5, wide: 400, high: 30, left: 148, right: 252, letters: 18 };

/** What it is linked to, drawn small: on the left what does something to it, on the right what it does something to. */
function neighbourhood(node, facts) {
  const sides = [[], []];
  for (const side of [0, 1]) {
    const here = facts.filter((s) => s.kind === "node" && s.object !== s.subject && !isAttribute(s) && (s.subject === node.id) === (side === 1));
    const groups = [...groupBy(here, (s) => (side ? s.object : s.subject)).entries()].map(([id, told]) => ({
      id, told, weight: told.reduce((sum, s) => sum + s.salience * s.sources, nodes[id].named ? 100 : 0) }));
    sides[side] = groups.sort((a, b) => b.weight - a.weight || a.id - b.id).slice(0, NEAR.most);
  }
  const rows = Math.max(...sides.map((side) => side.length));
  if (!rows) return null;
  const high = Math.max(2, rows) * NEAR.high;
  const drawing = svg("svg", { class: "near", viewBox: `0 0 ${NEAR.wide} ${high}`, role: "img",
    "aria-label": `Around ${node.label}: ${sides.flat().map(({ id }) => nodes[id].label).join(", ")}` });
  sides.forEach((side, right) => side.forEach((found, i) => drawNear(drawing, found, { right, y: (high * (i + 0.5)) / side.length, middle: high / 2 })));
  drawing.append(smallShape(node, NEAR.wide / 2, high / 2, 20));
  return drawing;
}

/** One neighbour: its line, its shape, its name and what is told. */
function drawNear(drawing, { id, told }, { right, y, middle }) {
  const x = right ? NEAR.right : NEAR.left;
  const [from, to] = right ? [NEAR.wide / 2 + 12, x - 10] : [NEAR.wide / 2 - 12, x + 10];
  const style = LINES[told[0].status];
  const group = svg("g", { class: "neighbour" });
  const tip = svg("title", {});
  tip.textContent = told.map((s) => `${statementText(s)} (${statusName(s).toLowerCase()})`).join("\n");
  const text = (words, dy, kind) => {
    const line = svg("text", { x: x + (right ? 12 : -12), y: y + dy, "text-anchor": right ? "start" : "end", class: kind });
    line.textContent = short(words, NEAR.letters);
    return line;
  };
  group.append(tip, svg("rect", { x: right ? x - 12 : 0, y: y - 15, width: NEAR.left + 12, height: NEAR.high, class: "touch" }),
    svg("path", { d: `M${from} ${middle}Q${(from + to) / 2} ${y} ${to} ${y}`, fill: "none", stroke: tone(style, isDark()), "stroke-width": 1.6,
      "stroke-dasharray": style.dash.join(" ") }),
    smallShape(nodes[id], x, y, 14), text(nodes[id].label, -1, "name"), text(verbsOf(told), 11, "verb"));
  group.addEventListener("click", () => openNode(id));
  drawing.append(group);
}

function smallShape(node, x, y, size) {
  const shape = swatch(node.family);
  for (const [key, value] of Object.entries({ x: x - size / 2, y: y - size / 2, width: size, height: size })) shape.setAttribute(key, value);
  return shape;
}
