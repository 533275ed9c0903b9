"""Writes docs/reference/cli.md from the commands themselves; with --check, tells if it is stale.

python docs/cli_reference.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import COMMANDS, cli

PAGE = Path(__file__).parent / "reference" / "cli.md"
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
    for name in COMMANDS:
        context = click.Context(cli, info_name="kg", **cli.context_settings)
        command = cli.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        parts.append(_section(f"kg {name}", command, inner))
        for part, below in getattr(command, "commands", {}).items():
            there = click.Context(below, info_name=part, parent=inner)
            parts.append(_section(f"kg {name} {part}", below, there))
    return "\n".join(parts)


def _section(title: str, command: click.Command, context: click.Context) -> str:
    context.terminal_width = context.max_content_width = 96
    return f"## {title}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"


def main() -> int:
    made = page()
    if "--check" in sys.argv[1:]:
        if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != made:
            print(f"{PAGE}: stale. Run: make docs")
            return 1
        return 0
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
