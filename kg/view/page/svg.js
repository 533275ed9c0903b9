// A drawing context that writes SVG: as much of a canvas's as `paintScene` and `drawPicture` use.

class SvgContext {
  constructor(width, height) {
    Object.assign(this, { width, height, fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1,
      font: "12px sans-serif", textAlign: "start", textBaseline: "alphabetic", lineJoin: "miter", lineCap: "butt" });
    this.parts = [];
    this.path = [];
    this.dash = [];
    this.shift = [0, 0];
    this.ruler = document.createElement("canvas").getContext("2d");
  }

  at(x, y) {
    return `${Math.round((x + this.shift[0]) * 10) / 10} ${Math.round((y + this.shift[1]) * 10) / 10}`;
  }

  translate(x, y) { this.shift = [this.shift[0] + x, this.shift[1] + y]; }
  setLineDash(dash) { this.dash = dash; }
  beginPath() { this.path = []; }
  moveTo(x, y) { this.path.push(`M${this.at(x, y)}`); }
  lineTo(x, y) { this.path.push(`L${this.at(x, y)}`); }
  quadraticCurveTo(cx, cy, x, y) { this.path.push(`Q${this.at(cx, cy)} ${this.at(x, y)}`); }
  closePath() { this.path.push("Z"); }

  /** A whole circle: nothing else is drawn. */
  arc(x, y, r) {
    const side = (way) => `A${r} ${r} 0 1 1 ${this.at(x + way * r, y)}`;
    this.path.push(`M${this.at(x + r, y)}${side(-1)}${side(1)}Z`);
  }

  stroke() {
    const dash = this.dash.length ? { "stroke-dasharray": this.dash.join(" ") } : {};
    this.write("path", { d: this.path.join(""), fill: "none", ...this.pen(), ...dash });
  }

  fill() { this.write("path", { d: this.path.join(""), fill: this.fillStyle, opacity: this.globalAlpha }); }

  fillRect(x, y, width, height) {
    this.path = [`M${this.at(x, y)}L${this.at(x + width, y)}L${this.at(x + width, y + height)}L${this.at(x, y + height)}Z`];
    this.fill();
  }

  strokeText(text, x, y) { this.text(text, x, y, { fill: "none", ...this.pen() }); }
  fillText(text, x, y) { this.text(text, x, y, { fill: this.fillStyle, opacity: this.globalAlpha }); }

  measureText(text) {
    this.ruler.font = this.font;
    return this.ruler.measureText(text);
  }

  pen() {
    return { stroke: this.strokeStyle, "stroke-width": this.lineWidth, "stroke-linejoin": this.lineJoin, opacity: this.globalAlpha };
  }

  text(text, x, y, look) {
    const [px, py] = this.at(x, y).split(" ");
    this.write("text", { x: px, y: py, style: `font:${this.font.replaceAll('"', "'")}`,
      "text-anchor": this.textAlign === "center" ? "middle" : "start",
      "dominant-baseline": this.textBaseline === "middle" ? "central" : "auto", ...look }, text);
  }

  write(tag, attributes, text = "") {
    const told = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join("");
    this.parts.push(text ? `<${tag}${told}>${escapeXml(text)}</${tag}>` : `<${tag}${told}/>`);
  }

  toString() {
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${this.width} ${this.height}" width="${this.width}" height="${this.height}">\n${this.parts.join("\n")}\n</svg>\n`;
  }
}

const XML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeXml = (value) => String(value).replace(/[&<>"]/g, (c) => XML[c]).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
