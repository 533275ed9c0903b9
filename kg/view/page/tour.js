// A tour: views with a caption each, one after another; in the address, or in a saved copy of the page.

const stepToText = ({ say, at }) => `${at}\n${say}`;
const stepFromText = (text) => ({ at: text.split("\n", 1)[0], say: text.slice(text.indexOf("\n") + 1) });

/** Shows a step: all that it saved, nothing that came since. */
function showStep(number) {
  const { steps } = state;
  if (!steps.length) return;
  const step = (number + steps.length) % steps.length;
  const said = steps[step].say || `Step ${step + 1}`;
  change({ ...stateFromText(steps[step].at), steps, step, theme: state.theme, touring: true }, { step: true });
  announce(`${step + 1} of ${steps.length}: ${said}`);
}

function changeSteps(steps, step) {
  change({ steps, step: Math.max(-1, Math.min(step, steps.length - 1)) }, { step: true });
}

/** Adds what is on the screen as a step, after the one that is shown; its caption is written next. */
function addStep() {
  const place = state.step < 0 ? state.steps.length : state.step + 1;
  changeSteps(state.steps.toSpliced(place, 0, { say: "", at: viewToText() }), place);
  byId("tour-say").focus();
  announce(`Step ${place + 1} of ${state.steps.length}.`);
}

function moveStep(way) {
  const { steps, step } = state;
  const to = step + way;
  if (!steps[to]) return;
  const moved = [...steps];
  [moved[step], moved[to]] = [moved[to], moved[step]];
  changeSteps(moved, to);
}

let drawnTour = "";
const tourKey = (steps) => JSON.stringify([state.touring, steps, state.step]);

/** Gives the step that is shown another caption; what stands around it stays, for a click may follow. */
function sayStep(say) {
  const steps = state.steps.with(state.step, { ...state.steps[state.step], say });
  byId("tour").querySelector(".say").textContent = say;
  drawnTour = tourKey(steps);
  changeSteps(steps, state.step);
}

function drawTour() {
  const strip = byId("tour");
  const { steps, step } = state;
  const open = state.touring || step >= 0;
  byId("show-tour").setAttribute("aria-expanded", String(open));
  strip.hidden = !open;
  const key = tourKey(steps);
  if (drawnTour === key) return;
  drawnTour = key;
  const focused = document.activeElement?.id;
  const here = steps[step];
  const caption = here && el("input", { id: "tour-say", type: "text", "aria-label": "Caption", placeholder: "Caption of this view", value: here.say,
    onchange: () => sayStep(caption.value) });
  replace(strip,
    steps.length ? el("div", { class: "row told" },
      button("‹", () => showStep(step - 1), { id: "step-before", "aria-label": "Step before", title: "Step before ( [ )" }),
      el("span", { class: "quiet" }, step < 0 ? plural(steps.length, "step") : `${step + 1} of ${steps.length}`),
      button("›", () => showStep(step + 1), { id: "step-after", "aria-label": "Next step", title: "Next step ( ] )" }),
      el("p", { class: "say", dir: "auto" }, here?.say ?? "")) : el("p", { class: "quiet" }, "A tour shows views one after another, each with a caption. It is kept in the address, and in the page that Export saves."),
    el("details", { class: "mend-tour", open: !steps.length || tourMending, ontoggle: (event) => { tourMending = event.target.open; } }, el("summary", {}, "Change the tour"),
      el("div", { class: "row" }, caption,
        button("Add this view", addStep, { id: "add-step", class: "primary" }),
        here ? [button("Earlier", () => moveStep(-1), { id: "step-earlier" }), button("Later", () => moveStep(1), { id: "step-later" }),
          button("Remove", () => changeSteps(state.steps.toSpliced(step, 1), step - 1), { id: "remove-step" })] : null)));
  if (focused && strip.querySelector(`#${CSS.escape(focused)}`)) byId(focused).focus();
  if (open && isSmall()) strip.scrollIntoView({ block: "nearest" }); // it lies below the picture
}

let tourMending = false;

/** Prints each step on a page of its own: caption, picture, and the statements it is about. */
function printTour() {
  const before = { ...state };
  const pages = state.steps.map((step, i) => {
    Object.assign(state, stateFromText(step.at), { theme: "light" });
    drawAll();
    view.draw();
    const told = state.selected?.kind === "statement" ? [statements[state.selected.id]] : inView().sort((a, b) => b.salience * b.sources - a.salience * a.sources || a.id - b.id).slice(0, 5);
    return el("section", {}, el("h2", { dir: "auto" }, `${i + 1}. ${step.say}`),
      el("img", { src: pictureCanvas({ paper: true }).toDataURL("image/png"), alt: "The graph of this step" }),
      el("ul", { class: "plain" }, told.map((s) => el("li", {}, `${statementText(s)} (${statusName(s).toLowerCase()}): “${short(passages[s.evidence[0]?.[0]]?.text ?? "", 200)}”`))));
  });
  Object.assign(state, before);
  drawAll();
  const paper = el("div", { id: "tour-paper" }, el("h1", {}, raw.title), pages);
  document.body.append(paper);
  document.body.classList.add("paper");
  window.addEventListener("afterprint", () => {
    paper.remove();
    document.body.classList.remove("paper");
  }, { once: true });
  window.print();
}

/** This page as a file, with the tour and the review in it: its policy and scripts are the same. */
function wholePage() {
  const held = JSON.stringify({ ...raw, tour: state.steps, review: reviewed() })
    .replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const script = document.querySelector("body > script:not([type])").textContent;
  return `<!DOCTYPE html>\n<html lang="en">\n${document.head.outerHTML}\n<body>\n${BLANK.map((e) => e.outerHTML).join("\n")}
<script type="application/json" id="data">${held}</script>\n<script>${script}</script>\n</body>\n</html>\n`;
}
