"""Which nouns stand for which verbs, and where their subject and object hang: counted in QANom.

    python -m training.nominalizations CORPORA/qanom/train.csv.gz > kg/extract/nominalizations.tsv

Klein et al. (2020), MIT licence; train only. The sentences are parsed by the shipped pipeline. One
line a noun: lemma, verb, times judged, times it named an event, then for each place beside it (see
`kg.extract.nominals.places`) ``place=seen/subject/object``: how often a phrase stood there, and how
often it answered the question for the noun's subject or object. The line ``*`` sums all nouns.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.quality.pretokenised import docs
from benchmarks.quality.qanom import judged
from benchmarks.quality.qasrl import answers, read
from kg.extract.nominals import places
from kg.extract.phrases import argument, clause_argument
from kg.nlp.load import load_pipeline

Counts = dict[str, Counter[tuple[str, str]]]


def main(path: str) -> None:
    file = Path(path)
    verbs = verb_forms(file)
    sentences, events = read(file, "target_idx"), judged(file)
    seen: Counts = defaultdict(Counter)
    judgements: Counter[str] = Counter()
    named: Counter[str] = Counter()
    lemma_verbs: dict[str, Counter[str]] = defaultdict(Counter)
    nlp = load_pipeline()
    parsed = docs(nlp, (s.words for s in sentences.values()))
    for (key, sentence), doc in zip(sentences.items(), parsed, strict=True):
        for place, is_event in sorted(events[key].items()):
            noun = doc[place]
            lemma = noun.lemma_.lower()
            judgements[lemma] += 1
            named[lemma] += is_event
            lemma_verbs[lemma][verbs[key, place]] += 1
            questions = [
                q for q in sentence.predicates.get(place, []) if q.role in ("subject", "object")
            ]
            if not is_event or not questions:
                continue
            for mark, token in places(noun):
                verb = token.pos_ == "VERB"
                made = clause_argument(token, "x") if verb else argument(token, "x")
                for name in (lemma, "*"):
                    seen[name][mark, "seen"] += 1
                    for role in ("subject", "object"):
                        right = made is not None and any(
                            q.role == role and answers(doc, made, q) for q in questions
                        )
                        seen[name][mark, role] += right
    print("*", "*", 0, 0, show(seen["*"], 20), sep="\t")
    for lemma in sorted(judgements):
        if named[lemma] and "\t" not in lemma:
            verb = sorted(lemma_verbs[lemma].items(), key=lambda x: (-x[1], x[0]))[0][0]
            print(lemma, verb, judgements[lemma], named[lemma], show(seen[lemma], 1), sep="\t")


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


if __name__ == "__main__":
    main(sys.argv[1])
