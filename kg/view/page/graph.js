// The graph on the screen: which shapes and lines are drawn, where, and what lies under a point.

const sizeOf = (node) => Math.round(6 + 12 * Math.sqrt(Math.min(node.rank, 1000) / 1000));
const isDark = () => document.documentElement.dataset.theme === "dark";
const typeName = (type) => type.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, " ").replace(/^./, (c) => c.toUpperCase());

class GraphView {
  constructor(container, on) {
    this.container = container;
    this.on = on;
    this.canvas = el("canvas");
    container.append(this.canvas);
    this.camera = new Camera();
    this.places = new Map();
    this.ids = [];
    this.lines = [];
    this.shown = new Uint8Array(0);
    this.scopeKey = null;
    this.cursor = -1;
    this.lineCursor = null;
    this.selection = null;
    this.selected = new Set();
    this.near = new Set();
    this.movable = false; // whether one finger moves the picture rather than the page
    new ResizeObserver(() => this.resize()).observe(container);
    this.resize();
    takeInHand(this);
  }

  /** Draws these entities and lines. New places are found when `key` changed; `start` are given. */
  show(ids, lines, { key, start, selected, byStory }) {
    const moved = key !== this.scopeKey;
    this.scopeKey = key;
    this.byStory = byStory;
    const cells = hasCaptions(ids);
    const anew = ids !== this.ids && (cells || this.told); // a picture with captions is laid out anew
    if (lines !== this.lines) {
      this.told = cells ? captionsOf(ids, lines) : null;
      this.lines = lines;
      this.ids = ids;
      this.shown = new Uint8Array(nodes.length);
      for (const id of ids) this.shown[id] = 1;
      bendLines(lines);
    }
    if (!lines.includes(this.lineCursor)) this.lineCursor = null;
    if (moved || anew || ids.some((id) => !this.places.has(id))) this.place(ids, lines, start, moved || anew);
    this.select(selected);
    if (moved || anew) this.fit();
    else this.redraw();
  }

  place(ids, lines, start, afresh) {
    if (this.told) return; // see `aim`
    if (start?.size && ids.every((id) => start.has(id))) {
      this.places = new Map(start);
    } else if (!canArrange(ids, lines, afresh)) {
      const kept = afresh ? new Map() : this.places;
      this.places = new Map(ids.map((id) => [id, kept.get(id) || { x: nodes[id].x, y: nodes[id].y }]));
    } else {
      const fixed = afresh ? new Map() : new Map(ids.filter((id) => this.places.has(id))
        .map((id) => [id, this.places.get(id)]));
      const found = arrange(ids, lines, fixed);
      this.places = afresh ? found : new Map([...this.places, ...found]);
    }
  }

  isStrong(line) {
    const s = this.selection;
    if (line === this.lineCursor) return true;
    if (!s) return false;
    if (s.kind === "node") return line.from === s.id || line.to === s.id;
    if (s.kind === "line") return (line.from === s.from && line.to === s.to) || (line.from === s.to && line.to === s.from);
    return line.statements.some((x) => x.id === s.id);
  }

  /** Marks what is selected; the neighbours' names come before others'. */
  select(selection) {
    this.selection = selection;
    this.selected = endsOf(selection);
    this.near = new Set(this.selected);
    if (!selection) return;
    for (const line of this.lines) {
      if (!this.isStrong(line)) continue;
      this.near.add(line.from);
      this.near.add(line.to);
    }
  }

  resize() {
    const box = this.container.getBoundingClientRect();
    const { camera, canvas } = this;
    if (!box.width || (box.width === camera.width && box.height === camera.height)) return;
    [camera.width, camera.height] = [box.width, box.height];
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(box.width * ratio);
    canvas.height = Math.round(box.height * ratio);
    if (camera.byHand) this.draw();
    else this.fit(); // at once: an emptied canvas would flicker
  }

  fit() {
    this.aim(this.camera);
    this.redraw();
  }

  /** Lets a camera show all that is drawn. */
  aim(camera) {
    this.layCells(camera);
    if (this.told) camera.whole();
    else camera.fit(this.ids.map((id) => this.places.get(id)));
  }

  /** Places of a few shapes with words beneath them: they follow from the shape of the canvas. */
  layCells(camera) {
    if (!this.told) return;
    this.cells = cellsFor(this.ids, this.lines, this.told, camera);
    this.places = this.cells.places;
  }

  zoom(factor) {
    this.camera.zoom(factor);
    this.redraw();
  }

  /** Brings these entities into sight if one of them is not: with all others, or the picture moves there. */
  reveal(ids) {
    const places = ids.map((id) => this.places.get(id)).filter(Boolean);
    if (!places.length) return;
    const { width, height } = this.camera;
    const away = ({ x, y }) => x < 20 || y < 20 || x > width - 20 || y > height - 20;
    if (!places.map((p) => this.camera.toScreen(p)).some(away)) return;
    if (!this.camera.byHand) return this.fit(); // all was in sight: it stays so
    const [low, high] = ends(places);
    this.camera.centre({ x: (low.x + high.x) / 2, y: (low.y + high.y) / 2 });
    this.redraw();
  }

  /** Everything as it stands on a screen of the camera's size. */
  scene(camera = this.camera) {
    const { width, height } = camera;
    const dark = isDark();
    const pointOf = new Map();
    const points = this.ids.map((id) => {
      const p = { id, ...camera.toScreen(this.places.get(id)), size: camera.size(sizeOf(nodes[id]), this.ids.length) * (this.told ? (this.ids.length > 3 ? 1.4 : 1.8) : 1) };
      p.inside = p.x > -60 && p.y > -30 && p.x < width + 60 && p.y < height + 30;
      pointOf.set(id, p);
      return p;
    });
    const curves = [];
    for (const line of this.lines) {
      const c = curveOf(line, pointOf.get(line.from), pointOf.get(line.to), this.isStrong(line));
      if (onScreen(c, width, height)) curves.push(c);
    }
    const crowd = curves.length > MANY_LINES || (this.lines.length > 1500 && camera.scale < 0.3);
    const stroke = Math.max(0.5, Math.min(1, camera.scale * 1.4));
    for (const c of curves) if (!c.strong) c.width = crowd ? 0.8 : Math.round(c.width * stroke * 5) / 5;
    const words = camera.scale > 0.5 && this.lines.length <= 200;
    const told = curves.filter((c) => c.strong || words || (!crowd && LINES[c.line.status].mark))
      .map((c) => ({ ...c, spots: [0.5, 0.38, 0.62, 0.26, 0.74].map((t) => pointOn(c, t)) }))
      .filter(({ spots: [at] }) => at.x > 0 && at.y > 0 && at.x < width && at.y < height)
      .sort((a, b) => Number(b.strong) - Number(a.strong) || b.line.weight - a.line.weight);
    return {
      points, curves, crowd, words, told: this.told, cells: this.cells, scale: camera.scale, lines: told, strong: told.filter((l) => l.strong).length,
      hulls: this.hulls(points, camera), byStory: this.byStory, stroke,
      width, height, dark, selected: this.selected, near: this.near, dim: this.selected.size > 0 && this.ids.length <= 400,
      taken: this.taken(), cursor: this.cursor, ink: colour("--ink"), quiet: colour("--quiet"), paper: colour("--paper"), accent: colour("--accent"),
    };
  }

  /** Where buttons lie over the graph: no name there. */
  taken() {
    const own = this.container.getBoundingClientRect();
    const box = this.container.parentElement.querySelector(".zoom").getBoundingClientRect();
    return [{ left: box.left - own.left - 4, right: box.right - own.left, top: box.top - own.top - 4, bottom: box.bottom - own.top }];
  }

  /** Outlines of the stories with three or more shapes here, where there are several stories. */
  hulls(points, camera) {
    if (STORIES.length < 2 || this.ids.length > 400 || state.focus >= 0 || state.path.length) return [];
    const groups = new Map();
    for (const p of points) {
      const { story } = nodes[p.id];
      if (story < 0) continue;
      if (groups.has(story)) groups.get(story).push(p);
      else groups.set(story, [p]);
    }
    const room = 26 * Math.min(1, Math.max(0.4, camera.scale));
    return [...groups.entries()].filter(([, list]) => list.length > 1)
      .map(([story, list]) => ({ story, room, corners: convexHull(list), points: list }));
  }

  /** Draws before the next frame, however often it is asked until then. */
  redraw() {
    this.waiting ||= requestAnimationFrame(() => this.draw());
  }

  draw() {
    if (this.waiting) cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    const context = this.canvas.getContext("2d");
    const ratio = this.canvas.width / this.camera.width;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.camera.width, this.camera.height);
    this.lastScene = this.scene();
    paintScene(context, this.lastScene);
  }

  click(at) {
    const id = this.nodeAt(at);
    if (id >= 0) return this.on.onNode(id);
    const caption = this.captionAt(at);
    if (caption) return caption.s ? this.on.onStatement(caption.s.id) : this.on.onNode(caption.id);
    const line = this.lineAt(at);
    if (line) return this.on.onLine(line);
    return this.on.onNothing();
  }

  /** The entity whose shape or name is at this point, or -1. */
  nodeAt(at) {
    const { points = [], named = [] } = this.lastScene || {};
    let best = -1;
    let least = Infinity;
    for (const p of points) {
      const far = Math.hypot(p.x - at.x, p.y - at.y) - Math.max(p.size, 7);
      if (far <= 0 && far < least) [best, least] = [p.id, far];
    }
    const inside = (b) => at.x >= b.left && at.x <= b.right && at.y >= b.top && at.y <= b.bottom;
    return best >= 0 ? best : named.find(inside)?.id ?? -1;
  }

  /** The words beneath a shape at this point: of a statement `s`, or how many more there are. */
  captionAt(at) {
    return this.lastScene?.captions?.find((b) => at.x >= b.left && at.x <= b.right && at.y >= b.top && at.y <= b.bottom);
  }

  /** The line within some pixels of this point, or null. */
  lineAt(at, reach = 7) {
    let best = null;
    let least = reach;
    for (const c of this.lastScene?.curves || []) {
      const far = distance(at, c);
      if (far < least) [best, least] = [c.line, far];
    }
    return best;
  }

  hover(at) {
    const id = this.nodeAt(at);
    const said = id < 0 ? this.captionAt(at) : null;
    const line = id < 0 && !said ? this.lineAt(at, 5) : null;
    this.container.style.cursor = id >= 0 || said || line ? "pointer" : "";
    if (id >= 0) {
      const node = nodes[id];
      this.tip(at, el("strong", {}, node.label),
        ` ${typeName(node.type)}, ${plural(node.statements.length, "statement")}, ${plural(node.articles.length, "article")}`);
    } else if (said?.s) this.tip(at, `${statusName(said.s)}, ${plural(said.s.sources, "source")}`);
    else if (line) this.tip(at, lineTip(line));
    else this.tip(null);
  }

  tip(at, ...words) {
    const tip = byId("tip");
    tip.hidden = !at;
    if (!at) return;
    replace(tip, words);
    tip.style.left = `${Math.max(4, Math.min(at.x + 14, this.camera.width - 264))}px`;
    tip.style.top = `${at.y + 16}px`;
  }

  /** Moves the keyboard's mark to an entity, or away (-1). */
  mark(id) {
    this.cursor = id;
    this.lineCursor = null;
    if (id >= 0) {
      this.reveal([id]);
      this.on.onCursor(id);
    }
    this.redraw();
  }

  /** Moves the mark to the nearest entity that lies that way. */
  step(from, [wayX, wayY]) {
    const here = from >= 0 ? this.places.get(from) : null;
    let best = -1;
    let least = Infinity;
    for (const id of this.ids) {
      if (!here) {
        best = best < 0 ? id : Math.min(best, id);
        continue;
      }
      if (id === from) continue;
      const place = this.places.get(id);
      const along = (place.x - here.x) * wayX + (place.y - here.y) * wayY;
      const aside = Math.abs((place.x - here.x) * wayY) + Math.abs((place.y - here.y) * wayX);
      if (along <= 0 || aside > along * 2) continue;
      if (along + aside * 2 < least) [best, least] = [id, along + aside * 2];
    }
    if (best >= 0) this.mark(best);
  }

  /** Moves the mark to the next line of an entity, or of the graph where none is marked. */
  stepLine(from, way) {
    const all = this.lines.filter((l) => from < 0 || l.from === from || l.to === from);
    if (!all.length) return;
    const at = all.indexOf(this.lineCursor);
    this.lineCursor = all[(at < 0 ? (way > 0 ? 0 : all.length - 1) : at + way + all.length) % all.length];
    this.on.onLineCursor(this.lineCursor);
    this.redraw();
  }
}

/** The entities that a selection is about. */
function endsOf(selection) {
  if (!selection) return new Set();
  if (selection.kind === "node") return new Set([selection.id]);
  if (selection.kind === "line") return new Set([selection.from, selection.to]);
  const s = statements[selection.id];
  return new Set([s.subject, ...s.others]);
}

/** Lines between the same two lie beside each other: how far each is bent. */
function bendLines(lines) {
  const pairs = groupBy(lines, (l) => Math.min(l.from, l.to) * nodes.length + Math.max(l.from, l.to));
  for (const list of pairs.values()) {
    list.forEach((line, i) => {
      const turn = (i - (list.length - 1) / 2) * 0.22;
      line.bend = line.from < line.to ? turn : -turn;
    });
  }
}

function curveOf(line, from, to, strong) {
  const via = {
    x: (from.x + to.x) / 2 - (to.y - from.y) * line.bend,
    y: (from.y + to.y) / 2 + (to.x - from.x) * line.bend,
  };
  const width = 1.1 + Math.min(2.2, Math.round(line.weight * 2) / 2) + (strong ? 1.2 : 0);
  return { line, from, to, via, bend: line.bend, reach: to.size, width, strong };
}

const onScreen = ({ from, to }, width, height) =>
  Math.max(from.x, to.x) > -40 && Math.min(from.x, to.x) < width + 40 &&
  Math.max(from.y, to.y) > -40 && Math.min(from.y, to.y) < height + 40;

/** How far a point is from a line, in pixels. */
function distance(at, c) {
  const steps = c.bend ? 8 : 1;
  let [least, last] = [Infinity, c.from];
  for (let i = 1; i <= steps; i += 1) {
    const next = i === steps ? c.to : pointOn(c, i / steps);
    const [dx, dy] = [next.x - last.x, next.y - last.y];
    const share = Math.max(0, Math.min(1, ((at.x - last.x) * dx + (at.y - last.y) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(at.x - last.x - share * dx, at.y - last.y - share * dy));
    last = next;
  }
  return least;
}

/** What the statements of a line say, for a tip. */
function lineTip(line) {
  const told = line.statements.slice(0, 3).map((s) => el("div", {}, short(statementText(s), 90), ` (${statusName(s).toLowerCase()})`));
  const rest = line.statements.length - told.length;
  return [told, rest ? `and ${count(rest)} more` : null];
}
