"""What tells the folder that a build writes from others (`kg.folder` says what lies in it)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

MANIFEST: Final = "manifest.json"
#: What a person opens, written by each build.
TURTLE: Final = "graph.ttl"
PAGE: Final = "graph.html"
OUTPUTS: Final = (TURTLE, PAGE)
RESULTS: Final = "results"
#: What the merge was made of, and which graph that is of.
MERGE: Final = "merge.sqlite"
MERGE_SEAL: Final = "merge.json"
#: The knowledge base that names are looked up in.
KB: Final = "kb.sqlite"
#: A manifest begins so; its checksum follows.
SEAL: Final = b'{"sha256": "'


def is_output(folder: Path) -> bool:
    """Whether a build wrote this folder, or is at its first: then it has results and a lock."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            return file.read(len(SEAL)) == SEAL
    except OSError:
        return (folder / ".lock").is_file() and (folder / RESULTS).is_dir()


def is_part(name: str) -> bool:
    """Whether a build writes what has this name in its folder (the manifest apart)."""
    return name in (RESULTS, MERGE_SEAL, KB, *OUTPUTS) or name.startswith(("graph-", MERGE))
