// Of a few shapes the picture tells beneath each what the texts say of it: in rows and columns that fill the canvas.

/** So few shapes have words beneath them; so many statements each, at most. */
const CAPTIONED = 6;
const MOST_TOLD = 8;

const hasCaptions = (ids) => ids.length > 1 && ids.length <= CAPTIONED && state.focus < 0 && !state.path.length;

const weightOf = (s) => s.salience * s.sources;

/** Named things that no line leads to but of which something else is told, the most telling first: so many at most. */
function telling(passes, already, most) {
  const told = new Set(already.flatMap((id) => nodes[id].statements));
  const best = (node) => node.statements.reduce((high, number) =>
    (passes[number] && !told.has(number) && !isAttribute(statements[number]) ? Math.max(high, weightOf(statements[number])) : high), -1);
  const found = [];
  const candidates = nodes.filter((node) => node.shape && !already.includes(node.id)).map((node) => [best(node), node])
    .filter(([weight]) => weight >= 0).sort(([x, one], [y, other]) => y - x || one.id - other.id);
  for (const [, node] of candidates) {
    if (found.length >= most || best(node) < 0) continue; // told beside another by now
    found.push(node.id);
    for (const number of node.statements) told.add(number);
  }
  return found;
}

/** What is told of each of these, beside what lines say: each statement once, where its subject is if that is here. */
function captionsOf(ids, lines) {
  const { passes } = lastResult();
  const taken = new Set(lines.flatMap((line) => line.statements));
  const found = new Map(ids.map((id) => [id, []]));
  for (const own of [true, false]) {
    for (const [id, told] of found) {
      const mine = nodes[id].statements.map((number) => statements[number])
        .filter((s) => passes[s.id] && (s.subject === id) === own && !taken.has(s))
        .sort((a, b) => weightOf(b) - weightOf(a) || a.id - b.id);
      for (const s of mine) {
        const words = captionText(s, own);
        if (told.length < MOST_TOLD && told.every((other) => other.words !== words)) told.push({ s, words });
        taken.add(s);
      }
    }
  }
  return found;
}

function captionText(s, own) {
  const says = s.speaker >= 0 && s.speaker !== s.subject ? `, says ${nodes[s.speaker].label}` : "";
  if (!own) return statementText(s) + says;
  if (s.kind === "quote") return `${/^[a-z]+$/.test(s.value.cue) ? s.value.cue : "said"}: ${spokenText(s)}`;
  return `${s.negative ? "not: " : ""}${isPost(s) ? "" : `${relations[s.relation].label} `}${objectText(s)}${says}`;
}

/** About how high a shape, its name and its words are, in pixels. */
const highOf = (told) => 70 + (NARROW ? 18 : 24) * Math.min(10, told.reduce((sum, { words }) => sum + Math.min(3, Math.ceil(words.length / 26)), 0));
/** From the upper edge of a cell to the middle of its shape. */
const ABOVE = 38;
/** What stays free at the foot of the canvas; on a small screen buttons lie there. */
const FREE = NARROW ? 54 : 20;

/**
 * Rows and columns for these shapes on a canvas of this size: `{columns, edges, places}`, in thousandths of the canvas
 * (`Camera.whole`). Rows are as high as their words need and as far apart as there is room; what a line links lies side
 * by side where that can be.
 */
function cellsFor(ids, lines, told, { width, height }) {
  const wanted = ids.length <= 3 ? ids.length : ids.length === 4 ? 2 : 3;
  const columns = Math.max(1, Math.min(wanted, Math.floor(width / 170)));
  const order = besideEachOther(ids, lines, columns);
  const rows = Array.from({ length: Math.ceil(ids.length / columns) }, (_, row) => order.slice(row * columns, (row + 1) * columns));
  const needs = rows.map((row) => Math.max(...row.map((id) => highOf(told.get(id)))));
  const all = needs.reduce((sum, need) => sum + need, 0);
  const left = height - FREE - all;
  const gap = Math.max(0, Math.min(height * (NARROW ? 0.45 : 0.32), left / Math.max(1, rows.length - 1)));
  const first = rows.length > 1 ? Math.max(0, left - gap * (rows.length - 1)) / 2 : 0;
  const tight = Math.min(1, (height - FREE) / all);
  const edges = needs.map((_, r) => (1000 * (first + needs.slice(0, r).reduce((sum, need) => sum + need + gap, 0) * tight)) / height);
  // In a single row every second shape stands lower, as far as its words let it.
  const lower = (id, i) => (rows.length > 1 || i % 2 === 0 ? 0 : Math.max(0, Math.min(height * 0.64, height - ABOVE - FREE - highOf(told.get(id)))));
  const places = new Map(rows.flatMap((row, r) => row.map((id, i) =>
    [id, { x: (1000 * (i + 0.5)) / row.length, y: edges[r] + (1000 * (ABOVE + lower(id, i))) / height }])));
  return { columns, edges: [...edges, 1000], places };
}

/** The order of the cells in which lines are short and cross no other shape; of equals that of importance. */
function besideEachOther(ids, lines, columns) {
  const cost = (order) => lines.reduce((sum, line) => {
    const [from, to] = [order.indexOf(line.from), order.indexOf(line.to)];
    const across = Math.abs((from % columns) - (to % columns));
    const down = Math.abs(Math.floor(from / columns) - Math.floor(to / columns));
    return sum + (down ? 2 * down + across : across > 1 ? 6 : 0);
  }, 0) + 0.01 * order.reduce((sum, id, i) => sum + Math.abs(i - ids.indexOf(id)), 0);
  let [best, least] = [ids, cost(ids)];
  const grow = (order, rest) => {
    if (!rest.length && cost(order) < least - 1e-9) [best, least] = [order, cost(order)];
    rest.forEach((id, i) => grow([...order, id], [...rest.slice(0, i), ...rest.slice(i + 1)]));
  };
  grow([], ids);
  return best;
}

/** Letters are as large as lets all be told. */
const USUAL = NARROW ? 13 : 15; // long words of a speaker are cut rather than smaller than this
const LETTERS = NARROW ? [14, 13, 12] : [20, 18, 17, 16, 15, 14, 13];

/** Draws the words beneath their shapes; where each statement stands is kept in `scene.captions`. */
function drawCaptions(context, scene, boxes) {
  scene.captions = [];
  if (!scene.told || scene.scale < 0.8) return;
  context.textAlign = "left";
  const settings = LETTERS.map((letters) => captionsIn(context, scene, letters));
  const { letters, high, blocks } = settings.find(({ whole }) => whole) ?? settings.at(-1);
  for (const { p, rows, across, top, right } of blocks) {
    const left = Math.max(4, Math.min(right - across, p.x - across / 2));
    context.globalAlpha = 0.88; // lines pass behind the words
    context.fillStyle = scene.paper;
    context.fillRect(left - 4, top - 2, across + 8, rows.length * high + 4);
    context.globalAlpha = scene.dim && !scene.near.has(p.id) ? 0.55 : 1;
    rows.forEach(({ s, text, first }, i) => {
      const y = top + high * (i + 0.5);
      if (first) drawBullet(context, scene, LINES[s.status], left, y);
      setFont(context, `400 ${letters}px`);
      context.fillStyle = s ? scene.ink : scene.quiet;
      context.fillText(text, left + BULLET, y);
      const box = { left, right: left + across, top: y - high / 2 + 0.5, bottom: y + high / 2 - 0.5 };
      boxes.take(box);
      scene.captions.push({ s, id: p.id, ...box });
    });
  }
  context.globalAlpha = 1;
  context.textAlign = "center";
}

const BULLET = 22;

/** The words of all shapes in letters of this size, and whether there is room for all of them. */
function captionsIn(context, scene, letters) {
  const { columns, edges } = scene.cells;
  const high = Math.round(letters * 1.38);
  const font = setFont(context, `400 ${letters}px`);
  const wide = Math.min(480, scene.width / columns - (NARROW ? 12 : 30));
  let whole = true;
  const blocks = scene.points.map((p) => {
    const name = scene.named.find((box) => box.id === p.id);
    const top = Math.max(p.y + p.size, name && name.top > p.y ? name.bottom : 0) + 6;
    let right = scene.width - 4;
    let bottom = ((edges.find((edge) => (edge * scene.height) / 1000 > p.y) ?? 1000) * scene.height) / 1000 - 4;
    for (const box of scene.taken) { // buttons over the picture
      if (bottom < box.top || p.x + wide / 2 < box.left) continue;
      if (box.right - box.left > box.bottom - box.top) bottom = box.top;
      else right = box.left;
    }
    const told = scene.told.get(p.id) ?? [];
    const fits = Math.min(wide, right - Math.max(0, p.x - wide / 2)) - BULLET;
    const rows = captionRows(context, font, told, { wide: fits, high: edges.length > 2 ? 4 : 8, most: Math.floor((bottom - top) / high) });
    if (told.length && (!rows.at(-1)?.s || ((edges.length > 2 || NARROW) && letters > USUAL && rows.some(({ text }) => text.endsWith(" …"))))) whole = false;
    return { p, rows, top, right, across: Math.max(0, ...rows.map(({ text }) => widthOf(context, font, text))) + BULLET };
  });
  return { letters, high, whole, blocks: blocks.filter(({ rows }) => rows.length) };
}

/** Lines of text, each of a statement, as many as there is room for; the last tells how much is left out. */
function captionRows(context, font, told, { wide, high, most }) {
  const rows = [];
  for (const [i, { s, words }] of told.entries()) {
    const left = told.length - i;
    const room = most - rows.length - (left > 1 ? 1 : 0);
    if (room < 1) {
      if (rows.length < most) rows.push({ s: null, text: `and ${count(left)} more` });
      break;
    }
    const lines = wrapped(words, (text) => widthOf(context, font, text) <= wide, Math.min(high, room));
    rows.push(...lines.map((text, n) => ({ s, text, first: n === 0 })));
  }
  return rows;
}

/** The look of the status, as in the legend. */
function drawBullet(context, scene, style, x, y) {
  context.strokeStyle = context.fillStyle = tone(style, scene.dark);
  context.lineWidth = 2;
  context.setLineDash(style.dash.map((n) => n * 0.6));
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + 15, y);
  context.stroke();
  context.setLineDash([]);
  context.font = `700 14px ${FONT}`;
  if (style.mark) context.fillText(style.mark, x + 3, y);
}
