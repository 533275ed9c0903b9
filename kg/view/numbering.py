"""Numbers for texts, in the order in which they come, in a fourth of the memory of a dictionary."""

from __future__ import annotations

from array import array
from typing import Final

_START: Final = 1_024


class Numbering:
    """Texts, each with a number from 0 on. The texts stand one behind the other; a table, half of which is
    empty, tells by the hash of a text where it is."""

    def __init__(self) -> None:
        self._text = bytearray()
        self._ends = array("Q", [0])
        self._table = array("i", [-1]) * _START

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        """The text of a number."""
        return self._bytes(number).decode("utf-8", "surrogatepass")

    def find(self, text: str) -> int:
        """The number of a text; -1 for one that is not there."""
        return self._table[self._place(text.encode("utf-8", "surrogatepass"))]

    def take(self, text: str) -> int:
        """The number of a text, which is the next one for a new text."""
        told = text.encode("utf-8", "surrogatepass")
        place = self._place(told)
        if self._table[place] < 0:
            self._table[place] = len(self)
            self._text += told
            self._ends.append(len(self._text))
            if 2 * len(self) > len(self._table):
                self._widen()
                return len(self) - 1
        return self._table[place]

    def _bytes(self, number: int) -> bytes:
        return bytes(self._text[self._ends[number] : self._ends[number + 1]])

    def _place(self, told: bytes) -> int:
        """Where in the table a text is, or would be."""
        table, last = self._table, len(self._table) - 1
        place = hash(told) & last
        while (number := table[place]) >= 0 and self._bytes(number) != told:
            place = (place + 1) & last
        return place

    def _widen(self) -> None:
        self._table = array("i", [-1]) * (2 * len(self._table))
        for number in range(len(self)):
            self._table[self._place(self._bytes(number))] = number
