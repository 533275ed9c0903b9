"""What event nouns say: nominal predicates against QANom answers (Klein et al. 2020).

    python -m benchmarks.quality.qanom ../shared/corpora [--errors N] [--pin]

The corpus asks QA-SRL questions about nouns that name an event ("the *destruction* of the city" ->
"What was destroyed?" - "the city"). Only dev is scored; the nouns' frames were counted in train.

- **Predicates with a right argument**: of the nouns judged to be an event that have a subject or
  object answer (who/what), the share for which our reading of the noun (`participants`, told that
  it is an event: its subject and object, whether or not both are there to make a claim) has one
  that answers the question of its role. *As read*, a participant is taken from the likelihood
  `LEAST` on; that one gave the best F1 in cross-validation on train (``python -m
  training.nominalizations --choose``), dev had no part in it. *Sure* is the same from
  `kg.extract.statements.nominals.SURE` on, as claims ask. *Claimed* is what the product states: a claim whose
  predicate covers the noun, which needs both participants and a noun that it takes for an event.
- **Precision of arguments**: of the subjects and objects we read off nouns with questions, the share
  that answers the question of that role.
- **Events**: of the candidate nouns we take for events without being told, the share judged to be
  events (precision), and of those judged events the share we take (recall).

An argument answers a question by the rule of `benchmarks.quality.qasrl`.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from benchmarks.quality import gate
from benchmarks.quality.pretokenised import claims, docs, tokens_of
from benchmarks.quality.qasrl import Question, Sentence, answers, read
from benchmarks.quality.tally import Tally
from kg.extract.grammar.arguments import argument, clause_argument
from kg.extract.statements.nominals import SURE, any_frame, frame_of, participants
from kg.model import Argument

#: The likelihood from which a participant is read, chosen on train.
LEAST = 0.35


@dataclass
class Scores:
    """Nouns with a right argument and our arguments: as read, as read where sure, as claimed; and
    nouns taken for events."""

    read: Tally = field(default_factory=Tally)
    sure: Tally = field(default_factory=Tally)
    claimed: Tally = field(default_factory=Tally)
    events: Tally = field(default_factory=Tally)

    def figures(self) -> dict[str, float]:
        """The published figures."""
        return {
            "right_argument": self.read.recall,
            "precision": self.read.precision,
            "right_argument_sure": self.sure.recall,
            "precision_sure": self.sure.precision,
            "right_argument_claimed": self.claimed.recall,
            "precision_claimed": self.claimed.precision,
            "events_recall": self.events.recall,
            "events_precision": self.events.precision,
        }


def judged(path: Path) -> dict[str, dict[int, bool]]:
    """Whether each candidate noun of a sentence names an event (by majority of its rows)."""
    votes: dict[tuple[str, int], list[bool]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            votes[row["qasrl_id"], int(row["target_idx"])].append(row["is_verbal"] == "True")
    found: dict[str, dict[int, bool]] = defaultdict(dict)
    for (sentence, place), v in votes.items():
        found[sentence][place] = 2 * sum(v) >= len(v)
    return found


def path(corpora: Path) -> Path:
    """The file of the exam."""
    return corpora / "qanom" / "dev.csv.gz"


def exam(nlp: Language, corpora: Path, *, least: float = LEAST) -> Scores:
    """Our reading of nouns on QANom dev."""
    sentences, events = read(path(corpora), "target_idx"), judged(path(corpora))
    into = Scores()
    parsed = docs(nlp, (s.words for s in sentences.values()))
    for (key, sentence), doc in zip(sentences.items(), parsed, strict=True):
        stated = claims(doc, ("relations", "nominals"))
        for place, is_event in sorted(events[key].items()):
            noun = doc[place]
            known = frame_of(noun) is not None
            if is_event:
                into.events.want(known)
            if known:
                into.events.give(is_event)
            questions = sentence.predicates.get(place, [])
            asked = [q for q in questions if q.role in ("subject", "object")]
            if not is_event or not asked:
                continue
            shown = _show(sentence, place, asked)
            for tally, least_ in ((into.read, least), (into.sure, SURE)):
                found = participants(noun, any_frame(noun), least=least_)
                parts = _arguments((("subject", found.subject), ("object", found.object)))
                _count(tally, doc, parts, asked, shown)
            parts = [
                part
                for claim in stated
                if place in tokens_of(doc, claim.predicate.start, claim.predicate.end)
                for part in (("subject", claim.subject), ("object", claim.object))
            ]
            _count(into.claimed, doc, parts, asked, shown)
    return into


def _arguments(found: Iterable[tuple[str, Token | None]]) -> list[tuple[str, Argument]]:
    parts = []
    for role, token in found:
        if token is None:
            continue
        made = clause_argument(token, role) if token.pos_ == "VERB" else argument(token, role)
        if made is not None:
            parts.append((role, made))
    return parts


def _count(
    tally: Tally,
    doc: Doc,
    parts: Iterable[tuple[str, Argument]],
    asked: list[Question],
    shown: str,
) -> None:
    right = False
    for role, made in parts:
        answered = any(q.role == role and answers(doc, made, q) for q in asked)
        tally.give(answered, f"{shown}\n    ours: {role} {made.label}")
        right = right or answered
    tally.want(right, shown)


def _show(sentence: Sentence, place: int, questions: list[Question]) -> str:
    said = "; ".join(
        f"{q.role}: " + " / ".join(" ".join(sentence.words[s:e]) for s, e in q.answers)
        for q in questions
    )
    return f"{' '.join(sentence.words)}\n    {sentence.words[place]}: {said}"


def main(arguments: list[str] | None = None) -> int:
    """Print the figures, and some errors on request; 1 when a floor is missed."""
    from kg.nlp.load import load_pipeline

    p = gate.options(__doc__)
    p.add_argument("--errors", type=int, default=0)
    p.add_argument("--least", type=float, default=LEAST)
    a = gate.given(p, arguments)
    into = exam(load_pipeline(), a.corpora, least=a.least)
    print(f"predicates {into.read.gold}  arguments {into.read.ours}  events {into.events.gold}")
    for line in into.read.errors(a.errors):
        print(line)
    if a.least != LEAST:
        print(into.figures())
        return 0
    exam_id = gate.files(path(a.corpora))
    return gate.settle("qanom", into.figures(), exam_id, pinning=a.pin)


if __name__ == "__main__":
    raise SystemExit(main())
