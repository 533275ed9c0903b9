// Places for a few hundred entities: springs from where they lie, then room for every label.

const MOST_ARRANGED = 260;
const NARROW = window.matchMedia("(max-width: 760px)").matches;
/** Entities at first: fewer where the screen is small. */
const FIRST = NARROW ? Math.min(14, raw.view.first) : raw.view.first;

/** `fixed` holds places that stay: those on the screen already. Deterministic. */
function arrange(ids, lines, fixed) {
  const index = new Map(ids.map((id, i) => [id, i]));
  const size = ids.length;
  const x = new Float64Array(size);
  const y = new Float64Array(size);
  const still = new Uint8Array(size);
  const links = [...new Set(lines.map((l) => [index.get(l.from), index.get(l.to)].sort((a, b) => a - b).join()))]
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
  spread(ids, x, y, still);
  return new Map(ids.map((id, i) => [id, { x: Math.round(x[i]), y: Math.round(y[i]) }]));
}

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

/** Pushes apart what lies over each other, label included; what stands still, stands still. */
function spread(ids, x, y, still) {
  const size = ids.length;
  const wide = ids.map((id) => Math.max(44, Math.min(nodes[id].label.length, 26) * 7.4 + 16));
  const high = 58;
  for (let step = 0; step < 200; step += 1) {
    let moved = false;
    for (let i = 0; i < size; i += 1) {
      for (let j = i + 1; j < size; j += 1) {
        if (still[i] && still[j]) continue;
        const overX = (wide[i] + wide[j]) / 2 - Math.abs(x[i] - x[j]);
        const overY = high - Math.abs(y[i] - y[j]);
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
