// What is drawn over shapes and lines: names that never overlap, marks, the selection.

const FONT = 'system-ui, "Segoe UI", "Liberation Sans", "DejaVu Sans", sans-serif';
const LONGEST = NARROW ? 17 : 26;

/** A text of so many letters at most; a title or sentence is cut between words. */
const short = (text, length = LONGEST) => {
  const letters = [...text];
  if (letters.length <= length) return text;
  const beginning = letters.slice(0, length - 1).join("");
  const words = length < 40 ? "" : beginning.slice(0, beginning.search(/\s+\S*$/));
  return words.length > length / 2 ? `${words} …` : `${beginning}…`;
};

/** A colour of the style sheet. */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Boxes on the screen; a box is taken once, and only if nothing else has its place. */
class Boxes {
  constructor() {
    this.cells = new Map();
  }

  * near(box) {
    for (let i = Math.floor(box.left / 80); i <= Math.floor(box.right / 80); i += 1) {
      for (let j = Math.floor(box.top / 40); j <= Math.floor(box.bottom / 40); j += 1) {
        yield i * 8192 + j;
      }
    }
  }

  free(box) {
    for (const cell of this.near(box)) {
      for (const b of this.cells.get(cell) || []) {
        if (box.left < b.right && box.right > b.left && box.top < b.bottom && box.bottom > b.top) {
          return false;
        }
      }
    }
    return true;
  }

  take(box) {
    for (const cell of this.near(box)) {
      if (this.cells.has(cell)) this.cells.get(cell).push(box);
      else this.cells.set(cell, [box]);
    }
  }
}

/** So many names at most, of the so many most important; and of so few shapes each is named. */
const MOST_NAMES = 220;
const MOST_TRIED = 600;
const EACH_NAMED = 80;

/** Of more shapes than these, names are not held apart from the shapes of others: it would take long. */
const CROWD = 600;
/** So many of the most important are named even where that covers a shape or a line; of a few shapes none at first. */
const covering = (shapes) => (shapes <= EACH_NAMED ? 0 : shapes <= CROWD ? 12 : 30);

/**
 * Draws names, relation words and status marks. `scene` has `points` (id, x, y, size: on the
 * screen, most important first), `lines` (line, strong, `spots`: points on it, the middle first), the
 * `selected` and `near` sets, `width`, `height`, `cursor`.
 */
function drawOver(context, scene) {
  const boxes = new Boxes();
  const { ink, paper } = scene;
  const points = scene.points.filter((p) => p.inside);
  for (const box of scene.taken) boxes.take(box);
  for (const p of points) {
    boxes.take({ left: p.x - p.size, right: p.x + p.size, top: p.y - p.size, bottom: p.y + p.size });
  }
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  drawMarks(context, scene, boxes, paper);
  for (const p of points) {
    const strong = scene.selected.has(p.id);
    if (strong || p.id === scene.cursor) {
      context.beginPath();
      context.arc(p.x, p.y, p.size + 6, 0, 2 * Math.PI);
      context.lineWidth = 3;
      context.setLineDash(p.id === scene.cursor && !strong ? [4, 3] : []);
      context.strokeStyle = scene.accent;
      context.stroke();
      context.setLineDash([]);
    }
  }
  const ranked = [...points].sort((a, b) =>
    Number(scene.selected.has(b.id)) - Number(scene.selected.has(a.id)) ||
    Number(scene.near.has(b.id)) - Number(scene.near.has(a.id)) || a.id - b.id);
  scene.named = drawHullNames(context, scene, boxes, paper);
  const above = covering(points.length);
  let drawn = 0;
  const gap = (q, b) => Math.hypot(Math.max(b.left - q.x, 0, q.x - b.right),
    Math.max(b.top - q.y, 0, q.y - b.bottom)) - q.size;
  // A name that stands nearer to another shape would be read as that one's.
  const misread = (p, b) => {
    const near = gap(p, b) + 2;
    return points.length <= CROWD && points.some((q) => q !== p && gap(q, b) <= near);
  };
  const apart = (a, b) => a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
  /** Where a name goes, and its box; nothing where there is no room. `whatever`: also where it could be misread. */
  const room = (p, half, { strong, rank, whatever }) => {
    const high = p.size > 12 ? 10 : 9;
    const off = p.size + high + 1;
    const aside = half + p.size * 0.7;
    const spots = [[0, off], [0, -off], [half + p.size + 2, 0], [-half - p.size - 2, 0],
      [aside, -off], [-aside, -off], [aside, off], [-aside, off],
      [half / 2, off], [-half / 2, off], [half / 2, -off], [-half / 2, -off], [0, -off - 2.6 * high], [0, off + 2.6 * high]];
    const boxAt = ([dx, dy]) => ({
      left: p.x + dx - half, right: p.x + dx + half, top: p.y + dy - high, bottom: p.y + dy + high,
    });
    const onPaper = (b) => b.left > 0 && b.right < scene.width && b.top > 0 && b.bottom < scene.height;
    // At the edge of the paper a name above or beneath moves in as far as need be.
    if (p.x > 0 && p.x < scene.width) {
      const shift = Math.max(2 - (p.x - half), 0) || Math.min(scene.width - 2 - (p.x + half), 0);
      for (const [i, [dx, dy]] of spots.entries()) if (shift && Math.abs(dx) < half) spots[i] = [dx + shift, dy];
    }
    const open = spots.filter((s) => boxes.free(boxAt(s)));
    const own = open.filter((s) => !misread(p, boxAt(s)));
    const free = (own.length || !(strong || rank < above || whatever) ? own : open).filter((s) => strong || onPaper(boxAt(s)));
    // The most important ones never cover a name.
    const tight = () => spots.find((s) => scene.named.every((other) => apart(other, boxAt(s))));
    const spot = free.find((s) => onPaper(boxAt(s))) || free[0] ||
      (strong ? spots[0] : rank < above ? tight() : null);
    return spot ? { spot, box: boxAt(spot) } : null;
  };
  const name = (p, rank, letters, whatever) => {
    const strong = scene.selected.has(p.id) || p.id === scene.cursor;
    const font = setFont(context, `${strong || p.size > 12 ? 600 : 400} ${scene.told && !NARROW ? 16 : p.size > 12 ? 14 : 12.5}px`);
    const label = short(nodes[p.id].label, letters);
    const found = room(p, widthOf(context, font, label) / 2 + 3, { strong, rank, whatever });
    if (!found) return false;
    boxes.take(found.box);
    drawn += 1;
    scene.named.push({ id: p.id, ...found.box });
    context.globalAlpha = scene.dim && !scene.near.has(p.id) && !strong ? 0.55 : 1;
    write(context, label, p.x + found.spot[0], p.y + found.spot[1], ink, paper);
    context.globalAlpha = 1;
    return true;
  };
  const longest = scene.told && !NARROW ? 34 : LONGEST;
  let nameless = ranked.slice(0, MOST_TRIED).filter((p, rank) => drawn >= MOST_NAMES || !name(p, rank, longest, false));
  // Of a few shapes each has a name: if need be a shorter one, at the worst where it could be misread or over a line.
  const few = points.length <= EACH_NAMED;
  const tries = few ? [[LONGEST, Infinity], [20, Infinity], [14, Infinity], [9, Infinity], [LONGEST, Infinity, true], [9, Infinity, true], [14, -1, true]] : [];
  for (const [letters, rank, whatever = false] of tries) nameless = nameless.filter((p) => !name(p, rank, letters, whatever));
  drawCaptions(context, scene, boxes);
  drawLineWords(context, scene, boxes, paper);
}

const widths = new Map();

/** Sets the font, and gives what `widthOf` needs: asking a canvas for its font takes longer than setting it. */
function setFont(context, font) {
  context.font = `${font} ${FONT}`;
  if (!widths.has(font)) widths.set(font, new Map());
  return widths.get(font);
}

/** How wide a text is in a font that `setFont` gave; measured once. */
function widthOf(context, known, text) {
  let wide = known.get(text);
  if (wide === undefined) known.set(text, wide = context.measureText(text).width);
  return wide;
}

/** The title of each story, above or below its outline, where nothing else lies. */
function drawHullNames(context, scene, boxes, paper) {
  const named = [];
  for (const { story, corners, room } of scene.hulls) {
    const [low, high] = ends(corners);
    const middle = Math.max(0, Math.min(scene.width, (low.x + high.x) / 2));
    const font = setFont(context, "italic 600 12px");
    const most = Math.max(26, Math.min(60, Math.round((high.x - low.x) / 6.5) + 12));
    const { title } = STORIES[story];
    const even = Math.max(22, Math.min(most, Math.ceil(title.length / 2) + 5)); // rather than one word alone beneath
    const wordings = [[even, 2], [most, 2], [22, 2], [most, 1], [22, 1]].map(([letters, rows]) =>
      wrapped(title, (text) => text.length <= letters, rows).map((line) => short(line, letters + 4)));
    const placed = wordings.flatMap((lines) => {
      const half = Math.max(...lines.map((text) => widthOf(context, font, text))) / 2 + 2;
      const x = Math.max(half + 4, Math.min(scene.width - half - 4, middle));
      const high2 = 8 * lines.length;
      return [low.y - room - 1 - high2, high.y + room + 1 + high2].map((y) => Math.max(high2 + 2, Math.min(scene.height - high2 - 2, y)))
        .map((y) => ({ lines, x, y, box: { left: x - half, right: x + half, top: y - high2, bottom: y + high2 } }));
    }).find(({ box }) => boxes.free(box));
    if (!placed) continue;
    const { lines, x, y, box } = placed;
    boxes.take(box);
    named.push({ id: -1, story, ...box });
    lines.forEach((text, i) => write(context, text, x, y + 8 * (2 * i + 1 - lines.length), storyTone(story, scene.dark), paper));
  }
  return named;
}

/** A text in at most so many lines, cut between words where `fits` says so; "…" where it goes on. */
function wrapped(text, fits, most) {
  const lines = [""];
  for (const word of text.trim().split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (fits(longer) || !lines.at(-1)) lines[lines.length - 1] = longer;
    else if (lines.length < most) lines.push(word);
    else {
      let last = lines.at(-1);
      while (last.includes(" ") && !fits(`${last} …`)) last = last.slice(0, last.lastIndexOf(" "));
      lines[lines.length - 1] = `${last} …`;
      break;
    }
  }
  return lines;
}

/** The cross of a denial, the question mark of a hypothesis: on the line, beside what is there. */
function drawMarks(context, scene, boxes, paper) {
  const { dark } = scene;
  for (const { spots, line } of scene.lines) {
    const style = LINES[line.status];
    if (!style.mark) continue;
    const boxAt = (p) => ({ left: p.x - 8, right: p.x + 8, top: p.y - 8, bottom: p.y + 8 });
    const at = spots.find((p) => boxes.free(boxAt(p))) || spots[0];
    boxes.take(boxAt(at));
    context.font = `700 ${style.mark === "×" ? 19 : 14}px ${FONT}`;
    write(context, style.mark, at.x, at.y, dark ? style.dark : style.light, paper, 5);
  }
}

/** The relation of a line, where there is room for it. */
function drawLineWords(context, scene, boxes, paper) {
  const { dark } = scene;
  for (const { spots, line, strong } of scene.lines) {
    if (!strong && !scene.words) continue;
    const style = LINES[line.status];
    const font = setFont(context, `${strong ? 600 : 400} 11.5px`);
    const label = short(lineText(line), 24);
    const half = widthOf(context, font, label) / 2 + 2;
    const boxAt = (p) => ({ left: p.x - half, right: p.x + half, top: p.y - 7, bottom: p.y + 7 });
    const at = spots.find((p) => boxes.free(boxAt(p))) || (strong && scene.strong < 4 ? spots[1] : null);
    if (!at) continue;
    boxes.take(boxAt(at));
    write(context, label, at.x, at.y, dark ? style.dark : style.light, paper);
  }
}

function write(context, text, x, y, ink, paper, halo = 4) {
  context.lineWidth = halo;
  context.strokeStyle = paper;
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}
