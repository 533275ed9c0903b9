"""Characters that nobody sees, and spaces of every kind, made plain. Quotes stay as they are, and so
do words, but those that a scraper cut at their apostrophe are whole again: "did n ’ t" is "didn’t"."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_BREAKS: Final = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
#: Spaces that are not one plain space already.
_SPACES: Final = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_PLAIN: Final = re.compile(r"[\x20-\x7e\n]*")
#: "couldn ’ t", "did n ' t", "wasn 't": the "not" of an auxiliary, cut at its apostrophe.
_CUT_NOT: Final = re.compile(
    r"\b(ai|are|ca|could|dare|did|do|does|had|has|have|is|might|must|need|ought|sha|should|was|were|wo|would)"
    r" ?n(?: ['’]| ?['’] )t\b",
    re.IGNORECASE,
)
#: "Acme ’ s", "they ' re", cut on both sides.
_CUT_END: Final = re.compile(r"(?<=\w) (['’]) (s|re|ve|ll)\b(?! ?['’])", re.IGNORECASE)


def normalise(text: str) -> str:
    """``text`` in NFC with ``\\n`` line ends, every run of spaces one space, and without control,
    zero-width and bidirectional characters, lone surrogates and non-characters.

    What is dropped goes before NFC, so that nothing it kept apart composes later.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return _mended(text)  # most lines
    text = _BREAKS.sub("\n", text)
    if not _PLAIN.fullmatch(text):
        if unseen := [char for char in set(text) if not _visible(char)]:
            text = text.translate(dict.fromkeys(map(ord, unseen)))
        text = unicodedata.normalize("NFC", text)
    return _mended(_SPACES.sub(" ", text))


def _mended(text: str) -> str:
    """With words whole that were cut at their apostrophe."""
    if " '" not in text and " ’" not in text and "' " not in text and "’ " not in text:
        return text
    text = _CUT_NOT.sub(lambda found: found.group().replace(" ", ""), text)
    return _CUT_END.sub(r"\1\2", text)


def _visible(char: str) -> bool:
    if char in "\n\t":
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs"} and (ord(char) & 0xFFFE) != 0xFFFE
