"""What a job gives: bytes of one type within limits, or a refusal with its status."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import IO, Final

import msgspec

#: Every frame starts with its letter and the length of its content.
HEADER: Final = struct.Struct("!cI")
#: Bytes that are gathered before any are sent: an answer that fails before has a status of its own.
_PIECE: Final = 1 << 16


class Refused(Exception):
    """A job that gets another status than 200, with words for people."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


class Limits(msgspec.Struct, frozen=True):
    """How many rows and bytes an answer may have."""

    rows: int
    bytes: int


class Sink:
    """Where an answer is written; it keeps to the limits and counts rows when there may be too
    many. A binary file to the engine."""

    def __init__(self, out: IO[bytes], most: int) -> None:
        self._out = out
        self._most = most
        self._type = "text/plain"
        self._held = bytearray()
        self._written = 0
        self._watch: tuple[int, Callable[[], None]] | None = None
        self.begun = False

    def start(self, type: str, watch: tuple[int, Callable[[], None]] | None = None) -> None:
        """What comes is of this type; ``watch`` is called once after so many bytes."""
        self._type, self._watch = type, watch

    def whole(self, type: str, data: bytes) -> None:
        """All of an answer at once."""
        self.start(type)
        self.write(data)

    def write(self, data: bytes) -> int:
        self._written += len(data)
        if self._written > self._most:
            raise Refused(400, f"The answer is longer than {self._most:,} bytes. Ask for less.")
        if self._watch is not None and self._written >= self._watch[0]:
            watch, self._watch = self._watch[1], None
            watch()
        self._held += data
        if len(self._held) >= _PIECE:
            self._flush()
        return len(data)

    def flush(self) -> None:
        """Nothing: `end` sends what is left."""

    def _flush(self, last: bytes = b"") -> None:
        parts = []
        if not self.begun:
            parts.append(_frame(b"H", msgspec.json.encode({"status": 200, "type": self._type})))
            self.begun = True
        if self._held:
            parts.append(_frame(b"D", bytes(self._held)))
            self._held.clear()
        self._out.write(b"".join((*parts, last)))
        self._out.flush()

    def end(self) -> None:
        """The answer is whole."""
        self._flush(_frame(b"E"))

    def fail(self, status: int, message: str) -> None:
        """What was not sent is withdrawn, and this said instead; or the answer breaks off."""
        if self.begun:
            self._out.write(_frame(b"X", message.encode()))
        else:
            self._held.clear()
            head = msgspec.json.encode({"status": status, "type": "text/plain"})
            body = _frame(b"D", f"{message}\n".encode())
            self._out.write(_frame(b"H", head) + body + _frame(b"E"))
        self._out.flush()


def _frame(kind: bytes, content: bytes = b"") -> bytes:
    return HEADER.pack(kind, len(content)) + content
