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

/** The same with what only follows to be linked to it, where that is drawn. */
const drawnBeside = (links, id) => [...new Set([...linkedTo(links, id).keys(), ...followingOf(id, links.passes)
  .filter((f) => f.object >= 0).map((f) => (f.subject === id ? f.object : f.subject))])].sort((a, b) => a - b);

/** Whether a statement is drawn: who spoke of whom, and what somebody is, only when asked for: by a
 * switch, or by looking at one entity or a path. */
function isDrawn(s) {
  if (s.kind === "quote" ? state.speech : state.attributes || !isAttribute(s)) return true;
  if (state.focus >= 0 || state.path.length) return true;
  return state.expanded.size > 0 && (state.expanded.has(s.subject) || s.others.some((id) => state.expanded.has(id)));
}

/** Whether a line of the picture leads from an entity to another of those `inside`. Asked of every entity: nothing is kept. */
function hasLine(passes, id, inside) {
  const leads = (other) => other !== id && inside(other);
  return nodes[id].statements.some((number) => {
    if (!passes[number]) return false;
    const s = statements[number];
    return (s.subject === id ? s.others.some(leads) : leads(s.subject)) && isDrawn(s);
  });
}

/**
 * The entities to draw, most important first, and how many more there are: `{ids, more}`. What has no
 * name of its own, and what nothing links to another shape, stays out unless asked for.
 */
function scope(state, links) {
  const wanted = (id) => state.topics || nodes[id].shape;
  const linked = (id, inside) => hasLine(links.passes, id, inside);
  let ids = [];
  let more = 0;
  if (state.path.length > 0) {
    ids = [...state.path];
  } else if (state.focus >= 0) {
    const near = around(links, state.focus, state.hops);
    const rest = near.filter((id) => id !== state.focus && wanted(id));
    ids = [state.focus, ...rest.slice(0, Math.max(AROUND, state.many) - 1)];
    more = rest.length + 1 - ids.length;
  } else {
    const plain = !filtersAreOn(state.filters) && state.topics === raw.view.topics && !state.speech && !state.attributes;
    let pool = nodes.filter((n) => wanted(n.id) && linked(n.id, wanted)).map((n) => n.id);
    if (!pool.length) pool = unlinked(links, wanted);
    const first = plain && state.many === FIRST;
    ids = first ? raw.start.slice(0, FIRST).map(([id]) => id) : pool.slice(0, state.many);
    const inside = new Set(ids);
    const joined = ids.filter((id) => linked(id, (other) => inside.has(other)));
    const alone = first && joined.length < CAPTIONED ? telling(links.passes, joined, CAPTIONED - joined.length) : [];
    if (alone.length) ids = [...joined, ...alone];
    else if (ids.length < pool.length) ids = joined;
    more = Math.max(0, pool.length - ids.length);
  }
  const shown = new Set(ids);
  for (const id of state.expanded) {
    shown.add(id);
    for (const other of drawnBeside(links, id).slice(0, AROUND)) shown.add(other);
  }
  if (state.pinned >= 0) shown.add(state.pinned);
  for (const id of state.hidden) shown.delete(id);
  for (const id of endsOf(state.selected?.kind === "node" ? null : state.selected)) shown.add(id);
  return { ids: [...shown].sort((a, b) => a - b), more };
}

/** Where no line can be drawn: what passing statements are about, named things first. */
function unlinked(links, wanted) {
  const told = nodes.filter((n) => n.statements.some((number) => links.passes[number]));
  const named = told.filter((n) => wanted(n.id));
  return (named.length ? named : told).map((n) => n.id);
}

/** An entity and all within so many hops of it, in the order of their importance. */
function around(links, start, hops) {
  const near = new Set([start]);
  let edge = [start];
  for (let hop = 0; hop < hops; hop += 1) {
    edge = edge.flatMap((id) => drawnBeside(links, id)).filter((id) => !near.has(id) && near.add(id));
  }
  return [...near].sort((a, b) => a - b);
}

/**
 * The lines between shown entities: one for each direction and kind of line, so that what is
 * asserted and what is denied of the same two are both seen.
 */
function linesBetween(ids, passes) {
  const asked = new Set(state.selected?.kind === "statement" ? [state.selected.id] : []);
  const shown = new Uint8Array(nodes.length);
  for (const id of ids) shown[id] = 1;
  const lines = new Map();
  const seen = new Set();
  const add = (s, other) => {
    const key = (s.subject * nodes.length + other) * LINES.length + s.status;
    const line = lines.get(key);
    if (line) line.statements.push(s);
    else lines.set(key, { key, from: s.subject, to: other, status: s.status, statements: [s] });
  };
  for (const id of ids) {
    for (const number of nodes[id].statements) {
      if (!passes[number] || seen.has(number)) continue;
      seen.add(number);
      const s = statements[number];
      if (!shown[s.subject] || !(isDrawn(s) || asked.has(number))) continue;
      for (const other of s.others) if (shown[other]) add(s, other);
    }
  }
  for (const f of state.inferred ? follows : []) {
    if (f.object !== f.subject && shown[f.subject] && shown[f.object] && isDrawn(f) && holds(f, passes)) add(f, f.object);
  }
  for (const line of lines.values()) {
    line.weight = line.statements.reduce((sum, s) => sum + s.salience * s.sources, 0);
    line.statements.sort((a, b) => b.salience * b.sources - a.salience * a.sources || a.id - b.id);
  }
  return [...lines.values()].sort((a, b) => b.weight - a.weight || a.key - b.key);
}
