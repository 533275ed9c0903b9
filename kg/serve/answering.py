"""What a job gives: bytes of one type within limits, or a refusal with its status."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import IO, Any, Final

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


class Edit(msgspec.Struct):
    """Corrections to add, in either form of `kg.corrections.forms`; ids of those to take back."""

    add: list[dict[str, Any]] = []
    undo: list[str] = []


class Outcome(msgspec.Struct):
    """The status of the answer, and what it says: a message, or each correction with its state."""

    status: int
    message: str = ""
    corrections: list[dict[str, str]] = []
    graph: str = ""


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

    def _flush(self) -> None:
        piece = bytes(self._held)
        self._held.clear()
        self._send(b"D" if self.begun else b"B", piece if self.begun else self._head() + piece)
        self.begun = True

    def _head(self, status: int = 200) -> bytes:
        return f"{status} {self._type}\n".encode()

    def _send(self, kind: bytes, content: bytes = b"") -> None:
        self._out.write(HEADER.pack(kind, len(content)) + content)
        self._out.flush()

    def end(self) -> None:
        """The answer is whole."""
        if not self.begun:
            self._send(b"A", self._head() + bytes(self._held))
            return
        if self._held:
            self._flush()
        self._send(b"E")

    def fail(self, status: int, message: str) -> None:
        """What was not sent is withdrawn, and this said instead; or the answer breaks off."""
        if self.begun:
            self._send(b"X", message.encode())
            return
        self._type = "text/plain"
        self._send(b"A", self._head(status) + f"{message}\n".encode())
