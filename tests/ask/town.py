"""A small graph of our own words that the tests of questions ask."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import kg
from kg.config import load_config

_ARTICLES = {
    "mill.txt": """Halden Foods sues Orlo Mills

Halden Foods sued Orlo Mills in March 2024. Orlo Mills is based in Brenna. Its spokeswoman, Petra Lind, denied any wrongdoing. Halden Foods bought Castor Bakeries for $12 million in 2021. Castor Bakeries was founded in 1987.

Jonas Berg, the mayor of Brenna, met Petra Lind on Tuesday. "The mill will stay open," Berg said. Ida Falk, a union leader, said that the mill could close. Halden Foods plans to open a factory in Tolna. Halden Foods did not buy Tolna Dairy.""",
    "family.txt": """A family of Brenna

Jonas Berg, 54, was born in Tolna. His wife, Karin Berg, works for Castor Bakeries. Nils Berg, a singer, visited Lisbon in May 2023. Castor Bakeries employs 340 people.""",
}


def town(folder: Path) -> kg.Graph:
    """The graph, open."""
    return everything_of(_ARTICLES, folder)


def everything_of(articles: Mapping[str, str], folder: Path) -> kg.Graph:
    """The graph, open, of some articles (by the names of their files), with all that is read."""
    sources = folder / "articles"
    sources.mkdir()
    for name, text in articles.items():
        (sources / name).write_text(text, encoding="utf-8")
    every = load_config(pipeline={"confidence": 0.0, "confidence_sensitive": 0.0})
    return kg.build([sources], folder / "graph", settings=every)
