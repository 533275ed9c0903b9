"""Markdown files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.model import Article
from kg.read import front_matter
from kg.read.article import article
from kg.read.clean import Hint, Line
from kg.read.decode import file_text
from kg.read.markup import strip_markup
from kg.read.tree import CELL


def read_markdown(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article]:
    """The one article of a Markdown file (CommonMark), with its front matter.

    Headings become headline and subheadings, list items bullets, links their words, pictures
    captions; code blocks, HTML tags and scripts are left out. Raises `ReadError` as `read_text`.
    """
    path = Path(source)
    known, body = front_matter.split(file_text(path, max_bytes=max_bytes))
    yield article(lines(body), path.name, known)


def lines(text: str) -> list[Line]:
    """The blocks of a Markdown text, one line each, with what the markup says they are."""
    found: list[Line] = []
    context: list[str] = []
    cells: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            found.append(Line(CELL.join(cells), kind="table"))
        if token.nesting == 1:
            context.append(token.type + token.tag)
        elif token.nesting == -1 and context:
            context.pop()
        elif token.type == "inline" and any(part.startswith("tr_open") for part in context):
            cells.append(" ".join(" ".join(part for part, _ in _words(token)).split()))
        elif token.type == "inline":
            hint = _hint(context, token)
            found += [Line(part, hint, bold=bold) for part, bold in _words(token)]
        elif token.type == "html_block":
            found += [Line(part) for part in strip_markup(token.content).split("\n")]
    return found


def _hint(context: list[str], token: Token) -> Hint | None:
    if context and context[-1].startswith("heading_open"):
        return "headline" if context[-1].endswith("h1") else "subheading"
    children = [child for child in token.children or [] if child.content.strip() or child.children]
    if children and all(child.type == "image" for child in children):
        return "caption"
    return "bullet" if any(part.startswith("list_item_open") for part in context) else None


def _words(token: Token) -> list[tuple[str, str]]:
    """The words of a paragraph, each part with the bold ones it begins with; a hard line break
    parts it, a soft one is a space."""
    parts = [("", "")]
    deep = 0
    for child in token.children or []:
        if child.type in ("strong_open", "strong_close"):
            deep += child.nesting
        elif child.type == "hardbreak":
            parts.append(("", ""))
        elif child.type in ("text", "code_inline", "image", "softbreak"):
            text, bold = parts[-1]
            more = " " if child.type == "softbreak" else child.content
            parts[-1] = (text + more, bold + more if deep and text == bold else bold)
    return parts
