"""The command line: one file a command, each a thin shell over one library call.

Nothing but click is imported for ``kg --help``; a command's module is imported when it runs.
Exit codes: 0 clean, 1 stopped (interrupted, or a check that failed), 2 bad usage or settings, an
output that is in use or cannot be written, 3 finished, but some articles failed.
"""

from __future__ import annotations

import logging
import os
import sys
from importlib import import_module
from typing import Any

import click

from kg import __version__
from kg.cli.terminal import debug_option, plain
from kg.errors import KGError, told
from kg.rings import end_soon
from kg.threads import one_thread

log = logging.getLogger("kg.cli")

#: command -> what it does, as `kg --help` tells it. The module is ``kg.cli.<command>``.
COMMANDS = {
    "build": "Read articles and build the graph, or bring it up to date.",
    "watch": "Keep the graph up to date while articles come.",
    "ask": "Ask a question in plain words.",
    "search": "Find names, statements and passages that have some words.",
    "people": "List the people: posts, what they said, how often they are told of.",
    "sources": "List the sources, or the articles, and what was read of them.",
    "query": "Ask the graph with SPARQL, or with a query that comes along.",
    "explain": "Show what the graph says of a thing, with the words that say it.",
    "quotes": "Show what was said once, as each article has it.",
    "diff": "Tell what two graphs hold differently.",
    "view": "Write the graph as one HTML file to look at.",
    "export": "Write the graph in an exchange format.",
    "serve": "Serve the graph: SPARQL, pages, reconciliation.",
    "mcp": "Offer the graph to an assistant: Model Context Protocol.",
    "push": "Send what changed to another store, by SPARQL Update.",
    "pull": "Take a graph from another store, by SPARQL queries.",
    "stats": "Count what is in the graph.",
    "check": "Check the graph against its rules (SHACL).",
    "remove": "Take articles out, with all that only they support.",
    "suggest": "Tell which relations and classes the ontology lacks.",
    "teach": "Teach a relation by examples.",
    "review": "List names that are likely one thing, for a person to decide.",
    "correct": "Say what the graph has wrong: a merge, a class, a statement.",
    "corrections": "List what was corrected, take it back, bring it elsewhere.",
    "kb": "Make a knowledge base that names are looked up in; look one up.",
    "components": "List readers, extractors, runners and exporters.",
}


class Commands(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"kg.cli.{cmd_name}").command
        if not any(option.name == "debug" for option in command.params):
            command.params.append(debug_option())
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            if not near:
                raise
            raise click.UsageError(
                f"{error.format_message()} Did you mean {near[0]!r}?", ctx
            ) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """News articles in, an evidence graph out.

    Start with:  kg build FOLDER
    """


cli.params.append(debug_option())


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    code = run(args)
    end_soon()
    sys.exit(code)


def run(args: list[str] | None = None) -> int:
    """Run the command line; the answer is the exit code."""
    one_thread()
    try:
        code: Any = cli.main(args=args, prog_name="kg", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except KGError as error:
        return _told(str(error))
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return 1
    except BrokenPipeError:
        # The reader of our output went away (`kg query ... | head`): no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _told(f"{where}{error.strerror or error}. Is there room, and may kg write there?")
    except Exception as error:
        return _told(f"{told(error)}. This is a fault of kg; --debug shows the traceback.", 1)
    return code if isinstance(code, int) else 0


def _told(message: str, code: int = 2) -> int:
    """The exit code, after the message; the log has the traceback of what is being handled."""
    log.debug("stopped", exc_info=True)
    click.echo(f"Error: {plain(message)}", err=True)
    return code
