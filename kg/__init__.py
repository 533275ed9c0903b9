"""News articles in, an evidence graph out.

::

    import kg

    graph = kg.build(["articles/"])
    graph.query("SELECT ?who WHERE { ?who kg:used ?what }")

The names below are imported when they are first used, so ``import kg`` is light.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# Quiet unless somebody asks: `logging.getLogger("kg")` takes handlers, `kg --debug` adds one.
logging.getLogger("kg").addHandler(logging.NullHandler())

if TYPE_CHECKING:
    from kg.config import load_config
    from kg.errors import KGError
    from kg.knowledge_graph import Graph, build, correct, diff, load_pipeline, open_graph, remove
    from kg.knowledge_graph import open as open
    from kg.model import Article, Entity, Evidence, Quotation, Statement
    from kg.registry import register
    from kg.teaching.suggestions import suggest
    from kg.teaching.teaching import teach

_FROM = {
    "Article": "kg.model",
    "Entity": "kg.model",
    "Evidence": "kg.model",
    "Graph": "kg.knowledge_graph",
    "KGError": "kg.errors",
    "Quotation": "kg.model",
    "Statement": "kg.model",
    "build": "kg.knowledge_graph",
    "correct": "kg.knowledge_graph",
    "diff": "kg.knowledge_graph",
    "load_config": "kg.config",
    "load_pipeline": "kg.knowledge_graph",
    "open": "kg.knowledge_graph",
    "open_graph": "kg.knowledge_graph",
    "register": "kg.registry",
    "remove": "kg.knowledge_graph",
    "suggest": "kg.teaching.suggestions",
    "teach": "kg.teaching.teaching",
}

__all__ = [
    "Article",
    "Entity",
    "Evidence",
    "Graph",
    "KGError",
    "Quotation",
    "Statement",
    "__version__",
    "build",
    "correct",
    "diff",
    "load_config",
    "load_pipeline",
    "open_graph",
    "register",
    "remove",
    "suggest",
    "teach",
]


def __getattr__(name: str) -> Any:
    if name not in _FROM:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    value = getattr(import_module(_FROM[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
