"""Writes docs/reference/cli.md and the manual page docs/reference/kg.1 from the commands themselves; with
--check, tells if they are stale.

python docs/cli_reference.py [--check]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

from kg import __version__
from kg.cli import COMMANDS, cli

PAGE = Path(__file__).parent / "reference" / "cli.md"
MANUAL = PAGE.with_name("kg.1")
HEAD = """# Command line

Every command, as its own `--help` tells it. (Made by `make docs`; a test keeps it true.)

Results go to stdout, progress and news to stderr. Exit codes: 0 clean; 1 stopped (interrupted, or
a check that failed); 2 bad usage or settings, or an output that is in use or cannot be written;
3 finished, but some articles failed.

An error is one message: what happened, where, what to do. With `--debug`, before or after the name of the
command, the log and the traceback come with it on stderr. From Python, `logging.getLogger("kg")` has the
same; it says nothing until you give it a handler.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD, _section("kg", cli, cli.make_context("kg", [], resilient_parsing=True))]
    parts += (_section(title, command, context) for title, command, context in commands())
    return "\n".join(parts)


def commands() -> Iterator[tuple[str, click.Command, click.Context]]:
    """Each command with its whole name, and the commands below it."""
    for name in COMMANDS:
        context = click.Context(cli, info_name="kg", **cli.context_settings)
        command = cli.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        yield f"kg {name}", command, inner
        for part, below in getattr(command, "commands", {}).items():
            yield f"kg {name} {part}", below, click.Context(below, info_name=part, parent=inner)


def manual() -> str:
    """The manual page, in the macros of man(7)."""
    lines = [f'.TH KG 1 "" "kg {__version__}" "User Commands"', ".SH NAME"]
    lines += ["kg \\- news articles in, an evidence graph out", ".SH SYNOPSIS"]
    lines += [".B kg", "COMMAND [OPTIONS] ARGUMENTS", ".SH DESCRIPTION"]
    lines += _paragraphs(cli.help or "")
    lines.append(".SH COMMANDS")
    for title, command, context in commands():
        lines += [f".SS {_roff(title)}", ".B " + _roff(title)]
        lines.append(_roff(" ".join(command.collect_usage_pieces(context))))
        lines += [".PP", *_paragraphs(command.help or "")]
        for parameter in command.get_params(context):
            told = parameter.get_help_record(context)
            if told is not None and isinstance(parameter, click.Option):
                lines += [".TP", ".B " + _roff(told[0]), _roff(" ".join(told[1].split()))]
    lines += [".SH EXIT STATUS", *_statuses(), ".SH FILES", ".TP", ".B output/"]
    lines += [_roff("The graph that a build writes, unless --out says otherwise."), ".SH SEE ALSO"]
    return "\n".join([*lines, _roff("The tutorial and the reference in docs/ of the source."), ""])


def _statuses() -> Iterator[str]:
    for code, means in (
        ("0", "Clean."),
        ("1", "Stopped: interrupted, or a check that failed."),
        ("2", "Bad usage or settings, or an output that is in use or cannot be written."),
        ("3", "Finished, but some articles failed."),
    ):
        yield from (".TP", f".B {code}", means)


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs of help; one that begins with a mark of click's stays as it is, line by line."""
    for number, block in enumerate(cleandoc(text).split("\n\n")):
        if number:
            yield ".PP"
        if block.startswith("\b\n"):
            yield from (".nf", *map(_roff, block.split("\n")[1:]), ".fi")
        else:
            yield _roff(" ".join(block.split()))


def _roff(text: str) -> str:
    """Text that no macro is read into."""
    plain = text.replace("\\", "\\e").replace("-", "\\-")
    plain = re.sub(r"[^\x00-\x7f]", lambda sign: f"\\[u{ord(sign[0]):04X}]", plain)
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain


def _section(title: str, command: click.Command, context: click.Context) -> str:
    context.terminal_width = context.max_content_width = 96
    return f"## {title}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"


def main() -> int:
    made = {PAGE: page(), MANUAL: manual()}
    if "--check" in sys.argv[1:]:
        stale = [
            p for p, t in made.items() if not p.is_file() or p.read_text(encoding="utf-8") != t
        ]
        for path in stale:
            print(f"{path}: stale. Run: make docs")
        return 1 if stale else 0
    PAGE.parent.mkdir(exist_ok=True)
    for path, text in made.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
