"""Who did what: relations against QA-SRL answers (Roit et al. 2020, Wikinews).

    python -m benchmarks.quality.qasrl ../shared/corpora [--errors N] [--pin]

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

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.quality import gate
from benchmarks.quality.pretokenised import claims, docs, tokens_of
from benchmarks.quality.tally import Tally
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
    """``triples`` and our claims; all ``pairs`` with further arguments counted."""

    triples: Tally = field(default_factory=Tally)
    pairs: Tally = field(default_factory=Tally)

    def figures(self) -> dict[str, float]:
        """The published figures."""
        return {
            "recall": self.triples.recall,
            "recall_with_arguments": self.pairs.recall,
            "precision": self.triples.precision,
        }


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
            into.pairs.want(
                any(
                    _pair(doc, a, b, one, other)
                    for c in covering[verb]
                    for a, b in combinations((c.subject, c.object, *c.arguments), 2)
                )
            )
        for one, other in gold_triples(questions):
            into.triples.want(
                any(_pair(doc, c.subject, c.object, one, other) for c in covering[verb]),
                f"{' '.join(sentence.words)}\n    {sentence.words[verb]}: {one.text} {_say(sentence, one)}"
                f" | {other.text} {_say(sentence, other)}"
                + "".join(f"\n    ours: {_ours(c)}" for c in covering[verb]),
            )
        for claim in main[verb]:
            subject = [q for q in questions if answers(doc, claim.subject, q)]
            object_ = [q for q in questions if answers(doc, claim.object, q)]
            into.triples.give(
                any(s != o for s in subject for o in object_),
                f"{' '.join(sentence.words)}\n    {_ours(claim)}   (subject {'right' if subject else 'wrong'},"
                f" object {'right' if object_ else 'wrong'})\n    "
                + " ".join(f"{q.text} {_say(sentence, q)}" for q in questions),
            )


def _pair(doc: Doc, a: Argument, b: Argument, one: Question, other: Question) -> bool:
    return (answers(doc, a, one) and answers(doc, b, other)) or (
        answers(doc, a, other) and answers(doc, b, one)
    )


def _ours(claim: Claim) -> str:
    return f"{claim.subject.label} | {claim.predicate.text} | {claim.object.label}"


def _say(sentence: Sentence, question: Question) -> str:
    return " / ".join(" ".join(sentence.words[s:e]) for s, e in question.answers)


def path(corpora: Path) -> Path:
    """The file of the exam."""
    return corpora / "qasrl_wikinews" / "dev.csv.gz"


def exam(nlp: Language, corpora: Path) -> Scores:
    """Our relations on QA-SRL Wikinews dev."""
    sentences = read(path(corpora))
    into = Scores()
    parsed = docs(nlp, (s.words for s in sentences.values()))
    for sentence, doc in zip(sentences.values(), parsed, strict=True):
        score(doc, sentence, claims(doc, EXTRACTORS), into)
    return into


def main(arguments: list[str] | None = None) -> int:
    """Print the figures, and some errors on request; 1 when a floor is missed."""
    from kg.nlp.load import load_pipeline

    p = gate.options(__doc__)
    p.add_argument("--errors", type=int, default=0)
    a = gate.given(p, arguments)
    into = exam(load_pipeline(), a.corpora)
    print(f"triples {into.triples.gold}  pairs {into.pairs.gold}  claims {into.triples.ours}")
    for line in into.triples.errors(a.errors):
        print(line)
    place = path(a.corpora)
    return gate.settle("qasrl", into.figures(), gate.files(place), pinning=a.pin)


if __name__ == "__main__":
    raise SystemExit(main())
