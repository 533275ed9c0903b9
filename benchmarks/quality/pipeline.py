"""Scores of the language pipeline on the development sets, against pinned floors.

    python -m benchmarks.quality.pipeline ../shared/corpora [--pipeline NAME] [--pin]

Trees are scored twice: with gold words and sentences (all tokens, full labels), and from raw text
by the measure of the CoNLL 2018 shared task (words aligned by their characters, F1; subtypes of
labels ignored). Entities are exact spans with their type. Figures are in per
cent; the floors of the gate are in ``floors/pipeline.toml``.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.quality import gate

DOMAINS = ("ai", "literature", "music", "politics", "science")


@dataclass(slots=True)
class Sentence:
    """A gold sentence; ``spans`` are the characters of its words with white space left out."""

    id: str
    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    text: str = ""
    paragraph: int = 0


def conllu(text: str) -> Iterator[list[Sentence]]:
    """The documents of a CoNLL-U file."""
    document: list[Sentence] = []
    paragraph = 0
    for block in text.split("\n\n"):
        if not block.strip():
            continue
        sentence = Sentence("")
        range_start, range_end, after, surface, at = -1, 0, True, "", 0
        for line in block.split("\n"):
            if line.startswith("# newdoc") and document:
                yield document
                document = []
            if line.startswith(("# newpar", "# newdoc")):
                paragraph += not line.startswith("# newpar_block")
            if line.startswith("# sent_id"):
                sentence.id = line.split("=", 1)[1].strip()
            if line.startswith("# text ="):
                sentence.text = line[8:].strip()
            cells = line.split("\t")
            if line.startswith("#") or "." in cells[0]:
                continue
            space = "SpaceAfter=No" not in cells[9].split("|")
            if "-" in cells[0]:
                range_end, after, surface = int(cells[0].split("-")[1]), space, cells[1]
                continue
            if range_end:
                space = after if int(cells[0]) == range_end else False
            form = cells[1]
            if range_start < 0 and range_end:
                range_start = len(sentence.words)
            length = len(form.replace(" ", ""))
            sentence.spans.append((at, at + length))
            at += length
            if range_end == int(cells[0]):
                if "".join([*sentence.words[range_start:], form]) != surface:
                    # the parts of some written words do not add up: all take the whole span
                    begin = sentence.spans[range_start][0]
                    at = begin + len(surface.replace(" ", ""))
                    for i in range(range_start, len(sentence.spans)):
                        sentence.spans[i] = (begin, at)
                range_end, range_start = 0, -1
            sentence.words.append(form.replace(" ", " "))
            sentence.spaces.append(space)
            sentence.lemmas.append(cells[2])
            sentence.upos.append(cells[3])
            sentence.xpos.append(cells[4])
            sentence.feats.append(cells[5])
            sentence.heads.append(int(cells[6]) - 1)
            sentence.labels.append(cells[7])
        sentence.paragraph = paragraph
        document.append(sentence)
    if document:
        yield document


def read(path: Path) -> str:
    """The text of a file, packed or not."""
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")


def doc_of(nlp: Language, sentences: list[Sentence], *, starts: bool = True) -> Doc:
    """A document with the gold words (and sentence starts), not parsed yet."""
    words = [w for s in sentences for w in s.words]
    spaces = [x for s in sentences for x in s.spaces]
    begins = [i == 0 for s in sentences for i in range(len(s.words))]
    return Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=begins if starts else None)


def parse(nlp: Language, docs: list[Doc]) -> list[Doc]:
    """Run the components over documents that have words already."""
    return list(nlp.pipe(docs))


def gold_words(nlp: Language, documents: list[list[Sentence]]) -> Counter[str]:
    """Right answers with gold words and sentences."""
    hit: Counter[str] = Counter()
    for doc, sentences in zip(
        parse(nlp, [doc_of(nlp, d) for d in documents]), documents, strict=True
    ):
        at = 0
        for s in sentences:
            for i in range(len(s.words)):
                token = doc[at + i]
                head = -1 if token.head.i == token.i else token.head.i - at
                label = "root" if token.dep_ == "ROOT" else token.dep_
                hit["words"] += 1
                hit["UAS"] += head == s.heads[i]
                hit["LAS"] += head == s.heads[i] and label == s.labels[i]
                hit["UPOS"] += token.pos_ == s.upos[i]
                hit["XPOS"] += token.tag_ == s.xpos[i]
                hit["feats"] += (str(token.morph) or "_") == s.feats[i]
                hit["lemma"] += token.lemma_ == s.lemmas[i]
            at += len(s.words)
    return hit


def raw_text(sentences: list[Sentence]) -> str:
    """The text of a document: sentences of a paragraph on one line, a blank line between."""
    out: list[str] = []
    for i, s in enumerate(sentences):
        if i:
            same = s.paragraph == sentences[i - 1].paragraph
            out.append((" " if sentences[i - 1].spaces[-1] else "") if same else "\n\n")
        out.append(s.text)
    return "".join(out)


def from_raw(nlp: Language, documents: list[list[Sentence]]) -> Counter[str]:
    """Counts for the F1 measures of CoNLL 2018 from raw text."""
    n: Counter[str] = Counter()
    texts = [raw_text(d) for d in documents]
    for doc, text, sentences in zip(nlp.pipe(texts), texts, documents, strict=True):
        squeeze = {}
        at = 0
        for i, c in enumerate(text):
            squeeze[i] = at
            at += not c.isspace()
        squeeze[len(text)] = at
        gold: dict[tuple[int, int], tuple[object, str, str, str]] = {}
        gold_sentences: set[tuple[int, int]] = set()
        offset = 0
        for s in sentences:
            size = len(re.sub(r"\s", "", s.text))
            spans = [(a + offset, b + offset) for a, b in s.spans]
            gold_sentences.add((offset, offset + size))
            for k, span in enumerate(spans):
                head = None if s.heads[k] < 0 else spans[s.heads[k]]
                gold[span] = (head, s.labels[k].split(":")[0], s.upos[k], s.lemmas[k])
            n["gold"] += len(spans)
            offset += size
        n["gold_sentences"] += len(gold_sentences)
        spans_of = {t.i: (squeeze[t.idx], squeeze[t.idx + len(t)]) for t in doc if not t.is_space}
        for t in doc:
            if t.is_space:
                continue
            n["system"] += 1
            known = gold.get(spans_of[t.i])
            if known is None:
                continue
            n["words"] += 1
            root = t.head.i == t.i
            head = None if root else spans_of[t.head.i]
            label = "root" if root else t.dep_.split(":")[0]
            n["UAS"] += head == known[0]
            n["LAS"] += head == known[0] and label == known[1]
            n["UPOS"] += t.pos_ == known[2]
            n["lemma"] += t.lemma_ == known[3]
        for sent in doc.sents:
            words = [t for t in sent if not t.is_space]
            if words:
                n["system_sentences"] += 1
                span = (spans_of[words[0].i][0], spans_of[words[-1].i][1])
                n["sentences"] += span in gold_sentences
    return n


# --- entities ------------------------------------------------------------------------------------

#: Our types as UNER's.
UNER = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
#: Our types as the exam on CrossNER has them: places are one type.
OURS = UNER | {"PRODUCT": "PRODUCT", "WORK_OF_ART": "WORK_OF_ART", "EVENT": "EVENT"}
#: CrossNER's fine types as the exam has them; None: either answer is fine.
CROSSNER: dict[str, str | None] = {
    "person": "PER", "politician": "PER", "scientist": "PER", "musicalartist": "PER",
    "writer": "PER", "researcher": "PER", "organisation": "ORG", "politicalparty": "ORG",
    "university": "ORG", "band": "ORG", "country": "LOC", "location": "LOC",
    "astronomicalobject": "LOC", "event": "EVENT", "election": "EVENT", "conference": "EVENT",
    "product": "PRODUCT", "programlang": "PRODUCT", "book": "WORK_OF_ART",
    "poem": "WORK_OF_ART", "song": "WORK_OF_ART", "album": "WORK_OF_ART",
    "magazine": None, "academicjournal": None, "award": None, "misc": None,
}  # fmt: skip
Span = tuple[int, int, str]
#: Words, whether a space follows each, where sentences start, and the gold names.
Text = tuple[list[str], list[bool], set[int], set[Span]]


def bio_file(text: str) -> list[tuple[str, list[str], list[str]]]:
    """Sentences of a BIO file (two columns, or UNER's): an id, words, tags."""
    out: list[tuple[str, list[str], list[str]]] = []
    for block in text.split("\n\n"):
        name, words, tags = "", [], []
        for line in block.split("\n"):
            cells = line.split("\t")
            if line.startswith("# sent_id"):
                name = line.split("=", 1)[1].strip()
            elif len(cells) >= 2 and not line.startswith("# "):
                words.append(cells[1] if len(cells) > 2 else cells[0])
                tags.append(cells[2] if len(cells) > 2 else cells[1])
        if words:
            out.append((name, words, tags))
    return out


def spans(tags: list[str]) -> set[Span]:
    """The entities of BIO tags."""
    found: set[Span] = set()
    start, kind = -1, ""
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and (tag[0] != "I" or tag[2:] != kind):
            found.add((start, i, kind))
            start = -1
        if tag != "O" and start < 0:
            start, kind = i, tag[2:]
    return found


def spaces(words: list[str]) -> list[bool]:
    """Where spaces stood, roughly, in text that was cut into words."""
    out = [True] * len(words)
    for i, word in enumerate(words):
        after = words[i + 1] if i + 1 < len(words) else ""
        if word in "([$" or re.fullmatch(r"[.,;:!?)\]%]|n't|['’](s|re|ve|ll|d|m|)", after):
            out[i] = False
    return out


def entities(
    nlp: Language,
    texts: Iterable[Text],
    mine: dict[str, str],
    theirs: dict[str, str | None],
) -> Counter[str]:
    """Counts over texts; ``theirs`` None: not counted."""
    n: Counter[str] = Counter()
    rows = list(texts)
    docs = parse(
        nlp,
        [
            Doc(nlp.vocab, words=w, spaces=s, sent_starts=[i in starts for i in range(len(w))])
            for w, s, starts, _ in rows
        ],
    )
    for doc, (_, _, _, gold) in zip(docs, rows, strict=True):
        free = [(a, b) for a, b, k in gold if k in theirs and theirs[k] is None]
        want = {(a, b, theirs[k]) for a, b, k in gold if theirs.get(k)}
        got = {
            (e.start, e.end, mine[e.label_])
            for e in doc.ents
            if e.label_ in mine and not any(e.start < y and x < e.end for x, y in free)
        }
        n["gold"] += len(want)
        n["system"] += len(got)
        n["right"] += len(want & got)
    return n


def joined(sentences: list[tuple[Sentence, list[str], set[Span]]]) -> Text:
    """Sentences of a treebank, each with its words and names in another corpus, as one text."""
    words: list[str] = []
    after: list[bool] = []
    starts: set[int] = set()
    gold: set[Span] = set()
    for sentence, own, names in sentences:
        at = len(words)
        starts.add(at)
        gold |= {(a + at, b + at, kind) for a, b, kind in names}
        words += own
        after += sentence.spaces if len(sentence.words) == len(own) else spaces(own)
    return words, after, starts, gold


def crossner_fold(corpora: Path, domain: str, fold: int) -> list[tuple[list[str], list[str]]]:
    """A fifth of train and dev of a domain: five blocks of each, as in ``training/data.py``."""
    folder = corpora / "crossner" / domain
    rows = [r[1:] for part in ("train", "dev") for r in bio_file(read(folder / f"{part}.txt"))]
    return [row for i, row in enumerate(rows) if i * 25 // len(rows) % 5 == fold]


# --- the exam ------------------------------------------------------------------------------------


def f1(n: Counter[str], right: str, system: str = "system", gold: str = "gold") -> float:
    """F1 in per cent."""
    return 200 * n[right] / max(1, n[system] + n[gold])


def exam_files(corpora: Path) -> list[Path]:
    """The files the exam is made of."""
    return [
        corpora / "ud_ewt/dev.conllu.gz",
        *sorted((corpora / "gum/dev").glob("*.conllu.gz")),
        corpora / "uner_ewt/dev.iob2.gz",
        *(corpora / f"crossner/{d}/{p}.txt" for d in DOMAINS for p in ("train", "dev")),
    ]


def scores(nlp: Language, corpora: Path) -> dict[str, float]:
    """All figures, in per cent."""
    out: dict[str, float] = {}
    trees = {
        "ewt": list(conllu(read(corpora / "ud_ewt/dev.conllu.gz"))),
        "gum": [
            d for p in sorted((corpora / "gum/dev").glob("*.conllu.gz")) for d in conllu(read(p))
        ],
    }
    for name, documents in trees.items():
        hit = gold_words(nlp, documents)
        for key in ("UAS", "LAS", "UPOS", "XPOS", "feats", "lemma"):
            out[f"{name} gold {key}"] = 100 * hit[key] / hit["words"]
        n = from_raw(nlp, documents)
        for key in ("words", "UAS", "LAS", "UPOS", "lemma"):
            out[f"{name} raw {key}"] = f1(n, key)
        out[f"{name} raw sentences"] = f1(n, "sentences", "system_sentences", "gold_sentences")
    named = {name: (w, spans(t)) for name, w, t in bio_file(read(corpora / "uner_ewt/dev.iob2.gz"))}
    own = {k: k for k in ("PER", "ORG", "LOC")}
    whole = [[(s, *named[s.id]) for s in document] for document in trees["ewt"]]
    alone = [[row] for document in whole for row in document]
    out["uner_ewt names"] = f1(entities(nlp, map(joined, alone), UNER, dict(own)), "right")
    out["uner_ewt names, whole documents"] = f1(
        entities(nlp, map(joined, whole), UNER, dict(own)), "right"
    )
    total: Counter[str] = Counter()
    for domain in DOMAINS:
        held = crossner_fold(corpora, domain, 4)
        n = entities(nlp, [(w, spaces(w), {0}, spans(t)) for w, t in held], OURS, CROSSNER)
        out[f"crossner {domain} names"] = f1(n, "right")
        total += n
    out["crossner names"] = f1(total, "right")
    return out


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 if a floor is missed."""
    p = gate.options(__doc__)
    p.add_argument("--pipeline", help="a spaCy pipeline by name or folder (default: the shipped)")
    a = gate.given(p, arguments)
    from kg.nlp.load import load_pipeline

    found = scores(load_pipeline(a.pipeline), a.corpora)
    exam = gate.files(*exam_files(a.corpora))
    return gate.settle("pipeline", found, exam, pinning=a.pin)


if __name__ == "__main__":
    raise SystemExit(main())
