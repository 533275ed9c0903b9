"""Ready-made results of invented news, without a parse, and the graph that they make."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from random import Random

import pyoxigraph as ox

from kg.corrections.articles import Book
from kg.graph.mapping import Mapper
from kg.graph.store import GraphStore
from kg.merge import Merged, merge
from kg.model import (
    Argument,
    Article,
    ArticleResult,
    Claim,
    Correction,
    LinkedClaim,
    LinkedQuote,
    LocalEntity,
    Name,
    Predicate,
    Quote,
)

BASE = "https://kg.example/"
PEOPLE = [
    "Ada Moreno",
    "Ida Moreno",
    "Moreno",
    "Tariq Haddad",
    "Haddad",
    "Jonas Kovač",
    "Mara Demir",
]
FIRMS = [
    "Halden Steel",
    "HS",
    "Vanta",
    "Vanta Labs",
    "Ada Moreno Ltd",
    "Port of Halden",
    "Kestrel Air",
]
PLACES = ["Halden", "Vanta", "Lower Marsh", "Kestrel"]
TOPICS = ["cheap tickets", "new harbour", "harbour", "steel prices", "strike"]
KINDS = (
    dict.fromkeys(TOPICS, "Topic")
    | dict.fromkeys(PLACES, "Place")
    | dict.fromkeys(FIRMS, "Organization")
    | dict.fromkeys(PEOPLE, "Person")
)
VERBS = [("used", "used"), ("bought", None), ("sued", "sued"), ("visited", None), ("praised", None)]
STATUSES = ["asserted", "asserted", "planned", "denied", "possible"]


def told(
    seed: int, *, source: str | None = None, lines: int = 6, before: str = ""
) -> ArticleResult:
    """The result of an invented article; ``before`` stands before its first sentence."""
    random = Random(seed)
    names = random.sample(sorted(KINDS), 6)
    text, claims, quotes = before, [], []
    spans: dict[str, list[tuple[int, int]]] = {name: [] for name in names}
    keys = {name: f"e{number}" for number, name in enumerate(names)}

    def put(words: str) -> tuple[int, int]:
        nonlocal text
        start = len(text)
        text += words
        return start, len(text)

    def whom(role: str, name: str) -> Argument:
        start, end = put(name)
        spans[name].append((start, end))
        return Argument(role, "mention", start, end, start, end, name, KINDS[name])

    for line in range(lines):
        one, other = random.sample(names, 2)
        subject = whom("subject", one)
        put(" ")
        if random.random() < 0.25:
            start, end = put("said")
            at, stop = put(f" words {seed}-{line}")
            quotes.append(
                LinkedQuote(
                    Quote(f"q{line}", text[at + 1 : stop], at + 1, stop, ((at + 1, stop),),
                          "direct", subject, "said", subject.start, stop, start, end),
                    keys[one], about=(keys[other],),
                )
            )  # fmt: skip
        else:
            verb, known = random.choice(VERBS)
            start, end = put(verb)
            put(" ")
            object_ = whom("object", other)
            claims.append(
                LinkedClaim(
                    Claim(f"c{line}", subject, Predicate(verb, verb, start, end, known), object_,
                          subject.start, object_.end, "relations", status=random.choice(STATUSES)),
                    keys[one], keys[other],
                )
            )  # fmt: skip
        put(". ")
    used = [name for name in names if spans[name]]
    entities = tuple(
        LocalEntity(
            keys[name], name, KINDS[name],
            (Name(name, "same words" if KINDS[name] == "Topic" else "full name"),)
            + ((Name("HS", "acronym"),) if name == "Halden Steel" and random.random() < 0.5 else ()),
            tuple(spans[name]), KINDS[name] != "Topic",
        )
        for name in names
        if name in used or any(keys[name] in quote.about for quote in quotes)
    )  # fmt: skip
    key = hashlib.sha256(f"{source}{text}".encode()).hexdigest()[:16]
    article = Article(key, source or f"{seed}.txt", text.rstrip() + ".", publisher=f"P{seed % 4}")
    return ArticleResult(article, entities, tuple(claims), tuple(quotes), (), lines, "p")


def merged(results: Iterable[ArticleResult], corrections: Iterable[Correction] = ()) -> Merged:
    given = list(results)
    sources: Mapping[str, str] = {r.article.id: r.article.source for r in given}
    return merge(lambda: given, base=BASE, book=Book(corrections, sources))


def lines(results: Iterable[ArticleResult], corrections: Iterable[Correction] = ()) -> list[str]:
    """The graph as sorted N-Triples."""
    given = list(results)
    mapper, out = Mapper(BASE), []
    with merged(given, corrections) as graph:
        for result in given:
            out += mapper.article(result.article)
        for entity in graph.entities():
            out += mapper.entity(entity)
        for statement in graph.statements():
            out += mapper.statement(statement)
        for event in graph.events():
            out += mapper.event(event)
        for corrected in graph.corrections():
            out += mapper.correction(corrected)
    return sorted({*out, *mapper.vocabulary()})


class Opened:
    """An open graph in memory."""

    def __init__(
        self, results: Iterable[ArticleResult], corrections: Iterable[Correction] = ()
    ) -> None:
        store = ox.Store()
        text = "\n".join(lines(results, corrections))
        store.load(text.encode(), format=ox.RdfFormat.N_TRIPLES)
        self.store = GraphStore(store, BASE)
