"""Characters that nobody sees, and spaces of every kind, made plain. Quotes stay as they are."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_BREAKS: Final = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
#: Spaces that are not one plain space already.
_SPACES: Final = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_PLAIN: Final = re.compile(r"[\x20-\x7e\n]*")


def normalise(text: str) -> str:
    """``text`` in NFC with ``\\n`` line ends, every run of spaces one space, and without control,
    zero-width and bidirectional characters, lone surrogates and non-characters.

    What is dropped goes before NFC, so that nothing it kept apart composes later.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text  # most lines
    text = _BREAKS.sub("\n", text)
    if not _PLAIN.fullmatch(text):
        if unseen := [char for char in set(text) if not _visible(char)]:
            text = text.translate(dict.fromkeys(map(ord, unseen)))
        text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", text)


def _visible(char: str) -> bool:
    if char in "\n\t":
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs"} and (ord(char) & 0xFFFE) != 0xFFFE
