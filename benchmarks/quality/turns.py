"""Who has the turn: interviews, transcripts and what only looks like them, in our own words.

    python -m benchmarks.quality.turns [--half look|score|both] [--errors] [--pin]

``gold/turns.txt`` holds the documents with their annotation (its head tells how it is written): in
whose turn each line stands, and for some passages how the statements in them must stand. It was
written before the rules. One half was looked at while they were made; of the other only the
figures were read. Each document is read from a file of its kind and goes the way of any article.

*turns* are the lines of the gold with a speaker or a question that get just that; *starts* those of
them whose words begin where the gold has it (after the mark); *narrator* the other lines that are
left to the narrator. Of the statements in speakers' lines *speaker* is the share that is said to
be that speaker's, *unattributed* the share that is asserted and nobody's. *questions* counts
statements in the lines of who asks, but for those that a "yes" or "no" makes the next speaker's.
*quoted* are the lines of speakers that lie in a quotation of theirs. *found* is the share of the
annotated passages with a statement in which there is one, *passages* the share of all others in
which all is as it must be.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality import gate
from benchmarks.quality.settings import everything
from kg.config import load_config
from kg.extract.speech.page import Turn
from kg.extract.speech.parties import named
from kg.extract.speech.turns import turns_of
from kg.model import Article, ArticleResult, LinkedClaim
from kg.pipeline import parse, process
from kg.read import read
from kg.read.article import Facts

GOLD = Path(__file__).parent / "gold" / "turns.txt"
CEILINGS = ("unattributed", "questions")
_MARKUP = re.compile(r"</?(?:h1|p|b|strong)>|^#+ |\*\*")
_TURN = re.compile(r"<<(.+?)>>(.*)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document: its words, where what is said begins in them, and whose turn it is
    (``?``: of who asks, empty: the narrator's)."""

    words: str
    said: int
    speaker: str


@dataclass(frozen=True, slots=True)
class Passage:
    """How what is stated within ``words`` must stand; ``status`` is empty where nothing may be."""

    words: str
    status: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the exam."""

    name: str
    half: str
    kind: str
    publisher: str
    source: str
    lines: tuple[Line, ...]
    passages: tuple[Passage, ...]


def documents(text: str) -> Iterator[Document]:
    """The documents of the annotated text, in its order."""
    for part in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        name, half, kind, publisher = (field.strip() for field in head.split("|"))
        source: list[str] = []
        lines: list[Line] = []
        passages: list[Passage] = []
        for line in filter(None, body.split("\n")):
            if line.startswith("S "):
                status, speaker, words = (field.strip() for field in line[2:].split("|"))
                passages.append(Passage(words, status, speaker))
            elif line.startswith("N "):
                passages.append(Passage(line[2:].strip(), "", ""))
            else:
                marked = _TURN.match(line)
                speaker, raw = (marked[1], marked[2]) if marked else ("", line)
                source.append(raw.replace("¦", ""))
                bare = _MARKUP.sub("", raw)
                lines.append(Line(bare.replace("¦", ""), max(bare.find("¦"), 0), speaker))
        yield Document(
            name, half, kind, publisher, _page(kind, source), tuple(lines), tuple(passages)
        )


def _page(kind: str, lines: Sequence[str]) -> str:
    if kind == "html":
        return "<html><body><article>\n" + "\n".join(lines) + "\n</article></body></html>\n"
    return "\n\n".join(lines) + "\n"


def article_of(document: Document) -> Article:
    """The document as it is read from a file of its kind."""
    settings = load_config()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{document.name}.{document.kind}"
        path.write_text(document.source, encoding="utf-8")
        facts = {path.name: Facts(publisher=document.publisher or None)}
        (found,) = read([path], settings=settings, meta=facts)
    if not isinstance(found, Article):
        raise SystemExit(f"{document.name}: {found.error}")
    return found


def places(document: Document, text: str) -> list[tuple[Line, int, int]]:
    """Each line with where it stands in the text as it was read."""
    found, at = [], 0
    for line in document.lines:
        start = text.find(line.words, at)
        if start >= 0:
            at = start + len(line.words)
            found.append((line, start, at))
    return found


def same(label: str | None, gold: str) -> bool:
    """Whether a label is the gold speaker's: the same last word."""
    return label is not None and label.casefold().split()[-1:] == gold.casefold().split()[-1:]


def score(document: Document, n: Counter[str]) -> list[str]:
    """Add the document's counts to ``n``; the answer is a line for each error."""
    from kg.nlp.load import load_pipeline

    article, nlp = article_of(document), load_pipeline()
    turns = named(parse(article, nlp), article, turns_of(article))
    result = process(article, nlp, everything())
    labels = {entity.key: entity.label for entity in result.entities}
    errors: list[str] = []
    here = places(document, article.text)
    after = [line.speaker for line, _, _ in here[1:]] + [""]
    for (line, start, end), following in zip(here, after, strict=True):
        errors += _turn(line, start + line.said, end, turns, n)
        inside = [c for c in result.claims if start + line.said <= c.claim.predicate.start < end]
        errors += _said(line, following, inside, labels, n)
        if line.speaker not in ("", "?"):
            n["lines"] += 1
            n["quoted"] += _quoted(result, labels, line.speaker, start + line.said, end)
    for passage in document.passages:
        inside = _within(passage, article.text, result)
        n["expected"] += bool(passage.status)
        n["found"] += bool(passage.status and inside)
        if passage.status and not inside:
            errors.append(f"nothing found: {passage.words!r}")
            continue
        wrong = _wrong(passage, inside, labels)
        n["passages"] += 1
        n["passages right"] += not wrong
        errors += wrong
    missing = len(document.lines) - len(here)
    return [f"{document.name}: {e}" for e in errors] + (
        [f"{document.name}: {missing} lines were not read"] if missing else []
    )


def _turn(line: Line, said: int, end: int, turns: Sequence[Turn], n: Counter[str]) -> list[str]:
    middle = (said + end) // 2
    found = next((t for t in turns for s, e in t.parts if s <= middle < e), None)
    ours = "" if found is None else "?" if found.asks else found.speaker.name
    if not line.speaker:
        n["narrator lines"] += 1
        n["narrator right"] += found is None
        return [f"narrator's, not {ours}'s: {line.words!r}"] if found else []
    n["turn lines"] += 1
    right = ours == "?" if line.speaker == "?" else same(ours or None, line.speaker)
    n["turns right"] += right
    starts = found is not None and any(s == said for s, _ in found.parts)
    n["starts right"] += right and starts
    if not right:
        return [f"{line.speaker}, not {ours or 'nobody'}: {line.words!r}"]
    return [] if starts else [f"begins elsewhere: {line.words!r}"]


def _said(
    line: Line,
    following: str,
    claims: Iterable[LinkedClaim],
    labels: dict[str, str],
    n: Counter[str],
) -> list[str]:
    errors = []
    for linked in claims:
        by = labels.get(linked.attribution or "")
        if line.speaker == "?" and following not in ("", "?") and same(by, following):
            n["taken over"] += 1
        elif line.speaker == "?":
            n["questions"] += 1
            errors.append(f"a question states: {_shown(linked, by)}")
        elif line.speaker:
            n["statements"] += 1
            n["speaker"] += same(by, line.speaker)
            n["unattributed"] += by is None and linked.claim.status == "asserted"
            if not same(by, line.speaker):
                errors.append(f"not {line.speaker}'s: {_shown(linked, by)}")
    return errors


def _shown(linked: LinkedClaim, by: str | None) -> str:
    claim = linked.claim
    said = f"{claim.subject.label} | {claim.predicate.label} | {claim.object.label}"
    return f"{claim.status} ({by}) {said}"


def _quoted(
    result: ArticleResult, labels: dict[str, str], speaker: str, start: int, end: int
) -> bool:
    return any(
        same(labels.get(q.speaker or ""), speaker)
        and any(s <= start and end <= e for s, e in q.quote.parts)
        for q in result.quotes
    )


def _within(passage: Passage, text: str, result: ArticleResult) -> list[LinkedClaim]:
    start = text.find(passage.words)
    if start < 0:
        raise SystemExit(f"not in the document: {passage.words!r}")
    end = start + len(passage.words)
    return [c for c in result.claims if start <= c.claim.predicate.start < end]


def _wrong(passage: Passage, inside: Iterable[LinkedClaim], labels: dict[str, str]) -> list[str]:
    wrong = []
    for linked in inside:
        by = labels.get(linked.attribution or "")
        right = by is None if passage.speaker == "-" else same(by, passage.speaker)
        if not passage.status:
            wrong.append(f"stated: {_shown(linked, by)}")
        elif not right or linked.claim.status != passage.status:
            wrong.append(f"not {passage.status} by {passage.speaker}: {_shown(linked, by)}")
    return wrong


def figures(n: Counter[str]) -> dict[str, float]:
    """The published figures of some counts."""

    def share(part: str, whole: str) -> float:
        return round(n[part] / max(n[whole], 1), 3)

    return {
        "turns": share("turns right", "turn lines"),
        "starts": share("starts right", "turn lines"),
        "narrator": share("narrator right", "narrator lines"),
        "speaker": share("speaker", "statements"),
        "quoted": share("quoted", "lines"),
        "passages": share("passages right", "passages"),
        "found": share("found", "expected"),
        "unattributed": share("unattributed", "statements"),
        "questions": float(n["questions"]),
    }


def exam(half: str) -> tuple[Counter[str], list[str]]:
    """The counts and the errors of a half."""
    n: Counter[str] = Counter()
    errors: list[str] = []
    for document in documents(GOLD.read_text(encoding="utf-8")):
        if document.half == half:
            errors += score(document, n)
    return n, errors


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; 1 when a floor of the scoring half is missed."""
    p = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    p.add_argument("--half", choices=("look", "score", "both"), default="both")
    p.add_argument("--errors", action="store_true", help="only of the looking half")
    p.add_argument("--pin", action="store_true", help="raise the floors to these scores")
    a = p.parse_args(arguments)
    if a.half in ("look", "both"):
        n, errors = exam("look")
        print("look", figures(n), dict(sorted(n.items())))
        if a.errors:
            print("\n".join(errors))
    if a.half == "look":
        return 0
    n, _ = exam("score")
    print("score", dict(sorted(n.items())))
    return gate.settle(
        "turns",
        figures(n),
        gate.files(GOLD),
        pinning=a.pin,
        ceilings=CEILINGS,
    )


if __name__ == "__main__":
    raise SystemExit(main())
