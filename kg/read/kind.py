"""What kind of file some bytes are, when no name says so."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Final

from kg.read.decode import decode
from kg.read.markup import is_page
from kg.read.xml import root_name

_STARTS: Final = {
    b"%PDF-": ".pdf", b"\x1f\x8b": ".gz", b"WARC/": ".warc", b"From ": ".mbox",
}  # fmt: skip
_HEADER: Final = re.compile(r"(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_MAIL: Final = re.compile(r"^(?:From|Received|Return-Path|Message-ID|MIME-Version):", re.I | re.M)


def ending_of(data: bytes) -> str:
    """The ending of a file with these bytes: ``".html"``, ``".eml"``; ``".txt"`` where nothing
    says that it is another."""
    for start, ending in _STARTS.items():
        if data.startswith(start):
            return ending
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if root_name(data) in ("rss", "feed", "rdf", "urlset", "sitemapindex"):
        return ".xml"
    text, _ = decode(data[:20_000], "")
    if is_page(text):
        return ".html"
    if text.lstrip().startswith("{"):
        return ".jsonl"
    head = _HEADER.match(text.replace("\r\n", "\n"))
    return ".eml" if head and _MAIL.search(head[0]) else ".txt"


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return ".zip"
    if "word/document.xml" in names:
        return ".docx"
    if "META-INF/container.xml" in names:
        return ".epub"
    if any(name.startswith("archive/") and ".warc" in name for name in names):
        return ".wacz"
    return ".odt" if "content.xml" in names else ".zip"
