"""Mails: ``.eml`` and ``.mbox``, through the standard library."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import IO, Any, Final

from kg.errors import ReadError
from kg.model import Article
from kg.read.article import Facts, article
from kg.read.clean import Line
from kg.read.dates import iso_date
from kg.read.decode import decode, load, open_file, size
from kg.read.furniture import key, names_in
from kg.read.language import code
from kg.read.letters import is_newsletter, kept, letter, unsigned
from kg.read.tree import lines, parse

#: A plain part with less than this share of the words of the other says only where to read it.
_STUB: Final = 0.4


def read_eml(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article]:
    """The one article of a mail: its subject as title, its date, who wrote it as author (of a
    newsletter: as publisher); the words that were written, without links, quoted mails, signature
    and foot. Attachments are not read.

    Raises `ReadError` for a file that is no mail, and for a mail without text.
    """
    path = Path(source)
    yield message_article(load(path, max_bytes=max_bytes), str(path), path.name)


def read_mbox(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article | Exception]:
    """An article for each mail of an mbox file, as `read_eml`; ``max_bytes`` bounds one mail."""
    path = Path(source)
    number = 0
    try:
        with open_file(path) as file:
            for number, data in enumerate(_messages(file, max_bytes), 1):
                where = f"{path}:{number}"
                try:
                    if len(data) > max_bytes:
                        raise ReadError(f"{where}: the mail is longer than {size(max_bytes)}.")
                    yield message_article(data, where, f"{path.name}:{number}")
                except ReadError as error:
                    yield error
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}.") from None
    if not number:
        raise ReadError(f"{path}: no mail in it: no line begins with 'From '.")


def _messages(file: IO[bytes], longest: int) -> Iterator[bytes]:
    """The mails between the lines that begin with ``From `` after an empty one; of one too long
    only the start."""
    held: list[bytes] = []
    length, blank, started = 0, True, False
    while line := file.readline(65_536):
        if blank and line.startswith(b"From "):
            if started:
                yield b"".join(held)
            held, length, started = [], 0, True
        elif started and length <= longest:
            held.append(line)
            length += len(line)
        blank = not line.strip()
    if started:
        yield b"".join(held)


def message_article(data: bytes, where: str, source: str) -> Article:
    """The article in the bytes of a mail; ``where`` is for messages."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        if not isinstance(message, EmailMessage) or not any(
            name in message for name in ("From", "Subject", "Date", "Received")
        ):
            raise ReadError(f"{where}: no mail: it has no From, Subject or Date.")
        return _article(message, where, source)
    except ReadError:
        raise
    except Exception as error:  # the library fails in many ways on headers of strangers
        raise ReadError(f"{where}: a mail that cannot be parsed ({error}).") from None


def _article(message: EmailMessage, where: str, source: str) -> Article:
    name, _ = parseaddr(str(message.get("From", "")))
    plain, html = (_part(message, kind, where) for kind in ("plain", "html"))
    newsletter = (
        "List-Unsubscribe" in message or "List-Id" in message or is_newsletter(plain, mail=True)
    )
    known = Facts(
        title=" ".join(str(message.get("Subject", "")).split()) or None,
        date=iso_date(str(message.get("Date", ""))),
        publisher=name if newsletter and name else None,
        authors=() if newsletter else names_in(name),
        stated=code(str(message.get("Content-Language", ""))),
    )
    text = _unheaded(letter(plain, mail=True), name)
    seen = _html(html) if html else []
    shown = sum(len(line.text.split()) for line in seen)
    if not text.strip() and not seen:
        raise ReadError(f"{where}: a mail without text.")
    if len(text.split()) >= _STUB * shown:
        return article(text, source, known)
    return article(seen, source, known)


def _unheaded(text: str, name: str) -> str:
    """The text without a first line that is only the sender's name."""
    first, _, rest = text.lstrip().partition("\n")
    return rest if name and key(first) == key(name) else text


def _part(message: EmailMessage, kind: str, where: str) -> str:
    """The text of the part of this kind; empty where there is none."""
    part: Any = message.get_body(preferencelist=(kind,))
    data = part.get_payload(decode=True) if part is not None else None
    if not isinstance(data, bytes) or not data.strip():
        return ""
    return decode(data, where, declared=part.get_content_charset())[0]


def _html(page: str) -> list[Line]:
    root = parse(page)
    if root is None:
        return []
    found = lines(root)
    found = found[: unsigned([" ".join(line.text.split()) for line in found])]
    texts = kept([" ".join(line.text.split()) for line in found])
    known = {text for text in texts if text}
    chosen = []
    for line in found:
        if " ".join(line.text.split()) in known:
            bare = letter(line.text, mail=False)
            chosen.append(replace(line, text=bare))
    return [line for line in chosen if line.text.strip()]
