"""Quotations and their speakers on 20 annotated Wikinews articles of 2019, beside a baseline.

    python -m benchmarks.quality.quotes ../shared/corpora [--half look|score|both] [--errors] [--pin]

``quotes_gold.json`` holds offsets into the ``text`` of ``raw/wikinews_2019.jsonl.gz``, drawn with
`draw` (a fixed seed among the articles with a double quotation mark and at least 800 characters);
ten articles for looking, ten only for scoring. A changed text is refused by its fingerprint.

Annotated are all direct, mixed and indirect quotations of the narrator's level: a direct quotation
that "he said" splits is one with several parts; of a reported clause with a part in marks the
content is the clause; words in marks under another verb (called it "lousy") stand alone; an
indirect quotation is the clause under a verb of saying, around a parenthesis, or of "according
to". Where two readings of the extent are fair, each is listed. ``optional`` items (findings,
rulings, banners) count neither for nor against.

The annotation is one reading by one annotator, who also wrote the extractor, made before it. The
errors of the scoring half were never looked at; its totals were, after each change.

A quotation is *found* when the F1 of the words (maximal runs of letters and digits, by place) of
our content and a listed content is at least 0.9, and its *speaker* is right when our speaker
stands for the gold one: its head words overlap a gold span, or the names in its cluster agree
with the gold name (equal, or the last word equal), or, for a speaker without a name, the words
are the same. Each of ours pairs with at most one of gold. *Recall* is found with the right
speaker over gold; *precision* the same over ours, those that pair with optional items left out.

The baseline follows textacy's ``direct_quotations`` (0.13, written anew, with our list of verbs,
which is longer): marks are paired off in order (an odd number: nothing), contents under four tokens or all in title case are
dropped, and the nearest reporting verb with a subject in the sentences that touch the content
is the cue, that subject the speaker. It gets the same parse, and its speakers the same clusters.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from benchmarks.quality import gate
from kg.extract.speech.speakers import as_argument
from kg.extract.statements.quotes import quotes
from kg.extract.words.cues import cue_words
from kg.model import Argument, Article

GOLD = Path(__file__).with_name("quotes_gold.json")
SEED = 4
_WORD = re.compile(r"\w+")
Part = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """What a system says: the content's parts and the speaker."""

    parts: tuple[Part, ...]
    speaker: Argument | None
    speech: str


def draw(articles: list[dict[str, Any]], count: int = 20) -> list[str]:
    """The ids of the annotated articles."""
    pool = [a for a in sorted(articles, key=lambda a: str(a["id"]))
            if any(c in a["text"] for c in '"“') and len(a["text"]) >= 800]  # fmt: skip
    return [str(a["id"]) for a in random.Random(SEED).sample(pool, count)]


def words(text: str, parts: Iterable[Part]) -> set[int]:
    """The places of the words in these ranges."""
    return {s + m.start() for s, e in parts for m in _WORD.finditer(text[s:e])}


def f1(a: set[int], b: set[int]) -> float:
    """F1 of two sets of places."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def names_of(doc: Doc, speaker: Argument) -> set[str]:
    """The names that the speaker's cluster has, and the speaker's own words."""
    out = {doc.text[speaker.head_start : speaker.head_end]}
    mentions = getattr(doc._, "kg_mentions", None) if Doc.has_extension("kg_mentions") else None
    clusters = {
        m.cluster for m in mentions or ()
        if m.start < speaker.head_end and speaker.head_start < m.end
        and (m.start, m.end) == min(
            ((x.start, x.end) for x in mentions or ()
             if x.start < speaker.head_end and speaker.head_start < x.end),
            key=lambda r: (r[0] - speaker.head_start) ** 2 + (r[1] - speaker.head_end) ** 2)
    }  # fmt: skip
    out |= {m.text for m in mentions or () if m.cluster in clusters and m.kind == "name"}
    return out


def same_speaker(doc: Doc, ours: Argument | None, gold: list[list[int]]) -> bool:
    """Whether our speaker is the gold one."""
    if ours is None:
        return False
    if any(s < ours.head_end and ours.head_start < e for s, e in gold):
        return True
    mine = {n.casefold().removeprefix("the ") for n in names_of(doc, ours)}
    for s, e in gold:
        name = doc.text[s:e].casefold().removeprefix("the ")
        last = name.split()[-1]
        if name in mine or any(n.split() and n.split()[-1] == last for n in mine):
            return True
    return False


def ours(doc: Doc, article: Article) -> list[Found]:
    """The quotes of `kg`."""
    return [Found(q.parts, q.speaker, q.speech) for q in quotes(doc, article)]


def baseline(doc: Doc, _: Article) -> list[Found]:
    """The matcher that the module's docstring describes."""
    marks = [t.i for t in doc if t.is_quote]
    if len(marks) % 2:
        return []
    pairs = list(zip(marks[::2], marks[1::2], strict=True))
    out: list[Found] = []
    for start, end in pairs:
        inside = [t for t in doc[start : end + 1] if not (t.is_punct or t.is_stop)]
        if end + 1 - start < 4 or all(t.is_title for t in inside):
            continue
        cues = [
            t for s in doc.sents
            if (s.start < start <= s.end + 1) or (s.start <= end + 1 and s.end > end)
            for t in s
            if t.pos_ == "VERB" and t.lemma_ in cue_words().verbs
            and not any(a <= t.i <= b for a, b in pairs)
        ]  # fmt: skip
        cues.sort(key=lambda t: min(abs(t.i - start), abs(t.i - end)))
        for cue in cues:
            subject = next((c for c in cue.children if c.dep_ in ("nsubj", "nsubj:pass")), None)
            if subject is not None:
                content = doc[start + 1 : end]
                out.append(Found(((content.start_char, content.end_char),),
                                 as_argument(subject, "speaker"), "direct"))  # fmt: skip
                break
    return out


def score(doc: Doc, gold: list[dict[str, Any]], found: list[Found], n: Counter[str]) -> list[str]:
    """Add one article's counts to ``n``; the answer is a line for each error."""
    text = doc.text
    errors: list[str] = []
    places = [words(text, f.parts) for f in found]
    scored = [
        (max(f1(words(text, alt), p) for alt in g["spans"]), -gi, -fi)
        for gi, g in enumerate(gold)
        for fi, p in enumerate(places)
    ]
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for value, gi, fi in sorted(scored, reverse=True):
        if value < 0.9 or -gi in paired or -fi in taken:
            continue
        paired[-gi] = -fi
        taken.add(-fi)
    skipped = set()
    for fi, place in enumerate(places):
        if fi in taken:
            continue
        for g in gold:
            if g["speech"] == "optional" and any(
                f1(words(text, alt), place) >= 0.5 for alt in g["spans"]
            ):
                skipped.add(fi)
    for gi, g in enumerate(gold):
        pair = paired.get(gi)
        kind = g["speech"]
        if kind == "optional":
            if pair is not None:
                skipped.add(pair)
            continue
        n["gold"] += 1
        n[f"gold {kind}"] += 1
        if pair is None:
            errors.append(f"missed {kind}: {text[g['spans'][0][0][0] : g['spans'][0][-1][1]]!r}")
            continue
        n["span"] += 1
        if same_speaker(doc, found[pair].speaker, g["speaker"]):
            n["right"] += 1
            n[f"right {kind}"] += 1
        else:
            said = found[pair].speaker
            s, e = g["speaker"][0]
            errors.append(f"speaker {said.label if said else None!r}, not {text[s:e]!r}")
    n["ours"] += len(found) - len(skipped)
    for fi, f in enumerate(found):
        if fi not in taken and fi not in skipped:
            errors.append(f"wrong {f.speech}: {text[f.parts[0][0] : f.parts[-1][1]]!r}")
    return errors


def load(corpora: Path) -> dict[str, dict[str, Any]]:
    """The articles of the raw corpus by id."""
    with gzip.open(corpora / "raw/wikinews_2019.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {a["id"]: a for a in map(json.loads, lines)}


def figures(n: Counter[str]) -> dict[str, float]:
    """The published figures of some counts."""
    out = {
        "recall": n["right"] / max(n["gold"], 1),
        "span recall": n["span"] / max(n["gold"], 1),
        "precision": n["right"] / max(n["ours"], 1),
    }
    for kind in ("direct", "mixed", "indirect"):
        out[f"recall {kind}"] = n[f"right {kind}"] / max(n[f"gold {kind}"], 1)
    return {k: round(v, 3) for k, v in out.items()}


def parser() -> Callable[[str], Doc]:
    """The shipped pipeline."""
    from kg.nlp.load import load_pipeline

    return load_pipeline()


def main(arguments: list[str] | None = None) -> int:
    """Print the figures of the extractor and the baseline; 1 when a floor is missed."""
    p = gate.options(__doc__)
    p.add_argument("--half", choices=("look", "score", "both"), default="both")
    p.add_argument("--errors", action="store_true", help="only of the looking half")
    a = gate.given(p, arguments)
    raw = load(a.corpora)
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    if [g["id"] for g in gold] != draw(list(raw.values())):
        print("the annotated articles are not the drawn ones.", file=sys.stderr)
        return 1
    parse = parser()
    counts: dict[tuple[str, str], Counter[str]] = {}
    for entry in gold:
        text = raw[entry["id"]]["text"]
        if hashlib.sha256(text.encode()).hexdigest() != entry["sha256"]:
            print(f"{entry['id']}: not the annotated text.", file=sys.stderr)
            return 1
        if a.half not in ("both", entry["half"]):
            continue
        doc = parse(text)
        article = Article(id=entry["id"], source=entry["id"], text=text)
        for name, system in (("kg", ours), ("baseline", baseline)):
            n = counts.setdefault((entry["half"], name), Counter())
            for line in score(doc, entry["quotes"], system(doc, article), n):
                if a.errors and name == "kg" and entry["half"] == "look":
                    print(f"{entry['id']}: {line}")
    for (half, name), n in counts.items():
        print(half, name, json.dumps(figures(n)), dict(sorted(n.items())))
    if a.half == "look":
        return 0
    of = figures(counts["score", "kg"])
    pinned = {key: of[key] for key in ("recall", "span recall", "precision")}
    return gate.settle("quotes", pinned, gate.files(GOLD), pinning=a.pin)


if __name__ == "__main__":
    raise SystemExit(main())
