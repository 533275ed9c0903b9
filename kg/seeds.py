"""Seed entities: names, types and aliases known beforehand, used as hints, never required."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seed:
    """An entity known beforehand. ``type`` is a local name of an ontology class."""

    id: str
    label: str
    type: str
    aliases: tuple[str, ...] = ()
