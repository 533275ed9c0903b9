// Places for a few hundred entities: springs from where they lie, then room for every label.

const MOST_ARRANGED = 260;
const NARROW = isSmall();
/** Entities at first: fewer where the screen is small. */
const FIRST = NARROW ? Math.min(14, raw.view.first) : raw.view.first;

/** Room around a story's shapes for its outline and title. */
const SHORE = NARROW ? { x: 24, y: 62 } : { x: 52, y: 74 };

/**
 * Places for these entities, with room for every name: story by story, the stories side by side.
 * `fixed` holds places that stay: those on the screen already; others come beside them. Deterministic.
 */
function arrange(ids, lines, fixed) {
  const several = STORIES.length > 1 && !fixed.size && state.focus < 0 && !state.path.length;
  const home = several ? settled(ids, lines) : new Map(ids.map((id) => [id, 0]));
  const islands = batches(ids, (id) => String(home.get(id) + 1).padStart(6, "0"));
  const drawn = islands.map((members) => island(members, lines, fixed));
  if (drawn.length < 2) return new Map(drawn[0]);
  const rooms = drawn.map((places) => roomOf(places, SHORE));
  const centres = inRows(rooms, view.camera.width / view.camera.height);
  return new Map(drawn.flatMap((places, i) =>
    [...places].map(([id, p]) => [id, { x: p.x + centres[i].x, y: p.y + centres[i].y }])));
}

/** The story of each; one that is alone in its story goes to that of what it is linked to most. */
function settled(ids, lines) {
  const count = new Map();
  for (const id of ids) count.set(nodes[id].story, (count.get(nodes[id].story) || 0) + 1);
  const home = new Map(ids.map((id) => [id, nodes[id].story]));
  const alone = (id) => count.get(nodes[id].story) === 1;
  for (const line of [...lines].reverse()) { // the strongest last: it decides
    for (const [one, other] of [[line.from, line.to], [line.to, line.from]]) {
      if (alone(one) && !alone(other)) home.set(one, nodes[other].story);
    }
  }
  return home;
}

/** Width and height of a drawing around 0, 0, names included. */
function roomOf(places, shore) {
  const all = [...places.entries()];
  return {
    wide: 2 * Math.max(...all.map(([id, p]) => Math.abs(p.x) + nameWidth(id) / 2)) + shore.x,
    high: 2 * Math.max(...all.map(([, p]) => Math.abs(p.y) + NAME_HIGH / 2)) + shore.y,
  };
}

/** Centres of boxes set as a page is: in order, row by row, in as many rows as fill the screen best. */
function inRows(rooms, screen) {
  const sum = (row) => row.reduce((all, room) => all + room.wide, 0);
  const tall = (row) => Math.max(...row.map((room) => room.high));
  const widest = Math.max(...rooms.map((room) => room.wide));
  let best = { zoom: 0 };
  for (let n = 4; n <= 4 * rooms.length; n += 1) {
    const rows = [[]];
    const most = Math.max(widest, (sum(rooms) * 4) / n);
    for (const room of rooms) {
      if (rows.at(-1).length && sum(rows.at(-1)) + room.wide > most + 1e-6) rows.push([]);
      rows.at(-1).push(room);
    }
    const across = Math.max(...rows.map(sum));
    const high = rows.reduce((all, row) => all + tall(row), 0);
    const zoom = Math.min(screen / across, 1 / high);
    if (zoom > best.zoom) best = { zoom, rows, across, high };
  }
  const centres = new Map();
  let y = -best.high / 2;
  for (const row of best.rows) {
    const more = (best.across - sum(row)) / row.length;
    let x = -best.across / 2;
    for (const room of row) {
      centres.set(room, { x: x + (room.wide + more) / 2, y: y + tall(row) / 2 });
      x += room.wide + more;
    }
    y += tall(row);
  }
  return rooms.map((room) => centres.get(room));
}

/** Places around 0, 0 for the members of one story: what is linked lies together, the pieces in rows. */
function island(ids, lines, fixed) {
  if (fixed.size) return piece(ids, lines, fixed);
  const drawn = pieces(ids, lines).map((members) => piece(members, lines, fixed));
  const centres = inRows(drawn.map((places) => roomOf(places, { x: 0, y: 0 })), NARROW ? 0.8 : 2.4);
  return new Map(drawn.flatMap((places, i) =>
    [...places].map(([id, p]) => [id, { x: p.x + centres[i].x, y: p.y + centres[i].y }])));
}

/** The connected pieces, largest first. */
function pieces(ids, lines) {
  const beside = new Map(ids.map((id) => [id, []]));
  for (const { from, to } of lines) {
    if (!beside.has(from) || !beside.has(to)) continue;
    beside.get(from).push(to);
    beside.get(to).push(from);
  }
  const seen = new Set();
  const found = [];
  for (const id of ids) {
    if (seen.has(id)) continue;
    const members = [id];
    seen.add(id);
    for (const member of members) { // grows while it is walked
      for (const other of beside.get(member)) if (!seen.has(other) && seen.add(other)) members.push(other);
    }
    found.push(members.sort((a, b) => a - b));
  }
  return found.sort((a, b) => b.length - a.length || a[0] - b[0]);
}

/** Whether so many can be arranged at once: none of the pieces is too large for springs. */
function canArrange(ids, lines, afresh) {
  if (ids.length <= MOST_ARRANGED) return true;
  if (!afresh || STORIES.length < 2 || ids.length > 4 * MOST_ARRANGED) return false;
  return Math.max(...batches([...settled(ids, lines).values()], String).map((group) => group.length)) <= MOST_ARRANGED;
}

/** Places around 0, 0 for what is linked, with room for every name. */
function piece(ids, lines, fixed) {
  if (NARROW && ids.length === 2 && !fixed.size) return new Map([[ids[0], { x: -66, y: -26 }], [ids[1], { x: 66, y: 26 }]]);
  const index = new Map(ids.map((id, i) => [id, i]));
  const size = ids.length;
  const x = new Float64Array(size);
  const y = new Float64Array(size);
  const still = new Uint8Array(size);
  const inside = lines.filter((l) => index.has(l.from) && index.has(l.to));
  const links = [...new Set(inside.map((l) => [index.get(l.from), index.get(l.to)].sort((a, b) => a - b).join()))]
    .map((key) => key.split(",").map(Number));
  const reach = 58 * Math.sqrt(size) + 60;
  ids.forEach((id, i) => {
    const place = fixed.get(id);
    if (place) {
      [x[i], y[i], still[i]] = [place.x, place.y, 1];
      return;
    }
    const beside = links.filter((l) => l.includes(i)).map((l) => (l[0] === i ? l[1] : l[0]))
      .find((j) => fixed.has(ids[j]));
    const centre = beside === undefined ? { x: 0, y: 0 } : fixed.get(ids[beside]);
    const radius = beside === undefined ? reach * Math.sqrt((i + 0.5) / size) : 130 + 4 * (i % 9);
    const angle = i * 2.399963;
    x[i] = centre.x + radius * 1.3 * Math.cos(angle);
    y[i] = centre.y + radius * Math.sin(angle);
  });
  springs(x, y, still, links, reach);
  pushApart(ids.map((id) => ({ wide: nameWidth(id), high: NAME_HIGH })), x, y, still, 200);
  const [low, high] = ends(ids.map((_, i) => ({ x: x[i], y: y[i] })));
  const middle = fixed.size ? { x: 0, y: 0 } : { x: (low.x + high.x) / 2, y: (low.y + high.y) / 2 };
  return new Map(ids.map((id, i) => [id, { x: Math.round(x[i] - middle.x), y: Math.round(y[i] - middle.y) }]));
}

const NAME_HIGH = 58;
const nameWidth = (id) => Math.max(44, Math.min(nodes[id].label.length, LONGEST) * 7.4 + 16);

function springs(x, y, still, links, reach) {
  const size = x.length;
  const ideal = 150;
  const steps = size > 150 ? 60 : 140;
  for (let step = 0; step < steps; step += 1) {
    const heat = (reach / 6) * (1 - step / steps) + 1;
    const dx = new Float64Array(size);
    const dy = new Float64Array(size);
    for (let i = 0; i < size; i += 1) {
      for (let j = i + 1; j < size; j += 1) {
        const ax = x[i] - x[j] || (i - j) * 0.01;
        const ay = (y[i] - y[j]) * 1.4 || 0.01;
        const force = (ideal * ideal) / Math.max(ax * ax + ay * ay, 100);
        dx[i] += ax * force;
        dy[i] += ay * force;
        dx[j] -= ax * force;
        dy[j] -= ay * force;
      }
      dx[i] -= x[i] * (NARROW ? 1.3 : 0.6);
      dy[i] -= y[i] * (NARROW ? 0.6 : 0.9);
    }
    for (const [i, j] of links) {
      const ax = x[i] - x[j];
      const ay = y[i] - y[j];
      const force = Math.hypot(ax, ay) / ideal;
      dx[i] -= ax * force;
      dy[i] -= ay * force;
      dx[j] += ax * force;
      dy[j] += ay * force;
    }
    for (let i = 0; i < size; i += 1) {
      if (still[i]) continue;
      const length = Math.hypot(dx[i], dy[i]) || 1;
      const move = Math.min(length, heat) / length;
      x[i] += dx[i] * move;
      y[i] += dy[i] * move;
    }
  }
}

/** Pushes boxes apart that lie over each other; what stands still, stands still. */
function pushApart(boxes, x, y, still, steps) {
  const size = boxes.length;
  for (let step = 0; step < steps; step += 1) {
    let moved = false;
    for (let i = 0; i < size; i += 1) {
      for (let j = i + 1; j < size; j += 1) {
        if (still[i] && still[j]) continue;
        const overX = (boxes[i].wide + boxes[j].wide) / 2 - Math.abs(x[i] - x[j]);
        const overY = (boxes[i].high + boxes[j].high) / 2 - Math.abs(y[i] - y[j]);
        if (overX <= 0 || overY <= 0) continue;
        moved = true;
        const share = still[i] ? [0, 1] : still[j] ? [1, 0] : [0.5, 0.5];
        if (overX < overY * (NARROW ? 0.7 : 1.4)) { // names are wide: else all would end up in a column
          const way = x[i] >= x[j] ? 1 : -1;
          x[i] += way * overX * share[0];
          x[j] -= way * overX * share[1];
        } else {
          const way = y[i] >= y[j] ? 1 : -1;
          y[i] += way * overY * share[0];
          y[j] -= way * overY * share[1];
        }
      }
    }
    if (!moved) break;
  }
}
