"""Questions in plain words: how many are answered, how many of the answers are right, and how many
are answered that have no answer.

Two people who knew nothing of how questions are read wrote them, from the statements of three graphs:
``seeds`` (``seeds/articles``), ``own`` (``gold/asking/articles.jsonl``) and ``raw`` (Wikinews of 2019,
which needs the corpora). Whether a question is in ``looking.jsonl`` or in ``scoring.jsonl`` is decided
by a hash of its id; whoever writes rules does not read the second. The graphs hold what was told when
the questions were written: the limits are what they were then (`THEN`).

*answered* is the share of the questions with an answer that get one (of yes or no: another verdict than
silence). Of these, *right* are those whose first five answers are all accepted and which give at least
half of the annotated ones (one, where the annotation calls itself partial); of yes or no: the very
verdict. *precision* and *recall* count single answers. *unanswerable* are the questions without an
answer that get one, of fifty. A name is accepted by label or alias, words that are said where they hold
the annotated piece, dates and amounts by value.

Usage: ``python -m benchmarks.quality.asking [CORPORA] [--show] [--pin]`` (``--show``: what is wrong or
unanswered in the half for looking)
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import kg
from benchmarks.quality import gate
from kg.ask import Answered, Found
from kg.config import load_config

HERE: Final = Path(__file__).parent
GOLD: Final = HERE / "gold" / "asking"
HALVES: Final = ("looking", "scoring")
CEILINGS: Final = ("unanswerable",)
#: The articles of each set of questions, below the folder of corpora where they come from there.
SEEDS: Final = HERE.parent.parent / "seeds" / "articles"
OWN: Final = GOLD / "articles.jsonl"
RAW: Final = "raw/wikinews_2019.jsonl.gz"
#: The limits of the graphs that the questions were written from, as sure as today's weights say it.
THEN: Final = {
    "worth": 0.3, "worth_quoted": 0.3, "confidence_unnamed": 1.0, "confidence_sensitive": 0.88,
    "confidence_named": 0.75,
}  # fmt: skip
#: Answers that all have to be right.
_FIRST: Final = 5
#: Words of an article of others: its id and where they stand.
_PLACE: Final = re.compile(r"(wikinews-[\d-]+):(\d+)-(\d+)")

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_SCALES: Final = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_NUMBERS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()
_UNITS: Final = {
    "$": "dollar", "usd": "dollar", "us": "dollar", "dollars": "dollar", "€": "euro", "eur": "euro",
    "euros": "euro", "£": "pound", "gbp": "pound", "pounds": "pound", "%": "percent",
    "km": "kilometre", "kilometers": "kilometre", "kilometres": "kilometre",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its right answers, each by all its names; none: it has no answer. ``partial``:
    some of them will do; ``words``: an answer holds what is annotated, which is a piece of it."""

    id: str
    set: str
    question: str
    kind: str
    answers: tuple[tuple[str, ...], ...]
    partial: bool = False
    words: bool = False

    @property
    def answerable(self) -> bool:
        """Whether the graph knows; that it is silent is no answer."""
        return bool(self.answers) and self.answers != (("silent",),)


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a question: single answers ``given``, of these ``accepted``; ``wanted``, of these
    ``found``."""

    answered: bool
    right: bool
    given: int = 0
    accepted: int = 0
    wanted: int = 0
    found: int = 0


@dataclass(slots=True)
class Score:
    """The marks of some questions."""

    answerable: list[Mark] = field(default_factory=list)
    other: list[Mark] = field(default_factory=list)

    def add(self, question: Question, mark: Mark) -> None:
        """Count one more."""
        (self.answerable if question.answerable else self.other).append(mark)

    def figures(self) -> dict[str, float]:
        """The published figures."""
        answered = [mark for mark in self.answerable if mark.answered]
        given, wanted = sum(m.given for m in answered), sum(m.wanted for m in self.answerable)
        return {
            "answered": len(answered) / max(len(self.answerable), 1),
            "right": sum(mark.right for mark in answered) / max(len(answered), 1),
            "precision": sum(mark.accepted for mark in answered) / max(given, 1),
            "recall": sum(mark.found for mark in self.answerable) / max(wanted, 1),
            "unanswerable": 50
            * sum(mark.answered for mark in self.other)
            / max(len(self.other), 1),
        }


def load(half: str, corpora: Path | None = None) -> list[Question]:
    """The questions of a half; those on the corpora only where these are given."""
    texts = _texts(corpora / RAW) if corpora else {}

    def words(name: str) -> str:
        place = _PLACE.fullmatch(name)
        return texts[place[1]][int(place[2]) : int(place[3])] if place else name

    return [
        Question(
            row["id"], row["set"], row["question"], row["kind"],
            tuple(tuple(map(words, names)) for names in row["answers"]),
            row.get("partial", False), row.get("words", False),
        )
        for row in map(json.loads, lines(half))
        if corpora or row["set"] != "raw"
    ]  # fmt: skip


def lines(half: str) -> list[str]:
    """The questions of a half as they are written."""
    return (GOLD / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()


def _texts(path: Path) -> dict[str, str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {row["id"]: row["text"] for row in map(json.loads, file)}


# --- judging ---------------------------------------------------------------------------------------


def judge(question: Question, answered: Answered, names: Callable[[Found], Iterable[str]]) -> Mark:
    """Whether what was answered is right; ``names`` tells all names of an answer."""
    verdict = answered.verdict if answered.verdict != "silent" else None
    wanted = 1 if question.partial else len(question.answers)
    if question.kind == "yes-no" or not answered.answers:
        said = verdict is not None or bool(answered.answers)
        right = question.kind == "yes-no" and (verdict,) in question.answers
        return Mark(said, right, int(said), int(right), wanted, int(right))
    forms = [tuple(names(found)) for found in answered.answers]
    accepted = [any(_is_one(question, gold, form) for gold in question.answers) for form in forms]
    found = sum(any(_is_one(question, gold, form) for form in forms) for gold in question.answers)
    right = all(accepted[:_FIRST]) and 2 * found >= wanted > 0
    return Mark(True, right, len(forms), sum(accepted), wanted, min(found, wanted))


def _is_one(question: Question, gold: Iterable[str], names: Iterable[str]) -> bool:
    return any(same(one, other, holds=question.words) for one in gold for other in names)


def same(gold: str, given: str, *, holds: bool = False) -> bool:
    """Whether an answer is the annotated one: the same words, date or amount; ``holds``: or it has
    those words in it.

    >>> same("The Walt Disney Company", "walt disney company")
    True
    >>> same("January 4", "2019-01-04"), same("2019-01-04", "4 February 2019")
    (True, False)
    >>> same("$2 million", "2,000,000 dollars"), same("14 seats", "14 votes")
    (True, False)
    """
    one, other = plain(gold), plain(given)
    if one and (one == other or (holds and f" {one} " in f" {other} ")):
        return True
    dates = _date(gold), _date(given)
    if dates[0] and dates[1]:
        return dates[0] == dates[1] or (dates[0][0] is None and dates[0][1:] == dates[1][1:])
    first, second = _amount(gold), _amount(given)
    if first is None or second is None or first[0] != second[0]:
        return False
    return first[1] <= second[1] or second[1] <= first[1]


def forms(label: str) -> tuple[str, ...]:
    """An answer's label; of "June (2025-06)" and "2 (Disney, Universal)" the parts, too."""
    parts = re.fullmatch(r"(.+?) \((.+)\)", label)
    return (label, *parts.groups()) if parts else (label,)


def plain(text: str) -> str:
    """Words without case, accents, marks and a first article.

    >>> plain("The “Café”, they said")
    'cafe they said'
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return re.sub(r"^(the|an?) (?=.)", "", " ".join(kept.split()))


def _date(text: str) -> tuple[int | None, int | None, int | None] | None:
    """Year, month and day of a text that is a date and nothing else."""
    if iso := re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", text.strip()):
        return int(iso[1]), int(iso[2]), int(iso[3]) if iso[3] else None
    words = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", plain(text)).split()
    months = [n for n, name in enumerate(_MONTHS, 1) for word in words
              if name.startswith(word) and len(word) >= 3]  # fmt: skip
    numbers = [int(word) for word in words if word.isascii() and word.isdecimal()]
    years = [n for n in numbers if 1000 <= n <= 2100]
    days = [n for n in numbers if 1 <= n <= 31]
    if len(words) != len(months) + len(numbers) or len(numbers) != len(years) + len(days):
        return None
    if max(map(len, (months, years, days))) > 1 or not (months or years) or (days and not months):
        return None
    return (*years, None)[0], (*months, None)[0], (*days, None)[0]


def _amount(text: str) -> tuple[float, frozenset[str]] | None:
    """The number of a text that has one, and the words of its unit."""
    words = re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?|[^\W\d_]+|[$€£%]", text.casefold())
    value: float | None = None
    units = set()
    for word in words:
        if word[0].isdigit() and value is None:
            value = float(word.replace(",", ""))
        elif word in _NUMBERS and value is None:
            value = float(_NUMBERS.index(word))
        elif word in _SCALES and value is not None:
            value *= _SCALES[word]
        elif word[0].isdigit() or word in _NUMBERS:
            return None
        else:
            units.add(_UNITS.get(word, word))
    return None if value is None else (value, frozenset(units - {"of", "a", "the", "about"}))


# --- asking ----------------------------------------------------------------------------------------


def answers(
    graph: kg.Graph, questions: Sequence[Question]
) -> Iterator[tuple[Question, Answered, Mark]]:
    """Each question, what the graph answers, and its mark."""
    aliases = {entity.id: entity.aliases for entity in graph.entities()}

    def names(found: Found) -> tuple[str, ...]:
        return (*forms(found.label), *aliases.get(found.iri or "", ()))

    for question in questions:
        answered = graph.ask(question.question)
        yield question, answered, judge(question, answered, names)


def exam(corpora: Path | None = None) -> tuple[dict[tuple[str, str], Score], list[str]]:
    """The scores by set and half, and a line for each error of the half for looking."""
    questions = {half: load(half, corpora) for half in HALVES}
    scores: dict[tuple[str, str], Score] = {}
    errors: list[str] = []
    for name, source in sources(corpora).items():
        with (
            tempfile.TemporaryDirectory() as folder,
            kg.build([source], folder, settings=load_config(pipeline=THEN)) as graph,
        ):
            for half in HALVES:
                score = scores[name, half] = Score()
                asked = [question for question in questions[half] if question.set == name]
                for question, answered, mark in answers(graph, asked):
                    score.add(question, mark)
                    if half == "looking":
                        errors += _told(question, answered, mark)
    return scores, errors


def _told(question: Question, answered: Answered, mark: Mark) -> Iterator[str]:
    """A line for what is wrong or unanswered."""
    if mark.right or (not question.answerable and not mark.answered):
        return
    kind = "WRONG" if mark.answered else "unanswered"
    given = (
        answered.verdict or " · ".join(found.label for found in answered.answers) or answered.why
    )
    understood = answered.reading.told if answered.reading else "?"
    wanted = " · ".join(names[0] for names in question.answers) or "none"
    yield f"{kind} {question.id} {question.question}\n    {understood} → {given}; wanted: {wanted}"


def together(scores: Iterable[Score]) -> Score:
    """Several scores as one."""
    whole = Score()
    for score in scores:
        whole.answerable += score.answerable
        whole.other += score.other
    return whole


def sources(corpora: Path | None) -> dict[str, Path]:
    """The articles of each set that can be asked here."""
    found = {"seeds": SEEDS, "own": OWN}
    return found | ({"raw": corpora / RAW} if corpora else {})


def fingerprint(sets: Iterable[str]) -> str:
    """Changes with any question of these sets in the half for scoring."""
    return gate.fingerprint(x for x in lines("scoring") if json.loads(x)["set"] in sets)


def main(arguments: Sequence[str] | None = None) -> int:
    p = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    p.add_argument("corpora", type=Path, nargs="?", help="for the questions on Wikinews, too")
    p.add_argument("--show", action="store_true", help="the errors of the half for looking")
    p.add_argument("--pin", action="store_true", help="raise the floors to these scores")
    given = p.parse_args(arguments)
    chosen = sources(given.corpora)
    if missing := [path for path in chosen.values() if not path.exists()]:
        print(f"{missing[0]}: not there; the exam needs the corpora.", file=sys.stderr)
        return 2
    scores, errors = exam(given.corpora)
    if given.show:
        print("\n".join(errors))
    for half in HALVES:
        for name in chosen:
            _print(f"{half}, {name}", scores[name, half])
        _print(f"{half}, all", together(scores[name, half] for name in chosen))
    failed = 0
    for exam_name, sets in (("asking", ("seeds", "own")), ("asking-raw", ("raw",))):
        if all(name in chosen for name in sets):
            found = together(scores[name, "scoring"] for name in sets).figures()
            failed |= gate.settle(
                exam_name, found, fingerprint(sets), pinning=given.pin, ceilings=CEILINGS
            )
    return failed


def _print(title: str, score: Score) -> None:
    told = "  ".join(f"{name} {value:.3f}" for name, value in score.figures().items())
    print(f"{title:16} {len(score.answerable):4} + {len(score.other):3}  {told}")


if __name__ == "__main__":
    sys.exit(main())
