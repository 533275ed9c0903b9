"""What programs beside the package import from it and from each other is there.

Not only at their start: an import within a function is looked at, too, and what needs an extra
(training needs torch) is read, not run.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = [
    path for name in ("benchmarks", "training") for path in sorted((ROOT / name).rglob("*.py"))
]
OURS = {"kg", "benchmarks", "training", "tests"}


def imported(tree: ast.AST) -> Iterator[tuple[str, str | None]]:
    """Each module of ours that is imported, and the name that is wanted of it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found = [(node.module, alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            found = [(alias.name, None) for alias in node.names]
        else:
            continue
        yield from (pair for pair in found if pair[0].partition(".")[0] in OURS)


def has(module: str, name: str | None) -> bool:
    """Whether there is such a module, with such a name."""
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in OURS:
            return False
        return name is None or name in written(module)  # it needs an extra
    if name is None or hasattr(found, name):
        return True
    return hasattr(found, "__path__") and importlib.util.find_spec(f"{module}.{name}") is not None


def written(module: str) -> set[str]:
    """The names that a module's file defines or imports at its top."""
    path = ROOT / (module.replace(".", "/") + ".py")
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name for alias in node.names}
        else:
            stored = (n for n in ast.walk(node) if isinstance(n, ast.Name))
            found |= {n.id for n in stored if isinstance(n.ctx, ast.Store)}
    return found


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_a_program_imports_is_there(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    missing = [f"{module}: {name}" for module, name in imported(tree) if not has(module, name)]
    assert missing == []


@pytest.mark.parametrize(
    "line", ["from kg.folder import nothing_of_this_name", "import kg.nowhere",
             "def f():\n    from kg.nowhere import x"],
)  # fmt: skip
def test_an_import_of_yesterday_is_seen(line: str) -> None:
    assert not all(has(*pair) for pair in imported(ast.parse(line)))
