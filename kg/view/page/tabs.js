// The lists beside the graph: quotes by speaker, timeline, table of statements, sources.

const TAB_NAMES = { details: "Details", read: "Read", claims: "Claims", quotes: "Quotes", timeline: "Timeline", statements: "Statements", sources: "Sources" };
const listState = { quotes: "", claims: "", sort: "subject", down: false, table: "", sources: "" };

function makeTabs() {
  replace(byId("tabs"), TABS.map((name) => button(TAB_NAMES[name], () => change({ tab: name }, { step: true }), {
    role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`,
  })));
  replace(byId("panels"), TABS.map((name) => el("div", {
    role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}`, tabindex: "0", hidden: true,
  })));
  byId("tabs").after(button("⇔", toggleWide, { id: "wider", "aria-pressed": "false", "aria-label": "Wide lists", title: "Wide lists" }));
  byId("tabs").addEventListener("keydown", (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    const next = TABS[(TABS.indexOf(state.tab) + way + TABS.length) % TABS.length];
    change({ tab: next });
    byId(`tab-${next}`).focus();
    event.preventDefault();
  });
}

function toggleWide() {
  const on = document.body.classList.toggle("wide");
  byId("wider").setAttribute("aria-pressed", String(on));
  byId("legend").open = !on;
}

/** Draws the open tab only; the others wait until they are opened. */
function drawTabs() {
  for (const name of TABS) {
    const open = name === state.tab;
    const tab = byId(`tab-${name}`);
    tab.setAttribute("aria-selected", String(open));
    tab.tabIndex = open ? 0 : -1;
    byId(`panel-${name}`).hidden = !open;
  }
  const panel = byId(`panel-${state.tab}`);
  const draw = { details: drawDetails, read: drawReader, claims: drawClaims, quotes: drawQuotes, timeline: drawTimeline, statements: drawTable, sources: drawSources };
  draw[state.tab](panel);
}

/** Statements in view: those that pass the filters and, with a focus, touch what is shown. */
function listed(passes = lastResult().passes) {
  const all = statements.filter((s) => passes[s.id]);
  if (state.focus < 0 && !state.path.length) return all;
  return all.filter((s) => view.shown[s.subject] && s.others.every((id) => view.shown[id]));
}

/** A search box above a list; the list is drawn anew while one types. */
function soughtList(panel, { label, name, draw }) {
  const body = el("div");
  const input = el("input", { type: "search", class: "seek", "aria-label": label, placeholder: label, id: `find-${name}`,
    value: listState[name], oninput: () => { listState[name] = input.value; replace(body, draw(fold(input.value.trim()))); } });
  replace(panel, el("h2", { class: "unseen" }, TAB_NAMES[state.tab]), input, body);
  replace(body, draw(fold(listState[name].trim())));
}

function drawQuotes(panel) {
  const quotes = listed().filter((s) => s.kind === "quote");
  soughtList(panel, { label: "Search words or speakers of quotes", name: "quotes", draw: (text) => {
    const speakers = new Map();
    let found = 0;
    for (const s of quotes) {
      if (text && !fold(`${s.value.text} ${nodes[s.subject].label} ${nodes[s.subject].aliases.join(" ")}`).includes(text)) continue;
      found += 1;
      if (!speakers.has(s.subject)) speakers.set(s.subject, []);
      speakers.get(s.subject).push(s);
    }
    const ordered = [...speakers.entries()].sort(([a, x], [b, y]) => y.length - x.length || a - b);
    return [el("p", { class: "quiet" }, `${plural(found, "quote")} by ${plural(ordered.length, "speaker")}`),
      ...longList(ordered, ([id, said]) => el("section", { class: "speaker" },
        el("h3", {}, nodeButton(id), el("span", { class: "count" }, count(said.length))),
        ...longList(said, quoteItem, { step: 6, attributes: { class: "plain" } })), { step: 15, tag: "div" })];
  } });
}

const COLUMNS = [
  ["subject", "Subject", (s) => fold(nodes[s.subject].label)],
  ["relation", "Relation", (s) => relations[s.relation].label],
  ["object", "Object", (s) => fold(objectText(s))],
  ["status", "Status", (s) => s.status],
  ["speaker", "Says", (s) => (s.speaker >= 0 ? fold(nodes[s.speaker].label) : "\uffff")],
  ["date", "Date", (s) => s.dates[0] || ""],
  ["sources", "Sources", (s) => s.sources],
];

const sorted = new Map();

/** All statements by a column: sorted once. */
function sortedBy(column) {
  if (!sorted.has(column)) {
    const key = COLUMNS.find(([name]) => name === column)[2];
    sorted.set(column, statements.map((s) => [key(s), s]).sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x.id - y.id)).map(([, s]) => s));
  }
  return sorted.get(column);
}

function drawTable(panel) {
  const all = listed();
  soughtList(panel, { label: "Search the statements", name: "table", draw: (text) => {
    const chosen = new Set(all.filter((s) => !text || fold(statementText(s)).includes(text)));
    const rows = sortedBy(listState.sort).filter((s) => chosen.has(s));
    if (listState.down) rows.reverse();
    const head = el("tr", { role: "row" }, COLUMNS.map(([name, label]) => el("th", {
      scope: "col", role: "columnheader", "aria-sort": listState.sort === name ? (listState.down ? "descending" : "ascending") : "none",
    }, button([label, el("span", { "aria-hidden": "true" }, listState.sort === name ? (listState.down ? " ▾" : " ▴") : "")], () => {
      listState.down = listState.sort === name && !listState.down;
      listState.sort = name;
      drawTable(panel);
      panel.querySelector(`#sort-${name}`).focus();
    }, { class: "sort", id: `sort-${name}` }))));
    const cell = (attributes, ...words) => el("td", { role: "cell", ...attributes }, words);
    const [body, more] = longList(rows, (s) => el("tr", { role: "row" },
      cell({}, nodeButton(s.subject)),
      cell({}, button([s.negative ? "not: " : "", relations[s.relation].label], () => openStatement(s.id), { class: "relation", "aria-label": `${s.negative ? "not: " : ""}${relations[s.relation].label}: evidence of ${short(statementText(s), 120)}` })),
      cell({ dir: "auto" }, s.kind === "node" ? nodeButton(s.object) : short(objectText(s), 160)),
      cell({}, statusName(s)), cell({}, s.speaker >= 0 ? short(nodes[s.speaker].label, 40) : ""),
      cell({ class: "date" }, s.dates[0] || ""), cell({ class: "number" }, s.sources)), { tag: "tbody", step: 40, attributes: { role: "rowgroup" } });
    return [el("p", { class: "quiet" }, plural(rows.length, "statement")),
      el("div", { class: "table", tabindex: "0", role: "region", "aria-label": "Table of statements" },
        el("table", { role: "table" }, el("thead", { role: "rowgroup" }, head), body)), more];
  } });
}

function sourceItem(a) {
  return el("li", { class: "source" }, articleLine(a), a.authors.length ? el("span", { class: "quiet" }, a.authors.join(", ")) : null, readButton(a));
}

const readButton = (a) => button("Read", () => openText(a.number), { class: "quiet-button", "aria-label": `Read ${short(a.title, 80)}` });

function drawSources(panel) {
  const cited = new Map();
  for (const s of listed()) for (const a of s.articles) cited.set(a, (cited.get(a) || 0) + 1);
  soughtList(panel, { label: "Search titles and outlets", name: "sources", draw: (text) => {
    const found = articles.filter((a) => (cited.has(a.number) || !filtersAreOn(state.filters) && state.focus < 0 && !state.path.length)
      && (!text || fold(`${a.title} ${a.outlet}`).includes(text))).sort(byDate);
    const outlets = new Set(found.map((a) => a.outlet).filter(Boolean));
    return [el("p", { class: "quiet" }, `${plural(found.length, "article")}${outlets.size ? ` of ${plural(outlets.size, "outlet")}` : ""}, newest first`),
      ...longList(found, (a) => el("li", { class: "source" }, articleLine(a),
        el("div", { class: "row" }, el("span", { class: "quiet" }, plural(cited.get(a.number) || 0, "statement")), readButton(a),
          button("Only this source", () => changeFilters({ source: new Set([a.outletNumber]) }), { class: "quiet-button", "aria-label": `Only this source: ${outletName(a)}` }))),
      { attributes: { class: "plain" } })];
  } });
}
