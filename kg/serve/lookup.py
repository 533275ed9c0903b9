"""Names to things: what is looked up when somebody types, or brings a column of names.

Each worker reads all labels and aliases once, at the first look-up, and keeps them by name, by word
and by three letters of a word, so that a slip of the pen finds its thing too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from html import escape
from typing import Any, Final

import msgspec

from kg.graph.named import names as names_in
from kg.graph.named import plain, things
from kg.graph.reading import Reading
from kg.graph.vocab import KG, SAID, TYPE
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


@dataclass(slots=True)
class Names:
    """All names of a graph."""

    label: dict[str, str] = field(default_factory=dict)
    type: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    aliases: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _exact: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _words: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _letters: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, graph: Graph) -> Names:
        """The names of all entities."""
        names, store, below = cls(), graph.store.store, f"{graph.base}entity/"
        for iri, named in things(store):
            if iri.startswith(below):
                names.label[iri] = iri
                if named:
                    names.named.add(iri)
        for quad in store.quads_for_pattern(None, TYPE, None, SAID):
            iri, kind = quad.subject.value, quad.object.value  # type: ignore[union-attr]
            if iri in names.label and kind.startswith(KG):
                known = names.type.get(iri, "~")
                names.type[iri] = min(known, kind.removeprefix(KG))
        for iri, text, is_label in names_in(store):
            if iri in names.label:
                if is_label:
                    names.label[iri] = text
                names._add(iri, text)
        return names

    def _add(self, iri: str, text: str) -> None:
        key = plain(text)
        self.aliases[iri].add(key)
        self._exact[key].add(iri)
        for word in _WORD.findall(key):
            self._words[word].add(iri)
            for letters in _triples(word):
                self._letters[letters].add(word)

    def find(self, text: str, types: Iterable[str] = (), limit: int = 10) -> list[Candidate]:
        """What the name may mean, the likeliest first; ``types``: only of these classes."""
        key, wanted = plain(text), set(types)
        compared = dict.fromkeys(self._exact.get(key, ()), 100.0)
        for iri in self._near(key):
            if iri not in compared:
                compared[iri] = max(_likeness(key, alias) for alias in self.aliases[iri])
        found = [
            Candidate(iri, self.label[iri], self.kind(iri), round(score, 1), iri in self.named)
            for iri, score in compared.items()
            if score >= _LEAST and (not wanted or self.kind(iri) in wanted)
        ]
        found.sort(key=lambda c: (-c.score, not c.named, len(c.label), c.label, c.iri))
        return found[:limit]

    def kind(self, iri: str) -> str:
        """The local name of the class of a thing."""
        return self.type.get(iri, "Thing")

    def starting(self, text: str, limit: int) -> list[Candidate]:
        """Things one of whose words begin so, or whose name is near: for one who still types."""
        key = plain(text)
        begun = [
            (iri, alias)
            for word, iris in self._words.items()
            if key and word.startswith(key.split(" ")[-1])
            for iri in iris
            for alias in self.aliases[iri]
            if key in alias
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
            forms = {word, *self._spelt(word)} & self._words.keys()
            for form in forms:
                weight = 1000 // len(self._words[form]) + 1
                for iri in self._words[form]:
                    shared[iri] += weight
        ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
        return [iri for iri, _ in ranked[:_COMPARED]]

    def _spelt(self, word: str) -> list[str]:
        letters = Counter(near for part in _triples(word) for near in self._letters.get(part, ()))
        best = sorted(letters.items(), key=lambda item: (-item[1], item[0]))[:20]
        return [near for near, _ in best if _likeness(word, near) >= 75]


def _triples(word: str) -> set[str]:
    marked = f"^{word}$"
    return {marked[at : at + 3] for at in range(len(marked) - 2)}


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
        return Names.of(self)


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
