"""Bytes to text, with a clear refusal of what is no text."""

from __future__ import annotations

import codecs
import logging
import os
import re
import stat
from pathlib import Path
from typing import IO, Final

from kg.errors import ReadError

log = logging.getLogger("kg.read")

#: What a user sees of a number of bytes: 20,000,000 -> "20 MB".
_MEGA: Final = 1_000_000
_MAGIC: Final = {
    b"%PDF-": "a PDF; rename it to .pdf",
    b"PK\x03\x04": "a zip archive or an office document; save it as text",
    b"\x1f\x8b": "gzip-compressed; unpack it first",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
    b"\xd0\xcf\x11\xe0": "an old office document; save it as text",
    b"{\\rtf": "rich text; save it as plain text",
}
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What UTF-8 that was read as Windows-1252 has nearly always.
_TWICE: Final = re.compile("[ÂÃâÅÄÐð][\x80-\xbf\u0152-\u2122]")
_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b")


def size(count: int) -> str:
    """A number of bytes for people: ``"52.4 MB"``."""
    return f"{count / _MEGA:.1f} MB".replace(".0 ", " ")


def open_file(path: Path) -> IO[bytes]:
    """A file, open to read. Raises `ReadError` for what is no file: a pipe would be waited for, a
    device may never end. ``OSError`` as `open` does."""
    # Without O_NONBLOCK a pipe that nobody writes to would hold us here.
    descriptor = os.open(
        path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ReadError(f"{path}: no regular file; save what it gives to one, and read that.")
    return os.fdopen(descriptor, "rb")


def load(path: Path, *, max_bytes: int) -> bytes:
    """The bytes of a file. Raises `ReadError` when it is missing, no regular file, unreadable,
    empty, or larger than ``max_bytes`` (it is then not read at all)."""
    try:
        with open_file(path) as file:
            length = os.fstat(file.fileno()).st_size
            data = file.read(max_bytes + 1) if length <= max_bytes else b""
        if max(length, len(data)) > max_bytes:
            raise ReadError(
                f"{path}: {size(max(length, len(data)))} is more than the limit of "
                f"{size(max_bytes)}; split it, or raise [read] max_bytes."
            )
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}.") from None
    if not data.strip():
        raise ReadError(f"{path}: the file is empty.")
    return data


def refuse_binary(data: bytes, source: str) -> None:
    """Raise `ReadError` when these bytes are no text, and say what they look like."""
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise ReadError(f"{source}: not text: it looks like {what}.")
    sample = data[:65_536]
    if sum(sample.count(bytes((b,))) for b in _CONTROL) > max(2, len(sample) // 200):
        raise ReadError(f"{source}: not text: a binary file.")


def decode(data: bytes, source: str, *, declared: str | None = None) -> tuple[str, str]:
    """``(text, encoding)`` of a file's bytes.

    Tried in turn: a byte order mark, UTF-8 (what was encoded twice is mended), UTF-16 without a mark, the ``declared`` encoding (of
    an HTTP header), UTF-8 with a few damaged bytes (they become U+FFFD), Windows-1252 for text
    that is nearly all ASCII, a guess from the byte statistics, Windows-1252.
    Raises `ReadError` for binary data.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    wide = _utf16(data)
    if wide is not None:
        return wide
    refuse_binary(data, source)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        mended = mend(text)
        return mended, "utf-8" if mended == text else "utf-8 (encoded twice; mended)"
    if declared:
        try:
            return data.decode(declared), declared.lower()
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return _guess(data)


def mend(text: str) -> str:
    """The text, with the lines mended that were decoded wrongly once before: ``cafÃ©``."""
    if not _TWICE.search(text):
        return text
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    lines = text.split("\n")
    return "\n".join(fix_encoding(line) if is_bad(line) else line for line in lines)


def _utf16(data: bytes) -> tuple[str, str] | None:
    sample = data[:4096]
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    half = max(1, len(sample) // 2)
    for odd, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        if zeros[odd] > 0.6 * half and zeros[1 - odd] < 0.05 * half:
            return data.decode(encoding, errors="replace"), encoding
    return None


def _guess(data: bytes) -> tuple[str, str]:
    loose = data.decode("utf-8", errors="replace")
    damaged = loose.count("\ufffd")
    good = len(re.findall(r"[^\x00-\x7f\ufffd]", loose))
    if good > 4 * damaged:
        return loose, "utf-8 (damaged)"
    high = sum(byte > 127 for byte in data)
    if high * 20 > len(data):  # not a Western language with a few accents and quotes
        from charset_normalizer import from_bytes

        best = from_bytes(data).best()
        if best is not None:
            return str(best), best.encoding
    return data.decode("cp1252", errors="replace"), "cp1252"


def file_text(path: Path, *, max_bytes: int) -> str:
    """The decoded text of a file; an encoding other than UTF-8 is noted in the log."""
    text, encoding = decode(load(path, max_bytes=max_bytes), str(path))
    if not encoding.startswith("utf-8") or "(" in encoding:
        log.info("%s: read as %s", path, encoding)
    if not text.strip("\ufeff\x00 \t\r\n"):
        raise ReadError(f"{path}: the file is empty.")
    return text
