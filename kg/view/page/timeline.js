// The timeline: how much happened or was reported when, a range to brush, and the statements by date.

/** When something is said to have happened; else when it was reported. */
const whenOf = (s) => (s.when ??= isDate(s.time) ? { date: s.time, said: true } : { date: s.dates[0] || "", said: false });

const isDated = (s) => Boolean(whenOf(s).date);

/** Which dates a timeline goes by: labels, and the dates of a statement. `reported` is what filters of dates usually mean. */
const TIMES = {
  either: { label: "Both", of: (s) => (whenOf(s).date ? [s.when.date] : []) },
  happened: { label: "Happened", of: (s) => (whenOf(s).said ? [s.time] : []) },
  reported: { label: "Reported", of: (s) => s.dates },
};

/** Spans of a bar: how many characters of a date name it, and how many years it takes in. */
const SPANS = [{ length: 10 }, { length: 7 }, ...[1, 10, 100].map((years) => ({ length: 4, years }))];
const MOST_BARS = 60;

/**
 * The bars for these sorted dates: `{from, to}`, both inclusive, as fine as there is room for and most dates
 * are told. A few dates far away do not make all others one bar: the first bar then takes in what is before.
 */
function barsOf(dates) {
  for (const { length, years } of SPANS) {
    const fine = dates.filter((d) => d.length >= length);
    if (fine.length < dates.length * 0.8) continue;
    for (const trim of [0, 0.02]) {
      const [first, last] = [fine[Math.floor(fine.length * trim)], fine[Math.ceil(fine.length * (1 - trim)) - 1]];
      const bars = years ? yearBars(first, last, years) : calendarBars(first, last, length);
      if (bars.length > MOST_BARS) continue;
      if (fine[0].slice(0, length) < bars[0].from) bars[0].before = true;
      if (fine.at(-1).slice(0, length) > bars.at(-1).to) bars.at(-1).after = true;
      return bars;
    }
  }
  return yearBars(dates[0], dates.at(-1), 1000);
}

function yearBars(first, last, years) {
  const start = Math.floor(Number(first.slice(0, 4)) / years) * years;
  const bars = [];
  const four = (year) => String(year).padStart(4, "0");
  for (let year = start; year <= Number(last.slice(0, 4)); year += years) bars.push({ from: four(year), to: four(year + years - 1) });
  return bars;
}

function calendarBars(first, last, length) {
  const day = new Date(`${first.slice(0, length)}${length === 7 ? "-01" : ""}T00:00:00Z`);
  const bars = [];
  while (!Number.isNaN(day.getTime()) && bars.length <= MOST_BARS) {
    const name = day.toISOString().slice(0, length);
    if (name > last) break;
    bars.push({ from: name, to: name });
    if (length === 7) day.setUTCMonth(day.getUTCMonth() + 1);
    else day.setUTCDate(day.getUTCDate() + 1);
  }
  return bars;
}

/** A bar, or the bars from one to another, in words. */
function barWords(first, last = first) {
  const from = first.before ? "" : dateInWords(first.from);
  const to = last.after ? "" : dateInWords(last.to);
  if (from === to) return from || "All dates";
  return !from ? `Up to ${to}` : !to ? `${from} and after` : `${from} to ${to}`;
}

const datePart = (date) => /^\d{4}(-\d{2}){0,2}/.exec(date)[0];

/** The histogram over all that passes but for the range, with two handles; a range brushed here filters everything. */
function histogram(by) {
  const all = listed(lastResult().passesButDates);
  const dated = all.flatMap((s) => TIMES[by].of(s).map((date) => ({ date: datePart(date), said: date === s.time })));
  if (dated.length < 2) return null;
  const bars = barsOf(dated.map((d) => d.date).sort());
  if (bars.length < 2) return null;
  for (const bar of bars) Object.assign(bar, { said: 0, told: 0 });
  let coarse = 0;
  for (const { date, said } of dated) {
    if (date.length < bars[0].from.length) coarse += 1;
    else (bars.findLast((b) => b.from <= date) ?? bars[0])[said ? "said" : "told"] += 1;
  }
  const { from, to, by: filtered } = state.filters;
  const on = (from || to) && filtered === by;
  const range = [on && from ? Math.max(0, bars.findIndex((b) => b.to >= from)) : 0, on && to ? Math.max(0, bars.findLastIndex((b) => b.from <= to)) : bars.length - 1];
  return drawHistogram({ by, bars, range, on, coarse });
}

function drawHistogram({ by, bars, range, on, coarse }) {
  const most = Math.max(...bars.map((b) => b.said + b.told));
  const wide = 100 / bars.length;
  const high = (n) => (n ? Math.max(1.2, (n / most) * 48) : 0);
  const shade = svg("rect", { class: "brush", y: 0, height: 50 });
  const words = el("output", { class: "quiet", id: "brushed" });
  const show = () => {
    const [low, top] = [Math.min(...range), Math.max(...range)];
    shade.setAttribute("x", low * wide);
    shade.setAttribute("width", (top - low + 1) * wide);
    words.textContent = barWords(bars[low], bars[top]);
  };
  const apply = () => {
    const [low, top] = [Math.min(...range), Math.max(...range)];
    const all = low === 0 && top === bars.length - 1;
    changeFilters(all ? { from: "", to: "", by: "reported" }
      : { from: bars[low].before ? "" : bars[low].from, to: bars[top].after ? "" : bars[top].to, by });
  };
  const picture = svg("svg", { class: "histogram", viewBox: "0 0 100 50", preserveAspectRatio: "none", role: "img",
    "aria-label": `${plural(bars.length, "bar")}, ${barWords(bars[0], bars.at(-1))}, at most ${plural(most, "statement")}` },
  shade, ...bars.flatMap((b, i) => [
    svg("rect", { class: "said-bar", x: i * wide + wide * 0.1, width: wide * 0.8, y: 50 - high(b.said), height: high(b.said) }),
    svg("rect", { class: "told-bar", x: i * wide + wide * 0.1, width: wide * 0.8, y: 50 - high(b.said) - high(b.told), height: high(b.told) })]));
  const barAt = (event) => {
    const box = picture.getBoundingClientRect();
    return Math.max(0, Math.min(bars.length - 1, Math.floor(((event.clientX - box.left) / box.width) * bars.length)));
  };
  picture.addEventListener("pointerdown", (event) => {
    range.fill(barAt(event));
    picture.setPointerCapture(event.pointerId);
    picture.onpointermove = (moved) => { range[1] = barAt(moved); show(); };
    show();
  });
  picture.addEventListener("pointerup", () => { picture.onpointermove = null; apply(); });
  picture.addEventListener("pointercancel", () => { picture.onpointermove = null; });
  const handle = (i, label) => el("input", { type: "range", min: "0", max: String(bars.length - 1), value: String(range[i]), id: `brush-${i}`, "aria-label": label,
    "aria-valuetext": barWords(bars[range[i]]), oninput: (event) => { range[i] = Number(event.target.value); show(); }, onchange: () => { apply(); byId(`brush-${i}`)?.focus(); } });
  show();
  const ticks = [0, 1, 2, 3, 4].map((n) => Math.round((n * (bars.length - 1)) / 4));
  return el("figure", { class: "when-chart" }, picture,
    el("div", { class: "axis", "aria-hidden": "true" }, [...new Set(ticks)].map((i) => el("span", {}, `${bars[i].before ? "≤ " : ""}${bars[i].from}${bars[i].after ? " ≥" : ""}`))),
    el("div", { class: "brushes" }, handle(0, "From"), handle(1, "To")),
    el("figcaption", { class: "row" }, words, on ? button("All dates", () => changeFilters({ from: "", to: "", by: "reported" }), { id: "all-dates", class: "quiet-button" }) : null),
    coarse ? el("p", { class: "quiet" }, `${plural(coarse, "date")} told less finely: not in the bars.`) : null,
    by === "either" ? el("p", { class: "quiet keys" }, el("span", { class: "key said-bar" }), "happened, as the text tells", el("span", { class: "key told-bar" }), "reported: date of the article") : null);
}

/** All statements with the date they go by, the newest first: sorted once. */
const newest = new Map();

function newestFirst(by) {
  if (!newest.has(by)) {
    newest.set(by, statements.map((s) => ({ s, ...(by === "reported" ? { date: s.dates[0] || "", said: false } : whenOf(s)) }))
      .sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : a.s.id - b.s.id)));
  }
  return newest.get(by);
}

function timeline(items, by = "either") {
  const wanted = new Set(items);
  const dated = newestFirst(by).filter(({ s }) => wanted.has(s));
  let month = null;
  const rows = [];
  for (const item of dated) {
    const name = item.date ? dateInWords(item.date.slice(0, 7)) : "Undated";
    if (name !== month) rows.push({ heading: name });
    month = name;
    rows.push(item);
  }
  return longList(rows, (row) => (row.heading ? el("li", { class: "month" }, el("h3", {}, row.heading))
    : el("li", { class: "event" }, el("span", { class: "quiet when" }, row.date ? `${dateInWords(row.date)}${row.said ? "" : ", reported"}` : "no date"),
      statusBadge(row.s), statementLine(row.s))), { step: 40, tag: "ol", attributes: { class: "timeline" } });
}

function drawTimeline(panel) {
  const by = state.when;
  const all = listed();
  const items = all.filter((s) => TIMES[by].of(s).length);
  const undated = all.filter((s) => !TIMES[by].of(s).length);
  replace(panel, el("h2", { class: "unseen" }, "Timeline"),
    el("div", { class: "modes", role: "group", "aria-label": "Dates to go by" }, Object.entries(TIMES).map(([key, { label }]) =>
      button(label, () => { change({ when: key }); byId(`when-${key}`).focus(); }, { "aria-pressed": String(by === key), id: `when-${key}` }))),
    histogram(by),
    el("p", { class: "quiet" }, items.length ? `${plural(items.length, "statement")}, newest first${by === "either" ? ": by the time the text gives, else by the article's date" : ""}`
      : { either: "Nothing here has a date: neither the articles nor what they tell.", happened: "No text here tells when something happened.", reported: "No article here has a date." }[by]),
    items.length ? timeline(items, by) : null,
    undated.length && items.length ? section("Without a date", undated.length, lazy(undated, (s) => el("li", { class: "event" }, statusBadge(s), statementLine(s))), { open: false }) : null);
}
