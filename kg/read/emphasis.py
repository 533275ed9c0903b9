"""Emphasis written out in plain text, taken off: "**Ada Venn:** It was", "'''Ada Venn:''' It was".

Only what a line begins with, or a whole line, is read: a star or underscore elsewhere may be part
of the words, or be a note. The words in bold are known as they are from markup.
"""

from __future__ import annotations

import re
from typing import Final

_LEAD: Final = r"(?P<lead>(?:[-–—•*]\s+)?(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s+)?)"
_WORDS: Final = r"(?P<words>(?=\S)(?:(?!(?P=mark)).)+?(?<=\S))"
#: Bold words: two signs tell enough.
_BOLD: Final = re.compile(
    rf"{_LEAD}(?P<mark>\*\*\*?|__|'''''|''')(?![*_']){_WORDS}(?P=mark)(?![*_'])"
)
#: In italics a label with its colon, or the whole line: else "*Name changed" is a note.
_LABEL: Final = re.compile(
    rf"{_LEAD}(?P<mark>[*_])(?![*_]){_WORDS}(?:(?<=:)(?P=mark)(?=\s)|(?P=mark)(?=:\s))"
)
_LINE: Final = re.compile(rf"{_LEAD}(?P<mark>[*_])(?![*_]){_WORDS}(?P=mark)$")


def without_emphasis(line: str) -> tuple[str, str]:
    """The line without the signs of emphasis at its head, and the emphasised words where nothing
    stands before them."""
    for form in (_BOLD, _LABEL, _LINE):
        if found := form.match(line):
            lead, words = found["lead"], found["words"]
            return f"{lead}{words}{line[found.end() :]}", "" if lead else words
    return line, ""
