"""What the commands share: options, where results go, progress, and text made safe to print."""

from __future__ import annotations

import logging
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from kg.storing import Progress

F = TypeVar("F", bound=Callable[..., Any])
# C0 and C1 control characters but tab and newline, and the characters that turn the direction
# of text around: an article must not drive the reader's terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """The text without control characters and direction marks.

    >>> plain("red \\x1b[31malert")
    'red [31malert'
    """
    return _CONTROL.sub("", text)


def graph_option(function: F) -> F:
    """``--graph DIR``: the folder a build wrote."""
    return click.option(
        "--graph", "-g", "folder", type=click.Path(path_type=Path), default=Path("output"),
        show_default=True, help="The folder that 'kg build' wrote.",
    )(function)  # fmt: skip


def to_option(function: F) -> F:
    """``--to FILE``: write there and not to stdout."""
    return click.option(
        "--to", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file."
    )(function)


def raw_option(function: F) -> F:
    """``--raw``: cells of CSV as they are."""
    return click.option(
        "--raw", is_flag=True,
        help="CSV: leave cells that a spreadsheet would run as formulas as they are; without it "
        "they start with an apostrophe.",
    )(function)  # fmt: skip


def debug_option() -> click.Option:
    """``--debug``: the log of everything, with tracebacks, on stderr."""
    return click.Option(
        ["--debug"], is_flag=True, expose_value=False, is_eager=True, callback=_debug,
        help="Show the log, and the traceback of what fails.",
    )  # fmt: skip


def _debug(_: click.Context, __: click.Parameter, wanted: bool) -> None:
    log = logging.getLogger("kg")
    if not wanted or any(isinstance(handler, _Stderr) for handler in log.handlers):
        return
    handler = _Stderr()
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)


class _Stderr(logging.Handler):
    """Shows records on stderr, as that is now, without control characters of an article."""

    def emit(self, record: logging.LogRecord) -> None:
        click.echo(plain(self.format(record)), err=True)


@contextmanager
def destination(to: Path | None) -> Iterator[IO[str]]:
    """The open file to write results to: ``to``, which appears whole or not at all, or stdout."""
    if to is None:
        yield cast(IO[str], _Plain(sys.stdout)) if sys.stdout.isatty() else sys.stdout
        sys.stdout.flush()
        return
    from kg.knowledge_graph import written

    with written(to) as file:
        yield file


class _Plain:
    """A terminal that gets no control characters."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        return self._file.write(plain(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], *, file: IO[str]
) -> None:
    """A table for people. Numbers stand right."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for index, name in enumerate(columns):
        number = bool(rows) and all(isinstance(row[index], int | float) for row in rows)
        made.add_column(name, justify="right" if number else "left", overflow="fold")
    for row in rows:
        made.add_row(*(Text(_cell(cell)) for cell in row))
    Console(file=file, width=None if file.isatty() else 120).print(made)


def _cell(cell: object) -> str:
    return f"{cell:,}" if isinstance(cell, int) else plain(str(cell))


#: Seconds between two lines of progress where stderr is no terminal.
EVERY = 30.0


@contextmanager
def _lines() -> Iterator[Progress]:
    """Says on stderr from time to time how far things are, also while one article takes long."""
    start, ended = time.monotonic(), threading.Event()
    now: tuple[str, int, int | None] = ("starting", 0, None)

    def tell(what: str, done: int, total: int | None) -> None:
        nonlocal now
        now = what, done, total

    def speak() -> None:
        while not ended.wait(EVERY):
            what, done, total = now
            count = f" {done:,} of {total:,}" if total else f" {done:,}" if done else ""
            click.echo(plain(f"{what}{count} ({time.monotonic() - start:,.0f} s)"), err=True)

    speaker = threading.Thread(target=speak, daemon=True)
    speaker.start()
    try:
        yield tell
    finally:
        ended.set()
        speaker.join()


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Progress | None]:
    """A progress bar with rate and remaining time on a terminal; elsewhere a line every 30 s."""
    if quiet:
        yield None
        return
    if not sys.stderr.isatty():
        with _lines() as tell_now:
            yield tell_now
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        SpinnerColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import (
        Progress as Bar,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """Articles a second, where there is more than one a second; else seconds an article."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            if not speed:
                return Text("")
            return Text(f"{speed:.1f}/s" if speed >= 1 else f"{1 / speed:.1f} s each")

    bar = Bar(
        SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
        Rate(), TimeRemainingColumn(), console=Console(stderr=True), transient=True,
    )  # fmt: skip
    tasks: dict[str, Any] = {}

    def tell(what: str, done: int, total: int | None) -> None:
        if what not in tasks:
            tasks[what] = bar.add_task(plain(what), total=total)
        for other, task in tasks.items():
            bar.update(task, visible=other == what)
        bar.update(tasks[what], completed=done, total=total)

    with bar:
        yield tell
