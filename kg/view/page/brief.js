// What the page opens with: the brief, story by story, and where the articles disagree.

function drawStart(panel) {
  if (!nodes.length) {
    return replace(panel, el("h2", {}, "Nothing here yet"),
      el("p", {}, "This graph holds no entities and no statements. Build one from articles, then make this page again:"),
      el("pre", {}, "kg build articles/\nkg view"));
  }
  const { passes } = lastResult();
  const disputed = (lastResult().disputes ??= disputes(passes)).slice(0, 5);
  return replace(panel, el("h2", {}, "In brief"),
    el("p", { class: "quiet" }, "Sentences made of statements. A click shows the words of the articles; read them before you use one."),
    BRIEF.length ? storyList(passes) : el("p", {}, "No statement makes a plain sentence here. Click a name in the graph to read on."),
    disputed.length ? [el("h3", {}, "Where the articles disagree"), el("ul", { class: "plain" }, disputed.map(disputeItem))] : null);
}

/** The sentences under the headlines of their stories. */
function storyList(passes) {
  const shown = BRIEF.filter(([, id]) => passes[id]);
  if (!shown.length) return el("p", { class: "quiet" }, "The filters hide what the brief tells.");
  const groups = batches(shown, ([story]) => String(story).padStart(6, "0"));
  return groups.map((lines) => {
    const story = STORIES[lines[0][0]];
    return el("section", { class: "story" },
      el("h3", { dir: "auto" }, el("span", { class: "stripe", "data-story": story.number }), short(story.title, 120)),
      el("p", { class: "quiet" }, storyFacts(story)),
      el("ul", { class: "plain" }, lines.map(([, id, text]) => briefLine(statements[id], text))));
  });
}

function storyFacts(story) {
  const told = story.articles.map((n) => articles[n]);
  const outlets = new Set(told.map((a) => a.outlet).filter(Boolean));
  const dates = told.map((a) => a.date).filter(Boolean).sort();
  return [plural(told.length, "article"), outlets.size ? plural(outlets.size, "outlet") : null, period(dates)]
    .filter(Boolean).join(", ");
}

/** "6 August 2025", "6 August 2025 to 10 September 2025", or nothing. */
const period = (dates) => [...new Set([dates[0], dates.at(-1)])].filter(Boolean).map(dateInWords).join(" to ");

function briefLine(s, text) {
  return el("li", { class: "brief" },
    button(text, () => openStatement(s.id), { class: "sentence", dir: "auto" }),
    el("div", { class: "facts" }, statusBadge(s), uncheckedMark(s),
      el("span", { class: "quiet" }, plural(s.sources, "source"))),
    s.evidence.length ? el("details", { class: "words" }, el("summary", { "aria-label": `Passage: ${short(text, 80)}` }, "Passage"),
      el("ul", { class: "evidence" }, evidenceItem(s.evidence[0], s))) : null);
}

/** What contradicts what, of the statements that are shown: the same as `kg query disagreements`. */
const disputes = (passes) => DISPUTES.filter(([one, other]) => passes[one] && passes[other]);

/** Two statements, or one that articles date differently, and what each article has. */
function disputeItem([one, other, kind, first, second]) {
  const shown = one === other ? [one] : [one, other];
  return el("li", { class: "dispute" },
    shown.map((id) => el("div", {}, statusBadge(statements[id]), statementLine(statements[id]))),
    kind === "yes or no" ? null : el("div", { class: "quiet", dir: "auto" }, `${kind}: ${first} / ${second}`));
}
