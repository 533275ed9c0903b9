"""Coreference on the development part of GUM and on GAP, against pinned floors.

    python -m benchmarks.quality.coreference ../shared/corpora [--pipeline NAME] [--errors] [--pin]

*GUM*: from raw text (own words, sentences, trees and entities). The exam are the gold mentions that
are named (head tagged PROPN, not of type time) or pronominal (third person, personal, possessive
or reflexive); a cluster counts with two or more of them, ours likewise. A mention of ours is a gold
one when its head is the gold head or a ``flat`` part of it. CoNLL F1 is the mean of MUC (Vilain
1995), B³ (Bagga and Baldwin 1998) and CEAF-e (Luo 2005), counts summed over the documents.

*GAP* (Webster et al. 2018): for each of two names, whether our cluster of the pronoun has a mention
that overlaps it; F1 over the names, and its ratio feminine to masculine. The shipped network is
learned from this part of GAP too, so the score is a five-fold one: each snippet is judged by a network
that has not seen it (``--seen`` judges by the shipped one instead: no honest score). ``--kept`` names
the choices that ``training/coreference.py --keep`` wrote, to spare their making.
"""

from __future__ import annotations

import pickle
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.quality import gate
from corpora.gap import gap_rows
from corpora.gum import GoldMention, gum
from kg.nlp.mentions import PRONOUNS

Clusters = dict[str, set[int]]


def predicted(doc: Doc) -> list[tuple[int, str, int]]:
    """Our mentions: where the head starts, kind, cluster."""
    rows = []
    for mention in (m for cluster in doc._.kg_clusters for m in cluster):
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if mention.kind == "pronoun" and mention.text.lower() not in PRONOUNS:
            continue
        rows.append((span.root.idx, mention.kind, mention.cluster))
    return rows


def restrict(
    gold: Iterable[GoldMention], ours: Iterable[tuple[int, str, int]]
) -> tuple[Clusters, Clusters]:
    """Gold and own clusters of named and pronominal mentions, as sets of places; places of ours
    that stand for a gold mention are that mention's place."""
    key: Clusters = defaultdict(set)
    place: dict[int, int] = {}
    heads = {m.heads[0] for m in gold}
    for m in gold:
        if m.kind in ("name", "pronoun"):
            key[m.group].add(m.heads[0])
            for other in m.heads[1:]:
                if other not in heads:
                    place.setdefault(other, m.heads[0])
    nouns = {m.heads[0] for m in gold if m.kind == "noun"}
    response: Clusters = defaultdict(set)
    for head, kind, cluster in ours:
        at = place.get(head, head)
        if kind in ("name", "pronoun") and at not in nouns:
            response[str(cluster)].add(at)
    return (
        {k: v for k, v in key.items() if len(v) > 1},
        {k: v for k, v in response.items() if len(v) > 1},
    )


class Counts:
    """Sums over documents for MUC, B³ and CEAF-e."""

    def __init__(self) -> None:
        self.sums: Counter[str] = Counter()

    def add(self, key: Clusters, response: Clusters) -> None:
        """Count a document."""
        for name, a, b in (("r", key, response), ("p", response, key)):
            of = {m: k for k, members in b.items() for m in members}
            for members in a.values():
                parts = Counter(of[m] for m in members if m in of)
                alone = sum(m not in of for m in members)
                self.sums["muc-" + name] += len(members) - len(parts) - alone
                self.sums["muc-n" + name] += len(members) - 1
                self.sums["b3-" + name] += sum(c * c for c in parts.values()) / len(members)
                self.sums["b3-n" + name] += len(members)
        self.sums["ceaf"] += _aligned(list(key.values()), list(response.values()))
        self.sums["ceaf-nr"] += len(key)
        self.sums["ceaf-np"] += len(response)

    def table(self) -> dict[str, tuple[float, float, float]]:
        """Precision, recall, F1 of each measure."""
        s = self.sums
        rows = {}
        for name in ("muc", "b3"):
            rows[name] = _prf(s[f"{name}-p"], s[f"{name}-np"], s[f"{name}-r"], s[f"{name}-nr"])
        rows["ceaf-e"] = _prf(s["ceaf"], s["ceaf-np"], s["ceaf"], s["ceaf-nr"])
        return rows


def _prf(p: float, np: float, r: float, nr: float) -> tuple[float, float, float]:
    precision, recall = p / np if np else 0.0, r / nr if nr else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _aligned(key: list[set[int]], response: list[set[int]]) -> float:
    """The best one-to-one alignment by φ4 (Luo 2005)."""
    import networkx as nx

    graph = nx.Graph()
    for i, a in enumerate(key):
        for j, b in enumerate(response):
            if a & b:
                graph.add_edge(("k", i), ("r", j), weight=2 * len(a & b) / (len(a) + len(b)))
    matched = nx.max_weight_matching(graph)
    return float(sum(graph[a][b]["weight"] for a, b in matched))


def with_coreference(pipeline: str | None) -> Language:
    """The pipeline, with values and coreference if it lacks them."""
    import kg.nlp.coreference
    import kg.nlp.values  # noqa: F401
    from kg.nlp.load import load_pipeline

    nlp = load_pipeline(pipeline)
    for name in ("kg_values", "kg_coreference"):
        if name not in nlp.pipe_names:
            nlp.add_pipe(name)
    return nlp


def score_gum(nlp: Language, corpora: Path, *, errors: bool = False) -> dict[str, float]:
    """CoNLL F1 and its parts on GUM dev."""
    counts = Counts()
    linked: Counter[str] = Counter()
    for gold_doc, gold in gum(corpora / "gum/dev"):
        doc = nlp(gold_doc.text)
        ours = predicted(doc)
        counts.add(*restrict(gold, ours))
        _pronouns(gold, doc, ours, linked, errors=errors)
    table = counts.table()
    for name, (p, r, f) in table.items():
        print(f"  {name:8} P {p:.3f}  R {r:.3f}  F {f:.3f}")
    for kind in ("he", "she", "it", "they", "noun"):
        tried, right, all_ = (linked[f"{kind}-{x}"] for x in ("tried", "right", "all"))
        print(f"  {kind:8} P {right / max(tried, 1):.3f}  R {right / max(all_, 1):.3f}  of {all_}")
    return {"conll": sum(f for _, _, f in table.values()) / 3}


def _pronouns(
    gold: list[GoldMention], doc: Doc, ours: list[tuple[int, str, int]],
    linked: Counter[str], *, errors: bool,
) -> None:  # fmt: skip
    """How many pronouns are joined to an earlier mention that is right (nouns count too)."""
    group = {}
    for m in gold:
        for head in m.heads:
            group.setdefault(head, m.group)
    by_cluster: dict[int, list[int]] = defaultdict(list)
    for head, _, cluster in ours:
        by_cluster[cluster].append(head)
    cluster_of = {head: cluster for head, _, cluster in ours}
    named = {cluster for _, kind, cluster in ours if kind == "name"}
    for head, kind, cluster in ours:
        before = [h for h in by_cluster[cluster] if h < head]
        if kind == "noun" and cluster in named and before and head in group:
            linked["noun-tried"] += 1
            linked["noun-all"] += 1
            linked["noun-right"] += any(group.get(h) == group[head] for h in before)
            if errors and not any(group.get(h) == group[head] for h in before):
                text = doc.text
                print(
                    f"    noun: {text[max(before) : max(before) + 25]!r} … {text[max(0, head - 90) : head + 20]!r}"
                )
    for m in gold:
        if m.kind != "pronoun":
            continue
        token = next(t for t in doc if t.idx + len(t.text) > m.heads[0])
        kind = PRONOUNS[token.lower_][0] if token.lower_ in PRONOUNS else ""
        known = [h for h, g in group.items() if g == m.group and h < m.heads[0]]
        if not kind:
            continue
        linked[f"{kind}-all"] += bool(known)
        cluster = cluster_of.get(m.heads[0])
        before = (
            [h for h in by_cluster.get(cluster, ()) if h < m.heads[0]]
            if cluster is not None
            else []
        )
        if not before:
            continue
        linked[f"{kind}-tried"] += 1
        right = group.get(max(before)) == m.group
        linked[f"{kind}-right"] += right
        if errors and not right:
            at = max(before)
            text = doc.text
            print(
                f"    {token.text}: {text[at : at + 25]!r} … {text[max(0, m.heads[0] - 90) : m.heads[0] + 20]!r}"
            )


def score_gap(
    nlp: Language, corpora: Path, *, folds: bool = True, kept: Path | None = None,
    errors: bool = False,
) -> dict[str, float]:  # fmt: skip
    """F1 on GAP development; with ``folds``, by networks that have not seen the snippet."""
    from kg.nlp.coreference import find_clusters
    from kg.nlp.coreference.network import as_network, shipped
    from training.coreference import FOLDS, collect, fit

    rows = gap_rows(corpora)
    known = [shipped()] * FOLDS
    if folds:
        data = collect(nlp, corpora) if kept is None else pickle.loads(kept.read_bytes())
        known = [as_network(fit(data, fold)) for fold in range(FOLDS)]
    sums: Counter[str] = Counter()
    with nlp.select_pipes(disable=["kg_coreference"]):
        docs = list(nlp.pipe(row["Text"] for row in rows))
    for number, (row, doc) in enumerate(zip(rows, docs, strict=True)):
        find_clusters(doc, known[number % FOLDS])
        _judge(row, doc, sums, errors=errors)
    scores = {}
    for who in ("all", "f", "m"):
        tp, fp, fn = (sums[f"{who}-{x}"] for x in ("tp", "fp", "fn"))
        p, r, f = _prf(tp, tp + fp, tp, tp + fn)
        print(f"  GAP {who:4} P {p:.3f}  R {r:.3f}  F {f:.3f}")
        scores[who] = f
    print(f"  bias (F/M) {scores['f'] / scores['m']:.3f}")
    return {"gap": scores["all"]}


def _judge(row: dict[str, str], doc: Doc, sums: Counter[str], *, errors: bool) -> None:
    at = int(row["Pronoun-offset"])
    gender = "f" if row["Pronoun"].lower() in ("she", "her", "hers") else "m"
    clusters = {m.cluster for m in doc._.kg_mentions if m.start == at and m.kind == "pronoun"}
    for name in "AB":
        start = int(row[f"{name}-offset"])
        end = start + len(row[name])
        said = any(
            m.cluster in clusters and m.kind == "name" and m.start < end and start < m.end
            for m in doc._.kg_mentions
        )
        true = row[f"{name}-coref"].upper() == "TRUE"
        for who in ("all", gender):
            sums[who + "-tp"] += said and true
            sums[who + "-fp"] += said and not true
            sums[who + "-fn"] += true and not said
        if errors and said != true:
            print(f"    {row['ID']} {row['Pronoun']} {row[name]}: {said}, is {true}")


def main() -> int:
    """Print the table; 1 when a floor is missed."""
    p = gate.options(__doc__)
    p.add_argument("--pipeline", default=None)
    p.add_argument("--only", choices=("gum", "gap"))
    p.add_argument("--seen", action="store_true", help="GAP by the shipped weights")
    p.add_argument("--kept", type=Path, help="choices that training.coreference --keep wrote")
    p.add_argument("--errors", action="store_true")
    a = gate.given(p)
    nlp = with_coreference(a.pipeline)
    scores: dict[str, float] = {}
    if a.only != "gap":
        scores |= score_gum(nlp, a.corpora, errors=a.errors)
    if a.only != "gum":
        scores |= score_gap(nlp, a.corpora, folds=not a.seen, kept=a.kept, errors=a.errors)
    if a.only or a.seen:
        print(scores)
        return 0
    files = [
        *sorted((a.corpora / "gum/dev").glob("*.gz")),
        a.corpora / "gap/gap-development.tsv.gz",
    ]
    return gate.settle("coreference", scores, gate.files(*files), pinning=a.pin)


if __name__ == "__main__":
    sys.exit(main())
