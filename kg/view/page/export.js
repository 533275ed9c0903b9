// Taking away what is in view: a picture, Turtle, CSV, the query, a link, a citation.

/** The statements in view: they pass, and whatever they link is on the canvas. */
function inView() {
  const { passes } = lastResult();
  return statements.filter((s) => passes[s.id] && view.shown[s.subject] && s.others.every((id) => view.shown[id]));
}

function save(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` });
  const address = URL.createObjectURL(blob);
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  announce(`Saved ${name}.`);
}

/** Cells for a spreadsheet: quoted, and none that a spreadsheet would run as a formula: the rules of
 *  kg/graph/cells.py. */
const FORMULA = /^[\s"'\u2018-\u201f\ufeff]*[\t\r\n=+\-@\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?(?:\d+(?:[.,]\d+)*|\.\d+)(?:[eE][+-]?\d+)?%?$/;
const cell = (value) => {
  const text = String(value);
  return `"${(FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
};

function toCsv(chosen) {
  const head = ["statement", "subject", "relation", "object", "status", "polarity", "speaker", "time", "sources",
    "article", "outlet", "date", "url", "start", "end", "passage", "review"];
  const rows = [head.join(",")];
  for (const s of chosen) {
    for (const [number] of s.evidence) {
      const p = passages[number];
      const a = p.article || { title: "", outlet: "", date: "", url: "" };
      rows.push([fullIri(s.iri), nodes[s.subject].label, relations[s.relation].label, s.kind === "quote" ? s.value.text : objectText(s),
        STATUS[s.status], s.negative ? "negative" : "positive", s.speaker >= 0 ? nodes[s.speaker].label : "", s.time, s.sources,
        a.title, a.outlet, a.date, a.url, p.start, p.end, p.text, verdictInWords(s)].map(cell).join(","));
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
  ["export-png", "Picture (PNG)", () => pictureCanvas().toBlob((blob) => save("graph.png", blob))],
  ["export-svg", "Picture to edit (SVG)", () => save("graph.svg", pictureSvg(), "image/svg+xml")],
  ["export-turtle", "What is shown as Turtle", () => save("graph.ttl", toTurtle(inView()), "text/turtle")],
  ["export-csv", "What is shown as CSV", () => save("graph.csv", `\uFEFF${toCsv(inView())}`, "text/csv")],
  ["export-sparql", "SPARQL query for it", () => save("graph.rq", toSparql(), "application/sparql-query")],
  ["export-corrections", "Your verdicts, as corrections", () => save("corrections.jsonl", toCorrections(), "application/jsonl")],
  ["export-page", "This page, with tour and review", () => save("graph.html", wholePage(), "text/html")],
  ["export-print", "Print", () => window.print()],
  ["export-tour", "Print the tour", printTour],
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
