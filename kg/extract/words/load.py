"""The word lists of a language as they stand in its folder: ``en/`` for English."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

_FOLDER: Final = Path(__file__).parent / "en"


@cache
def word_lists(name: str) -> dict[str, Any]:
    """What ``en/NAME.toml`` says, read once and not to be changed."""
    return tomllib.loads(word_file(f"{name}.toml"))


def word_file(name: str) -> str:
    """The text of a file of the language's folder."""
    return (_FOLDER / name).read_text(encoding="utf-8")
