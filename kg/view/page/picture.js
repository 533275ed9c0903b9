// The graph as a picture to take along: with title, legend, sources and dates.

const HEAD = 52;
const FOOT = 104;

/** What is on the screen, framed, on a context of `width` × `height` CSS pixels. */
function drawPicture(context, scene) {
  const { width, height } = scene;
  context.fillStyle = scene.paper;
  context.fillRect(0, 0, width, height + HEAD + FOOT);
  context.translate(0, HEAD);
  paintScene(context, { ...scene, taken: [] });
  context.translate(0, -HEAD);
  context.textAlign = "start";
  context.textBaseline = "middle";
  context.fillStyle = scene.ink;
  context.font = `700 19px Georgia, "Liberation Serif", serif`;
  context.fillText(fitting(context, raw.title, width - 32), 16, 22);
  context.font = `12px ${FONT}`;
  context.fillText(short(byId("shown")?.textContent || "", Math.floor(width / 6.4)), 16, 42);
  const below = drawKeys(context, scene, HEAD + height + 16);
  context.font = `12px ${FONT}`;
  context.fillStyle = scene.ink;
  sourcesInWords().forEach((line, i) => context.fillText(fitting(context, line, width - 30), 16, below + 20 + i * 18));
}

/** As much of a text as there is room for. */
function fitting(context, text, room) {
  const length = (text.length * room) / Math.max(room, context.measureText(text).width);
  return short(text, Math.floor(length));
}

/** The shapes and lines that occur, each with its name; returns how far down they reach. */
function drawKeys(context, scene, top) {
  const shapes = FAMILIES.filter((f) => scene.points.some((p) => nodes[p.id].family === f));
  const lines = LINES.filter((_, i) => scene.curves.some((c) => c.line.status === i));
  let [x, y] = [16, top];
  context.font = `12px ${FONT}`;
  for (const style of [...shapes, ...lines]) {
    const isLine = lines.includes(style);
    const wide = (isLine ? 36 : 18) + context.measureText(style.label).width;
    if (x + wide > scene.width - 10 || style === lines[0]) [x, y] = [16, y + 19];
    context.strokeStyle = tone(style, scene.dark);
    context.beginPath();
    if (isLine) {
      context.moveTo(x, y);
      context.lineTo(x + 30, y);
      context.lineWidth = 2;
      context.setLineDash(style.dash);
      context.stroke();
      context.setLineDash([]);
      context.fillStyle = context.strokeStyle;
      if (style.mark) context.fillText(style.mark, x + 11, y);
    } else {
      shapePath(context, style.shape, { x: x + 7, y, size: 6 });
      context.fillStyle = style.hollow ? scene.paper : tone(style, scene.dark);
      context.fill();
      context.lineWidth = 1.5;
      context.stroke();
    }
    context.fillStyle = scene.ink;
    context.fillText(style.label, x + (isLine ? 36 : 18), y);
    x += wide + 18;
  }
  return y;
}

/** Where what is shown comes from, and what it is. */
function sourcesInWords() {
  const cited = [...new Set(inView().flatMap((s) => s.articles))].map((n) => articles[n]);
  const outlets = [...new Set(cited.map((a) => a.outlet).filter(Boolean))].sort();
  const dates = cited.map((a) => a.date).filter(Boolean).sort();
  return [
    [`Sources: ${plural(cited.length, "article")}`, period(dates), outlets.join(", ")].filter(Boolean).join("; "),
    `${statements.some(isChecked) ? `${checkedInWords()}. ` : ""}Read by a machine: look at the passages before you use a statement.`,
  ];
}

/** What the screen's own camera shows; where that is narrow, or for paper, everything, in a usual shape. */
function pictureScene(paper = false) {
  if (!paper && view.camera.width >= 640) return view.scene();
  const camera = Object.assign(new Camera(), { width: 1040, height: 720 });
  view.aim(camera);
  const scene = view.scene(camera);
  view.layCells(view.camera); // the screen's again
  return scene;
}

/** The picture as a canvas, twice as fine as the screen. */
function pictureCanvas({ paper = false, ratio = 2 } = {}) {
  const scene = pictureScene(paper);
  const to = document.createElement("canvas");
  to.width = Math.round(scene.width * ratio);
  to.height = Math.round((scene.height + HEAD + FOOT) * ratio);
  const context = to.getContext("2d");
  context.scale(ratio, ratio);
  drawPicture(context, scene);
  return to;
}

function pictureSvg() {
  const scene = pictureScene();
  const context = new SvgContext(Math.round(scene.width), Math.round(scene.height + HEAD + FOOT));
  drawPicture(context, scene);
  return context.toString();
}
