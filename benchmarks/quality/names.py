"""Names of the news with the ten types of ours, in texts that nothing was trained on.

    python -m benchmarks.quality.names ../shared/corpora [--errors] [--pin]

``gold/names.jsonl`` says which paragraphs of the raw news were read for names, and what was found:
offsets and fingerprints, no text. ``part`` tells for what: ``train`` (one reader) for training,
``exam`` (two readers, reconciled) for these figures. Articles are read whole, as at run time, and
names count in the marked paragraphs: exact spans with their type (*names*), without (*spans*), each
type alone. Figures are F1 in per cent.

*redocred* are the names of people, organisations and places (nationalities too, as that corpus has
them) in the development documents of Re-DocRED, whole documents with gold words and sentences.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from benchmarks.quality import gate
from benchmarks.quality.pipeline import UNER, Text, entities, f1, spaces

GOLD = Path(__file__).parent / "gold" / "names.jsonl"
TYPES = (
    "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW",
)  # fmt: skip
SETS = ("wikinews_2019", "wikinews_2020_half", "current_events")

Name = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the stretches that were read, and the names in them (characters, type)."""

    text: str
    read: tuple[tuple[int, int], ...]
    names: frozenset[Name]


def marked(corpora: Path, part: str) -> Iterator[Marked]:
    """The texts of a part. A text that is not the one that was read is a ValueError."""
    texts = {}
    for name in SETS:
        data = gzip.decompress((corpora / f"raw/{name}.jsonl.gz").read_bytes()).decode("utf-8")
        for line in data.splitlines():
            row = json.loads(line)
            texts[name, row["id"]] = row["text"]
    for line in GOLD.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["part"] != part:
            continue
        text = texts[row["set"], row["id"]]
        if hashlib.sha256(text.encode()).hexdigest()[:16] != row["fingerprint"]:
            raise ValueError(f"{row['set']} {row['id']}: the text has changed since it was read")
        yield Marked(
            text,
            tuple((p["start"], p["end"]) for p in row["paragraphs"]),
            frozenset((a, b, kind) for p in row["paragraphs"] for a, b, kind in p["names"]),
        )


def found(nlp: Language, texts: list[Marked]) -> Iterator[set[Name]]:
    """The names the pipeline sees in the stretches that were read, text by text."""
    for doc, text in zip(nlp.pipe(t.text for t in texts), texts, strict=True):
        yield {
            (e.start_char, e.end_char, e.label_)
            for e in doc.ents
            if e.label_ in TYPES
            and any(a <= e.start_char and e.end_char <= b for a, b in text.read)
        }


def scores(texts: list[Marked], names: list[set[Name]]) -> dict[str, float]:
    """All figures, in per cent."""
    n: Counter[str] = Counter()
    for text, own in zip(texts, names, strict=True):
        for key, gold, system in (
            ("names", set(text.names), own),
            ("spans", {x[:2] for x in text.names}, {x[:2] for x in own}),
            *(
                (k, {x for x in text.names if x[2] == k}, {x for x in own if x[2] == k})
                for k in TYPES
            ),
        ):
            n[key + " gold"] += len(gold)
            n[key + " system"] += len(system)
            n[key + " right"] += len(gold & system)
    return {
        key: 200 * n[key + " right"] / max(1, n[key + " gold"] + n[key + " system"])
        for key in ("names", "spans", *TYPES)
    }


def redocred(corpora: Path) -> Iterator[Text]:
    """The documents as words, spaces, sentence starts and names."""
    data = gzip.decompress((corpora / "redocred/dev.jsonl.gz").read_bytes()).decode("utf-8")
    for row in map(json.loads, data.splitlines()):
        starts = [0]
        for words in row["sents"]:
            starts.append(starts[-1] + len(words))
        names = {
            (starts[s] + a, starts[s] + b, e["type"])
            for e in row["entities"]
            for s, a, b in e["mentions"]
        }
        after = [x for words in row["sents"] for x in spaces(words)]
        yield [w for words in row["sents"] for w in words], after, set(starts[:-1]), names


def errors(texts: list[Marked], names: list[set[Name]]) -> Iterator[str]:
    """What was missed (``-``) and what is too much (``+``), a line each."""
    for text, own in zip(texts, names, strict=True):
        for a, b, kind in sorted(text.names ^ own):
            sign = "+" if (a, b, kind) in own else "-"
            yield f"{sign} {kind:11} {text.text[a:b]!r}"


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 if a floor is missed."""
    p = gate.options(__doc__)
    p.add_argument("--pipeline", help="a spaCy pipeline by name or folder (default: the shipped)")
    p.add_argument("--part", default="exam", choices=("exam", "train"))
    p.add_argument("--errors", action="store_true", help="list them: of the training part only")
    a = gate.given(p, arguments)
    from kg.nlp.load import load_pipeline

    texts = list(marked(a.corpora, a.part))
    nlp = load_pipeline(a.pipeline)
    names = list(found(nlp, texts))
    table = scores(texts, names)
    if a.part == "train":
        print("\n".join(errors(texts, names) if a.errors else ()))
        print("\n".join(f"{key:28} {value:9.4f}" for key, value in table.items()))
        return 0
    own = {k: k for k in ("PER", "ORG", "LOC")}
    n = entities(nlp, redocred(a.corpora), UNER | {"NORP": "LOC"}, dict(own))
    table["redocred"] = f1(n, "right")
    lines = [x for x in GOLD.read_text("utf-8").splitlines() if '"part":"exam"' in x]
    exam = gate.fingerprint([*lines, (a.corpora / "redocred/dev.jsonl.gz").read_bytes()])
    return gate.settle("names", table, exam, pinning=a.pin)


if __name__ == "__main__":
    raise SystemExit(main())
