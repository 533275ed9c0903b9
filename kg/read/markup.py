"""Tags that strayed into plain text, taken out; scripts and styles with what is in them."""

from __future__ import annotations

import html
import re
from typing import Final

_HIDDEN: Final = re.compile(
    r"<(script|style|noscript|template|iframe|svg)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_BREAK: Final = re.compile(
    r"<\s*/?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|header|footer|blockquote|hr|"
    r"figure|figcaption|nav|aside|body|head|html|title)\b[^<>]*>",
    re.IGNORECASE,
)
_INLINE: Final = re.compile(
    r"<\s*/?(?:a|abbr|b|big|button|cite|code|em|font|i|img|input|link|mark|meta|q|s|small|span|"
    r"strong|sub|sup|td|th|time|tt|u|video|audio|source|picture|form|label|object|embed)\b[^<>]*>",
    re.IGNORECASE,
)
#: A tag with its attributes; nothing is tried twice, so that the time grows as the page.
_ATTRIBUTE: Final = re.compile(
    r"[\s/]*+[^\s<>/=\"']++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s<>\"']*+))?+"
)
_TAG: Final = re.compile(rf"(?P<name><[A-Za-z][^\s<>/=\"']*+)(?:{_ATTRIBUTE.pattern})*+")
#: A tag keeps so many attributes. Parsers of HTML compare each one with all before it.
_ATTRIBUTES: Final = 200
_PAGE: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)


def is_page(text: str) -> bool:
    """Whether the text is a whole HTML page, whatever its file is called."""
    return _PAGE.match(text[:1000].lstrip("\ufeff")) is not None


def strip_markup(text: str) -> str:
    """``text`` without HTML tags; "x < y" stays. Text without tags comes back as it is."""
    if "<" not in text:
        return text
    bare = _HIDDEN.sub(" ", text)
    bare = _INLINE.sub("", _BREAK.sub("\n\n", bare))
    return html.unescape(bare) if bare != text else text


def fewer_attributes(page: str) -> str:
    """The page, with the first `_ATTRIBUTES` attributes of each tag; people write at most dozens."""
    return _TAG.sub(_shortened, page)


def _shortened(tag: re.Match[str]) -> str:
    if len(tag[0]) < 2 * _ATTRIBUTES:
        return tag[0]
    at = tag.end("name") - tag.start()
    for _ in range(_ATTRIBUTES):
        found = _ATTRIBUTE.match(tag[0], at)
        if found is None:
            return tag[0]
        at = found.end()
    return tag[0][:at]
