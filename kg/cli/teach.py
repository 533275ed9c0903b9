"""``kg teach``."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.terminal import plain

if TYPE_CHECKING:
    from kg.teaching.examples import Example
    from kg.teaching.network import Outcome
    from kg.teaching.teaching import Lesson, New

#: Passages that are shown of each word and of the network.
_SHOWN = 5


@click.command("teach")
@click.argument("relation")
@click.argument("examples", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--ontology",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("ontology.ttl"),
    show_default=True,
    help="Your file of classes and relations; it is made where it is not there.",
)
@click.option(
    "--lexicon",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("lexicon.ttl"),
    show_default=True,
    help="Your file of words; what the network learns is put beside it (.taught.json).",
)
@click.option(
    "--graph",
    "-g",
    "graph",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A graph to show what its articles would newly state.",
)
@click.option("--yes", "-y", is_flag=True, help="Write what was found without asking.")
def command(
    relation: str, examples: Path, ontology: Path, lexicon: Path, graph: Path | None, yes: bool
) -> int:
    """Teach a relation by 5 to 50 examples.

    EXAMPLES is a .jsonl or .csv file with sentence, subject and object, both of which stand in the
    sentence; "holds": false makes a counterexample. Words that say the relation go into your
    lexicon; where words don't carry it, the network learns it from the examples. On a terminal each
    find is shown and asked for; elsewhere the report tells what --yes would write.
    """
    from kg.teaching.teaching import teach

    lesson = teach(relation, examples, ontology=ontology, lexicon=lexicon, graph=graph)
    report(lesson)
    if lesson.is_empty:
        click.echo("Nothing was learned well enough; nothing is written.", err=True)
        return 1
    if not yes and not sys.stdin.isatty():
        click.echo("Nothing is written yet: --yes writes it.", err=True)
        return 0
    if not yes:
        judged: list[Example] = []
        lesson = _asked(lesson, judged)
        if judged:
            lesson = teach(
                relation, (*lesson.examples, *judged), ontology=ontology, lexicon=lexicon, graph=graph
            ).without(*_struck(lesson))  # fmt: skip
            report(lesson)
        if lesson.is_empty or not click.confirm("Write it?", default=True):
            click.echo("Nothing is written.", err=True)
            return 1
    click.echo(f"Written: {', '.join(lesson.write())}", err=True)
    own = f"--ontology {shlex.quote(str(ontology))} " if ontology.exists() else ""
    click.echo(f"Next: kg build SOURCE {own}--lexicon {shlex.quote(str(lexicon))}", err=True)
    return 0


def report(lesson: Lesson) -> None:
    """What was learned, on stdout."""
    holding = sum(one.holds for one in lesson.examples)
    against = len(lesson.examples) - holding
    lines = [
        f"{lesson.label} (kg:{lesson.relation}): {holding} examples, {against} counterexamples"
    ]
    lines += [f"  from {lesson.domain} to {lesson.range}", ""]
    for name, count in lesson.said:
        lines.append(f"kg:{name} says {count} of them already.")
    lines.append(f"Words state {len(lesson.covered)} of {holding}:")
    for entry in lesson.entries:
        lines.append(f"  {entry.label}  (line {', '.join(map(str, entry.lines))})")
        lines += _passages(lesson, entry.label)
    lines += [f"  struck, since it states a counterexample: {e.label}" for e in lesson.struck]
    if lesson.outcome is not None:
        lines += _network(lesson.outcome)
        lines += _passages(lesson, "network")
    click.echo(plain("\n".join(lines)))


def _network(outcome: Outcome) -> list[str]:
    """How well the network learned it, and what that makes of what it tells."""
    from kg.teaching.network import BESIDE

    how = "learned" if outcome.good else "not learned well enough, and left out"
    lines = [
        f"The network: {how}. Of examples it had not seen it told {outcome.found:.0%}. Where one pair in "
        f"{BESIDE:.0f} holds, about {outcome.right:.0%} of what it tells is right."
    ]
    if not outcome.apart:
        lines.append("  The examples have no more in common than other pairs of their kinds have.")
    elif outcome.good and outcome.firm:
        lines.append(
            f"  It tells {outcome.firm:.0%} of them as the sentence has it, which in general text is right "
            f"{outcome.firm_right:.0%} of the time; what is less sure "
            f"{'as possible' if outcome.guesses else 'not at all'}."
        )
    elif outcome.good:
        lines.append("  Nothing of it is sure enough for a fact: all is told as possible.")
    return lines


def _passages(lesson: Lesson, by: str) -> list[str]:
    """What would newly be stated by it."""
    found = [one for one in lesson.new if one.by == by]
    lines = [line for one in found[:_SHOWN] for line in _passage(lesson, one)]
    more = len(found) - _SHOWN
    return [*lines, *([f"    ... and {more} more"] if more > 0 else [])]


def _passage(lesson: Lesson, one: New) -> list[str]:
    words = " ".join(one.passage.split())
    return [
        f"    new: {one.subject} | {lesson.label} | {one.object}",
        f"      {words}  ({one.source})",
    ]


def _asked(lesson: Lesson, judged: list[Example]) -> Lesson:
    """The lesson without what the user strikes; what is said of the network's passages is added to
    ``judged``."""
    for entry in lesson.entries:
        if not click.confirm(plain(f"Keep the words {entry.label!r}?"), default=True):
            lesson = lesson.without(entry.label)
    for one in [new for new in lesson.new if new.by == "network"][:_SHOWN]:
        click.echo(plain("\n".join(_passage(lesson, one))))
        answer = click.prompt(
            "Is that right? (y, n, or Enter to pass)", default="", show_default=False
        )
        if answer[:1].lower() in ("y", "n") and one.pair is not None:
            judged.append(replace(one.pair, holds=answer[0].lower() == "y"))
    return lesson


def _struck(lesson: Lesson) -> list[str]:
    """The labels of the entries that are not kept: all that the lesson offered and has no more."""
    return [label for label in lesson.offered if label not in {e.label for e in lesson.entries}]
