"""The component ``kg_coreference``: which words of an article mean the same person, body or thing.

It sets ``doc._.kg_mentions`` (a tuple of `kg.model.Mention`, by place) and ``doc._.kg_clusters``
(tuples of mentions, by first mention; ``mention.cluster`` is the index). Every named entity span is
a mention, alone or not; pronouns and nouns are mentions when they were resolved to something. The
clusters have more: what a thing is said to be ("the mayor" in "Ann Lee is the mayor"), and a
place's name within another name ("Oslo" in "Oslo City Museum"); no statement has these as an end. A
wrong link is worse than none: where two antecedents are about as likely, there is none.

It needs a UD parse and ``doc.ents``; ``doc.spans["kg_values"]`` keeps dates and amounts out.

>>> [m.text for m in doc._.kg_clusters[0]]                                        # doctest: +SKIP
['Runway', 'the company', 'its']
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Mention
from kg.nlp.coreference.entities import Entity
from kg.nlp.coreference.links import read_entities
from kg.nlp.coreference.nested import nested
from kg.nlp.coreference.network import Network, shipped
from kg.nlp.mentions import FIRST_PERSON, Candidate

Cluster = tuple[Mention, ...]


def _extensions() -> None:
    for name in ("kg_mentions", "kg_clusters"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())


_extensions()


@Language.factory(
    "kg_coreference",
    requires=["doc.ents", "doc.sents", "token.dep", "token.head", "token.pos"],
    assigns=["doc._.kg_mentions", "doc._.kg_clusters"],
)
def make_coreference(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component; its weights are part of the package."""
    _extensions()
    return find_clusters


def find_clusters(doc: Doc, known: Network | None = None) -> Doc:
    """Set the mentions and clusters of a parsed Doc; the same Doc comes back.

    ``known`` is another network than the shipped one."""
    entities = read_entities(doc, shipped() if known is None else known)
    beside: dict[int, list[Candidate]] = defaultdict(list)
    for entity, name in nested(entities):
        beside[entity.id].append(name)
    clusters = [(c, e) for e in entities if (c := _told(e))]
    clusters.sort(key=lambda c: (c[0][0].start, c[0][0].end))
    mentions: list[Mention] = []
    found: list[Cluster] = []
    for number, (cluster, e) in enumerate(clusters):
        told = [_mention(doc, m, e.label or _label(cluster), number) for m in cluster]
        more = [_mention(doc, m, e.label, number) for m in (*e.said, *beside[e.id])]
        found.append(tuple(sorted([*told, *more], key=lambda m: (m.start, m.end))))
        mentions += told
    doc._.kg_clusters = tuple(found)
    doc._.kg_mentions = tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.cluster)))
    return doc


def _told(entity: Entity) -> list[Candidate]:
    """The mentions of an entity that are worth telling: of a typed name all of them, of anything
    else those that a pronoun joins, or that have both a name and a noun that takes it up."""
    seen: set[tuple[int, int]] = set()
    mentions = []
    for m in entity.mentions:
        if (m.start, m.end) not in seen:
            seen.add((m.start, m.end))
            mentions.append(m)
    typed = any(m.label for m in mentions)
    joined = any(m.pronoun and m.pronoun != "rel" for m in mentions)
    kinds = {m.kind for m in mentions if m.kind == "name" or m.definite}
    if not typed and not (joined and len(mentions) > 1) and len(kinds) < 2:
        return []
    return sorted(mentions, key=lambda m: (m.start, m.end))


def _label(cluster: Sequence[Candidate]) -> str | None:
    labels = Counter(m.label for m in cluster if m.label)
    return max(labels, key=lambda label: labels[label]) if labels else None  # of equals the first


def _mention(doc: Doc, mention: Candidate, label: str | None, number: int) -> Mention:
    span = doc[mention.start : mention.end]
    return Mention(
        span.start_char, span.end_char, span.text, mention.kind,
        label if mention.kind == "name" else None, number,
        mention.gender if mention.gender in ("m", "f") else "",
    )  # fmt: skip


def first_person(doc: Doc, start: int, end: int) -> list[Mention]:
    """The first-person pronouns (I, my, we, our...) in a stretch of characters, as mentions.

    Their ``cluster`` is -1: whose words they are is known where quotations are.
    """
    return [
        Mention(t.idx, t.idx + len(t.text), t.text, "pronoun", None, -1)
        for t in doc
        if start <= t.idx < end and t.lower_ in FIRST_PERSON and t.pos_ in ("PRON", "DET")
    ]
