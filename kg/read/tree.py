"""The lines of an HTML tree as they stand there: for pages without furniture (chapters of a book,
entries of a feed, mails) and for the parts of a page that are known to be text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from kg.read.clean import Hint, Line
from kg.read.language import code

#: What stands between the cells of a row.
CELL: Final = " | "
_HINTS: Final[dict[str, Hint]] = {
    "h1": "headline", "h2": "subheading", "h3": "subheading", "h4": "subheading",
    "h5": "subheading", "h6": "subheading", "dt": "subheading", "summary": "subheading",
    "li": "bullet", "p": "paragraph", "dd": "paragraph", "blockquote": "paragraph",
    "figcaption": "caption", "caption": "caption",
}  # fmt: skip
#: Elements that stand by themselves.
BLOCKS: Final = frozenset(_HINTS) | frozenset(
    "address article aside body center details div dl figure footer header hr html main ol pre "
    "section table tbody td tfoot th thead tr ul".split()
)
_UNSEEN: Final = frozenset(
    "audio button canvas form head iframe input link meta nav noscript object script select style "
    "svg template textarea title video".split()
)
_SENTENCE: Final = 8  # words of a cell that is one
_LONGEST_CELL: Final = 15  # words, on the average: more, and the table only places its cells


def parse(page: str) -> Any:
    """The root of a page, whatever is wrong with it; None where there is no page in it."""
    from trafilatura.utils import load_html

    from kg.read.markup import few_attributes

    return load_html(few_attributes(page))


def words(element: Any) -> str:
    """The words that a person sees in an element, white space made plain; of one that is not seen
    itself (``<title>``) its own."""
    return " ".join("".join(_strings(element)).split())


def _strings(element: Any) -> Iterator[str]:
    parts = element.tag in BLOCKS or element.tag == "br"
    yield (" " if parts else "") + (element.text or "")
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN:
            yield from _strings(child)
        yield child.tail or ""
    if parts:
        yield " "


def lines(root: Any) -> list[Line]:
    """Every line that a person sees, in order; a row of a table of data is one line."""
    found = [Line("")]
    _walk(root, Line(""), found, bold=False)
    return [line for line in found if line.text.strip()]


def _walk(element: Any, above: Line, found: list[Line], *, bold: bool) -> None:
    """Add the lines of an element; ``above`` is a line with what holds for all in it."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _UNSEEN or is_hidden(element):
        return
    parts = tag == "br" or tag in BLOCKS
    language = code(element.get("lang")) if parts and tag != "html" else None
    here = Line("", _HINTS.get(tag, above.hint), language=language or above.language)
    if tag == "table" and is_data(element):
        found += [replace(here, text=row, hint=None, kind="table") for row in rows(element)]
        return
    bold = bold or tag in ("b", "strong")
    if parts:
        found.append(replace(here))
    _add(found, element.text, bold=bold)
    for child in element:
        _walk(child, here, found, bold=bold)
        if isinstance(child.tag, str) and (child.tag in BLOCKS or child.tag == "br"):
            found.append(replace(here))
        _add(found, child.tail, bold=bold)


def languages(root: Any) -> Mapping[str, str]:
    """The lines that the page says are in a language of their own, with that language."""
    if not any(isinstance(e.tag, str) and e.get("lang") for e in root.iterdescendants()):
        return {}
    return {" ".join(line.text.split()): line.language for line in lines(root) if line.language}


def _add(found: list[Line], text: str | None, *, bold: bool) -> None:
    line, more = found[-1], " ".join((text or "").split("\n"))
    if bold and line.text == line.bold:
        line.bold += more
    line.text += more


def is_hidden(element: Any) -> bool:
    """Whether nobody sees the element."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        "display:none" in style
        or "visibility:hidden" in style
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
    )


def is_data(table: Any) -> bool:
    """Whether a table holds data, and does not only place parts of a page."""
    cells = [_cells(row) for row in table.iter("tr")]
    if len(cells) < 2 or max(map(len, cells)) < 2 or table.find(".//table") is not None:
        return False
    if any(True for _ in table.iter("h1", "h2", "h3", "ul", "form", "figure")):
        return False
    filled = [cell for row in cells for cell in row if cell]
    sentences = sum(cell.endswith(".") and len(cell.split()) >= _SENTENCE for cell in filled)
    return 2 * sentences < len(filled) and (
        sum(len(cell.split()) for cell in filled) <= _LONGEST_CELL * len(filled)
    )


def rows(table: Any) -> list[str]:
    """The rows of a table, a line each."""
    made = [CELL.join(cells) for row in table.iter("tr") if any(cells := _cells(row))]
    caption = table.find("caption")
    return ([words(caption)] if caption is not None and words(caption) else []) + made


def _cells(row: Any) -> Sequence[str]:
    return [words(cell) for cell in row if cell.tag in ("td", "th")]
