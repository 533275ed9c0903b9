// Which entities are on the canvas: the most important, those around one, or those on a path.

const STEPS = [40, 100, 300, 1000, 100000];
const AROUND = 60; // neighbours that one expansion or focus brings at first

/** Links that passing statements make; looked up entity by entity, when first asked for. */
const linksOf = (passes) => ({ passes, known: new Map() });

/** The neighbours of an entity, each with the numbers of the statements that link them. */
function linkedTo(links, id) {
  let found = links.known.get(id);
  if (found) return found;
  found = new Map();
  const add = (other, number) => {
    if (found.has(other)) found.get(other).push(number);
    else found.set(other, [number]);
  };
  for (const number of nodes[id].statements) {
    if (!links.passes[number]) continue;
    const s = statements[number];
    if (s.subject === id) for (const other of s.others) add(other, number);
    else add(s.subject, number);
  }
  links.known.set(id, found);
  return found;
}

const neighbours = (links, id) => [...linkedTo(links, id).keys()].sort((a, b) => a - b);

/**
 * The entities to draw, most important first, and how many more there are:
 * `{ids, more}`. Nodes without a name of their own stay hidden unless they link two
 * named ones, are asked for, or expanded.
 */
function scope(state, passes, linked) {
  const on = filtersAreOn(state.filters);
  const wanted = (id) => state.topics || nodes[id].named || nodes[id].links;
  let ids = [];
  let more = 0;
  if (state.path.length > 0) {
    ids = [...state.path];
  } else if (state.focus >= 0) {
    let edge = [state.focus];
    const near = new Set(edge);
    for (let hop = 0; hop < state.hops; hop += 1) {
      const next = [];
      for (const id of edge) {
        for (const other of neighbours(linked, id)) {
          if (near.has(other)) continue;
          near.add(other);
          next.push(other);
        }
      }
      edge = next;
    }
    const all = [...near].filter((id) => id === state.focus || wanted(id)).sort((a, b) => a - b);
    const room = Math.max(AROUND, state.many);
    const rest = all.filter((id) => id !== state.focus);
    ids = [state.focus, ...rest.slice(0, room - 1)];
    more = all.length - ids.length;
  } else {
    const all = [];
    for (const node of nodes) {
      if (!wanted(node.id)) continue;
      if (on && !node.statements.some((s) => passes[s])) continue;
      all.push(node.id);
    }
    const pool = all.length ? all : on ? [] : nodes.map((n) => n.id);
    const first = !on && state.many === FIRST && state.topics === raw.view.topics;
    ids = first ? raw.start.slice(0, FIRST).map(([id]) => id) : pool.slice(0, state.many);
    more = pool.length - ids.length;
  }
  const shown = new Set(ids);
  for (const id of state.expanded) {
    shown.add(id);
    for (const other of neighbours(linked, id).slice(0, AROUND)) shown.add(other);
  }
  if (state.pinned >= 0) shown.add(state.pinned);
  for (const id of state.hidden) shown.delete(id);
  return { ids: [...shown].sort((a, b) => a - b), more };
}

/**
 * The lines between shown entities: one for each direction and kind of line, so that what is
 * asserted and what is denied of the same two are both seen.
 */
function linesBetween(ids, passes) {
  const shown = new Uint8Array(nodes.length);
  for (const id of ids) shown[id] = 1;
  const lines = new Map();
  const seen = new Set();
  for (const id of ids) {
    for (const number of nodes[id].statements) {
      if (!passes[number] || seen.has(number)) continue;
      seen.add(number);
      const s = statements[number];
      if (!shown[s.subject]) continue;
      for (const other of s.others) {
        if (!shown[other]) continue;
        const key = `${s.subject}>${other}>${lineKind(s)}`;
        const line = lines.get(key);
        if (line) line.statements.push(s);
        else lines.set(key, { key, from: s.subject, to: other, status: s.status, statements: [s] });
      }
    }
  }
  return [...lines.values()];
}

/** Planned and possible share a line; the rest have one each. */
const lineKind = (s) => (STATUS[s.status] === "planned" ? "possible" : STATUS[s.status]);
