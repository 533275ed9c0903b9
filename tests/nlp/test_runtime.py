"""The runtime of the network keeps to itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import kg

SOURCES = Path(kg.__file__).parent


def test_it_leaves_nothing_in_the_home_folder_and_so_has_nothing_to_send(tmp_path):
    """From 1.32 on the runtime keeps a device number and a queue of events in ~/.cache."""
    quiet = ("CI", "TELEMETRY", "GITHUB", "BUILD")  # with some of these it keeps to itself anyhow
    told = {k: v for k, v in os.environ.items() if not any(word in k for word in quiet)}
    told |= {"HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    told.pop("XDG_CACHE_HOME", None)
    program = "import kg; kg.load_pipeline()('Anna Holm sued Orbex on Monday.')"
    subprocess.run([sys.executable, "-c", program], env=told, check=True, timeout=120)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_nothing_else_imports_it():
    found = [
        path.relative_to(SOURCES).as_posix()
        for path in sorted(SOURCES.rglob("*.py"))
        if re.search(r"^\s*(?:import|from) onnxruntime", path.read_text("utf-8"), re.M)
    ]
    assert found == ["nlp/runtime.py"]
