// The texts of the articles: blocks, passages as places in them, and the words of a passage.

/** Places are counted in characters as a reader counts them; a rare one is two of a script's units. */
const ASTRAL = /[\ud800-\udfff]/;
const cut = (text, from, to) => (ASTRAL.test(text) ? [...text].slice(from, to).join("") : text.slice(from, to));
const lengthOf = (text) => (ASTRAL.test(text) ? [...text].length : text.length);

/** How many of a script's units so many characters are. */
const unitsTo = (text, places) => (ASTRAL.test(text) ? cut(text, 0, places).length : places);

/** The blocks of each article: `{kind, start, end, text}`, in order. */
const TEXTS = raw.texts.map((blocks) => blocks.map(([kind, start, text]) => (
  { kind: raw.words[kind], start, end: start + lengthOf(text), text })));

/** The block of an article that a place stands in, or null. */
function blockAt(number, place) {
  const blocks = TEXTS[number] || [];
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle].start <= place) low = middle + 1;
    else high = middle;
  }
  const block = blocks[low - 1];
  return block && place < block.end ? block : null;
}

/** Characters of the article shown before and after the words that are the evidence. */
const CONTEXT = 240;

class Passage {
  constructor([article, start, end, own, kind], number) {
    Object.assign(this, { number, article: articles[article], start, end, own, kind });
  }

  get block() {
    return this.own === undefined ? blockAt(this.article.number, this.start) : null;
  }

  get text() {
    const { block } = this;
    return block ? cut(block.text, this.start - block.start, this.end - block.start) : this.own;
  }

  /** What stands before the words in their sentence. */
  get before() {
    const { block } = this;
    if (!block) return "";
    const before = cut(block.text, Math.max(0, this.start - block.start - CONTEXT), this.start - block.start);
    const at = Math.max(...[". ", "! ", "? ", ".” ", '." '].map((mark) => before.lastIndexOf(mark)));
    return at >= 0 ? before.slice(at + 1).replace(/^[”" ]+/, "") : before;
  }

  /** What stands after them, up to the end of the sentence. */
  get after() {
    const { block } = this;
    if (!block || /[.!?]$|[.]["”]$/.test(this.text.trimEnd())) return "";
    const after = cut(block.text, this.end - block.start, this.end - block.start + CONTEXT);
    const found = [". ", "! ", "? ", ".\n"].map((mark) => after.indexOf(mark)).filter((at) => at >= 0);
    return found.length ? after.slice(0, Math.min(...found) + 1) : after;
  }
}

const passages = raw.passages.map((row, number) => new Passage(row, number));

/** Words that the data tells by their place in a text: a thousand times the place plus the length. */
const wordsIn = (text, words) =>
  (typeof words === "number" ? cut(text, Math.floor(words / 1000), Math.floor(words / 1000) + (words % 1000)) : words);

/** The words for subject, relation and object in a piece of evidence. */
function wordsOf([number, ...words]) {
  const { text } = passages[number];
  return words.slice(0, 3).map((told) => wordsIn(text, told));
}
