"""Names to things: what is looked up when somebody types, or brings a column of names.

The index of names (`kg.graph.name_index`) has them by name, by word and by three letters of a word, so
that a slip of the pen finds its thing too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from html import escape
from typing import Any, Final

import msgspec

from kg.ask.names import without_articles
from kg.graph.name_index import name_index, triples
from kg.graph.named import plain
from kg.graph.reading import Reading
from kg.knowledge_graph import Graph
from kg.model import Literal, Node, Quotation
from kg.results import to_plain
from kg.serve.answering import Limits, Refused, Sink
from kg.serve.markup import html
from kg.serve.pages import found_at, told_of

#: Things that share the rarest words or letters of a name, which are compared with it.
_COMPARED: Final = 200
#: What is less like a name than this is not told.
_LEAST: Final = 50
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a name may mean. ``score`` is 100 for the very name; ``type`` the local name of
    its class."""

    iri: str
    label: str
    type: str
    score: float
    named: bool


class Names:
    """All names of a graph."""

    def __init__(self, graph: Graph) -> None:
        self.index = name_index(graph.store, without_articles)
        self.aliases = self.index.names
        self.label, self.named = self.index.label, self.index.named
        self._below = f"{graph.base}entity/"

    def find(self, text: str, types: Iterable[str] = (), limit: int = 10) -> list[Candidate]:
        """What the name may mean, the likeliest first; ``types``: only of these classes."""
        key, wanted = plain(text), set(types)
        compared = dict.fromkeys(self.index.own.get(key, ()), 100.0)
        for iri in self._near(key):
            if iri not in compared:
                compared[iri] = max(_likeness(key, alias) for alias in self.aliases[iri])
        found = [
            Candidate(iri, self.label[iri], self.kind(iri), round(score, 1), iri in self.named)
            for iri, score in compared.items()
            if score >= _LEAST
            and iri.startswith(self._below)
            and (not wanted or self.kind(iri) in wanted)
        ]
        found.sort(key=lambda c: (-c.score, not c.named, len(c.label), c.label, c.iri))
        return found[:limit]

    def kind(self, iri: str) -> str:
        """The local name of the class of a thing."""
        return self.index.kind.get(iri, "Thing")

    def starting(self, text: str, limit: int) -> list[Candidate]:
        """Things one of whose words begin so, or whose name is near: for one who still types."""
        key = plain(text)
        begun = [
            (iri, alias)
            for iri, alias in (self.index.starting(key.split(" ")[-1], key) if key else ())
            if iri.startswith(self._below)
        ]
        found = {
            iri: Candidate(
                iri, self.label[iri], self.kind(iri), 100.0 * len(key) / max(len(alias), 1),
                iri in self.named,
            )
            for iri, alias in sorted(begun, key=lambda pair: (-len(pair[1]), pair))
        }  # fmt: skip
        best = sorted(found.values(), key=lambda c: (not c.named, -c.score, c.label, c.iri))
        return best[:limit] or self.find(text, limit=limit)

    def _near(self, key: str) -> list[str]:
        """Those that share words with the name, or words that are spelt nearly so."""
        shared: Counter[str] = Counter()
        for word in set(_WORD.findall(key)):
            for form in {word, *self._spelt(word)}:
                having = self.index.inside.get(form, ())
                for iri in having:
                    shared[iri] += 1000 // len(having) + 1
        ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
        return [iri for iri, _ in ranked[:_COMPARED]]

    def _spelt(self, word: str) -> list[str]:
        having = self.index.letters
        letters = Counter(near for part in triples(word) for near in having.get(part, ()))
        best = sorted(letters.items(), key=lambda item: (-item[1], item[0]))[:20]
        return [near for near, _ in best if _likeness(word, near) >= 75]


def _likeness(one: str, other: str) -> float:
    """0 to 99: how alike two names are, their words in any order."""
    sorted_one, sorted_other = (" ".join(sorted(name.split())) for name in (one, other))
    same = max(
        SequenceMatcher(None, one, other, autojunk=False).ratio(),
        SequenceMatcher(None, sorted_one, sorted_other, autojunk=False).ratio(),
    )
    return min(99.0, 100 * same)


class Served(Graph):
    """The graph that a worker answers from, with its names, which are read once."""

    @cached_property
    def names(self) -> Names:
        return Names(self)


# --- tasks ---------------------------------------------------------------------------------------


def search(graph: Served, sink: Sink, limits: Limits, *, text: str, limit: int, type: str) -> None:
    """Things by name, as JSON or as a page."""
    found = graph.names.starting(text, limit) if text else []
    if type == "text/html":
        items = "".join(
            f'<li><a href="/{escape(c.iri.removeprefix(graph.base))}">{escape(c.label)}</a> '
            f'<span class="note">{escape(c.type)}</span></li>'
            for c in found
        )
        title = f"Names like “{text}”"
        listed = f"<ul>{items}</ul>" if items else "<p>Nothing has such a name.</p>"
        sink.whole(type, html(title, f"<h1>{escape(title)}</h1>{listed}").encode())
        return
    plain_values = [
        {"id": c.iri, "label": c.label, "type": c.type, "score": round(c.score, 1)} for c in found
    ]
    sink.whole("application/json", msgspec.json.encode({"found": plain_values}))


def neighbours(graph: Graph, sink: Sink, limits: Limits, *, path: str, limit: int) -> None:
    """A thing, what the most telling statements tie it to, and these statements, as JSON."""
    node = found_at(graph, path)
    if not path.startswith("entity/"):
        raise Refused(404, "Only entities have neighbours.")
    reading = Reading(graph.store.store, graph.base)
    iris = told_of(graph, node)
    nodes: dict[str, dict[str, str]] = {}
    edges = []
    for iri in iris[:limit]:
        s = reading.statement(iri)
        target: object = s.object
        if isinstance(target, Node):
            target = _put(nodes, target)
        elif isinstance(target, Literal | Quotation):
            target = {"text": target.text if isinstance(target, Quotation) else target.label}
        edges.append(
            {
                "id": iri, "from": _put(nodes, s.subject), "relation": s.predicate.label,
                "to": target, "status": s.status,
                "says": _put(nodes, s.attributed_to) if s.attributed_to else None,
                "passage": s.evidence[0].text if s.evidence else "",
                "source": s.evidence[0].source if s.evidence else "",
            }
        )  # fmt: skip
    answer = {"nodes": list(nodes.values()), "statements": edges, "left": len(iris) - len(edges)}
    sink.whole("application/json", msgspec.json.encode(answer))


def corrections(graph: Graph, sink: Sink, limits: Limits, *, pending: int) -> None:
    """What was corrected, by date, with what became of it, as JSON; and how many edits wait."""
    found = sorted(graph.corrections(), key=lambda c: (c.correction.date, c.correction.id))
    answer = {
        "corrections": [
            {**to_plain(c.correction), "label": c.label, "state": c.state, "note": c.note}
            for c in found
        ],
        "pending": pending,
    }
    sink.whole("application/json", msgspec.json.encode(answer))


def _put(nodes: dict[str, dict[str, str]], node: Node) -> str:
    nodes[node.id] = {"id": node.id, "label": node.label, "type": node.type}
    return node.id


TASKS: Final[dict[str, Any]] = {
    "search": search,
    "neighbours": neighbours,
    "corrections": corrections,
}
