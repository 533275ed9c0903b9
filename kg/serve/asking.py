"""Questions in plain words: what `kg.Graph.ask` answers, as JSON or as a page.

A worker loads the language pipeline at its first question, and keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, Final
from urllib.parse import quote_plus

import msgspec

from kg.ask import Answered, Found
from kg.ask import Reading as Understood
from kg.errors import KGError
from kg.graph.reading import Reading
from kg.knowledge_graph import Graph
from kg.model import Statement
from kg.serve.answering import Limits, Refused, Sink
from kg.serve.markup import href, html
from kg.serve.pages import listed
from kg.serve.tools import as_tool, plain_statement

#: Characters of a question; statements of one answer.
_LONGEST: Final = 500
_STATEMENTS: Final = 5
_VERDICTS: Final = {
    "yes": "Yes: the graph says so.",
    "no": "No: the graph says that it is not so.",
    "claimed": "Somebody says so; nothing tells it as a fact.",
    "silent": "The graph is silent.",
}


def ask(graph: Graph, sink: Sink, limits: Limits, *, question: str, limit: int, type: str) -> None:
    """The answer as JSON or as a page; of no question the page is one to ask on."""
    if type == "text/html":
        sink.whole(type, _page(graph, question, limit).encode())
    else:
        sink.whole("application/json", msgspec.json.encode(_plain(graph, question, limit)))


@as_tool
def offered(graph: Graph, limits: Limits, *, question: str, limit: int) -> dict[str, Any]:
    """The same for an assistant."""
    return _plain(graph, question, limit)


def _answered(graph: Graph, question: str) -> Answered:
    if not question.strip():
        raise Refused(400, "Ask something: /ask?q=Who+sued+Midjourney%3F")
    if len(question) > _LONGEST:
        raise Refused(400, f"A question has {_LONGEST} characters at most.")
    try:
        return graph.ask(question)
    except KGError as error:
        raise Refused(400, str(error)) from None


# --- as JSON ---------------------------------------------------------------------------------------


def _plain(graph: Graph, question: str, limit: int) -> dict[str, Any]:
    found = _answered(graph, question)
    return {
        "question": found.question,
        "understood": found.reading.told if found.reading else "",
        "sparql": found.reading.sparql if found.reading else "",
        "verdict": found.verdict,
        "told": _told(found),
        "answers": [_one(graph, one) for one in found.answers[:limit]],
        "left": max(0, len(found.answers) - limit),
        "others": [{"understood": one.told, "sparql": one.sparql} for one in found.others],
        "why": found.why,
        "nearest": _statements(graph, found.nearest),
    }


def _told(found: Answered) -> str:
    """The answer in a line: of yes or no, how many there are, or why there is none."""
    number = len(found.answers)
    counted = f"{number:,} answer{'s' * (number != 1)}" if number else ""
    return (_VERDICTS[found.verdict] if found.verdict else counted) or found.why


def _one(graph: Graph, found: Found) -> dict[str, Any]:
    return {
        "answer": found.label,
        "iri": found.iri,
        "statements": _statements(graph, found.statements),
        "against": _statements(graph, found.against),
    }


def _statements(graph: Graph, statements: Sequence[Statement]) -> list[dict[str, Any]]:
    return [plain_statement(graph, statement) for statement in statements[:_STATEMENTS]]


# --- as a page -------------------------------------------------------------------------------------


def _page(graph: Graph, question: str, limit: int) -> str:
    form = (
        '<form action="/ask"><p><label>Question <input name="q" type="search" size="50" '
        f'maxlength="{_LONGEST}" value="{escape(question)}"></label> <button>Ask</button></p></form>'
    )
    if not question.strip():
        return html("Ask", f"<h1>Ask</h1>{form}")
    found = _answered(graph, question)
    body = "".join(_parts(graph, Reading(graph.store.store, graph.base), found, limit))
    return html(question, f"<h1>{escape(question)}</h1>{form}{body}")


def _parts(graph: Graph, reading: Reading, found: Answered, limit: int) -> Iterator[str]:
    if found.reading:
        yield f'<p class="note">Understood as: {_understood(found.reading)}</p>'
    yield f"<p><strong>{escape(_told(found))}</strong></p>"
    for one in found.answers[:limit]:
        if not found.verdict:
            name = escape(one.label)
            link = f'<a href="{href(graph.base, one.iri)}">{name}</a>' if one.iri else name
            yield f"<h2>{link}</h2>"
        yield _list(graph, reading, one.statements)
        if one.against:
            yield f"<p>But:</p>{_list(graph, reading, one.against)}"
    if (left := len(found.answers) - limit) > 0:
        yield f"<p>and {left:,} more</p>"
    if found.nearest:
        yield f"<h2>What comes nearest</h2>{_list(graph, reading, found.nearest)}"
    if found.others:
        items = "".join(f"<li>{_understood(other)}</li>" for other in found.others)
        yield f'<p class="note">It can also be understood as:</p><ul>{items}</ul>'


def _understood(reading: Understood) -> str:
    """A reading in words, and as the query it is."""
    address = f"/sparql?query={quote_plus(reading.sparql)}"
    return f'{escape(reading.told)} (<a href="{escape(address)}">as SPARQL</a>)'


def _list(graph: Graph, reading: Reading, statements: Sequence[Statement]) -> str:
    left = len(statements) - _STATEMENTS
    more = f'<p class="note">and {left:,} more</p>' if left > 0 else ""
    return listed(graph, reading, statements[:_STATEMENTS]) + more


TASKS: Final[dict[str, Any]] = {"ask": ask, "tool ask": offered}
