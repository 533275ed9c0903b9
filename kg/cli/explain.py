"""``kg explain``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.terminal import graph_option, plain
from kg.model import Article, Entity, Event, Evidence, Inferred, Literal, Node, Quotation, Statement

if TYPE_CHECKING:
    from rich.text import Text

    from kg.knowledge_graph import Graph

#: Characters shown on both sides of a passage.
AROUND = 40
#: Relations that are named where the one that was asked for is in no statement.
_RELATIONS = 12


@click.command("explain")
@click.argument("subject", metavar="X")
@click.argument("predicate", required=False, metavar="[P]")
@click.argument("object", required=False, metavar="[O]")
@graph_option
@click.option("--names", is_flag=True, help="Show which names were joined, and why.")
@click.option("--ids", is_flag=True, help="Show the statements' ids, as 'kg correct' takes them.")
@click.option("--json", "as_json", is_flag=True, help="Write the statements as JSON Lines.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True,
              help="Statements to show.")  # fmt: skip
@click.option(
    "--infer", is_flag=True, help="Show what follows from the facts, too, and from which."
)
@click.option("--all", "everything", is_flag=True,
              help="Show rhetoric, too: something abstract that signals something abstract; and that "
              "what follows is of a class above its own.")  # fmt: skip
def command(
    subject: str,
    predicate: str | None,
    object: str | None,
    folder: Path,
    names: bool,
    ids: bool,
    as_json: bool,
    limit: int,
    infer: bool,
    everything: bool,
) -> None:
    """Show what the graph says of a thing, the most telling first, with the words that say it.

    X is a label, another name, an IRI or a prefixed name. With P and O: the statements that link
    the two by P; "*" stands for anything. What follows from the facts stands last, where the graph
    was built with it or --infer asks for it.
    """
    from kg.knowledge_graph import Graph

    with Graph(folder) as graph:
        found = graph.explain(subject, predicate, object, everything=everything)
        follows: Sequence[Inferred] = ()
        if infer or graph.infers:
            follows = tuple(
                found
                for found in graph.inferred(subject, predicate, object)
                if everything or found.rule != "subclass"
            )
        if as_json:
            import json

            from kg.results import to_plain

            for told in (*found.statements, *follows):
                click.echo(json.dumps(to_plain(told), sort_keys=True))
            return
        if names:
            _names(graph, found.entities)
            return
        _entities(found.entities)
        _events(found.events)
        show_statements(graph, found.statements, limit, ids)
        _inferred(graph, follows, limit)
        if predicate is not None and not (found.statements or follows or found.apart):
            _nothing(graph, subject, object)
        if found.apart:
            click.echo(f"... and {found.apart} set apart as rhetoric; see --all.", err=True)


def _console() -> object:
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False, soft_wrap=not sys.stdout.isatty())


def _print(text: Text) -> None:
    _console().print(text)  # type: ignore[attr-defined]


def _entities(entities: Sequence[Entity]) -> None:
    from rich.text import Text

    for entity in entities:
        line = Text.assemble((plain(entity.label), "bold"), f"  {entity.type}  ")
        line.append(plain(entity.id), "dim")
        if entity.aliases:
            line.append(f"\n  also: {plain(', '.join(entity.aliases))}")
        _print(line)


def _events(events: Sequence[Event]) -> None:
    from rich.text import Text

    for event in events:
        line = Text("\n")
        line.append(event.status, _STYLES.get(event.status, ""))
        line.append("  event  ")
        line.append(plain(event.label), "bold")
        if event.attributed_to:
            line.append(f"  (says {plain(event.attributed_to.label)})")
        if event.time:
            line.append(f"  time: {plain(event.time)}")
        for participant in event.participants:
            line.append(f"  {plain(participant.role)}: {plain(participant.label)}")
        for told in (*event.places, *event.amounts):
            line.append(f"  {plain(told.role)}: {plain(told.label)}")
        if event.source_count > 1:
            line.append(f"  {event.source_count} independent sources")
        line.append(f"\n  made of {_count(event)}  ", "dim")
        line.append(plain(event.id), "dim")
        _print(line)


def _count(event: Event) -> str:
    number = len(event.statements)
    return f"{number} statement{'' if number == 1 else 's'}"


def _names(graph: Graph, entities: Sequence[Entity]) -> None:
    from rich.text import Text

    cited = {key for e in entities for key in (*e.articles, *(m.article for m in e.merges))}
    sources = {key: article.source for key, article in _articles(graph, cited).items()}
    for entity in entities:
        _print(Text(plain(entity.label), "bold"))
        if not entity.merges:
            where = ", ".join(plain(sources.get(key, key)) for key in entity.articles)
            _print(Text(f"  {plain(entity.label)}: its only name, in {where or 'no article'}"))
        for merge in entity.merges:
            where = plain(sources.get(merge.article, merge.article))
            _print(Text(f"  {plain(merge.name)}: {plain(merge.reason)}, in {where}"))
        for near in entity.near:
            why = f": {plain(near.reason)}" if near.reason else ""
            _print(Text(f"  perhaps {plain(near.id)} ({near.score:.2f}){why}"))


def _articles(graph: Graph, ids: Iterable[str]) -> dict[str, Article]:
    """Those of these that the graph has, by id; no others are read."""
    from kg.graph.reading import Reading
    from kg.graph.vocab import article_iri

    reading = Reading(graph.store.store, graph.base)
    found = (reading.article(article_iri(graph.base, key)) for key in sorted(ids))
    return {article.id: article for article in found if article.id}


def show_statements(
    graph: Graph, statements: Sequence[Statement], limit: int, ids: bool = False
) -> None:
    """Print statements with the words that say them, so many; how many more there are goes to stderr."""
    from rich.text import Text

    wanted = {piece.article for s in statements[:limit] for piece in s.evidence}
    texts = _articles(graph, wanted)
    for statement in statements[:limit]:
        line = Text("\n")
        line.append(f"{statement.status}", _STYLES.get(statement.status, ""))
        if statement.polarity == "negative" and statement.status != "denied":
            line.append(" not", "red")
        line.append("  ")
        line.append(plain(statement.subject.label), "bold")
        line.append(f"  {plain(statement.predicate.label)}  ")
        line.append(plain(_object(statement)), "bold")
        if statement.attributed_to:
            line.append(f"  (says {plain(statement.attributed_to.label)})")
        if statement.sourcing:
            line.append(f"  ({plain(statement.sourcing)})")
        for argument in statement.arguments:
            line.append(f"  {plain(argument.role)}: {plain(argument.label)}")
        if statement.source_count > 1:
            line.append(f"  {statement.source_count} independent sources")
        if statement.unchecked:
            line.append("  machine-read, unchecked", "yellow")
        if statement.confirmed or statement.by_hand:
            line.append("  (by hand)" if statement.by_hand else "  (confirmed)", "green")
        if ids:
            line.append(f"  stmt:{statement.id.rpartition('/')[2]}", "dim")
        for piece in statement.evidence:
            article = texts.get(piece.article)
            line.append("\n  ")
            line.append(_passage(piece, article.text if article else piece.text))
            where = ", ".join(
                part
                for part in (
                    article and article.publisher, article and article.date, piece.source,
                    f"{piece.start}-{piece.end}",
                )
                if part
            )  # fmt: skip
            line.append(f"\n    {plain(where)}", "dim")
        _print(line)
    if len(statements) > limit:
        click.echo(f"... and {len(statements) - limit} more; see --limit.", err=True)


def _nothing(graph: Graph, subject: str, object: str | None) -> None:
    """Say that no statement is so, and which relations there are instead."""
    others = graph.explain(subject, "*", object, everything=True).statements
    known = sorted({statement.predicate.label for statement in others})
    more = ", ..." if len(known) > _RELATIONS else ""
    told = f" There is: {', '.join(map(plain, known[:_RELATIONS]))}{more}." if known else ""
    click.echo(f"No statement says that.{told}", err=True)


def _inferred(graph: Graph, follows: Sequence[Inferred], limit: int) -> None:
    """What follows, with the facts that it follows from and where they are told."""
    from rich.text import Text

    dates = {a.id: a.date for a in graph.articles()} if follows else {}
    for found in follows[:limit]:
        line = Text("\nfollows  ")
        line.append(_triple(found), "bold")
        line.append(f"  ({found.rule})", "dim")
        if found.disputed:
            line.append("  disputed", "red")
        for depth, text in _chain(found, dates, 1):
            line.append(f"\n{'  ' * depth}{text}")
        for denial in found.denials:
            says = f"{plain(denial.attributed_to.label)} says: " if denial.attributed_to else ""
            line.append(f"\n  denied by: {says}", "red")
            line.append("; ".join(_cited(piece, dates) for piece in denial.evidence[:1]))
        _print(line)
    if len(follows) > limit:
        click.echo(f"... and {len(follows) - limit} more that follow; see --limit.", err=True)


def _chain(
    found: Inferred, dates: Mapping[str, str | None], depth: int
) -> Iterator[tuple[int, str]]:
    """The lines that tell what something follows from, each with how deep it stands."""
    premises = dict.fromkeys(_premise(premise) for premise in found.follows_from)
    yield depth, f"follows from: {', '.join(premises)}"
    for premise in found.follows_from:
        if isinstance(premise, Statement):
            for piece in premise.evidence[:1]:
                unchecked = "  machine-read, unchecked" if premise.unchecked else ""
                yield depth + 1, _cited(piece, dates) + unchecked
        elif not isinstance(premise, Node):
            yield depth + 1, f"{_triple(premise)} ({premise.rule})"
            yield from _chain(premise, dates, depth + 2)


def _cited(piece: Evidence, dates: Mapping[str, str | None]) -> str:
    """A passage in a line, and where it stands."""
    told = (dates.get(piece.article), piece.source, f"{piece.start}-{piece.end}")
    words = plain(" ".join(piece.text.split()))
    return f"“{words}” {plain(', '.join(filter(None, told)))}"


def _premise(premise: Statement | Inferred | Node) -> str:
    return f"{premise.label} is a {premise.type}" if isinstance(premise, Node) else _triple(premise)


def _triple(told: Statement | Inferred) -> str:
    words = _object(told) if isinstance(told, Statement) else told.object.label
    return plain(f"{told.subject.label} {told.predicate.label} {words}")


_STYLES = {
    "asserted": "green", "claimed": "cyan", "planned": "blue", "possible": "yellow",
    "hypothetical": "yellow", "denied": "red",
}  # fmt: skip


def _passage(piece: Evidence, text: str) -> Text:
    """The words with a little around them; subject, predicate and object highlighted."""
    from rich.text import Text

    start, end = piece.start, piece.end
    if text[start:end] != piece.text:
        start, end, text = 0, len(piece.text), piece.text
    before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = text[end : end + AROUND].partition("\n")[0]
    made = Text()
    made.append(("…" if start > AROUND else "") + plain(before), "dim")
    words = Text(plain(" ".join(text[start:end].split("\n"))))
    for part in (piece.subject_text, piece.predicate_text, piece.object_text):
        at = words.plain.find(plain(" ".join(part.split("\n")))) if part else -1
        if at >= 0:
            words.stylize("underline", at, at + len(part))
    made.append_text(words)
    made.append(plain(after) + ("…" if end + AROUND < len(text) else ""), "dim")
    return made


def _object(statement: Statement) -> str:
    target = statement.object
    if isinstance(target, Quotation):
        return f"“{target.text}”"
    if isinstance(target, Node | Literal):
        return target.label
    return target
