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
from kg.read.clean import is_sentence
from kg.read.columns import in_columns
from kg.read.decode import load, size
from kg.read.unwrap import WIDEST, join_full, join_long
from kg.steps import step

log = logging.getLogger("kg.read")
#: Bytes of drawing that any PDF may unpack to, and how many times its size more.
_LEAST: Final = 1_000_000
_RATIO: Final = 20
#: What drawing one step counts for, beside its bytes.
_STEP: Final = 10
#: Pages from which on it is told how far the reading is.
_MANY: Final = 50
#: Pages of a report, and words that its title has at least.
_REPORT: Final = 20
_TITLE: Final = 4
_NOTE: Final = re.compile(r"(?:\d{1,3}|[*†‡]{1,3})\s+[\"“‘]?[A-Z]")
#: A line of a table of contents: "The new bridge ........ 42".
_CONTENTS: Final = re.compile(r"(?:\. ?){4,}\s*(?:\d{1,4}|[ivxlc]{1,6})?\s*$")


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
    """The pages as one text. A paragraph runs over to the next page where its sentence does, but
    for one that is joined already, with a capital below."""
    text = "".join(
        page + ("\n\n" if _ends(page.rpartition("\n")[2], after) else "\n")
        for page, after in zip(pages, [*pages[1:], ""], strict=True)
    )
    return "\n".join(join_long([line.strip() for line in text.split("\n")]))


def _ends(last: str, after: str) -> bool:
    """Whether a paragraph ends with the last line of its page."""
    capital = after[:1].isupper() or after[:1] in "\"“‘'"
    return capital and (is_sentence(last.strip()) or len(last) > WIDEST)


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

    total = len(document.pages)
    for number, page in enumerate(document.pages, 1):
        if total >= _MANY:
            step(f"{where}: pages read", number, total)
        contents = page.get_contents()
        spend(len(contents.get_data()) if contents is not None else 0)
        plain = page.extract_text(visitor_operand_before=lambda *_: spend(_STEP))
        layout = _laid_out(page)
        yield normalise(in_columns(layout) or _with_gaps(plain, layout))


def _with_gaps(plain: str, layout: str) -> str:
    """The text of a page whose layout has wider gaps, or indents, between its paragraphs: their
    lines are joined, and a blank one stands between them. Any other page as it is."""
    lines = [line for line in plain.split("\n") if line.strip()]
    gaps: list[int] = []
    placed: list[str] = []
    for line in layout.split("\n"):
        if line.strip():
            placed.append(line)
            gaps.append(0)
        elif gaps:
            gaps[-1] += 1
    if [_bare(line) for line in lines] != [_bare(line) for line in placed] or len(lines) < 2:
        return plain
    usual = min(Counter(gaps[:-1]).items(), key=lambda pair: (-pair[1], pair[0]))[0]
    groups: list[list[str]] = [[]]
    for number, (line, gap) in enumerate(zip(lines, gaps, strict=True)):
        if groups[-1] and _is_indented(placed, number):
            groups.append([])
        groups[-1].append(line.strip())
        if gap > usual:
            groups.append([])
    parted = [group for group in groups if group]
    if len(parted) < 2:
        return plain
    width = max(map(len, (line.strip() for line in lines)))
    return "\n\n".join("\n".join(_filled(group, width)) for group in parted)


def _filled(group: Sequence[str], width: int) -> list[str]:
    """The joined lines of a group, but for the last where it may run over to the next page."""
    if is_sentence(group[-1]):
        return join_full(group, width)
    return [*join_full(group[:-1], width), group[-1]]


def _is_indented(placed: Sequence[str], number: int) -> bool:
    """Whether a line begins farther right than those above and below it."""

    def indent(place: int) -> int:
        return len(placed[place]) - len(placed[place].lstrip())

    around = [place for place in (number - 1, number + 1) if 0 <= place < len(placed)]
    return all(indent(number) > indent(place) + 1 for place in around)


def _bare(line: str) -> str:
    return "".join(line.split())


def _laid_out(page: Any) -> str:
    """The page with its lines where they stand; empty where pypdf cannot tell."""
    try:
        return str(page.extract_text(extraction_mode="layout"))
    except Exception as error:  # the mode is younger than the other, and fails on odd fonts
        log.debug("no layout of a page: %s", error)
        return ""


def _without_margins(pages: Sequence[str]) -> list[str]:
    """The pages without lines that stand on three or more of them (on both of two), page numbers
    and tables of contents. What stands over all pages is the title of a report: it stays on the
    first. Footnotes come behind the last page, so that the text runs over."""
    split = [[line.strip() for line in page.split("\n")] for page in pages]
    count = Counter(_numberless(line) for page in split for line in {*page[:3], *page[-3:]} if line)
    repeated = {line for line, times in count.items() if times >= max(2, min(3, len(pages)))}
    kept, notes = [], []
    for number, page in enumerate(split):
        last = len(page) - 3
        lines = [
            line
            for place, line in enumerate(page)
            if not ((place < 3 or place >= last) and line and _numberless(line) in repeated)
            and not re.fullmatch(r"[-–— ]*\d{1,4}[-–— ]*", line)
            and not _CONTENTS.search(line)
        ]
        if not number and len(pages) >= _REPORT and page[0] not in lines and _is_title(page[0]):
            lines = [page[0], "", *lines]
        body, below = _noted("\n".join(lines).strip("\n"))
        kept.append(body)
        notes += below
    return [*kept, *(f"\n{note}\n" for note in notes)]


def _is_title(line: str) -> bool:
    """Whether a line over all pages of a report is its title, and no name of a paper or firm."""
    return len(line.split()) >= _TITLE and not line.isupper() and not re.search(r"\d", line)


def _noted(page: str) -> tuple[str, list[str]]:
    """A page and its footnotes: the last parts of it that begin with a number or a mark."""
    parts = page.split("\n\n")
    notes: list[str] = []
    while len(parts) > 1 and _NOTE.match(parts[-1].lstrip("\n")) and parts[-1].count("\n") < 6:
        notes.insert(0, parts.pop().strip("\n"))
    return "\n\n".join(parts), notes


def _numberless(line: str) -> str:
    return re.sub(r"\d+", "#", line)
