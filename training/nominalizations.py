"""Which nouns stand for which verbs, and where their subject and object hang: counted in QANom.

    python -m training.nominalizations CORPORA > kg/extract/words/en/nominalizations.tsv
    python -m training.nominalizations CORPORA --choose

Klein et al. (2020), MIT licence; train only. The sentences are parsed by the shipped pipeline. One
line a noun: lemma, verb, times judged, times it named an event, then for each place beside it (see
`kg.extract.statements.nominals.all_places`) ``place=seen/subject/object``: how often a phrase stood there, and how
often it answered the question for the noun's subject or object. The line ``*`` sums all nouns.

``--choose`` shows what each least likelihood of a participant gives on train, every fifth of the
sentences read by the counts of the four others: the one of the best F1 is the exam's
(`benchmarks.quality.qanom.LEAST`), chosen without dev.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from spacy.tokens import Token

from benchmarks.quality.pretokenised import docs
from benchmarks.quality.qanom import judged
from benchmarks.quality.qasrl import answers, read
from benchmarks.quality.tally import Tally
from kg.extract.grammar.arguments import argument, clause_argument
from kg.extract.statements.nominals import SURE, all_places, any_frame, counted, participants
from kg.nlp.load import load_pipeline

HEAD = (
    "# Nouns that stand for verbs, counted in QANom train (Klein et al. 2020, MIT licence) by"
    " training/nominalizations.py:\n# lemma, verb, times judged, times an event, and for places"
    " beside it: place=seen/subject/object.\n"
)
FOLDS = 5
ROLES = ("subject", "object")
#: The likelihoods to choose from.
CHOICE = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, SURE)


@dataclass(frozen=True, slots=True)
class Noun:
    """A candidate noun of train: whether it names an event, and the phrases beside it with the
    roles whose question they answer; none are given where nothing is asked of it."""

    fold: int
    token: Token
    verb: str
    is_event: bool
    asked: bool
    beside: tuple[tuple[str, Token, frozenset[str]], ...]


def observe(file: Path) -> list[Noun]:
    """The candidate nouns of a part of QANom, parsed."""
    verbs = verb_forms(file)
    sentences, events = read(file, "target_idx"), judged(file)
    found = []
    parsed = docs(load_pipeline(), (s.words for s in sentences.values()))
    for (key, sentence), doc in zip(sentences.items(), parsed, strict=True):
        fold = int(sha256(key.encode()).hexdigest()[:8], 16) % FOLDS
        for place, is_event in sorted(events[key].items()):
            noun = doc[place]
            questions = [q for q in sentence.predicates.get(place, []) if q.role in ROLES]
            asked = is_event and bool(questions)
            beside = []
            for mark, token in all_places(noun) if asked else ():
                made = clause_argument(token, "x") if token.pos_ == "VERB" else argument(token, "x")
                right = {
                    q.role for q in questions if made is not None and answers(doc, made, q)
                }  # fmt: skip
                beside.append((mark, token, frozenset(right)))
            found.append(Noun(fold, noun, verbs[key, place], is_event, asked, tuple(beside)))
    return found


def table(nouns: Iterable[Noun]) -> str:
    """The counts, a line a noun."""
    seen: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    judgements: Counter[str] = Counter()
    named: Counter[str] = Counter()
    lemma_verbs: dict[str, Counter[str]] = defaultdict(Counter)
    for noun in nouns:
        lemma = noun.token.lemma_.lower()
        judgements[lemma] += 1
        named[lemma] += noun.is_event
        lemma_verbs[lemma][noun.verb] += 1
        for mark, _, right in noun.beside:
            for name in (lemma, "*"):
                seen[name][mark, "seen"] += 1
                for role in ROLES:
                    seen[name][mark, role] += role in right
    lines = [("*", "*", "0", "0", show(seen["*"], 20))]
    for lemma in sorted(judgements):
        if named[lemma] and "\t" not in lemma:
            verb = sorted(lemma_verbs[lemma].items(), key=lambda x: (-x[1], x[0]))[0][0]
            lines.append(
                (lemma, verb, str(judgements[lemma]), str(named[lemma]), show(seen[lemma], 1))
            )
    return "".join("\t".join(line) + "\n" for line in lines)


def choose(nouns: list[Noun]) -> dict[float, Tally]:
    """Of each least likelihood: nouns with a right participant, and participants that are right,
    cross-validated."""
    tallies = {least: Tally() for least in CHOICE}
    for fold in range(FOLDS):
        corpus = counted(table(noun for noun in nouns if noun.fold != fold))
        for noun in nouns:
            if noun.fold != fold or not noun.asked:
                continue
            right = {(token.i, role) for _, token, roles in noun.beside for role in roles}
            for least, tally in tallies.items():
                found = participants(
                    noun.token, any_frame(noun.token, corpus), least=least, corpus=corpus
                )
                ours = {
                    (token.i, role)
                    for role, token in (("subject", found.subject), ("object", found.object))
                    if token is not None
                }
                tally.want(bool(ours & right))
                for part in sorted(ours):
                    tally.give(part in right)
    return tallies


def verb_forms(path: Path) -> dict[tuple[str, int], str]:
    """The verb each candidate noun stands for."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return {
            (row["qasrl_id"], int(row["target_idx"])): row["verb_form"]
            for row in csv.DictReader(file)
        }


def show(counts: Counter[tuple[str, str]], least: int) -> str:
    """``of=12/3/8 by=2/2/0``, the most frequent first."""
    marks = {mark: n for (mark, role), n in counts.items() if role == "seen" and n >= least}
    ordered = sorted(marks.items(), key=lambda x: (-x[1], x[0]))
    return " ".join(
        f"{mark.replace(' ', '_')}={n}/{counts[mark, 'subject']}/{counts[mark, 'object']}"
        for mark, n in ordered
    ) or "-"  # fmt: skip


def main() -> None:
    """Print the table, or what each likelihood gives."""
    p = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    p.add_argument("corpora", type=Path)
    p.add_argument("--choose", action="store_true")
    a = p.parse_args()
    nouns = observe(a.corpora / "qanom" / "train.csv.gz")
    if not a.choose:
        print(HEAD + table(nouns), end="")
        return
    for least, tally in choose(nouns).items():
        print(f"{least:.2f}  with a right argument {tally.recall:.3f}  "
              f"precision {tally.precision:.3f}  F1 {tally.f1:.4f}")  # fmt: skip


if __name__ == "__main__":
    main()
