"""The files of the exam, made from their cases: packed and drawn formats are written here."""

from __future__ import annotations

import gzip
import io
import json
import re
import textwrap
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

Lines = list[tuple[str, str]]
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def make(case: Mapping[str, Any], folder: Path) -> Path:
    """Write the input of a case into the folder; its file."""
    path = folder / case["file"]
    path.write_bytes(content(case))
    return path


def content(case: Mapping[str, Any]) -> bytes:
    """The bytes of the input: ``{1}`` stands for the first expected block, ``wrap`` for the width
    of its lines, ``make`` for the format that is written from it."""
    blocks = [
        line.split("|", 1)[1]
        for article in case.get("article", ())
        for line in article["blocks"].strip().splitlines()
    ]
    text = re.sub(r"\{(\d+)\}", lambda found: blocks[int(found[1]) - 1], case["input"])
    text = text.replace("{sp}", " ")
    if width := case.get("wrap"):
        text = "\n".join(textwrap.fill(line, width) for line in text.split("\n"))
    return _FORMATS[case.get("make", "plain")](text, case.get("meta", {}))


def _lines(text: str) -> Lines:
    return [(line[0], line[2:]) for line in text.strip().splitlines()]


def _zip(members: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return packed.getvalue()


def _docx(text: str, meta: Mapping[str, str]) -> bytes:
    styles = {"h": "Heading1", "s": "Heading2", "b": "ListBullet", "p": "Normal"}

    def paragraph(kind: str, words: str) -> str:
        half = len(words) // 2  # a paragraph is drawn in several runs
        runs = "".join(
            f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
            for part in (words[:half], words[half:])
        )
        return f'<w:p><w:pPr><w:pStyle w:val="{styles[kind]}"/></w:pPr>{runs}</w:p>'

    def cells(words: str) -> str:
        return "".join(f"<w:tc>{paragraph('p', cell)}</w:tc>" for cell in words.split(" | "))

    body = _with_tables(
        _lines(text), paragraph, lambda rows: f"<w:tbl>{''.join(rows)}</w:tbl>",
        lambda words: f"<w:tr>{cells(words)}</w:tr>",
    )  # fmt: skip
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        f'core-properties" {_DC} xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>'
        f"{escape(meta['title'])}</dc:title><dc:creator>{escape(meta['author'])}</dc:creator>"
        f"<dcterms:created>{meta['date']}T08:00:00Z</dcterms:created></cp:coreProperties>"
    )
    return _zip(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
            "docProps/core.xml": core,
        }
    )


def _odt(text: str, meta: Mapping[str, str]) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "meta")
    )

    def paragraph(kind: str, words: str) -> str:
        if kind in "hs":
            return f'<text:h text:outline-level="{"hs".index(kind) + 1}">{escape(words)}</text:h>'
        return f"<text:p>{escape(words)}</text:p>"

    def row(words: str) -> str:
        cells = "".join(
            f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>"
            for cell in words.split(" | ")
        )
        return f"<table:table-row>{cells}</table:table-row>"

    body = _with_tables(
        _lines(text), paragraph, lambda rows: f"<table:table>{''.join(rows)}</table:table>", row
    )
    about = (
        f"<office:document-meta {spaces} {_DC}><office:meta><dc:title>{escape(meta['title'])}"
        f"</dc:title><meta:initial-creator>{escape(meta['author'])}</meta:initial-creator>"
        f"<meta:creation-date>{meta['date']}T08:00:00</meta:creation-date></office:meta>"
        "</office:document-meta>"
    )
    return _zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {spaces}><office:body><office:text>{body}"
            "</office:text></office:body></office:document-content>",
            "meta.xml": about,
        }
    )


def _with_tables(
    lines: Lines,
    paragraph: Callable[[str, str], str],
    table: Callable[[Sequence[str]], str],
    row: Callable[[str], str],
) -> str:
    made: list[str] = []
    rows: list[str] = []
    for kind, words in [*lines, ("", "")]:
        if kind == "t":
            rows.append(row(words))
            continue
        if rows:
            made.append(table(rows))
            rows = []
        if kind:
            made.append(paragraph(kind, words))
    return "".join(made)


def _epub(text: str, meta: Mapping[str, str]) -> bytes:
    tags = {"h": "h1", "s": "h2", "p": "p"}
    chapters: list[str] = []
    for kind, words in _lines(text):
        if kind == "h":
            chapters.append("")
        chapters[-1] += f"<{tags[kind]}>{escape(words)}</{tags[kind]}>"
    numbers = range(1, len(chapters) + 1)
    items = "".join(
        f'<item id="c{n}" href="text/c{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in numbers
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in numbers)
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata {_DC}><dc:title>'
        f"{escape(meta['title'])}</dc:title><dc:date>{meta['date']}</dc:date><dc:language>en"
        "</dc:language></metadata><manifest>"
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f"{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
        'full-path="OPS/package.opf"/></rootfiles></container>'
    )
    pages = {
        f"OPS/text/c{n}.xhtml": '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>c{n}</title></head><body>{chapter}</body></html>"
        for n, chapter in enumerate(chapters, 1)
    }
    nav = '<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol><li>c1</li></ol></nav></body></html>'
    return _zip(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OPS/package.opf": package,
            "OPS/nav.xhtml": nav,
            **pages,
        }
    )


def _members(text: str, _: Mapping[str, str]) -> bytes:
    parts = re.split(r"^=== (.+)\n", text.strip(), flags=re.MULTILINE)[1:]
    return _zip(dict(zip(parts[::2], parts[1::2], strict=True)))


def _pdf(text: str, columns: int) -> bytes:
    """A page in one column or two; the lines are drawn row by row, as some programs do."""
    width = 88 // columns - 2 * (columns - 1)
    lines: list[str] = []
    for paragraph in text.strip().split("\n\n"):
        lines += [*textwrap.wrap(paragraph, width), ""]
    length = -(-len(lines) // columns)
    drawn = []
    for row in range(length):
        for column in range(columns):
            at = column * length + row
            if at < len(lines) and lines[at]:
                words = re.sub(r"([\\()])", r"\\\1", lines[at])
                drawn.append(f"1 0 0 1 {60 + column * 255} {760 - row * 14} Tm ({words}) Tj")
    return _drawn([drawn])


def paged(pages: Sequence[str]) -> bytes:
    """A PDF of these pages, whose lines stand below each other as they are given."""
    return _drawn([_set(page.split("\n")) for page in pages])


def _set(lines: Sequence[str]) -> list[str]:
    drawn = []
    for row, line in enumerate(lines):
        words = re.sub(r"([\\()])", r"\\\1", line)
        drawn += [f"1 0 0 1 60 {790 - row * 15} Tm ({words}) Tj"] if line else []
    return drawn


def _drawn(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF file of pages that these operators draw."""
    places = range(4, 4 + 2 * len(pages), 2)
    kids = " ".join(f"{place} 0 R" for place in places)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for place, drawn in zip(places, pages, strict=True):
        stream = ("BT /F1 10 Tf " + "\n".join(drawn) + " ET").encode("cp1252")
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (place + 1),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    out, starts = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    end, count = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count + table
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, end)
    return bytes(out)


def _as_windows(byte: int) -> str:
    """A byte as programs read it that take everything for Windows-1252."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _stored(text: str, *, packed: bool) -> bytes:
    """A crawl of these records, ``TYPE ADDRESS KIND STATUS`` above each; each packed by itself."""
    parts = re.split(r"^=== (.+)\n", text.strip(), flags=re.MULTILINE)[1:]
    out = b""
    for told, body in zip(parts[::2], parts[1::2], strict=True):
        type_, url, kind, status = told.split()
        http = f"HTTP/1.1 {status} -\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n{body}".encode()
        head = (
            f"WARC/1.1\r\nWARC-Type: {type_.replace('page', 'response')}\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2026-01-05T10:00:00Z\r\nContent-Type: application/http\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        ).encode()
        record = head + http + b"\r\n\r\n"
        out += gzip.compress(record, mtime=0) if packed else record
    return out


def _wacz(text: str) -> bytes:
    """The same as a WACZ file; its pages are the records of type ``page``."""
    listed = re.findall(r"^=== page (\S+)", text, re.MULTILINE)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("archive/data.warc.gz", _stored(text, packed=True))
        archive.writestr("pages/pages.jsonl", "\n".join(json.dumps({"url": url}) for url in listed))
    return made.getvalue()


_FORMATS: dict[str, Callable[[str, Mapping[str, str]], bytes]] = {
    "plain": lambda text, _: text.encode(),
    "cp1252": lambda text, _: text.encode("cp1252"),
    "mojibake": lambda text, _: "".join(map(_as_windows, text.encode())).encode(),
    "gz": lambda text, _: gzip.compress(text.encode(), mtime=0),
    "zip": _members,
    "docx": _docx,
    "odt": _odt,
    "epub": _epub,
    "pdf": lambda text, _: _pdf(text, 1),
    "pdf-pages": lambda text, _: paged(text.split("\n=== page\n")),
    "warc": lambda text, _: _stored(text, packed=False),
    "warc-gz": lambda text, _: _stored(text, packed=True),
    "wacz": lambda text, _: _wacz(text),
    "pdf-columns": lambda text, _: _pdf(text, 2),
}
