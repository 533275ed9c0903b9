// How two entities are linked: the shortest chain of statements, each hop with its evidence.

/** The shortest path over passing statements, as entity numbers; [] when there is none. */
function shortestPath(linked, from, to, avoid = new Set()) {
  const before = new Map([[from, -1]]);
  let edge = [from];
  while (edge.length && !before.has(to)) {
    const next = [];
    for (const id of edge) {
      for (const other of neighbours(linked, id)) {
        if (before.has(other) || avoid.has(`${id} ${other}`)) continue;
        before.set(other, id);
        next.push(other);
      }
    }
    edge = next;
  }
  if (!before.has(to)) return [];
  const path = [];
  for (let id = to; id >= 0; id = before.get(id)) path.push(id);
  return path.reverse();
}

/** A few different short paths: each next one does without one link of an earlier one. */
function somePaths(linked, from, to, most = 4) {
  const first = shortestPath(linked, from, to);
  if (!first.length) return [];
  const found = new Map([[first.join(), first]]);
  for (let i = 0; i + 1 < first.length; i += 1) {
    const avoid = new Set([`${first[i]} ${first[i + 1]}`]);
    const other = shortestPath(linked, from, to, avoid);
    if (other.length) found.set(other.join(), other);
  }
  return [...found.values()].sort((a, b) => a.length - b.length).slice(0, most);
}

function showPath(from, to, choice = 0) {
  const paths = somePaths(lastLinks(), from, to);
  if (!paths.length) {
    const text = `No path between ${nodes[from].label} and ${nodes[to].label}${filtersAreOn(state.filters) ? " with these filters" : ""}.`;
    byId("path-answer").textContent = text;
    return announce(text);
  }
  change({ path: paths[choice % paths.length], pathEnds: [from, to], selected: null, tab: "details", expanded: new Set(), hidden: new Set(), pinned: -1 }, { step: true });
  return announce(`Path of ${plural(paths[0].length - 1, "hop")}.`);
}

function openPathForm(from = -1, to = -1) {
  change({ tab: "details", selected: null, path: [] });
  const panel = byId("panel-details");
  const ends = [from, to];
  const field = (i, label) => nameField(`path-${i}`, label, (id) => {
    ends[i] = id;
    if (ends[0] >= 0 && ends[1] >= 0) showPath(ends[0], ends[1]);
    else byId(`path-${1 - i}`).focus();
  }, ends[i] >= 0 ? nodes[ends[i]].label : "");
  replace(panel, el("div", { class: "card" }, closeButton(), el("h2", {}, "Path between two entities"),
    el("p", { class: "quiet" }, "Finds the shortest chain of statements from one to the other and shows the evidence of each hop."),
    field(0, "From"), field(1, "To"), el("p", { id: "path-answer", role: "status" })));
  byId(from >= 0 ? "path-1" : "path-0").focus();
}

function drawPath(panel) {
  const { path } = state;
  const [from, to] = [path[0], path.at(-1)];
  const paths = somePaths(lastLinks(), from, to);
  const here = Math.max(0, paths.findIndex((p) => p.join() === path.join()));
  const hops = path.slice(1).map((id, i) => {
    const ids = (linkedTo(lastLinks(), path[i]).get(id) || []).map((n) => statements[n]);
    ids.sort((a, b) => a.status - b.status || b.sources - a.sources || b.salience - a.salience || a.id - b.id);
    return el("li", { class: "hop" }, el("h3", { dir: "auto" }, `${i + 1}. ${short(nodes[path[i]].label, 40)} – ${short(nodes[id].label, 40)}`),
      ids.length ? longList(ids, (s) => el("li", {}, statementBlock(s)), { step: 2, attributes: { class: "plain" } })
        : el("p", { class: "quiet" }, "The filters hide this hop."));
  });
  replace(panel, el("div", { class: "card" },
    button("×", () => change({ path: [] }, { step: true }), { class: "close", "aria-label": "Leave the path" }),
    el("p", { class: "kind" }, `Path of ${plural(path.length - 1, "hop")}`),
    el("h2", { dir: "auto" }, `${short(nodes[from].label, 60)} to ${short(nodes[to].label, 60)}`),
    el("div", { class: "actions" },
      paths.length > 1 ? button(`Another path (${here + 1} of ${paths.length})`, () => showPath(from, to, here + 1), { id: "next-path" }) : null,
      button("Other ends", () => openPathForm(from, to))),
    el("ol", { class: "plain" }, hops)));
}
