"""What exists is told: every command, option and part stands in the pages that list them."""

from __future__ import annotations

import runpy
from pathlib import Path

import click
import pytest

from kg import registry
from kg.cli import COMMANDS, cli, run

ROOT = Path(__file__).parents[2]


def commands() -> dict[str, click.Command]:
    context = click.Context(cli)
    found = {name: cli.get_command(context, name) for name in COMMANDS}
    return {name: command for name, command in found.items() if command is not None}


def test_the_command_line_reference_is_what_the_commands_tell():
    made = runpy.run_path(str(ROOT / "docs/cli_reference.py"))["page"]()
    page = ROOT / "docs/reference/cli.md"
    assert page.read_text(encoding="utf-8") == made, "stale: run 'make docs'"


def test_the_manual_page_is_what_the_commands_tell():
    made = runpy.run_path(str(ROOT / "docs/cli_reference.py"))["manual"]()
    assert (ROOT / "docs/reference/kg.1").read_text(encoding="utf-8") == made, (
        "stale: run 'make docs'"
    )
    assert made.isascii()
    macros = {line.split()[0] for line in made.splitlines() if line.startswith((".", "'"))}
    assert macros <= {".TH", ".SH", ".SS", ".B", ".PP", ".TP", ".nf", ".fi"}
    for name, command in commands().items():
        section = made.split(f"\n.SS kg {name}\n")[1].split("\n.SS ")[0]
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                assert max(parameter.opts, key=len).replace("-", "\\-") in section


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_told(name):
    command = commands()[name]
    page = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    section = page.split(f"## kg {name}\n")[1].split("\n## ")[0]
    assert command.help
    assert command.help.strip().splitlines()[0] in section
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert max(parameter.opts, key=len) in section
        else:
            assert (parameter.metavar or "") in section


def test_every_command_has_a_module_and_every_module_a_command():
    folder = ROOT / "kg/cli"
    modules = {p.stem for p in folder.glob("*.py")} - {"__init__", "terminal"}
    assert modules == set(COMMANDS)


@pytest.mark.parametrize("kind", registry.KINDS)
def test_every_registered_part_can_be_had_and_is_listed(kind, capsys):
    assert run(["components"]) == 0
    listed = capsys.readouterr().out
    for name in registry.names(kind):
        part = registry.get(kind, name)
        assert callable(part)
        assert part.__doc__, f"{kind} {name} has no docstring"
        assert name in listed


def test_every_class_that_names_can_take_is_in_the_ontology():
    import pyoxigraph as ox

    from kg.config import data_folder
    from kg.resolve.kinds import kinds

    path = data_folder("ontology") / "kg.ttl"
    triples = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    owl = "http://www.w3.org/2002/07/owl#Class"
    known = {
        t.subject.value.rpartition("#")[2] for t in triples if getattr(t.object, "value", "") == owl
    }
    tables = kinds()
    used = {*tables.labels.values(), *tables.family, *tables.nouns.values()}
    assert used <= known
