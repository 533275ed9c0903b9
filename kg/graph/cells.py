"""Cells of CSV that a spreadsheet takes for words, not for a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import IO, Any, Final

#: How a formula starts, also behind blanks and quotation marks, and in full-width signs. A cell
#: that starts with a tab or a line end can slip into the next one.
_FORMULA: Final = re.compile(r"[\s\"'\u2018-\u201f\ufeff]*[\t\r\n=+\-@\uff1d\uff0b\uff0d\uff20]")
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:[.,]\d+)*|\.\d+)(?:[eE][+-]?\d+)?%?", re.ASCII)


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula. Numbers
    stay numbers. After OWASP's page on CSV injection.

    >>> harmless('=HYPERLINK("http://example.com")'), harmless("-4.5"), harmless("Oslo")
    ('\'=HYPERLINK("http://example.com")', '-4.5', 'Oslo')
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


class Rows:
    """Writes rows of CSV to an open file. ``raw`` leaves all cells as they are."""

    def __init__(self, to: IO[str], *, raw: bool = False) -> None:
        self._to, self._raw = to, raw
        # With this line end the writer quotes a cell that holds either half of it; with a plain
        # one, a lone carriage return would start a new row.
        self._writer: Any = csv.writer(self, lineterminator="\r\n")

    def write(self, line: str) -> None:
        """Takes a row from the writer."""
        self._to.write(line.removesuffix("\r\n") + "\n")

    def writerow(self, cells: Iterable[object]) -> None:
        """One row."""
        given = cells if self._raw else (harmless(c) if isinstance(c, str) else c for c in cells)
        self._writer.writerow(given)
