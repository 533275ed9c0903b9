// What mouse, pen, fingers and keys do on the graph.

const CLICK = 4; // pixels that a hand may shake during a click

/** Lets one drag, zoom and click in a `GraphView`. What is clicked opens on `click`, so that the
 * finger that tapped has gone before anything moves. */
function takeInHand(view) {
  const { container, camera } = view;
  let held = null;
  const at = (event) => {
    const box = container.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  container.addEventListener("pointerdown", (event) => {
    if (event.button || (event.pointerType === "touch" && !view.movable)) return;
    held = { start: at(event), last: at(event), id: view.nodeAt(at(event)), moved: false, pointer: event.pointerId };
  });
  container.addEventListener("pointermove", (event) => {
    if (!held || event.pointerId !== held.pointer || fingers > 1) {
      if (event.pointerType !== "touch") view.hover(at(event));
      return;
    }
    const now = at(event);
    if (!held.moved && Math.hypot(now.x - held.start.x, now.y - held.start.y) <= CLICK) return;
    if (!held.moved) container.setPointerCapture(event.pointerId);
    held.moved = true;
    view.tip(null);
    if (held.id >= 0) view.places.set(held.id, camera.toPlace(now));
    else camera.pan(now.x - held.last.x, now.y - held.last.y);
    held.last = now;
    view.redraw();
  });
  container.addEventListener("pointerleave", () => view.tip(null));
  container.addEventListener("pointercancel", () => { held = null; });
  container.addEventListener("click", (event) => {
    const dragged = held?.moved;
    held = null;
    if (!dragged) view.click(at(event));
  });
  container.addEventListener("dblclick", (event) => {
    const id = view.nodeAt(at(event));
    if (id >= 0) view.on.onDouble(id);
  });
  container.addEventListener("wheel", (event) => {
    event.preventDefault();
    camera.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), at(event));
    view.redraw();
  }, { passive: false });

  // One finger scrolls the page; two move and zoom the picture.
  let pinch = null;
  let fingers = 0;
  const spread = (touches) => {
    const [a, b] = [...touches].map(at);
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, far: Math.hypot(a.x - b.x, a.y - b.y) };
  };
  const counted = (event) => {
    fingers = event.touches.length;
    pinch = fingers === 2 ? spread(event.touches) : null;
    if (fingers > 1) held = null;
  };
  container.addEventListener("touchstart", counted, { passive: true });
  container.addEventListener("touchend", counted);
  container.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2 || !pinch) return;
    event.preventDefault();
    const now = spread(event.touches);
    camera.pan(now.x - pinch.x, now.y - pinch.y);
    camera.zoom(now.far / Math.max(1, pinch.far), now);
    pinch = now;
    view.redraw();
  }, { passive: false });

  container.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && press(view, event.key)) event.preventDefault();
  });
  container.addEventListener("blur", () => view.mark(-1));
}

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** What a key does on the graph; false: nothing. */
function press(view, key) {
  const here = view.cursor >= 0 ? view.cursor : [...view.selected][0] ?? -1;
  if (WAYS[key]) view.step(here, WAYS[key]);
  else if (key === "l" || key === "L") view.stepLine(here, key === "l" ? 1 : -1);
  else if (key === "Enter" && view.lineCursor) view.on.onLine(view.lineCursor);
  else if (key === "Enter" && here >= 0) view.on.onNode(here);
  else if (key === "+" || key === "=") view.zoom(1.3);
  else if (key === "-") view.zoom(1 / 1.3);
  else if (key === "0") view.fit();
  else if (key === "Escape") view.on.onNothing();
  else return here >= 0 && view.on.onKey(key, here);
  return true;
}
