// The canvas: vis-network draws shapes and lines, physics stay off, our own hand does the rest.

const sizeOf = (node) => Math.round(7 + 13 * Math.sqrt(Math.min(node.rank, 1000) / 1000));

class GraphView {
  constructor(container, { onNode, onLine, onNothing, onCursor }) {
    this.container = container;
    this.on = { onNode, onLine, onNothing, onCursor };
    this.places = new Map();
    this.ids = [];
    this.lines = [];
    this.lineByKey = new Map();
    this.scopeKey = null;
    this.cursor = -1;
    this.nodeSet = new vis.DataSet();
    this.edgeSet = new vis.DataSet();
    this.network = new vis.Network(container, { nodes: this.nodeSet, edges: this.edgeSet }, {
      autoResize: true,
      physics: false,
      layout: { improvedLayout: false, randomSeed: 1 },
      nodes: { borderWidth: 1.5, borderWidthSelected: 1.5, font: { size: 0 }, chosen: false },
      edges: { smooth: false, font: { size: 0 }, chosen: false, selectionWidth: 0, hoverWidth: 0 },
      interaction: { keyboard: false, hover: false, multiselect: false, selectConnectedEdges: false,
        tooltipDelay: 1e9, zoomSpeed: 0.6 },
    });
    this.network.on("afterDrawing", (context) => this.over(context));
    this.network.on("click", (event) => this.click(event));
    this.network.on("doubleClick", (event) => event.nodes.length && this.onDouble?.(event.nodes[0]));
    this.network.on("dragEnd", (event) => this.dragged(event.nodes));
    container.addEventListener("keydown", (event) => this.key(event));
    container.addEventListener("mousemove", (event) => this.hover(event));
    container.addEventListener("mouseleave", () => this.tip(null));
    container.addEventListener("blur", () => { this.cursor = -1; this.network.redraw(); });
  }

  /** Draws these entities and lines. New places are found when `key` changed; `start` are given. */
  show(ids, lines, { key, start, selected }) {
    const moved = key !== this.scopeKey;
    this.scopeKey = key;
    this.lines = lines;
    this.ids = ids;
    this.lineByKey = new Map(lines.map((line) => [line.key, line]));
    if (moved || ids.some((id) => !this.places.has(id))) this.place(ids, lines, start, moved);
    this.select(selected, false);
    const draw = () => {
      this.paint();
      if (moved) this.fit();
    };
    // Thousands of shapes take a while: lists and counts answer first, the picture follows.
    clearTimeout(this.waiting);
    if (ids.length > 600) this.waiting = setTimeout(draw, 20);
    else draw();
  }

  place(ids, lines, start, afresh) {
    if (start?.size && ids.every((id) => start.has(id))) {
      this.places = new Map(start);
    } else if (ids.length > MOST_ARRANGED) {
      const kept = afresh ? new Map() : this.places;
      this.places = new Map(ids.map((id) => [id, kept.get(id) || { x: nodes[id].x, y: nodes[id].y }]));
    } else {
      const fixed = afresh ? new Map() : new Map(ids.filter((id) => this.places.has(id))
        .map((id) => [id, this.places.get(id)]));
      const found = arrange(ids, lines, fixed);
      this.places = afresh ? found : new Map([...this.places, ...found]);
    }
  }

  paint() {
    const dark = isDark();
    const paper = colour("--paper");
    const many = this.lines.length > 1500;
    const beside = new Map();
    const bends = new Map();
    for (const line of this.lines) {
      const pair = line.from < line.to ? `${line.from}-${line.to}` : `${line.to}-${line.from}`;
      bends.set(line.key, [pair, beside.get(pair) || 0]);
      beside.set(pair, (beside.get(pair) || 0) + 1);
    }
    const dimmed = this.selected.size > 0 && this.ids.length <= 400;
    this.nodeSet = new vis.DataSet(this.ids.map((id) => {
      const node = nodes[id];
      const tone = dark ? node.family.dark : node.family.light;
      const place = this.places.get(id);
      return {
        id, x: place.x, y: place.y, shape: node.family.shape, size: sizeOf(node),
        color: { background: node.family.hollow ? paper : tone, border: tone },
        borderWidth: node.family.hollow ? 2.5 : 1,
        opacity: dimmed && !this.near.has(id) ? 0.35 : 1,
      };
    }));
    this.edgeSet = new vis.DataSet(this.lines.map((line) => {
      const style = LINES[line.status];
      const [pair, turn] = bends.get(line.key);
      const strong = this.isStrong(line);
      const bent = beside.get(pair) > 1 && !many;
      const way = line.from < line.to ? 1 : -1;
      return {
        id: line.key, from: line.from, to: line.to,
        color: { color: dark ? style.dark : style.light, opacity: dimmed && !strong ? 0.18 : many ? 0.45 : 0.8, inherit: false },
        dashes: style.dash.length ? style.dash : false,
        width: (many ? 0.8 : 1.2) + Math.min(2.4, 0.7 * Math.log2(line.statements.length)) + (strong ? 1.2 : 0),
        arrows: many ? "" : { to: { enabled: true, scaleFactor: 0.55 } },
        smooth: bent ? { enabled: true, type: turn % 2 === (way > 0 ? 0 : 1) ? "curvedCW" : "curvedCCW", roundness: 0.12 + 0.1 * Math.floor(turn / 2) } : false,
      };
    }));
    const scale = this.network.getScale();
    const position = this.network.getViewPosition();
    this.network.setOptions({ interaction: { hideEdgesOnDrag: many, hideEdgesOnZoom: many } });
    this.network.setData({ nodes: this.nodeSet, edges: this.edgeSet });
    this.network.moveTo({ position, scale });
  }

  isStrong(line) {
    const s = this.selection;
    if (!s) return false;
    if (s.kind === "node") return line.from === s.id || line.to === s.id;
    if (s.kind === "line") return (line.from === s.from && line.to === s.to) || (line.from === s.to && line.to === s.from);
    return line.statements.some((x) => x.id === s.id);
  }

  /** Marks what is selected; the neighbours' names come before others'. */
  select(selection, paint = true) {
    this.selection = selection;
    this.selected = new Set();
    this.near = new Set();
    if (selection?.kind === "node") this.selected.add(selection.id);
    else if (selection?.kind === "line") this.selected = new Set([selection.from, selection.to]);
    else if (selection) {
      const s = statements[selection.id];
      this.selected = new Set([s.subject, ...s.others]);
    }
    for (const id of this.selected) this.near.add(id);
    for (const line of this.lines) {
      if (!this.isStrong(line)) continue;
      this.near.add(line.from);
      this.near.add(line.to);
    }
    if (paint) this.paint();
  }

  fit() {
    if (!this.ids.length) return;
    const box = this.container.getBoundingClientRect();
    const all = this.ids.map((id) => this.places.get(id));
    const xs = all.map((p) => p.x);
    const ys = all.map((p) => p.y);
    const low = { x: xs.reduce((a, b) => Math.min(a, b)), y: ys.reduce((a, b) => Math.min(a, b)) };
    const high = { x: xs.reduce((a, b) => Math.max(a, b)), y: ys.reduce((a, b) => Math.max(a, b)) };
    const room = { x: Math.max(80, box.width - Math.min(210, box.width / 2)), y: Math.max(80, box.height - 90) };
    const scale = Math.min(1.35, room.x / Math.max(1, high.x - low.x), room.y / Math.max(1, high.y - low.y));
    this.network.moveTo({
      position: { x: (low.x + high.x) / 2, y: (low.y + high.y) / 2 + 8 / scale }, scale, animation: false,
    });
  }

  zoom(factor) {
    this.network.moveTo({ scale: Math.max(0.02, Math.min(6, this.network.getScale() * factor)) });
  }

  reveal(id) {
    const place = this.places.get(id);
    if (!place) return;
    const at = this.network.canvasToDOM(place);
    const box = this.container.getBoundingClientRect();
    if (at.x < 20 || at.y < 20 || at.x > box.width - 20 || at.y > box.height - 20) {
      this.network.moveTo({ position: place });
    }
  }

  dragged(ids) {
    for (const [id, place] of Object.entries(this.network.getPositions(ids))) {
      this.places.set(Number(id), place);
    }
  }

  /** Everything on the screen, in the canvas's own pixels. */
  scene() {
    const scale = this.network.getScale();
    const box = this.container.getBoundingClientRect();
    const middle = this.network.getViewPosition();
    const toScreen = (p) => ({
      x: (p.x - middle.x) * scale + box.width / 2, y: (p.y - middle.y) * scale + box.height / 2,
    });
    const inner = this.network.body;
    // vis-network may redraw before it has taken over the newest nodes.
    const points = this.ids.filter((id) => inner.nodes[id]).map((id) => (
      { id, size: sizeOf(nodes[id]) * scale, ...toScreen(inner.nodes[id]) }));
    const words = scale > 0.55 && this.lines.length <= 160;
    const marked = this.lines.length <= 1500 && scale > 0.35;
    const lines = [];
    for (const line of this.lines) {
      const strong = this.isStrong(line);
      if (!strong && !words && !(marked && LINES[line.status].mark)) continue;
      const edge = inner.edges[line.key];
      if (!edge || !edge.connected) continue;
      const via = edge.edgeType.getViaNode();
      const spots = [0.5, 0.38, 0.62, 0.26, 0.74].map((t) => toScreen(edge.edgeType.getPoint(t, via)));
      const [at] = spots;
      if (at.x < 0 || at.y < 0 || at.x > box.width || at.y > box.height) continue;
      lines.push({ line, strong, spots });
    }
    lines.sort((a, b) => Number(b.strong) - Number(a.strong) || b.line.statements.length - a.line.statements.length);
    return {
      points, lines, words, strong: lines.filter((l) => l.strong).length, width: box.width, height: box.height, selected: this.selected || new Set(),
      near: this.near || new Set(), dim: this.selected?.size > 0, cursor: this.cursor,
    };
  }

  over(context) {
    const ratio = context.canvas.width / this.container.getBoundingClientRect().width;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.lastScene = this.scene();
    drawOver(context, this.lastScene);
    context.restore();
  }

  /** What is on the screen as a canvas of its own, on paper. */
  picture() {
    const from = this.container.querySelector("canvas");
    const to = document.createElement("canvas");
    to.width = from.width;
    to.height = from.height;
    const context = to.getContext("2d");
    context.fillStyle = colour("--paper");
    context.fillRect(0, 0, to.width, to.height);
    context.drawImage(from, 0, 0);
    return to;
  }

  click(event) {
    const at = event.pointer.DOM;
    const id = event.nodes.length ? event.nodes[0] : this.nameAt(at);
    if (id !== null && id !== undefined) this.on.onNode(id);
    else if (event.edges.length) {
      const line = this.lineByKey.get(event.edges[0]);
      if (line) this.on.onLine(line);
    } else this.on.onNothing();
  }

  /** The entity whose drawn name is at this point: names can be clicked like their shapes. */
  nameAt(at) {
    const hit = (this.lastScene?.named || []).find((b) =>
      at.x >= b.left && at.x <= b.right && at.y >= b.top && at.y <= b.bottom);
    return hit ? hit.id : null;
  }

  hover(event) {
    if (event.buttons) return this.tip(null);
    const box = this.container.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    const hit = this.lastScene?.points.find((p) => Math.hypot(p.x - at.x, p.y - at.y) <= Math.max(p.size, 6));
    const id = hit ? hit.id : this.nameAt(at);
    this.container.style.cursor = id === null ? "" : "pointer";
    return this.tip(id, at);
  }

  tip(id, at) {
    const tip = byId("tip");
    tip.hidden = id === null || id === undefined;
    if (tip.hidden) return;
    const node = nodes[id];
    replace(tip, el("strong", {}, node.label), ` ${typeName(node.type)}, ${plural(node.statements.length, "statement")}, ${plural(node.articles.length, "article")}`);
    tip.style.left = `${Math.min(at.x + 14, this.container.clientWidth - 240)}px`;
    tip.style.top = `${at.y + 16}px`;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    const current = this.cursor >= 0 ? this.cursor : [...(this.selected || [])][0] ?? -1;
    if (ways[event.key]) this.step(current, ways[event.key]);
    else if (event.key === "Enter" && current >= 0) this.on.onNode(current);
    else if (event.key === "+" || event.key === "=") this.zoom(1.3);
    else if (event.key === "-") this.zoom(1 / 1.3);
    else if (event.key === "0") this.fit();
    else if (event.key === "Escape") this.on.onNothing();
    else if (!this.onKey?.(event.key, current)) return;
    event.preventDefault();
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
    if (best < 0) return;
    this.cursor = best;
    this.reveal(best);
    this.network.redraw();
    this.on.onCursor(best);
  }
}

const isDark = () => document.documentElement.dataset.theme === "dark";
const typeName = (type) => type.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, " ").replace(/^./, (c) => c.toUpperCase());
