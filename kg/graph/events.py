"""The events of a graph as JSON Lines, with the words that tell of each."""

from __future__ import annotations

import json
from typing import IO, Any

from kg.graph.store import GraphStore
from kg.model import Event, Evidence, StatementArgument


def events(graph: GraphStore, to: IO[str]) -> None:
    """One event a line, sorted by IRI (see ``docs/reference/exchange.md``)."""
    for event in graph.events():
        to.write(json.dumps(event_line(graph, event), ensure_ascii=False) + "\n")


def event_line(graph: GraphStore, event: Event) -> dict[str, Any]:
    """An event as one object: participants by role, time, places, and each passage."""
    who = event.attributed_to
    return {
        "id": event.id,
        "type": event.type,
        "label": event.label,
        "status": event.status,
        "attributed_to": who and {"id": who.id, "label": who.label, "type": who.type},
        "time": event.time,
        "participants": [
            {"role": part.role, "id": part.entity, "label": part.label}
            for part in event.participants
        ],
        "places": [_argument(place) for place in event.places],
        "amounts": [_argument(amount) for amount in event.amounts],
        "source_count": event.source_count,
        "statements": list(event.statements),
        "evidence": [
            {
                "article": piece.article,
                "source": piece.source,
                "start": piece.start,
                "end": piece.end,
                "text": piece.text,
            }
            for piece in passages(graph, event)
        ],
    }


def passages(graph: GraphStore, event: Event) -> list[Evidence]:
    """The places that tell of an event, by article and offset: not all those of its statements,
    which may tell of another time."""
    told = set(event.evidence)
    found = {
        piece.id: piece
        for iri in event.statements
        for piece in graph.statement(iri).evidence
        if piece.id in told
    }
    return sorted(found.values(), key=lambda piece: (piece.article, piece.start, piece.id))


def _argument(argument: StatementArgument) -> dict[str, Any]:
    plain = {
        "role": argument.role,
        "label": argument.label,
        "value": argument.value,
        "datatype": argument.datatype,
        "unit": argument.unit,
        "id": argument.entity,
    }
    return {name: value for name, value in plain.items() if value is not None}
