"""The data that a view's page carries: compact tables, one JSON text.

Rows are lists, references are row numbers (-1: none), IRIs below the base are written ``:rest``.
Entities come most important first, so an entity's number is its rank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kg.compare.disagreements import disagreements
from kg.model import STATUSES, Evidence, Inferred, Literal, Node, Quotation, Statement
from kg.view.brief import Line, brief
from kg.view.first import Told, first_screen, outlined, shapes
from kg.view.graph_layout import Place, arrange, layout
from kg.view.inferred import inferred_rows
from kg.view.networkx_graph import network
from kg.view.numbering import Numbering
from kg.view.options import ViewOptions
from kg.view.rows import Rows, to_json
from kg.view.select import Head, Selection
from kg.view.stories import Story, belonging, stories
from kg.view.styles import alike, styles
from kg.view.texts import MOST_TEXT, Texts, inside

#: What ends a row of a statement and is left out where it is the usual: see `Tables.statement`.
_USUAL: tuple[Any, ...] = ("", "", "", 1.0, [], 0)


def payload(
    selection: Selection, options: ViewOptions, inferred: Iterable[Inferred] = ()
) -> dict[str, Any]:
    """The tables of a page: plain values that JSON takes; `pieces` makes them text."""
    picture = _drawn(selection, options)
    tables = Tables(selection, options)
    statements = Rows(tables.statement(s) for s in selection.statements)
    return {
        "version": 1,
        "title": options.title,
        "base": options.base,
        "statuses": list(STATUSES),
        "styles": styles(),
        "types": tables.types,
        "relations": tables.relations,
        "articles": Rows(tables.article(a) for a in selection.heads),
        "stories": [
            [story.title, [tables.article_of[a] for a in story.articles]]
            for story in picture.stories
        ],
        "brief": [
            [line.story, tables.statement_of[line.statement], line.text] for line in picture.brief
        ],
        "disputes": [
            [
                tables.statement_of[found.one.id],
                tables.statement_of[found.other.id],
                found.kind,
                *found.about,
            ]
            for found in disagreements(
                selection.statements, {a.id: a.date for a in selection.heads}
            )
        ],
        "nodes": Rows(
            [
                tables.named(e.id, "entity", e.label),
                e.label,
                tables.type(e.type),
                1 if e.id in picture.worth else 2 if e.named else 0,
                list(e.aliases),
                [tables.article_of[a] for a in e.articles if a in tables.article_of],
                picture.places[e.id][0],
                picture.places[e.id][1],
                round(selection.ranks[e.id] * 1000),
                picture.home[e.id],
                *([1] if e.corrections else []),
            ]
            for e in selection.entities
        ),
        "start": [[tables.node_of[iri], x, y] for iri, (x, y) in picture.start.items()],
        "texts": Rows(
            [[tables.word(kind), start, text] for kind, start, text in blocks]
            for blocks in tables.texts.rows()
        ),
        "passages": tables.passages,
        "statements": statements,
        "inferred": inferred_rows(inferred, tables),
        "words": tables.words,
        "view": {
            "focus": tables.node_of[selection.focus.id] if selection.focus else -1,
            "hops": options.hops,
            "first": options.first,
            "topics": options.topics,
            "wholeTexts": tables.texts.whole,
            "leftEntities": selection.left_entities,
            "leftStatements": selection.left_statements,
            "totalEntities": selection.total_entities,
            "totalStatements": selection.total_statements,
            "asked": _asked(options),
        },
    }


@dataclass(frozen=True, slots=True)
class _Picture:
    """What is drawn where: places among all and on the first screen, the entities worth a shape,
    the stories and each entity's own, and the brief."""

    places: dict[str, Place]
    start: dict[str, Place]
    worth: set[str]
    stories: tuple[Story, ...]
    home: dict[str, int]
    brief: tuple[Line, ...]


def _drawn(selection: Selection, options: ViewOptions) -> _Picture:
    told: list[Told] = []
    graph = network(selection.entities, outlined(selection.statements, told))
    found = stories(selection.heads, selection.entities)
    home = belonging(found, selection.entities, told)
    worth = shapes(selection.entities, told)
    shown = {e.id for e in selection.entities} if options.topics else worth
    first = first_screen(selection.entities, told, shown, home, options.first)
    groups = home if len(found) > 1 else {}
    placed = arrange(graph, first, seed=options.seed, groups=groups)
    return _Picture(
        places=layout(graph, seed=options.seed, groups=groups),
        start={iri: placed[iri] for iri in first if iri in placed},
        worth=worth,
        stories=found,
        home=home,
        brief=brief(found, selection.statements),
    )


def pieces(tables: dict[str, Any]) -> Iterator[bytes]:
    """What `payload` gives as one JSON object, table by table, long ones row by row."""
    for number, (name, table) in enumerate(tables.items()):
        yield (b"," if number else b"{") + to_json(name) + b":"
        if not isinstance(table, Rows):
            yield to_json(table)
            continue
        yield b"["
        for place, row in enumerate(table):
            yield b"," + row if place else row
        yield b"]"
    yield b"}"


def safe_url(url: str | None) -> str | None:
    """The address if it is one of http or https with a host, else None."""
    if not url or any(ord(c) <= 32 for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc else None


class Tables:
    """The tables while they grow."""

    def __init__(self, selection: Selection, options: ViewOptions) -> None:
        self._base = options.base
        self.node_of = {e.id: i for i, e in enumerate(selection.entities)}
        self.article_of = {a.id: i for i, a in enumerate(selection.heads)}
        self.texts = Texts(
            selection.heads,
            selection.articles(),
            selection.statements,
            most=0 if options.excerpts else MOST_TEXT,
        )
        self.statement_of = {iri: i for i, iri in enumerate(selection.statements.ids)}
        self.types: list[str] = []
        self._type_of: dict[str, int] = {}
        self.relations: list[list[Any]] = []
        self._same: dict[int, int] = {}  # a group of verbs: the first relation of it here
        self._relation_of: dict[str, int] = {}
        self.passages = Rows()
        self.words: list[str] = []  # kinds of blocks, extractors: told by number
        self._word_of: dict[str, int] = {}
        self._passage_of = Numbering()

    def iri(self, iri: str) -> str:
        return f":{iri[len(self._base) :]}" if iri.startswith(self._base) else iri

    def id(self, iri: str, kind: str) -> str:
        """An IRI below ``kind``/ without what all of these have; the page puts it back."""
        return self.iri(iri).removeprefix(f":{kind}/")

    def named(self, iri: str, kind: str, label: str) -> str:
        """An IRI; nothing where it is of that kind and ends in its label, as most do."""
        short = self.iri(iri)
        return "" if short == f":{kind}/{label.replace(' ', '_')}" else short

    def word(self, text: str) -> int:
        if text not in self._word_of:
            self._word_of[text] = len(self.words)
            self.words.append(text)
        return self._word_of[text]

    def type(self, name: str) -> int:
        if name not in self._type_of:
            self._type_of[name] = len(self.types)
            self.types.append(name)
        return self._type_of[name]

    def relation(self, iri: str, label: str) -> int:
        if iri not in self._relation_of:
            number = self._relation_of[iri] = len(self.relations)
            group = alike().get(iri.rsplit("#", 1)[-1] if "#" in iri else label)
            same = [] if group is None else [self._same.setdefault(group, number)]
            self.relations.append([self.named(iri, "relation", label), label, *same])
        return self._relation_of[iri]

    def article(self, article: Head) -> list[Any]:
        return [
            self.iri(article.id),
            article.title or article.source,
            article.publisher or "",
            article.date or "",
            safe_url(article.url) or "",
            article.source,
            list(article.authors),
        ]

    def statement(self, s: Statement) -> list[Any]:
        places = [self._evidence(e, s.object) for e in s.evidence]
        rare: list[Any] = [
            s.time or "",
            s.place or "",
            s.sourcing or "",
            round(s.certainty, 3),
            [
                [a.role, a.label, a.value or "", self.node_of[a.entity] if a.entity else -1]
                for a in s.arguments
            ],
            2 if s.confirmed else int(s.unchecked),
        ]
        while rare and rare[-1] == _USUAL[len(rare) - 1]:
            rare.pop()
        return [
            self.id(s.id, "statement"),
            self.node_of[s.subject.id],
            self.relation(s.predicate.id, s.predicate.label),
            self._object(s),
            STATUSES.index(s.status),
            int(s.polarity == "negative"),
            self.node_of[s.attributed_to.id] if s.attributed_to else -1,
            s.source_count,
            round(s.confidence, 3),
            round(s.salience, 2),
            places,
            *rare,
        ]

    def _object(self, s: Statement) -> Any:
        """A number: a node; ``["l", ...]`` a literal, ``["q", ...]`` a quotation, ``["s", ...]``
        another statement. The words of a quotation are told by their place in the first passage."""
        target = s.object
        if isinstance(target, Node):
            return self.node_of[target.id]
        if isinstance(target, Literal):
            return ["l", target.label, target.value, target.datatype, target.unit or ""]
        if isinstance(target, Quotation):
            about = [self.node_of[iri] for iri in target.about]
            place = s.evidence[0].text.find(target.text) if s.evidence else -1
            words = target.text if place < 0 else [place, len(target.text)]
            iri = self.id(target.id, "quote")
            return ["q", iri, words, target.speech, self.word(target.cue or ""), about]
        return ["s", self.statement_of.get(target, -1), self.iri(target)]

    def _evidence(self, e: Evidence, target: Node | Literal | Quotation | str) -> list[Any]:
        # The words of a quotation stand in its object, and need not be told twice.
        spoken = isinstance(target, Quotation) and e.object_text == target.text
        return [
            self._passage(e),
            inside(e.text, e.subject_text),
            inside(e.text, e.predicate_text),
            "" if spoken else inside(e.text, e.object_text),
            self.id(e.id, "evidence"),
            self.word(e.extractor),
        ]

    def _passage(self, e: Evidence) -> int:
        number = self._passage_of.take(f"{e.article} {e.start} {e.end} {hash(e.text)}")
        if number == len(self.passages):
            article, start, end, *own = self.texts.passage(e)
            kind = [own[0], self.word(own[1])] if own else []
            self.passages.append([article, start, end, *kind])
        return number


def _asked(options: ViewOptions) -> str:
    """The options in words, for the page's head ("since 2025, Company, claimed")."""
    parts: list[str] = []
    shown: list[tuple[str | None, Callable[[str], str]]] = [
        (options.focus, lambda v: f"within {options.hops} of {v}"),
        (options.since, lambda v: f"since {v}"),
        (options.until, lambda v: f"until {v}"),
        (", ".join(options.types), str),
        (", ".join(options.statuses), str),
    ]
    parts += [words(value) for value, words in shown if value]
    if options.min_sources > 1:
        parts.append(f"at least {options.min_sources} sources")
    return "; ".join(parts)
