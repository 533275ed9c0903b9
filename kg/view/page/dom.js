// Making and replacing elements. Text only ever becomes text: nothing here parses HTML.

/** The page as it came, before anything was drawn: what a saved copy begins with. */
const BLANK = [...document.body.children].filter((e) => e.tagName !== "SCRIPT").map((e) => e.cloneNode(true));

const byId = (id) => document.getElementById(id);

/** An element: `el("button", {class: "x", onclick: f}, "text", child)`. Null children are skipped. */
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/** An element of a drawing, with plain attributes. */
function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Whether the parts of the page lie below each other. */
const isSmall = () => window.matchMedia("(max-width: 760px)").matches;

function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

function replace(parent, ...children) {
  parent.textContent = "";
  append(parent, children);
}

/** A link to an address of http or https; anything else is its label as plain text. */
function link(address, label) {
  let safe = false;
  try {
    safe = ["http:", "https:"].includes(new URL(address).protocol);
  } catch {
    safe = false;
  }
  if (!safe) return el("span", {}, label);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label);
}

function button(label, onclick, attributes) {
  return el("button", { type: "button", onclick, ...attributes }, label);
}

/** Tells a screen reader what just happened. */
function announce(text) {
  byId("live").textContent = text;
}

/** A list that shows its first items and a button for more: thousands of rows stay quick. */
function longList(items, draw, { step = 60, tag = "ul", attributes = {} } = {}) {
  const list = el(tag, attributes);
  const more = button("", () => grow());
  more.className = "more";
  let shown = 0;
  function grow() {
    const next = Math.min(items.length, shown + step);
    const focus = shown > 0;
    for (let i = shown; i < next; i += 1) list.append(draw(items[i], i));
    if (focus) list.children[shown]?.querySelector("button, a")?.focus();
    shown = next;
    more.hidden = shown >= items.length;
    more.textContent = `Show more (${count(items.length - shown)} left)`;
  }
  grow();
  return [list, more];
}
