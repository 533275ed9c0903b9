"""How well a relation is learned from a few examples (`kg teach`), on relations nobody wrote rules for.

    python -m benchmarks.quality.teaching ../shared/corpora [--pin] [--by-relation]

*FewRel* (validation part, 16 relations of Wikidata in sentences of Wikipedia): each relation is taught by
10 sentences; 50 others that hold it and 500 sentences of the other 15 relations are judged, between the
two ends that the corpus marks. Macro F1.

A relation that `kg teach` would call not learned well enough, and not write, tells nothing here.

*Re-DocRED* (development part, every second document): of the relations between persons, organisations and places the 20 most
frequent, in sentences with both ends; each is taught by 20 pairs (all that a sentence has count), and
judged on all pairs of such ends of one sentence in the documents that no example of it comes from. A fact
is a document, two entities and a relation. Precision, and recall of the facts whose ends meet in a
sentence, over all relations (micro), of what is told as the sentence has it, which a graph takes for a fact;
``recall of all`` counts the facts that take two sentences, too; ``with possible`` what is told as
merely possible, too. FewRel counts all that is told: between two ends that are given, a guess is asked for.

Which sentences teach and which test is told by a hash of their words. The other pairs that teaching
takes for wrong are those of the examples' sentences and of the shipped articles and of 60
documents of DocRED whose relations nobody marked, as a graph of such texts would give them. The ends
are those of the corpora; which of them the pipeline finds is measured by ``benchmarks.quality.names``.

What was seen: choices of features and weights were made on FewRel with other sentences than these (the
next 10 and 50 of each relation) and on the other half of the documents of Re-DocRED. Of that half the shipped
background knows which pairs stand in some relation (``training.background``).
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.quality import gate
from benchmarks.quality.pretokenised import _ESCAPES
from benchmarks.quality.tally import Tally
from kg.extract.statements.taught import Told, end_at, found, pair, states_of, told
from kg.taught import Taught
from kg.teaching.network import Outcome, learn
from kg.teaching.rows import Row, general, row
from kg.teaching.teaching import other_pairs, shipped_pairs

TAUGHT, RIGHT, WRONG = 10, 50, 500
RELATIONS, PAIRS, TEXTS = 20, 20, 60
_ENDS = ("PER", "ORG", "LOC")


def parsed(nlp: Language, sentences: Iterable[Sequence[str]]) -> Iterator[Doc]:
    """The trees, names and values of sentences that come cut into words."""
    made = (Doc(nlp.vocab, words=[_ESCAPES.get(w, w) for w in words]) for words in sentences)
    values: Any = nlp.get_pipe("kg_values")
    parser: Any = nlp.get_pipe("kg_parser")
    for doc in parser.pipe(made, batch_size=64):
        yield values(doc)


def hashed(value: Any) -> int:
    """A fixed shuffle."""
    return zlib.crc32(json.dumps(value, sort_keys=True).encode())


def chars(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The characters of some words."""
    last = doc[end - 1]
    return doc[start].idx, last.idx + len(last.text)


# --- FewRel ------------------------------------------------------------------------------------


def fewrel(nlp: Language, corpora: Path, others: Sequence[Row], first: int = 0) -> dict[str, float]:
    """F1 of each relation. ``first`` is the number of the first example, for looking elsewhere."""
    by: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with gzip.open(corpora / "fewrel" / "val_wiki.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            one = json.loads(line)
            by[one["rel"]].append(one)
    scores = {}
    rest = 2 * TAUGHT + RIGHT * (first // TAUGHT)
    chosen = {}
    for name in sorted(by):
        ordered = sorted(by[name], key=lambda r: (hashed(r["tokens"]), hashed(r)))
        chosen[name] = ordered[first : first + TAUGHT], ordered[rest : rest + RIGHT]
    docs = {
        name: tuple(list(parsed(nlp, [r["tokens"] for r in part])) for part in parts)
        for name, parts in chosen.items()
    }
    for name in chosen:
        known = taught_by_marked(name, docs[name][0], chosen[name][0], others)
        wrong = [(q, n) for q in chosen if q != name for n in range(RIGHT)]
        wrong = sorted(wrong, key=lambda item: hashed([name, *item]))[:WRONG]
        right = sum(_told(known, docs[name][1][n], chosen[name][1][n]) for n in range(RIGHT))
        slips = sum(_told(known, docs[q][1][n], chosen[q][1][n]) for q, n in wrong)
        scores[name] = 2 * right / (right + slips + RIGHT)
    return scores


def taught_by_marked(
    name: str, docs: Sequence[Doc], marked: Sequence[dict[str, Any]], others: Sequence[Row]
) -> Taught | None:
    """What is learned from sentences with their two ends marked."""
    right, wrong = [], []
    for group, (doc, one) in enumerate(zip(docs, marked, strict=True)):
        two = _ends_of(doc, one)
        states = states_of(doc)
        assert states is not None
        right.append(row(pair(*two), states, group))
        wrong += other_pairs(doc, [two], group)
    return _if_good(*learn(name, right, wrong, others))


def _if_good(known: Taught, outcome: Outcome) -> Taught | None:
    """What `kg teach` would write: nothing of what is not learned well enough."""
    return known if outcome.good else None


def _ends_of(doc: Doc, one: dict[str, Any]) -> Any:
    two = [end_at(doc, *chars(doc, *one[side]["spans"][0])) for side in ("head", "tail")]
    assert None not in two
    return tuple(two)


def _told(known: Taught | None, doc: Doc, one: dict[str, Any]) -> bool:
    states = states_of(doc)
    assert states is not None
    return known is not None and bool(found([known], pair(*_ends_of(doc, one)), states))


# --- Re-DocRED ---------------------------------------------------------------------------------


def plain_texts(nlp: Language, corpora: Path) -> list[Row]:
    """General pairs of documents whose relations nobody marked."""
    with gzip.open(
        corpora / "redocred" / "docred_entities.jsonl.gz", "rt", encoding="utf-8"
    ) as file:
        data = [json.loads(next(file)) for _ in range(TEXTS)]
    return general(parsed(nlp, (sentence for doc in data for sentence in doc["sents"])))


def redocred(
    nlp: Language, corpora: Path, others: Sequence[Row], half: int = 1
) -> tuple[dict[str, float], dict[str, tuple[Tally, Tally]]]:
    """The scores over all relations, and the counts of each: of what is told as the sentence has it, and of all
    that is told."""
    with gzip.open(corpora / "redocred" / "dev.jsonl.gz", "rt", encoding="utf-8") as file:
        data = [json.loads(line) for line in file][half::2]
    parses = iter(parsed(nlp, (sentence for doc in data for sentence in doc["sents"])))
    sentences = [[next(parses) for _ in doc["sents"]] for doc in data]
    facts = [_facts(doc) for doc in data]
    met = [meetings(doc, parses) for doc, parses in zip(data, sentences, strict=True)]
    count = Counter(r for d, of in enumerate(facts) for (h, r, t) in of if (h, t) in met[d])
    names = sorted(count, key=lambda r: (-count[r], r))[:RELATIONS]
    judged = [_judged(here, own) for here, own in zip(met, sentences, strict=True)]
    tallies: dict[str, tuple[Tally, Tally]] = {}
    everything = 0
    for name in names:
        known, seen = _learned(name, sentences, facts, met, others)
        pairs_: list[tuple[bool, bool, bool]] = []  # holds, told, told as the sentence has it
        for d, of in enumerate(facts):
            if d in seen:
                continue
            wanted = {(h, t) for h, r, t in of if r == name}
            everything += len(wanted)
            for ends, same in judged[d].items():
                all_told = [one for row_ in same for one in _told_of(known, row_)]
                firm = any(one.firm for one in all_told)
                pairs_.append((ends in wanted, bool(all_told), firm))
        tallies[name] = (
            _tally((holds, firm) for holds, _, firm in pairs_),
            _tally((holds, any_) for holds, any_, _ in pairs_),
        )
    facts_, all_ = (_total(two[n] for two in tallies.values()) for n in (0, 1))
    return {
        "redocred facts: precision": facts_.precision,
        "redocred facts: recall": facts_.recall,
        "redocred facts: recall of all": facts_.found / everything,
        "redocred with possible: precision": all_.precision,
        "redocred with possible: recall": all_.recall,
    }, tallies


def _tally(pairs_: Iterable[tuple[bool, bool]]) -> Tally:
    """The counts of pairs that hold, or not, and are told, or not."""
    count = Counter(pairs_)
    right = count[True, True]
    return Tally(
        gold=right + count[True, False], found=right, ours=right + count[False, True], right=right
    )


def _total(tallies: Iterable[Tally]) -> Tally:
    every = list(tallies)
    return Tally(
        gold=sum(t.gold for t in every), found=sum(t.found for t in every),
        ours=sum(t.ours for t in every), right=sum(t.right for t in every),
    )  # fmt: skip


Meetings = dict[tuple[int, int], list[tuple[int, Any]]]


def _facts(doc: dict[str, Any]) -> list[tuple[int, str, int]]:
    kinds = [entity["type"] for entity in doc["entities"]]
    return [
        (h, r, t) for h, r, t, *_ in doc["relations"] if kinds[h] in _ENDS and kinds[t] in _ENDS
    ]


def meetings(doc: dict[str, Any], sentences: Sequence[Doc]) -> Meetings:
    """Where two entities stand in one sentence: (sentence, the pair of ends), by entities."""
    at: dict[int, list[tuple[int, Any]]] = defaultdict(list)
    for number, entity in enumerate(doc["entities"]):
        for s, start, end in entity["mentions"] if entity["type"] in _ENDS else ():
            place = end_at(sentences[s], *chars(sentences[s], start, end))
            if place is not None:
                at[s].append((number, place))
    met: Meetings = defaultdict(list)
    for s, here in sorted(at.items()):
        for (one, a), (other, b) in permutations(here, 2):
            if one != other and (a.end <= b.start or b.end <= a.start):
                met[one, other].append((s, (a, b)))
    return met


def _learned(
    name: str, sentences: list[list[Doc]], facts: Any, met: list[Meetings], others: Sequence[Row]
) -> tuple[Taught | None, set[int]]:
    """What is learned of a relation, and the documents that taught it."""
    holding: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for d, of in enumerate(facts):
        for h, r, t in of:
            for s, ends in met[d].get((h, t), ()) if r == name else ():
                holding[d, s].append(ends)
    right: list[Row] = []
    wrong: list[Row] = []
    seen: set[int] = set()
    for group, (d, s) in enumerate(sorted(holding, key=hashed)):
        if len(right) >= PAIRS:
            break
        doc, two = sentences[d][s], holding[d, s]
        states = states_of(doc)
        assert states is not None
        right += [row(pair(*ends), states, group) for ends in two]
        wrong += other_pairs(doc, two, group)
        seen.add(d)
    return _if_good(*learn(name, right, wrong, others)), seen


def _judged(met: Meetings, sentences: Sequence[Doc]) -> dict[tuple[int, int], list[Row]]:
    """The pairs of a document as they are judged."""
    states = [states_of(doc) for doc in sentences]
    made: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for ends, places in met.items():
        for s, two in places:
            here = states[s]
            assert here is not None
            made[ends].append(row(pair(*two), here, 0))
    return made


def _told_of(known: Taught | None, one: Row) -> list[Told]:
    """What is told of a pair: the relation, or nothing."""
    return told([known], one.kinds, one.states, one.features) if known is not None else []


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when a floor is missed."""
    from kg.nlp.load import load_pipeline

    p = gate.options(__doc__)
    p.add_argument("--by-relation", action="store_true", help="print each relation, too")
    p.add_argument("--only", choices=["fewrel", "redocred"])
    p.add_argument(
        "--first",
        type=int,
        default=0,
        help="look at other examples: FewRel's from this one on, the other half of Re-DocRED",
    )
    a = gate.given(p, arguments)
    nlp = load_pipeline()
    others = [*shipped_pairs(nlp), *plain_texts(nlp, a.corpora)]
    scores: dict[str, float] = {}
    if a.only != "redocred":
        by = fewrel(nlp, a.corpora, others, a.first)
        scores["fewrel macro f1"] = sum(by.values()) / len(by)
        if a.by_relation:
            print("\n".join(f"{name:8} {value:.3f}" for name, value in by.items()))
    if a.only != "fewrel":
        more, tallies = redocred(nlp, a.corpora, others, half=0 if a.first else 1)
        scores |= more
        if a.by_relation:
            for name, two in tallies.items():
                print(
                    name,
                    *(
                        f"precision {t.precision:.3f} recall {t.recall:.3f} of {t.gold}"
                        for t in two
                    ),
                )
    exam = gate.files(
        a.corpora / "fewrel" / "val_wiki.jsonl.gz", a.corpora / "redocred" / "dev.jsonl.gz"
    )
    if a.only or a.first:
        print("\n".join(f"{key:28} {value:9.4f}" for key, value in scores.items()))
        return 0
    return gate.settle("teaching", scores, exam, pinning=a.pin)


if __name__ == "__main__":
    raise SystemExit(main())
