// The graph as a picture to take along: with title, legend, sources and dates.

const HEAD = 52;
const FOOT = 84;

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
  context.fillText(short(raw.title, Math.floor(width / 11)), 16, 22);
  context.font = `12px ${FONT}`;
  context.fillText(short(byId("shown")?.textContent || "", Math.floor(width / 6.4)), 16, 42);
  drawKeys(context, scene, HEAD + height + 16);
  context.font = `12px ${FONT}`;
  context.fillStyle = scene.ink;
  sourcesInWords().forEach((line, i) => context.fillText(short(line, Math.floor(width / 6.2)), 16, HEAD + height + 54 + i * 18));
}

/** The shapes and lines that occur, each with its name: two rows. */
function drawKeys(context, scene, y) {
  context.font = `12px ${FONT}`;
  let x = 22;
  for (const family of FAMILIES.filter((f) => scene.points.some((p) => nodes[p.id].family === f))) {
    context.beginPath();
    shapePath(context, family.shape, { x, y, size: 6 });
    context.fillStyle = family.hollow ? scene.paper : tone(family, scene.dark);
    context.fill();
    context.strokeStyle = tone(family, scene.dark);
    context.lineWidth = 1.5;
    context.stroke();
    context.fillStyle = scene.ink;
    context.fillText(family.label, x + 11, y);
    x += 30 + context.measureText(family.label).width;
  }
  x = 16;
  for (const style of LINES.filter((_, i) => scene.curves.some((c) => c.line.status === i))) {
    context.beginPath();
    context.moveTo(x, y + 19);
    context.lineTo(x + 30, y + 19);
    context.strokeStyle = context.fillStyle = tone(style, scene.dark);
    context.lineWidth = 2;
    context.setLineDash(style.dash);
    context.stroke();
    context.setLineDash([]);
    if (style.mark) context.fillText(style.mark, x + 11, y + 19);
    context.fillStyle = scene.ink;
    context.fillText(style.label, x + 36, y + 19);
    x += 56 + context.measureText(style.label).width;
  }
}

/** Where what is shown comes from, and what it is. */
function sourcesInWords() {
  const cited = [...new Set(inView().flatMap((s) => s.articles))].map((n) => articles[n]);
  const outlets = [...new Set(cited.map((a) => a.outlet).filter(Boolean))].sort();
  const dates = cited.map((a) => a.date).filter(Boolean).sort();
  return [
    [`Sources: ${plural(cited.length, "article")}`, period(dates), outlets.join(", ")].filter(Boolean).join("; "),
    "Read by a machine: look at the passages before you use a statement.",
  ];
}

/** The picture as a canvas, twice as fine as the screen. */
function pictureCanvas(ratio = 2) {
  const scene = view.scene();
  const to = document.createElement("canvas");
  to.width = Math.round(scene.width * ratio);
  to.height = Math.round((scene.height + HEAD + FOOT) * ratio);
  const context = to.getContext("2d");
  context.scale(ratio, ratio);
  drawPicture(context, scene);
  return to;
}

function pictureSvg() {
  const scene = view.scene();
  const context = new SvgContext(Math.round(scene.width), Math.round(scene.height + HEAD + FOOT));
  drawPicture(context, scene);
  return context.toString();
}
