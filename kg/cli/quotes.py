"""``kg quotes``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.terminal import destination, graph_option, plain, to_option

if TYPE_CHECKING:
    from kg.compare.quotes import Utterance, Variant


@click.command("quotes")
@click.argument("words", required=False, metavar="[WORDS]")
@graph_option
@click.option("--speaker", metavar="NAME", help="Only what this person or body said.")
@click.option("--shared", is_flag=True, help="Only what several articles have.")
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to write it.",
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    help="How many utterances; 0: all. JSON has all.",
)
@to_option
def command(
    words: str | None,
    folder: Path,
    speaker: str | None,
    shared: bool,
    form: str,
    limit: int,
    to: Path | None,
) -> None:
    """Show what was said, each utterance once, with the words that each article has for it.

    The first article to print it stands first. ‹own› are words that only this one has, […] stands for what it
    leaves out of the fullest version. WORDS keeps utterances in which these words stand.
    """
    from kg.knowledge_graph import Graph
    from kg.results import to_plain

    with Graph(folder) as graph:
        found = [u for u in graph.quotes(speaker) if _has(u, words)]
    if shared:
        found = [u for u in found if len({v.article for v in u.variants}) > 1]
    with destination(to) as file:
        if form == "json":
            for utterance in found:
                file.write(
                    json.dumps(to_plain(utterance), ensure_ascii=False, sort_keys=True) + "\n"
                )
            return
        shown = found[: limit or None]
        lines = _text(shown) if form == "text" else _markdown(shown)
        file.write("\n".join(lines) + "\n" if shown else "")
    if not found:
        click.echo("No quotations.", err=True)
    elif len(shown) < len(found):
        click.echo(f"... and {len(found) - len(shown)} more; see --limit.", err=True)


def _has(utterance: Utterance, words: str | None) -> bool:
    wanted = _plain(words or "")
    return any(wanted in _plain(variant.text) for variant in utterance.variants)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def _head(utterance: Utterance) -> str:
    who = ", ".join(filter(None, (utterance.speaker.label, utterance.post)))
    articles = len({v.article for v in utterance.variants})
    return f"{who}  ({articles} article{'s' * (articles > 1)})"


def _text(utterances: Sequence[Utterance]) -> Iterator[str]:
    for number, utterance in enumerate(utterances):
        if number:
            yield ""
        yield plain(_head(utterance))
        for variant in utterance.variants:
            where = f"{variant.date or 'no date'}  {variant.outlet or variant.source}"
            yield plain(f"  {where}{_kind(variant)}")
            yield plain(f"    {_words(variant)}")


def _markdown(utterances: Iterable[Utterance]) -> Iterator[str]:
    for utterance in utterances:
        yield f"### {_escaped(_head(utterance))}\n"
        yield "| when | who has it | words |\n| --- | --- | --- |"
        for v in utterance.variants:
            cells = (v.date, f"{v.outlet or v.source}{_kind(v)}", _words(v))
            yield f"| {' | '.join(map(_escaped, cells))} |"
        yield ""


def _kind(variant: Variant) -> str:
    kinds = [variant.speech] * (variant.speech != "direct") + ["denied"] * variant.denied
    return f" ({', '.join(kinds)})" if kinds else ""


def _words(variant: Variant) -> str:
    """The variant's own words, marked where they differ from the fullest ones."""
    if variant.speech == "indirect":
        return variant.text
    shown = [
        {"same": piece.text, "own": f"‹{piece.text}›", "left": "[…]"}[piece.kind]
        for piece in variant.pieces
    ]
    return f"“{' '.join(shown)}”"


def _escaped(text: str) -> str:
    return " ".join(re.sub(r"([\\|`*_<>\[\]])", r"\\\1", text).split())
