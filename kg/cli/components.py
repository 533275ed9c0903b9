"""``kg components``."""

from __future__ import annotations

import sys

import click

from kg import registry
from kg.cli.terminal import table


@click.command("components")
def command() -> None:
    """List readers, extractors, runners and exporters: what is installed, and where from."""
    rows = [
        (kind, name, registry.origin(kind, name))
        for kind in registry.KINDS
        for name in registry.names(kind)
    ]
    table("", ("kind", "name", "from"), rows, file=sys.stdout)
