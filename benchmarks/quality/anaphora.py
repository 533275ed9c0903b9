"""Whether pronouns and phrases like "the company" are joined to the name that two readers say they mean.

    python -m benchmarks.quality.anaphora ../shared/corpora [--part looking|scoring] [--show] [--pin]
    python -m benchmarks.quality.anaphora ../shared/corpora --gather KEY A.txt B.txt

``gold/anaphora.jsonl`` has forty articles of the raw news with every pronoun of the third person and
every noun phrase with "the", "this", "that", "these", "those": where it stands, and what two readers,
each alone, say it means: where the names of that thing stand in the article (all forms of the name), that it
means a thing without a name (``"unnamed"``) or nothing that was told (``"none"``), or null where the two
differ, a reader cannot tell, or several things are meant together; those are left out, and so are
phrases in which the name itself stands ("the Apollo programme"). No text.

A link is *made* when our cluster of the phrase has a name, and *right* when one of its names stands
where the readers say. *Precision* is right of made, *recall* right of those whose thing has a name.
``--part looking`` is for looking at (``--show``); who writes rules does not read the scoring half.
``--gather`` makes the gold of what two readers wrote (`Reading`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from spacy.tokens import Doc

from benchmarks.quality import gate
from benchmarks.quality.identity import PARTS, articles, fingerprint
from kg.model import Article

GOLD = Path(__file__).parent / "gold" / "anaphora.jsonl"
KINDS: Final = ("pronoun", "noun")

Span = tuple[int, int]
#: Where the names of the thing stand; () for a thing without a name, None for nothing that was told.
Meant = tuple[Span, ...] | None


@dataclass(frozen=True, slots=True)
class Exam:
    """An article and what each of its phrases means, those of one meaning alone."""

    article: Article
    meant: Mapping[Span, Meant]


def load(corpora: Path, part: str) -> list[Exam]:
    """The articles of a half. A text that is not the one that was read is a ValueError."""
    known, found = articles(corpora), []
    for row in map(json.loads, GOLD.read_text("utf-8").splitlines()):
        if row["part"] != part:
            continue
        article = known[row["id"]]
        if fingerprint(article.text) != row["fingerprint"]:
            raise ValueError(f"{row['id']}: the text has changed since it was read")
        meant = {(s, e): _meant(said) for s, e, said in row["phrases"] if said}
        found.append(Exam(article, {span: m for span, m in meant.items() if not _named(span, m)}))
    return found


def _named(span: Span, meant: Meant) -> bool:
    """Whether a name of the thing stands in the phrase ("the Apollo programme")."""
    return any(start < span[1] and span[0] < end for start, end in meant or ())


def _meant(said: str | list[list[int]]) -> Meant:
    if isinstance(said, str):
        return () if said == "unnamed" else None
    return tuple((start, end) for start, end in said)


# --- what two readers wrote ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's answers of an article: the forms of each thing's name, and each phrase's answer.

    A reader writes ``=== ARTICLE 3``, ``P1 = Maria Long | Long`` for a thing with a name, ``U1 = the
    thief`` for one without, and for each phrase ``7 P1``, ``7 U1``, ``7 -`` (nothing that was told), ``7 P1+P2``
    (several) or ``7 ?``.
    """

    forms: Mapping[str, tuple[str, ...]]
    answers: Mapping[int, str]

    def said(self, number: int, text: str) -> str | list[list[int]] | None:
        """What the phrase means to this reader, in the form of the gold."""
        answer = self.answers[number]
        if answer == "-":
            return "none"
        if answer.startswith("U"):
            return "unnamed"
        if "+" in answer or answer == "?":
            return None
        return [list(span) for span in places(self.forms[answer], text)]


def places(forms: Iterable[str], text: str) -> list[Span]:
    """Where the forms of a name stand in a text, of overlapping ones the longest."""
    ordered = sorted({form for form in forms if form}, key=lambda form: (-len(form), form))
    pattern = "|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in ordered)
    return [match.span() for match in re.finditer(pattern, text)]


def readings(path: Path) -> dict[int, Reading]:
    """What a reader wrote, by the number of the article."""
    found: dict[int, Reading] = {}
    forms: dict[str, tuple[str, ...]] = {}
    answers: dict[int, str] = {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("=== ARTICLE"):
            forms, answers = {}, {}
            found[int(line.split()[2])] = Reading(forms, answers)
        elif " = " in line:
            thing, _, said = line.partition(" = ")
            forms[thing.strip()] = tuple(form.strip() for form in said.split("|"))
        elif line.strip():
            number, answer = line.split()
            answers[int(number)] = answer
    return found


def gather(corpora: Path, key: Path, passes: Sequence[Path]) -> tuple[list[str], Counter[str]]:
    """The lines of the gold, and in how many phrases the readers agree."""
    known, (one, other) = articles(corpora), [readings(path) for path in passes]
    lines, counts = [], Counter[str]()
    for row in json.loads(key.read_text("utf-8")):
        text = known[row["id"]].text
        phrases: list[list[Any]] = []
        for number, span in enumerate(row["spans"], 1):
            said = [reading[row["n"]].said(number, text) for reading in (one, other)]
            agreed = _agreed(*said)
            counts["all"] += 1
            counts["agreed"] += agreed is not None
            phrases.append([*span, agreed])
        lines.append(
            json.dumps(
                {
                    "id": row["id"],
                    "part": row["part"],
                    "fingerprint": fingerprint(text),
                    "phrases": phrases,
                },
                separators=(",", ":"),
            )
        )
    return sorted(lines), counts


def _agreed(
    one: str | list[list[int]] | None, other: str | list[list[int]] | None
) -> str | list[list[int]] | None:
    if one is None or other is None:
        return None
    if isinstance(one, str) or isinstance(other, str):
        return one if one == other else None
    if not any(span in other for span in one):
        return None
    return sorted(one + [span for span in other if span not in one])


# --- ours ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """A phrase, what it means, and the names of our cluster of it (none when no link was made)."""

    exam: Exam
    span: Span
    kind: str
    meant: Meant
    names: tuple[Span, ...]

    @property
    def right(self) -> bool:
        """Whether one of our names stands where a name of the thing does."""
        return any(a < d and c < b for a, b in self.names for c, d in self.meant or ())


def links(exam: Exam, doc: Doc) -> Iterator[Link]:
    """Each phrase of an article."""
    clusters, told = doc._.kg_clusters, set(doc._.kg_mentions)
    for span, meant in exam.meant.items():
        phrase = doc.char_span(*span, alignment_mode="expand")
        assert phrase is not None
        root = phrase.root
        kind = "pronoun" if len(phrase) == 1 else "noun"
        names: tuple[Span, ...] = ()
        for cluster in clusters:
            if any(
                m.kind != "name" and m.start <= root.idx < m.end and m.end <= span[1]
                for m in cluster
            ):
                names += tuple((m.start, m.end) for m in cluster if m.kind == "name" and m in told)
        yield Link(exam, span, kind, meant, names)


def scores(found: Iterable[Link]) -> dict[str, float]:
    """All figures."""
    counts: Counter[str] = Counter()
    for link in found:
        for kind in ("all", link.kind):
            counts[f"{kind} made"] += bool(link.names)
            counts[f"{kind} right"] += link.right
            counts[f"{kind} there"] += bool(link.meant)
    table: dict[str, float] = {}
    for kind in ("all", *KINDS):
        right = counts[f"{kind} right"]
        table[f"{kind}, precision"] = right / max(1, counts[f"{kind} made"])
        table[f"{kind}, recall"] = right / max(1, counts[f"{kind} there"])
        print(
            f"{kind}: {counts[f'{kind} there']} there, {counts[f'{kind} made']} made, {right} right"
        )
    return table


def show(found: Iterable[Link]) -> Iterator[str]:
    """Links that are wrong, and those that are not made."""
    for link in found:
        if link.right or (not link.names and not link.meant):
            continue
        text, (start, end) = link.exam.article.text, link.span
        around = f"{text[max(0, start - 160) : start]}[{text[start:end]}]{text[end : end + 60]}"
        told = sorted({text[a:b] for a, b in link.names})
        meant = (
            sorted({text[a:b] for a, b in link.meant or ()})
            or ("nothing", "no name")[link.meant == ()]
        )
        yield f"{'wrong' if link.names else 'missed'} {told} for {meant}: {' '.join(around.split())}"


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 if a floor is missed."""
    p = gate.options(__doc__)
    p.add_argument("--part", default="scoring", choices=PARTS)
    p.add_argument("--show", action="store_true", help="list what is wrong: of the looking half")
    p.add_argument("--gather", nargs=3, type=Path, help="make the gold of two readers' files")
    a = gate.given(p, arguments)
    if a.gather:
        lines, counts = gather(a.corpora, a.gather[0], a.gather[1:])
        GOLD.write_text("\n".join(lines) + "\n", "utf-8")
        print(f"{counts['agreed']} of {counts['all']} phrases agreed")
        return 0
    from kg.nlp.load import load_pipeline
    from kg.pipeline import parse

    nlp = load_pipeline()
    found = [
        link for exam in load(a.corpora, a.part) for link in links(exam, parse(exam.article, nlp))
    ]
    table = scores(found)
    return gate.settle_half("anaphora", table, GOLD, a, show(found))


if __name__ == "__main__":
    raise SystemExit(main())
