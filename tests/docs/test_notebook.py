"""The notebook runs from its first cell to its last, and shows what its text promises."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "tutorial.ipynb"
#: What a cell with this tag shows: how its HTML begins, or words of what it prints.
SHOWN = {"table": "<table>", "pandas": "<div>", "view": '<iframe title="Graph view" srcdoc="'}

# What a notebook does with a cell: run it, then show the value of its last line.
RUN = """
import ast, json, sys
space = {"__name__": "__main__"}
shown = []
for source in json.load(sys.stdin):
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), space)
    value = None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), space)
    html = getattr(value, "_repr_html_", lambda: None)()
    shown.append([None if value is None else repr(value), html])
print("\\n" + json.dumps(shown))
"""


def cells(kind: str) -> list[dict[str, Any]]:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def test_the_notebook_runs_and_shows_tables_a_view_and_passages(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    code = cells("code")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "articles").symlink_to(ROOT / "seeds" / "articles")
    done = subprocess.run(
        [sys.executable, "-c", RUN], input=json.dumps(["".join(c["source"]) for c in code]),
        capture_output=True, text=True, check=False, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    said, _, last = done.stdout.rstrip("\n").rpartition("\n")
    assert "read 8, in part 0, failed 0" in said
    for cell, (value, html) in zip(code, json.loads(last), strict=True):
        for tag in cell["metadata"].get("tags", ()):
            if tag in SHOWN:
                assert html.startswith(SHOWN[tag]), cell
                assert "<td" in html or tag == "view", cell
            if tag == "list":
                assert ast.literal_eval(value), cell
    assert not list(Path(NOTEBOOK).parent.glob("notebook-*"))


def test_the_notebook_is_kept_without_outputs_and_in_the_form_that_jupyter_reads() -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells("code"))
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    assert json.dumps(notebook, indent=1, ensure_ascii=False) + "\n" == NOTEBOOK.read_text("utf-8")
