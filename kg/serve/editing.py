"""The process that writes: corrections go into the graph's folder, and a new state of the graph with
them.

``python -m kg.serve.editing FOLDER PARENT``: an `Edit` on stdin, what became of it on stdout. All of it holds
afterwards, or nothing is changed: what contradicts another correction is taken back.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import msgspec

from kg.building import correct
from kg.corrections import told
from kg.corrections.forms import of_plain
from kg.errors import InUse, KGError
from kg.knowledge_graph import Graph
from kg.model import Corrected, Correction
from kg.parent import end_with_parent, gone
from kg.serve.answering import Edit, Outcome


def edit(folder: Path, asked: Edit) -> Outcome:
    """Make the graph so, or say why not."""
    try:
        with Graph(folder) as graph:
            made = [of_plain(graph, plain) for plain in asked.add]
            before = {found.correction.id: found for found in graph.corrections()}
    except KGError as error:
        return Outcome(422, str(error))
    unknown = [key for key in asked.undo if key not in before]
    if unknown:
        return Outcome(404, f"No correction {unknown[0]!r} here.")
    try:
        correct(made, folder, undo=asked.undo)
        found, name = _became(folder, made)
        if against := [one for one in found if one.state == "conflict"]:
            fresh = [one.id for one in made if one.id not in before]
            correct((), folder, undo=dict.fromkeys(fresh))
            told_why = "; ".join(f"{one.label}: {one.note}" for one in against)
            return Outcome(409, f"It contradicts another correction. {told_why}")
    except InUse as error:
        return Outcome(503, str(error))
    return Outcome(200, "", [_plain(one) for one in found], name)


def _became(folder: Path, made: list[Correction]) -> tuple[list[Corrected], str]:
    with Graph(folder) as graph:
        each = {found.correction.id: found for found in graph.corrections()}
        return [each[one.id] for one in made], graph.name


def _plain(found: Corrected) -> dict[str, str]:
    one = found.correction
    label = found.label or told(one)
    return {"id": one.id, "label": label, "state": found.state, "note": found.note}


def main(folder: str, parent: str) -> None:
    """Read what is asked for, do it, and tell."""
    end_with_parent(partial(gone, int(parent)))
    asked = msgspec.json.decode(sys.stdin.buffer.read(), type=Edit)
    out, sys.stdout = sys.stdout, sys.stderr  # what anything prints is no answer
    try:
        outcome = edit(Path(folder), asked)
    except KGError as error:
        outcome = Outcome(500, str(error))
    out.buffer.write(msgspec.json.encode(outcome))
    out.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
