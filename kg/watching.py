"""A graph that is kept up to date while articles come: `watch`.

What was seen of each source lies in ``OUT/watch.json``, so a watch that ends and starts again goes
on where it was. A folder is read again when a file in it is new or changed, an address when its
server says so, or its bytes do. One build reads all that changed.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from kg.building import Report, build
from kg.config import Settings, load_config
from kg.errors import KGError, ReadError
from kg.folder import read_manifest, replacing
from kg.read import files
from kg.read.poll import Seen, allowed, poll

log = logging.getLogger("kg.watching")
#: What was seen, in the output.
STATE: Final = "watch.json"
_CHANGES: Final = ("new: ", "changed: ", "gone: ")
_Say = Callable[[str], None]


def watch(
    sources: Iterable[str | Path],
    out: str | Path = "output",
    *,
    every: float = 900,
    rounds: int | None = None,
    settings: Settings | None = None,
    say: _Say,
    wait: Callable[[float], None] = time.sleep,
) -> None:
    """Look at the sources every so many seconds and build what is new; ``rounds`` bounds how often
    (None: until interrupted). ``say`` is told one line a change. Whatever fails is said and tried
    again in the next round; `KeyboardInterrupt` ends it, and what was done is kept.
    """
    known = settings or load_config()
    said: set[str] = set()

    def once(line: str) -> None:
        """A file that stays bad is told once, a change each time."""
        if line.startswith(_CHANGES) or line not in said:
            say(line)
        said.add(line)

    given = [str(source) for source in sources]
    done = 0
    while rounds is None or done < rounds:
        start = time.monotonic()
        try:
            _round(given, Path(out), known, once)
        except KGError as error:
            once(f"failed: {error}")
        done += 1
        if rounds is None or done < rounds:
            wait(max(0.0, every - (time.monotonic() - start)))


def _round(sources: list[str], out: Path, settings: Settings, say: _Say) -> None:
    before = _state(out)
    after = dict(before)
    changed = []
    for source in sources:
        try:
            now = _now(source, before.get(source), settings)
        except ReadError as error:
            say(f"failed: {error}")
            continue
        if now is not None:
            after[source] = now
            changed.append(source)
    if not changed:
        return
    listed = _articles(out)
    try:
        report = build(changed, out, settings=settings)
    except ReadError as error:  # nothing that could be read, and no graph yet
        say(f"failed: {error}")
        return
    with replacing(out / STATE) as file:
        json.dump(after, file, indent=1, sort_keys=True)
        file.write("\n")
    for line in _lines(listed, _articles(out), report):
        say(line)


def _state(out: Path) -> dict[str, Any]:
    """What was seen; nothing where that was never written or is damaged: then all is looked at."""
    with suppress(OSError, ValueError):
        found = json.loads((out / STATE).read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return found
    return {}


def _now(source: str, before: Any, settings: Settings) -> Any:
    """What there is to remember of a source; None where nothing changed."""
    if "://" not in source:
        now = _listing(source)
        return None if now == before else now
    limits = {"timeout": settings.read.timeout, "max_bytes": settings.read.max_bytes}
    if not allowed(source, timeout=limits["timeout"]):
        raise ReadError(f"{source}: robots.txt asks programs not to come back here; left alone.")
    try:
        seen = Seen(**before) if before else Seen()
    except TypeError:  # somebody else's file
        seen = Seen()
    found = poll(source, seen, **limits)
    return asdict(found) if found is not None else None


def _listing(source: str) -> str:
    """A hash of names, sizes and times of the files of a folder, or of one file."""
    told = sha256()
    for file in files(source):
        with suppress(OSError):  # gone meanwhile
            stat = file.stat()
            told.update(f"{file}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return told.hexdigest()


def _articles(out: Path) -> dict[str, str]:
    """The source of each article of the graph, by id."""
    manifest = read_manifest(out)
    return {key: it.source for key, it in manifest.articles.items()} if manifest else {}


def _lines(before: dict[str, str], after: dict[str, str], report: Report) -> Iterator[str]:
    gone = {source for key, source in before.items() if key not in after}
    new = sorted(source for key, source in after.items() if key not in before)
    yield from (f"{'changed' if source in gone else 'new'}: {source}" for source in new)
    yield from (f"gone: {source}" for source in sorted(gone - set(new)))
    came = tuple(f"{source}: " for source in new)
    yield from (f"in part: {line}" for line in report.partial if line.startswith(came))
    yield from (f"failed: {failure.error} {failure.hint}".rstrip() for failure in report.failures)
