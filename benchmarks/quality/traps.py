"""Traps: sentences of our own that a careless reader takes for something they do not say.

``gold/traps.jsonl`` and ``gold/identity.jsonl``, written before any rule for them, have four kinds:

- *cleared*: "The inquiry did not find that Norwell Shipping had dumped oil" accuses nobody;
- *persons*: "Karl Wend, whose father died in the war" is alive, "Governor Brand" is not Peter Brand;
- *identity*: more of the same: relatives, namesakes, "the latter", who "he" is in a quotation;
- *sense*: "A camera captured the mayor" arrests nobody, "expressed its willingness" says nothing.

Each passage names what must not be said and what must be, as the word of a predicate ("kg:attack":
the relations of the ontology that begin so) and the word or name of a participant ("effort$": with
nothing after it; "^Brand": as the subject). Half of each kind is for looking, the other half **only
for scoring**: whoever writes rules does not read that one.

Usage: ``python -m benchmarks.quality.traps [--show] [--pin]`` (``--show``: the looking half)
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality import gate
from benchmarks.quality.settings import everything
from kg.config import Settings, load_config
from kg.model import Article, ArticleResult, Block, LinkedClaim
from kg.nlp.load import load_pipeline
from kg.pipeline import process

GOLD = {name: Path(__file__).parent / "gold" / f"{name}.jsonl" for name in ("traps", "identity")}

#: The past of irregular verbs, beside the form that the exam writes.
PAST = {
    "break": "broke", "call": "called", "die": "died", "drink": "drunk", "drive": "drove",
    "fall": "fell", "find": "found", "flee": "fled", "hide": "hid", "leave": "left",
    "lie": "lied", "lose": "lost", "meet": "met", "mislead": "misled", "run": "ran",
    "sell": "sold", "shoot": "shot", "spy": "spied", "steal": "stole", "take": "took",
    "write": "wrote",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """Words of a predicate and of a participant; it is not told by words that have ``without``
    ("pleaded *guilty* to theft" is no theft that is pleaded)."""

    predicate: str
    participant: str
    without: str = ""


@dataclass(frozen=True, slots=True)
class Trap:
    id: str
    kind: str
    part: str
    text: str
    not_asserted: tuple[Told, ...]
    asserted: tuple[Told, ...]

    @property
    def statuses(self) -> tuple[str, ...]:
        """Those that count as said: a person's fact on another person hurts when it is only
        claimed, too."""
        if self.kind in ("persons", "identity"):
            return ("asserted", "claimed", "possible", "planned")
        return ("asserted",)


def load(exam: str) -> list[Trap]:
    rows = map(json.loads, GOLD[exam].read_text(encoding="utf-8").splitlines())
    return [
        Trap(
            row["id"],
            row["kind"],
            row["part"],
            row["text"],
            tuple(Told(**told) for told in row["not_asserted"]),
            tuple(Told(**told) for told in row["asserted"]),
        )
        for row in rows
    ]


def results(traps: Sequence[Trap], settings: Settings) -> Iterator[ArticleResult]:
    """What `kg` makes of each passage as an article of its own."""
    nlp = load_pipeline()
    for t in traps:
        whole = (Block("paragraph", 0, len(t.text)),)
        yield process(Article(t.id, t.id, t.text, date="2026-03-04", blocks=whole), nlp, settings)


def says(result: ArticleResult, linked: LinkedClaim, told: Told, statuses: Sequence[str]) -> bool:
    """Whether a claim tells this: predicate or object has the words, and one of its two ends is
    the participant (of "the father of Karl Wend": the father)."""
    claim = linked.claim
    if claim.status not in statuses:
        return False
    labels = {entity.key: entity.label for entity in result.entities}
    ends = [labels.get(linked.subject, ""), labels.get(linked.object or "", "")]
    wanted = ends[:1] if told.participant.startswith("^") else ends
    if not any(_is(told.participant.strip("^").lower(), end.lower()) for end in wanted):
        return False
    if told.predicate.startswith("kg:"):
        return (claim.predicate.property or "").lower().startswith(told.predicate[3:])
    # "acquitted of [murdering him]": a clause has a claim and a status of its own
    object_ = "" if claim.object.kind == "clause" else f"{ends[1]} {claim.object.label}"
    what = " ".join((claim.predicate.label, claim.predicate.text, object_))
    words = what.lower().split()
    return told.without not in words and all(
        any(word.startswith(stem) for word in words for stem in _stems(one))
        for one in told.predicate.lower().split()
    )


def _is(participant: str, label: str) -> bool:
    head = re.split(r" (?:of|by|for) ", re.sub(r"^.*['’]s? ", "", label))[0]
    word = re.escape(participant.removesuffix("$")) + ("$" if participant.endswith("$") else "")
    return re.search(rf"(?<!\w){word}", head) is not None


def _stems(word: str) -> set[str]:
    return {word[:5].rstrip("ey") if len(word) > 3 else word, PAST.get(word, word)}


def score(exam: str, part: str) -> tuple[dict[str, float], list[str]]:
    """The scores of one half of an exam by kind, and its errors, a line each."""
    traps = [t for t in load(exam) if t.part == part]
    bad: Counter[str] = Counter()
    good: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    errors = []
    # What is fallen into is what a user would be told; what is said rightly, what is read at all.
    both = zip(traps, results(traps, load_config()), results(traps, everything()), strict=True)
    for t, shown, result in both:
        for told in t.not_asserted:
            if any(says(shown, linked, told, t.statuses) for linked in shown.claims):
                bad[t.kind] += 1
                errors.append(f"{t.id}  SAID {told.predicate}/{told.participant}: {t.text}")
        for told in t.asserted:
            wanted[t.kind] += 1
            if any(says(result, linked, told, t.statuses) for linked in result.claims):
                good[t.kind] += 1
            else:
                errors.append(f"{t.id}  missed {told.predicate}/{told.participant}: {t.text}")
    scores = {}
    for kind in sorted(wanted):
        scores[f"{part}, {kind}: fallen into"] = float(bad[kind])
        scores[f"{part}, {kind}: said rightly"] = good[kind] / wanted[kind]
    return scores, errors


def main(arguments: Sequence[str] | None = None) -> int:
    p = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    p.add_argument("--show", action="store_true", help="the errors of the half for looking")
    p.add_argument("--pin", action="store_true", help="raise the floors to these scores")
    given = p.parse_args(arguments)
    return max([_settle(exam, given) for exam in GOLD])


def _settle(exam: str, given: argparse.Namespace) -> int:
    looking, errors = score(exam, "looking")
    scores = looking | score(exam, "scoring")[0]
    if given.show:
        print("\n".join(errors))
    return gate.settle(
        exam,
        scores,
        gate.files(GOLD[exam]),
        pinning=given.pin,
        ceilings=[name for name in scores if name.endswith("fallen into")],
    )


if __name__ == "__main__":
    sys.exit(main())
