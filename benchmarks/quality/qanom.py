"""What event nouns say: nominal predicates against QANom answers (Klein et al. 2020).

    python -m benchmarks.quality.qanom ../shared/corpora [--errors N]

The corpus asks QA-SRL questions about nouns that name an event ("the *destruction* of the city" ->
"What was destroyed?" - "the city"). Only dev is scored; the nouns' frames were counted in train.

- **Predicates with a right argument**: of the nouns judged to be an event that have a subject or
  object answer (who/what), the share for which our reading of the noun (`participants`, told that
  it is an event: its subject and object, whether or not both are there to make a claim) has one
  that answers the question of its role. ``--least`` is the likelihood from which a participant is
  taken; claims take those from `kg.extract.nominals.SURE` on.
- **Precision of arguments**: of the subjects and objects we read off nouns with questions, the share
  that answers the question of that role.
- **Events**: of the candidate nouns we take for events without being told, the share judged to be
  events (precision), and of those judged events the share we take (recall).

An argument answers a question by the rule of `benchmarks.quality.qasrl`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language

from benchmarks.quality.pretokenised import docs
from benchmarks.quality.qasrl import Question, Sentence, answers, read
from kg.extract.nominals import GUESS, any_frame, frame_of, participants
from kg.extract.phrases import argument, clause_argument


@dataclass
class Scores:
    """Counts; the properties are the published figures."""

    predicates: int = 0
    with_right: int = 0
    arguments: int = 0
    right: int = 0
    events: int = 0
    ours: int = 0
    ours_events: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of predicates with a right argument."""
        return self.with_right / max(self.predicates, 1)

    @property
    def precision(self) -> float:
        """Share of our arguments that are right."""
        return self.right / max(self.arguments, 1)


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


def exam(nlp: Language, corpora: Path, *, least: float = GUESS) -> Scores:
    """Our reading of nouns on QANom dev."""
    path = corpora / "qanom" / "dev.csv.gz"
    sentences, events = read(path, "target_idx"), judged(path)
    into = Scores()
    parsed = docs(nlp, (s.words for s in sentences.values()))
    for (key, sentence), doc in zip(sentences.items(), parsed, strict=True):
        for place, is_event in sorted(events[key].items()):
            noun = doc[place]
            into.events += is_event
            known = frame_of(noun) is not None
            into.ours += known
            into.ours_events += known and is_event
            found = participants(noun, any_frame(noun), least=least)
            parts = {}
            for role, token in (("subject", found.subject), ("object", found.object)):
                if token is not None and token.pos_ == "VERB":
                    parts[role] = clause_argument(token, role)
                elif token is not None and (made := argument(token, role)) is not None:
                    parts[role] = made
            questions = sentence.predicates.get(place, [])
            roles = [q for q in questions if q.role in ("subject", "object")]
            if not is_event or not roles:
                continue
            into.predicates += 1
            right = False
            for role, made in parts.items():
                into.arguments += 1
                if any(q.role == role and answers(doc, made, q) for q in roles):
                    into.right += 1
                    right = True
                else:
                    into.wrong.append(
                        f"{_show(sentence, place, roles)}\n    ours: {role} {made.label}"
                    )
            into.with_right += right
            if not right:
                into.missed.append(_show(sentence, place, roles))
    return into


def _show(sentence: Sentence, place: int, questions: list[Question]) -> str:
    said = "; ".join(
        f"{q.role}: " + " / ".join(" ".join(sentence.words[s:e]) for s, e in q.answers)
        for q in questions
    )
    return f"{' '.join(sentence.words)}\n    {sentence.words[place]}: {said}"


def main(arguments: list[str] | None = None) -> int:
    """Print the figures, and some errors on request."""
    from kg.nlp.load import load_pipeline

    p = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    p.add_argument("corpora", type=Path)
    p.add_argument("--errors", type=int, default=0)
    p.add_argument("--least", type=float, default=GUESS)
    given = p.parse_args(arguments)
    into = exam(load_pipeline(), given.corpora, least=given.least)
    print(f"predicates {into.predicates}  with a right argument {into.recall:.3f}")
    print(f"arguments {into.arguments}  precision {into.precision:.3f}")
    print(f"events {into.events}  recall {into.ours_events / max(into.events, 1):.3f}  "
          f"precision {into.ours_events / max(into.ours, 1):.3f}")  # fmt: skip
    for name, lines in (("MISSED", into.missed), ("WRONG", into.wrong)):
        step = max(1, len(lines) // max(given.errors, 1))
        for line in lines[::step][: given.errors]:
            print(name, line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
