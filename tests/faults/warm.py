"""Imported by the server that processes are forked from, so that none pays for imports of its own.
It opens no store: RocksDB's threads do not survive a fork."""

from __future__ import annotations

import networkx  # noqa: F401

import kg.damage
import kg.graph.spool
import kg.graph.store
import kg.read.language
import kg.read.text
import kg.view  # noqa: F401
import tests.faults.attack  # noqa: F401
from kg.read.language import language_of
from kg.registry import get, names

for name in names("extractors"):
    get("extractors", name)
language_of(["The language model is read at its first use, and not before."])
