// Shapes, lines and hulls of a scene, drawn in batches: one path for all that look alike. A scene is
// made by `GraphView.scene`; `context` is a canvas's or one that writes SVG (svg.js).

/** So many lines are stroked at a time: one path of thousands takes longer than many short ones. */
const BATCH = 250;
/** Of more lines than these, arrows and dashes show only once one looks closer. */
const MANY_LINES = 2500;

function paintScene(context, scene) {
  context.lineCap = "butt";
  context.lineJoin = "round";
  drawHulls(context, scene);
  drawLines(context, scene);
  drawShapes(context, scene);
  drawOver(context, scene);
}

/** Items by what `keyOf` says of them, in the order of the keys. */
const batches = (items, keyOf) =>
  [...groupBy(items, keyOf).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => list);

const tone = (style, dark) => (dark ? style.dark : style.light);

// --- lines -------------------------------------------------------------------------------------

/** Dimmed lines first, then others, then those of what is selected. */
function drawLines(context, scene) {
  const apart = (c) => nodes[c.line.from].story !== nodes[c.line.to].story;
  const level = (c) => (c.strong ? 2 : scene.dim ? 0 : scene.hulls.length && apart(c) ? 0.5 : 1);
  for (const list of batches(scene.curves, (c) => `${level(c)} ${9 - c.line.status} ${c.width}`)) {
    const [{ line, width, strong }] = list;
    const style = LINES[line.status];
    context.globalAlpha = { 0: 0.2, 0.5: 0.45, 1: scene.crowd ? 0.5 : 0.85, 2: 1 }[level(list[0])];
    context.strokeStyle = context.fillStyle = tone(style, scene.dark);
    context.lineWidth = width;
    context.setLineDash(scene.crowd && !strong ? [] : style.dash.map((n) => n * scene.stroke));
    for (let at = 0; at < list.length; at += BATCH) {
      context.beginPath();
      for (const c of list.slice(at, at + BATCH)) curvePath(context, c);
      context.stroke();
    }
    context.setLineDash([]);
    if (scene.crowd && !strong) continue;
    context.beginPath();
    for (const c of list) arrowPath(context, c, scene.stroke);
    context.fill();
  }
  context.globalAlpha = 1;
}

function curvePath(context, c) {
  context.moveTo(c.from.x, c.from.y);
  if (c.bend) context.quadraticCurveTo(c.via.x, c.via.y, c.to.x, c.to.y);
  else context.lineTo(c.to.x, c.to.y);
}

/** A point on a line, `t` of the way. */
function pointOn(c, t) {
  const u = 1 - t;
  return {
    x: u * u * c.from.x + 2 * u * t * c.via.x + t * t * c.to.x,
    y: u * u * c.from.y + 2 * u * t * c.via.y + t * t * c.to.y,
  };
}

function arrowPath(context, c, stroke) {
  const dx = c.to.x - c.via.x;
  const dy = c.to.y - c.via.y;
  const length = Math.hypot(dx, dy);
  if (length < c.reach + 4) return;
  const [ux, uy] = [dx / length, dy / length];
  const tip = { x: c.to.x - ux * (c.reach + 1), y: c.to.y - uy * (c.reach + 1) };
  const long = (5 + c.width) * stroke;
  const half = (2.2 + c.width * 0.6) * stroke;
  context.moveTo(tip.x, tip.y);
  context.lineTo(tip.x - ux * long - uy * half, tip.y - uy * long + ux * half);
  context.lineTo(tip.x - ux * long + uy * half, tip.y - uy * long - ux * half);
  context.closePath();
}

// --- shapes ------------------------------------------------------------------------------------

const CORNERS = {
  square: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  triangle: [[0, -1.1], [1.05, 0.8], [-1.05, 0.8]],
  triangleDown: [[0, 1.1], [1.05, -0.8], [-1.05, -0.8]],
  diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  hexagon: [[-0.52, -0.9], [0.52, -0.9], [1.04, 0], [0.52, 0.9], [-0.52, 0.9], [-1.04, 0]],
  star: Array.from({ length: 10 }, (_, i) => [
    (i % 2 ? 0.52 : 1.2) * Math.sin((i * Math.PI) / 5), -(i % 2 ? 0.52 : 1.2) * Math.cos((i * Math.PI) / 5)]),
};

function shapePath(context, shape, { x, y, size }) {
  const corners = CORNERS[shape];
  if (!corners) {
    context.moveTo(x + size, y);
    context.arc(x, y, size, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([cx, cy], i) => {
    if (i) context.lineTo(x + cx * size, y + cy * size);
    else context.moveTo(x + cx * size, y + cy * size);
  });
  context.closePath();
}

/** Shapes smaller than this are dots: what kind of shape it is nobody could see. */
const DOT = 3;

function drawShapes(context, scene) {
  const faint = (p) => scene.dim && !scene.near.has(p.id);
  // What is hollow lies beneath the others; the most important of a kind lies on top.
  const look = (p) => {
    const { family, story } = nodes[p.id];
    return (faint(p) ? 0 : 1e6) + (family.hollow ? 0 : 5e5) + FAMILIES.indexOf(family) * 1e4 + (scene.byStory ? story + 1 : 0);
  };
  const looks = groupBy(scene.points.filter((p) => p.inside).reverse(), look);
  for (const [, list] of [...looks].sort(([a], [b]) => a - b)) {
    const node = nodes[list[0].id];
    const colour = scene.byStory ? storyTone(node.story, scene.dark) : tone(node.family, scene.dark);
    context.globalAlpha = faint(list[0]) ? 0.35 : 1;
    context.fillStyle = node.family.hollow ? scene.paper : colour;
    context.strokeStyle = node.family.hollow ? colour : scene.paper;
    context.lineWidth = node.family.hollow ? 2.5 : 1;
    context.beginPath();
    for (const p of list) if (p.size >= DOT) shapePath(context, node.family.shape, p);
    context.fill();
    context.stroke();
    context.fillStyle = colour;
    for (const p of list) if (p.size < DOT) context.fillRect(p.x - p.size, p.y - p.size, 2 * p.size, 2 * p.size);
  }
  context.globalAlpha = 1;
}

// --- hulls -------------------------------------------------------------------------------------

/** A soft outline around the shapes of each story: shapes that lie in no other story's outline. */
function drawHulls(context, scene) {
  for (const hull of scene.hulls) {
    context.beginPath();
    hull.corners.forEach(({ x, y }, i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
    context.fillStyle = context.strokeStyle = storyPaper(hull.story, scene.dark);
    context.lineWidth = 2 * hull.room;
    context.stroke();
    context.fill();
  }
}

/** The corners of the convex hull of some points, in order (Andrew 1979). */
function convexHull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const turn = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  const half = (list) => {
    const chain = [];
    for (const p of list) {
      while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), p) <= 0) chain.pop();
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  return sorted.length < 3 ? sorted : [...half(sorted), ...half(sorted.reverse())];
}

/** Colours of stories, told apart by hue in the order of the stories; none for what is in no story. */
const hue = (story) => (story * 137.5 + 210) % 360;
const storyTone = (story, dark) =>
  (story < 0 ? (dark ? "#aab4c0" : "#5b6470") : `hsl(${hue(story).toFixed(0)}, 48%, ${dark ? 70 : 36}%)`);
const storyPaper = (story, dark) => `hsl(${hue(story).toFixed(0)}, ${dark ? "22%, 17%" : "45%, 95%"})`;
