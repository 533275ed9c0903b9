"""Who did what: relations against QA-SRL answers (Roit et al. 2020, Wikinews).

    python -m benchmarks.quality.qasrl ../shared/corpora [--errors N]

The corpus asks questions about verbs ("Who led something?" -> "Patrick Cammaert"). For each verb:

- its *subject* answers are those to an active question that asks for the subject ("Who led ...?")
  or a passive one with "by" ("Who was something led by?");
- its *object* answers those to "What did someone lead?" or "What was led?";
- its *other participants* are the answers to all other questions with who or what.

The *triples* of a verb are its (subject, object) pairs; of a verb without object questions its
(subject, other) pairs; of one without subject questions its (object, other) pairs ("What was held?"
/ "What was it held with?"). Its *pairs* are all (subject, object or other) pairs.

**Recall**: of all triples, the share for which one of our claims (or quotations: speaker, cue,
content) covers the verb with its predicate words, and its subject and object stand for the two, in
either order.

**Precision**: of our claims whose predicate covers an annotated verb (the last one, if several),
the share whose subject answers one question of the verb and whose object answers another
(when, where and how included).

An argument *answers* a question when its head words stand inside one of the question's answers,
or its phrase and an answer share half their words (F1); a clause by the F1 only.

A pronoun or noun is also answered by another mention of the sentence that our coreference puts in
its cluster, and a pronoun by the same pronoun elsewhere in the sentence, since the corpus answers
with names or first mentions ("Who faces ...?" - "The Gliders" or "They", not the later "they").

*With arguments* is the recall of all pairs, the further arguments of a claim counted too.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.quality.pretokenised import claims, docs, tokens_of
from kg.model import Argument, Claim

EXTRACTORS = ("relations", "nominals", "quotes")
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a predicate and its answers (word ranges)."""

    text: str
    wh: str
    role: str  # subject, object, other, adjunct
    answers: Spans


@dataclass
class Sentence:
    """A sentence and its annotated predicates by word index."""

    words: list[str]
    predicates: dict[int, list[Question]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Scores:
    """Counts; the properties are the published figures."""

    triples: int = 0
    found: int = 0
    pairs: int = 0
    found_with_arguments: int = 0
    claims: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of gold triples found."""
        return self.found / max(self.triples, 1)

    @property
    def recall_with_arguments(self) -> float:
        """Share of gold pairs found, further arguments counted."""
        return self.found_with_arguments / max(self.pairs, 1)

    @property
    def precision(self) -> float:
        """Share of our claims that two answers confirm."""
        return self.right / max(self.claims, 1)


def role_of(row: dict[str, str]) -> str:
    """What a question asks for, by its slots."""
    if row["wh"] not in ("who", "what"):
        return "adjunct"
    passive = row["is_passive"] == "True"
    if not row["subj"]:
        return "object" if passive else "subject"
    if passive and row["prep"] == "by" and not row["obj2"]:
        return "subject"
    if not passive and not row["obj"] and not row["prep"] and not row["obj2"]:
        return "object"
    return "other"


def read(path: Path, index: str = "verb_idx") -> dict[str, Sentence]:
    """The sentences of a QA-SRL file, by id."""
    found: dict[str, Sentence] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sentence = found.setdefault(row["qasrl_id"], Sentence(row["sentence"].split(" ")))
            if not row["question"] or not row["answer_range"]:
                continue
            spans = []
            for span in row["answer_range"].split("~!~"):
                start, _, end = span.partition(":")
                spans.append((int(start), int(end)))
            sentence.predicates[int(row[index])].append(
                Question(row["question"], row["wh"], role_of(row), tuple(spans))
            )
    return found


def answers(doc: Doc, argument: Argument, question: Question) -> bool:
    """Whether an argument answers a question (see the module's docstring)."""
    head = tokens_of(doc, argument.head_start, argument.head_end)
    whole = tokens_of(doc, argument.start, argument.end)
    heads = [] if argument.kind == "clause" else [head, *_same_entity(doc, head)]
    for start, end in question.answers:
        gold = set(range(start, end))
        if any(h and h <= gold for h in heads):
            return True
        both = len(gold & whole)
        if both and 2 * both / (len(gold) + len(whole)) >= 0.5:
            return True
    return False


def _same_entity(doc: Doc, head: set[int]) -> list[set[int]]:
    """The head words of the mentions in the cluster of the mention with this head."""
    same = [
        {t.i} for i in head for t in doc
        if len(head) == 1 and doc[i].pos_ == "PRON" and t.lower_ == doc[i].lower_ and t.i != i
    ]  # fmt: skip
    if not doc.has_extension("kg_mentions"):
        return same
    places = [(m.cluster, tokens_of(doc, m.start, m.end)) for m in doc._.kg_mentions]
    clusters = {
        cluster for cluster, words in places if head <= words and len(words) < len(head) + 4
    }
    return [*same, *(words for cluster, words in places if cluster in clusters)]


def gold_triples(questions: list[Question]) -> Iterator[tuple[Question, Question]]:
    """The (subject, object) pairs, or what stands in for them."""
    subjects = [q for q in questions if q.role == "subject"]
    objects = [q for q in questions if q.role == "object"]
    others = [q for q in questions if q.role == "other"]
    first, second = (subjects, objects or others) if subjects else (objects, others)
    for one in first:
        for other in second:
            yield one, other


def gold_pairs(questions: list[Question]) -> Iterator[tuple[Question, Question]]:
    """All (first, other) participant pairs of a verb."""
    first = [q for q in questions if q.role == "subject"]
    rest = [q for q in questions if q.role in ("object", "other")]
    if not first:
        first = [q for q in questions if q.role == "object"]
        rest = [q for q in questions if q.role == "other"]
    for one in first:
        for other in rest:
            yield one, other


def score(doc: Doc, sentence: Sentence, found: tuple[Claim, ...], into: Scores) -> None:
    """Add one sentence to ``into``."""
    covering: dict[int, list[Claim]] = defaultdict(list)
    main: dict[int, list[Claim]] = defaultdict(list)
    for claim in found:
        covered = tokens_of(doc, claim.predicate.start, claim.predicate.end)
        annotated = sorted(covered & set(sentence.predicates))
        for verb in annotated:
            covering[verb].append(claim)
        if annotated:
            main[annotated[-1]].append(claim)
    for verb, questions in sorted(sentence.predicates.items()):
        for one, other in gold_pairs(questions):
            into.pairs += 1
            into.found_with_arguments += any(
                _pair(doc, a, b, one, other)
                for c in covering[verb]
                for a, b in combinations((c.subject, c.object, *c.arguments), 2)
            )
        for one, other in gold_triples(questions):
            into.triples += 1
            if any(_pair(doc, c.subject, c.object, one, other) for c in covering[verb]):
                into.found += 1
            else:
                into.missed.append(
                    f"{' '.join(sentence.words)}\n    {sentence.words[verb]}: {one.text} {_say(sentence, one)}"
                    f" | {other.text} {_say(sentence, other)}"
                    + "".join(f"\n    ours: {_ours(c)}" for c in covering[verb])
                )
        for claim in main[verb]:
            into.claims += 1
            subject = [q for q in questions if answers(doc, claim.subject, q)]
            object_ = [q for q in questions if answers(doc, claim.object, q)]
            if any(s != o for s in subject for o in object_):
                into.right += 1
            else:
                into.wrong.append(
                    f"{' '.join(sentence.words)}\n    {_ours(claim)}   (subject {'right' if subject else 'wrong'},"
                    f" object {'right' if object_ else 'wrong'})\n    "
                    + " ".join(f"{q.text} {_say(sentence, q)}" for q in questions)
                )


def _pair(doc: Doc, a: Argument, b: Argument, one: Question, other: Question) -> bool:
    return (answers(doc, a, one) and answers(doc, b, other)) or (
        answers(doc, a, other) and answers(doc, b, one)
    )


def _ours(claim: Claim) -> str:
    return f"{claim.subject.label} | {claim.predicate.text} | {claim.object.label}"


def _say(sentence: Sentence, question: Question) -> str:
    return " / ".join(" ".join(sentence.words[s:e]) for s, e in question.answers)


def exam(nlp: Language, corpora: Path) -> Scores:
    """Our relations on QA-SRL Wikinews dev."""
    sentences = read(corpora / "qasrl_wikinews" / "dev.csv.gz")
    into = Scores()
    parsed = docs(nlp, (s.words for s in sentences.values()))
    for sentence, doc in zip(sentences.values(), parsed, strict=True):
        found = claims(doc, EXTRACTORS)
        score(doc, sentence, found, into)
    return into


def main(arguments: list[str] | None = None) -> int:
    """Print the figures, and some errors on request."""
    from kg.nlp.load import load_pipeline

    p = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    p.add_argument("corpora", type=Path)
    p.add_argument("--errors", type=int, default=0)
    given = p.parse_args(arguments)
    into = exam(load_pipeline(), given.corpora)
    print(f"triples {into.triples}  recall {into.recall:.3f}")
    print(f"pairs {into.pairs}  recall with arguments {into.recall_with_arguments:.3f}")
    print(f"claims {into.claims}  precision {into.precision:.3f}")
    step = max(1, len(into.missed) // max(given.errors, 1))
    for line in into.missed[::step][: given.errors]:
        print("MISSED", line)
    step = max(1, len(into.wrong) // max(given.errors, 1))
    for line in into.wrong[::step][: given.errors]:
        print("WRONG", line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
