// From places in the graph to points on the screen, and back.

/** Room for names around the shapes at the rim, in pixels. */
const RIM = NARROW ? { x: 76, y: 56 } : { x: 92, y: 38 };
const MOST_STRETCHED = 2.4;

class Camera {
  constructor() {
    Object.assign(this, { x: 0, y: 0, scale: 1, wide: 1, high: 1, width: 1, height: 1, byHand: false });
  }

  toScreen(place) {
    return {
      x: (place.x * this.wide - this.x) * this.scale + this.width / 2,
      y: (place.y * this.high - this.y) * this.scale + this.height / 2,
    };
  }

  toPlace(at) {
    return {
      x: ((at.x - this.width / 2) / this.scale + this.x) / this.wide,
      y: ((at.y - this.height / 2) / this.scale + this.y) / this.high,
    };
  }

  /** Shows all of these places; what is flatter than the screen is stretched until it fills it. */
  fit(places) {
    this.byHand = false;
    if (!places.length) return;
    const [low, high] = ends(places);
    const room = { x: this.width - 2 * Math.min(RIM.x, this.width / 4), y: this.height - 2 * Math.min(RIM.y, this.height / 5) };
    const across = room.x / Math.max(1, high.x - low.x);
    const down = room.y / Math.max(1, high.y - low.y);
    this.scale = Math.min(across, down, 2);
    this.wide = Math.min(MOST_STRETCHED, across / this.scale);
    this.high = Math.min(MOST_STRETCHED, down / this.scale);
    this.x = ((low.x + high.x) / 2) * this.wide;
    this.y = ((low.y + high.y) / 2) * this.high;
  }

  /** Shows places that are thousandths of the screen. */
  whole() {
    Object.assign(this, { byHand: false, scale: 1, wide: this.width / 1000, high: this.height / 1000, x: this.width / 2, y: this.height / 2 });
  }

  /** Zooms; what lies at `at` on the screen stays there. */
  zoom(factor, at = { x: this.width / 2, y: this.height / 2 }) {
    const before = this.toPlace(at);
    this.scale = Math.max(0.02, Math.min(8, this.scale * factor));
    const after = this.toScreen(before);
    this.pan(at.x - after.x, at.y - after.y);
  }

  pan(dx, dy) {
    this.byHand = true;
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
  }

  centre(place) {
    this.byHand = true;
    this.x = place.x * this.wide;
    this.y = place.y * this.high;
  }

  /** How large a shape of this size is on the screen, one of so many. */
  size(size, among) {
    const least = 0.75 * Math.min(1, Math.sqrt(60 / Math.max(1, among)));
    return Math.max(1.5, size * Math.max(least, Math.min(1.3, this.scale)));
  }
}

/** The lower and the upper corner of the box around some places. */
function ends(places) {
  const low = { x: Infinity, y: Infinity };
  const high = { x: -Infinity, y: -Infinity };
  for (const { x, y } of places) {
    low.x = Math.min(low.x, x);
    low.y = Math.min(low.y, y);
    high.x = Math.max(high.x, x);
    high.y = Math.max(high.y, y);
  }
  return [low, high];
}
