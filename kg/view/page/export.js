// Taking away what is in view: a picture, Turtle, CSV, the query, a link, a citation.

/** The statements in view: they pass, and whatever they link is on the canvas. */
function inView() {
  const { passes } = lastResult();
  const shown = new Set(view.ids);
  return statements.filter((s) => passes[s.id] && shown.has(s.subject) && s.others.every((id) => shown.has(id)));
}

function save(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` });
  const address = URL.createObjectURL(blob);
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  announce(`Saved ${name}.`);
}

/** The canvas on paper, with the title and the number of statements beneath. */
function savePicture() {
  const picture = view.picture();
  const ratio = window.devicePixelRatio || 1;
  const to = document.createElement("canvas");
  to.width = picture.width;
  to.height = picture.height + 34 * ratio;
  const context = to.getContext("2d");
  context.fillStyle = colour("--paper");
  context.fillRect(0, 0, to.width, to.height);
  context.drawImage(picture, 0, 0);
  context.scale(ratio, ratio);
  context.fillStyle = colour("--ink");
  context.font = `13px ${FONT}`;
  context.fillText(short(`${raw.title}: ${plural(view.ids.length, "entity", "entities")}, ${plural(inView().length, "statement")}. Solid: asserted; dashed: claimed; dotted: possible or planned; ×: denied.`, 150), 14, picture.height / ratio + 20);
  to.toBlob((blob) => save("graph.png", blob));
}

/** Cells for a spreadsheet: quoted, and none that a spreadsheet would run as a formula. */
const cell = (value) => {
  const text = String(value);
  return `"${(/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text).replace(/"/g, '""')}"`;
};

function toCsv(chosen) {
  const head = ["statement", "subject", "relation", "object", "status", "polarity", "speaker", "time", "sources",
    "article", "outlet", "date", "url", "start", "end", "passage"];
  const rows = [head.join(",")];
  for (const s of chosen) {
    for (const [number] of s.evidence) {
      const p = passages[number];
      const a = p.article || { title: "", outlet: "", date: "", url: "" };
      rows.push([fullIri(s.iri), nodes[s.subject].label, relations[s.relation].label, s.kind === "quote" ? s.value.text : objectText(s),
        STATUS[s.status], s.negative ? "negative" : "positive", s.speaker >= 0 ? nodes[s.speaker].label : "", s.time, s.sources,
        a.title, a.outlet, a.date, a.url, p.start, p.end, p.text].map(cell).join(","));
    }
  }
  return `${rows.join("\r\n")}\r\n`;
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", { class: "unseen", value: text, "aria-hidden": "true" });
    document.body.append(area);
    area.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      done = false;
    }
    area.remove();
    return done;
  }
}

const EXPORTS = [
  ["export-png", "Picture (PNG)", savePicture],
  ["export-turtle", "What is shown as Turtle", () => save("graph.ttl", toTurtle(inView()), "text/turtle")],
  ["export-csv", "What is shown as CSV", () => save("graph.csv", `\uFEFF${toCsv(inView())}`, "text/csv")],
  ["export-sparql", "SPARQL query for it", () => save("graph.rq", toSparql(), "application/sparql-query")],
  ["export-print", "Print", () => window.print()],
];

function makeExports() {
  const menu = byId("export");
  const opener = byId("show-export");
  const open = (on) => {
    menu.hidden = !on;
    opener.setAttribute("aria-expanded", String(on));
  };
  replace(menu, EXPORTS.map(([id, label, act]) => el("li", {}, button(label, () => { open(false); opener.focus(); act(); }, { id }))));
  opener.addEventListener("click", () => {
    open(menu.hidden);
    if (!menu.hidden) menu.querySelector("button").focus();
  });
  menu.addEventListener("keydown", (event) => {
    const items = [...menu.querySelectorAll("button")];
    const at = items.indexOf(document.activeElement);
    if (event.key === "Escape") { open(false); opener.focus(); }
    else if (event.key === "ArrowDown") items[(at + 1) % items.length].focus();
    else if (event.key === "ArrowUp") items[(at + items.length - 1) % items.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("click", (event) => {
    if (!menu.hidden && !event.target.closest(".menu")) open(false);
  });
  byId("copy-link").addEventListener("click", async () => {
    announce((await copyText(location.href)) ? "Link copied." : "Could not copy the link.");
    const opener2 = byId("copy-link");
    opener2.textContent = "Copied";
    setTimeout(() => { opener2.textContent = "Copy link"; }, 2000);
  });
}
