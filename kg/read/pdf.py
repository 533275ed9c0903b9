"""PDF files, with the extra ``kg[pdf]``."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from kg.errors import ReadError
from kg.model import Article
from kg.read.article import Facts, article
from kg.read.characters import normalise
from kg.read.columns import in_columns
from kg.read.decode import load, size
from kg.read.unwrap import WIDEST, join_long

log = logging.getLogger("kg.read")
#: Bytes of drawing that any PDF may unpack to, and how many times its size more.
_LEAST: Final = 1_000_000
_RATIO: Final = 20
#: What drawing one step counts for, beside its bytes.
_STEP: Final = 10


def read_pdf(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article]:
    """The one article of a PDF file: its text, lines joined to paragraphs, without page numbers
    and the lines that every page repeats.

    Raises `ReadError` when pypdf is not installed, for a damaged or encrypted file, and for one
    without text (a scan).
    """
    path = Path(source)
    yield pdf_article(load(path, max_bytes=max_bytes), str(path), path.name)


def pdf_article(data: bytes, where: str, source: str, *, url: str | None = None) -> Article:
    """The article in the bytes of a PDF file; ``where`` is for messages."""
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError:
        raise ReadError(
            f"{where}: reading PDF needs pypdf: install kg with its extra, pip install 'kg[pdf]'."
        ) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        document = pypdf.PdfReader(BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            raise ReadError(f"{where}: the PDF is encrypted; save it without a password.")
        pages = list(_texts(document, where, len(data)))
        title = document.metadata.title if document.metadata else None
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
    ) as error:
        raise ReadError(f"{where}: not a readable PDF: {error}.") from None
    if not any(page.strip() for page in pages):
        raise ReadError(f"{where}: a PDF without text (a scan?); run text recognition on it first.")
    text = _joined([page for page in _without_margins(pages) if page])
    title = str(title) if title else None  # pypdf's strings know more than ours
    real = title if title and " " in title and "." not in title[-5:] else None
    return article(text, source, Facts(title=real if real and real in text else None, url=url))


def _joined(pages: Sequence[str]) -> str:
    """The pages as one text. A paragraph may run over to the next page, but for one that is joined
    already, with a capital below."""
    text = "".join(
        page + ("\n\n" if len(page.rpartition("\n")[2]) > WIDEST and after[:1].isupper() else "\n")
        for page, after in zip(pages, [*pages[1:], ""], strict=True)
    )
    return "\n".join(join_long([line.strip() for line in text.split("\n")]))


def _texts(document: Any, where: str, packed: int) -> Iterator[str]:
    """The text of each page. A page of a few bytes may unpack to megabytes, or draw one form a
    million times: what is unpacked and drawn is bounded by the size of the file."""
    left = _LEAST + _RATIO * packed

    def spend(cost: int) -> None:
        nonlocal left
        left -= cost
        if left < 0:
            raise ReadError(
                f"{where}: unpacks to far more than a text of {size(packed)}; print it to a new PDF."
            )

    for page in document.pages:
        contents = page.get_contents()
        spend(len(contents.get_data()) if contents is not None else 0)
        plain = page.extract_text(visitor_operand_before=lambda *_: spend(_STEP))
        yield normalise(in_columns(_laid_out(page)) or plain)


def _laid_out(page: Any) -> str:
    """The page with its lines where they stand; empty where pypdf cannot tell."""
    try:
        return str(page.extract_text(extraction_mode="layout"))
    except Exception as error:  # the mode is younger than the other, and fails on odd fonts
        log.debug("no layout of a page: %s", error)
        return ""


def _without_margins(pages: Sequence[str]) -> list[str]:
    """The pages without lines that stand on three or more of them (on both of two), and without
    page numbers."""
    split = [[line.strip() for line in page.split("\n")] for page in pages]
    count = Counter(_numberless(line) for page in split for line in {*page[:3], *page[-3:]} if line)
    repeated = {line for line, times in count.items() if times >= max(2, min(3, len(pages)))}
    kept = []
    for page in split:
        last = len(page) - 3
        lines = [
            line
            for place, line in enumerate(page)
            if not ((place < 3 or place >= last) and _numberless(line) in repeated and line)
            and not re.fullmatch(r"[-–— ]*\d{1,4}[-–— ]*", line)
        ]
        kept.append("\n".join(lines).strip("\n"))
    return kept


def _numberless(line: str) -> str:
    return re.sub(r"\d+", "#", line)
