"""Web archives (``.warc``, ``.warc.gz``, ``.wacz``), with the extra ``kg[warc]``."""

from __future__ import annotations

import gzip
import json
import logging
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final
from urllib.parse import urldefrag, urljoin

from kg.errors import ReadError
from kg.model import Article
from kg.read.archive import BROKEN, LEAST, RATIO, Archive, opened
from kg.read.characters import normalise
from kg.read.decode import decode, open_file, size
from kg.read.jsonl import TOLD

log = logging.getLogger("kg.read")
_PAGES: Final = ("text/html", "application/xhtml+xml")
_PDF: Final = "application/pdf"
#: Content codings that are taken out, with the window that tells zlib which it is.
_CODINGS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 15}
#: Records that a page may stand in and that are not read.
_MISSED: Final = ("revisit", "conversion", "continuation", "status ", "not in its list")
#: Bytes that the headers of one record may have, and records of one file.
_HEAD: Final = 1_000_000
_MOST: Final = 1_000_000
_CHUNK: Final = 65_536
_CUT: Final = "{}: the file is cut off within record {:,}."


def read_warc(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article | Exception]:
    """An article for each page (HTML or PDF) that a crawl stored, with its own address, in the order of the file.

    The date is what the page says: the day it was crawled is another. Records that may hold a page
    and are not read (what was seen before, answers of errors) are counted in one error at the
    end; requests, pictures and scripts in the log. The file is read record by record, however long:
    ``max_bytes`` bounds one page, and a file that unpacks to over a hundred times its size ends
    with an error. Raises `ReadError` when warcio is not installed, and for what is no such file.
    """
    path = Path(source)
    try:
        with open_file(path) as file:
            stream = _Stream(file, LEAST + RATIO * path.stat().st_size, str(path))
            yield from _Crawl(str(path), path.name, max_bytes).pages(stream)
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}.") from None


def read_wacz(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article | Exception]:
    """As `read_warc`, for all archives in the one file. Where it lists its pages, those alone are
    articles: what a page shows in frames (advertisements) is counted."""
    path = Path(source)
    with opened(path, max_bytes=sys.maxsize) as archive:  # its pages are bounded, not the file
        names = [name for name in archive.names if name.endswith((".warc", ".warc.gz"))]
        if not names:
            raise ReadError(f"{path}: no web archive: it has no archive/*.warc.gz.")
        listed = _listed(archive, max_bytes)
        for name in names:
            shown = normalise(PurePosixPath(name).name)
            with archive.stream(name) as (member, packed):
                crawl = _Crawl(f"{path}/{shown}", f"{path.name}/{shown}", max_bytes, listed)
                yield from crawl.pages(_Stream(member, LEAST + RATIO * packed, crawl.where))


def _listed(archive: Archive, max_bytes: int) -> set[str]:
    """The addresses that a WACZ file names as its pages; empty where it lists none."""
    found: set[str] = set()
    for name in archive.names:
        if not re.fullmatch(r"pages/.*\.jsonl", name):
            continue
        for line in archive.read(name, most=max_bytes).splitlines():
            try:
                page = json.loads(line)
            except (ValueError, RecursionError):
                continue  # a list that is damaged makes no page an advertisement
            if isinstance(page, dict) and isinstance(page.get("url"), str):
                found.add(urldefrag(page["url"])[0])
    return found


class _Ended(ReadError):
    """The file cannot be read further."""


class _Stream:
    """The unpacked bytes of an archive, bounded: all by ``limit``, until the next `bound` by what
    that allows."""

    def __init__(self, file: IO[bytes], limit: int, where: str) -> None:
        self._left, self._limit, self._where = limit, limit, where
        self._bound: int | None = None
        is_packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        self._file: Any = gzip.GzipFile(fileobj=file) if is_packed else file

    def bound(self, count: int | None) -> None:
        """What is read from here on may be so many bytes; None: as many as are left."""
        self._bound = count

    def read(self, count: int) -> bytes:
        try:
            data: bytes = self._file.read1(count)  # `read` would lose what stands before a damage
        except (*BROKEN, OSError) as error:
            raise _Ended(
                f"{self._where}: cannot be unpacked further: {error}; what stands before was read."
            ) from None
        self._left -= len(data)
        if self._left < 0:
            raise _Ended(
                f"{self._where}: unpacks to more than {size(self._limit)}; the rest was not read."
            )
        if self._bound is not None:
            self._bound -= len(data)
            if self._bound < 0:
                raise _Ended(
                    f"{self._where}: a record with headers of more than {size(_HEAD)}; the rest "
                    "was not read."
                )
        return data


def _records(stream: _Stream, where: str) -> Iterator[Any]:
    """warcio's records, one by one: what is not read of one is passed over."""
    try:
        from warcio.bufferedreaders import BufferedReader
        from warcio.recordloader import ArcWarcRecordLoader
    except ImportError:
        raise _Ended(
            f"{where}: reading web archives needs warcio: install kg with its extra, "
            "pip install 'kg[warc]'."
        ) from None
    reader, loader = BufferedReader(stream), ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    for number in range(1, _MOST + 1):
        stream.bound(_HEAD)
        line = b"\n"
        while line and not line.strip():
            line = reader.readline(_CHUNK)
        if not line:
            if number == 1:
                raise _Ended(f"{where}: the file is empty.")
            return
        if not line.startswith(b"WARC/"):
            what = "no web archive" if number == 1 else f"damaged at record {number:,}"
            raise _Ended(f"{where}: {what}: a record begins with WARC/, not {line[:20]!r}.")
        try:
            record = loader.parse_record_stream(reader, line, "warc")
        except _Ended:
            raise
        except EOFError:
            raise _Ended(_CUT.format(where, number)) from None
        except Exception as error:  # warcio's own, and whatever odd headers make it raise
            raise _Ended(
                f"{where}: damaged at record {number:,}: its headers cannot be read."
            ) from error
        if record.length is None:
            raise _Ended(f"{where}: damaged at record {number:,}: it does not say its length.")
        stream.bound(None)
        yield record
        _pass_over(record)
        if record.raw_stream.limit > 0:
            raise _Ended(_CUT.format(where, number))
    raise _Ended(f"{where}: more than {_MOST:,} records; the rest was not read.")


def _pass_over(record: Any) -> None:
    while record.raw_stream.read(_CHUNK):
        pass


class _Crawl:
    """The pages of one archive. ``where`` stands in messages, ``name`` in articles; ``listed`` are
    the addresses of its pages, where it tells them."""

    def __init__(
        self, where: str, name: str, max_bytes: int, listed: set[str] | None = None
    ) -> None:
        self.where, self._name, self._longest = where, name, max_bytes
        self._listed = listed or set()

    def pages(self, stream: _Stream) -> Iterator[Article | Exception]:
        others: Counter[str] = Counter()
        pages = bad = 0
        for record in _records(stream, self.where):
            if other := self._other(record):
                others[other] += 1
                continue
            pages += 1
            try:
                yield from self._articles(record, f"{self._name}:{pages}")
            except _Ended:
                raise
            except ReadError as error:
                bad += 1
                if bad <= TOLD:
                    yield error
        if bad > TOLD:
            yield ReadError(f"{self.where}: {bad - TOLD:,} more pages are no articles.")
        counts = ", ".join(f"{name} ({count:,})" for name, count in sorted(others.items()))
        if not pages:
            raise ReadError(f"{self.where}: no page in it, only {counts or 'nothing'}.")
        log.info("%s: %d pages; no pages: %s", self.where, pages, counts)
        missed = [name for name in others if name.startswith(_MISSED)]
        if missed:
            told = ", ".join(f"{name} ({others[name]:,})" for name in sorted(missed))
            yield ReadError(f"{self.where}: pages that were not read: {told}.")

    def _other(self, record: Any) -> str:
        """What a record is that is no page to read; empty for one that is."""
        if record.rec_type not in ("response", "resource", "revisit"):
            return _plain(record.rec_type)
        url = _url(record)
        kind, _ = _kind(record)
        status = record.http_headers.get_statuscode() if record.http_headers else "200"
        if status[:1] == "3" and record.rec_type == "response":
            self._follow(url, record.http_headers.get_header("Location") or "")
            return "redirect"
        if not url or (kind and kind not in (*_PAGES, _PDF)):
            return _plain(kind or "no web page")
        if record.rec_type == "revisit":
            return "revisit"
        if status != "200":
            return _plain(f"status {status}")
        if not kind:
            return "no content type"
        return "not in its list of pages" if self._listed and url not in self._listed else ""

    def _follow(self, url: str, place: str) -> None:
        """A listed page that is elsewhere is listed there as well."""
        if url in self._listed and place:
            with suppress(ValueError):  # no address
                self._listed.add(urldefrag(urljoin(url, place))[0])

    def _articles(self, record: Any, source: str) -> Iterator[Article]:
        url = _url(record)
        where = f"{self.where}: {url[:200]}"
        data = _payload(record, where, self._longest)
        kind, charset = _kind(record)
        if kind == _PDF:
            from kg.read.pdf import pdf_article

            found = iter([pdf_article(data, where, where, url=url)])
        else:
            from kg.read.html import page_articles

            found = page_articles(decode(data, where, declared=charset)[0], where, url=url)
        _pass_over(record)
        cut = record.rec_headers.get_header("WARC-Truncated") or record.raw_stream.limit > 0
        for one in found:
            yield replace(
                one,
                source=source + one.source.removeprefix(where),
                partial=one.partial or ("the archive holds only its beginning" if cut else None),
            )


def _plain(text: str | None) -> str:
    """Words of an archive as they are shown."""
    return normalise(text or "no type")[:40]


def _url(record: Any) -> str:
    """The address of a page on the web, without its part; empty for anything else."""
    url = normalise(record.rec_headers.get_header("WARC-Target-URI") or "").strip()
    return urldefrag(url)[0] if re.match(r"https?://[^\s/]", url, re.IGNORECASE) else ""


def _kind(record: Any) -> tuple[str, str | None]:
    """The content type of what was stored, and the encoding that it names."""
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    told = headers.get_header("Content-Type") or ""
    named = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", told, re.IGNORECASE)
    return told.partition(";")[0].strip().lower(), named[1] if named else None


def _payload(record: Any, where: str, longest: int) -> bytes:
    """What a server sent, unpacked. Raises `ReadError` for more than ``longest`` bytes, and for what
    cannot be unpacked."""
    from warcio.bufferedreaders import ChunkedDataReader

    if record.length > longest + _HEAD:
        raise _too_long(where, longest)
    given, coding = record.raw_stream, ""
    if record.http_headers is not None:
        coding = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
        if (record.http_headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
            given = ChunkedDataReader(given)
    data = bytes(given.read(longest + 1))
    if len(data) > longest:
        raise _too_long(where, longest)
    if not data.strip():
        raise ReadError(f"{where}: the page is empty.")
    return _unpacked(data, coding, where, longest)


def _unpacked(data: bytes, coding: str, where: str, longest: int) -> bytes:
    """The bytes as they were before the server packed them; crawlers often store those."""
    if coding in ("", "identity") or re.match(rb"\s*<", data):
        return data
    if coding not in _CODINGS:
        raise ReadError(f"{where}: stored as {coding[:20]!r}, which kg cannot unpack.")
    unpack = zlib.decompressobj(_CODINGS[coding])
    try:
        made = unpack.decompress(data, longest + 1)
    except zlib.error as error:
        raise ReadError(f"{where}: cannot be unpacked: {error}.") from None
    if len(made) > longest:
        raise _too_long(where, longest)
    if not unpack.eof:
        raise ReadError(f"{where}: cannot be unpacked: it is cut off.")
    return made


def _too_long(where: str, longest: int) -> ReadError:
    return ReadError(f"{where}: more than the limit of {size(longest)}; raise [read] max_bytes.")
