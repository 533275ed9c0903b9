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
_PAGE: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)


#: Attributes as a parser takes them: quotation marks count only right after an equals sign.
_ATTRIBUTES: Final = r"""((?:[^>=]|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+)*+)"""
_TAG: Final = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(script|style)(?=[\s/>]){_ATTRIBUTES}>(.*?(?:</(?:script|style)|\Z))"
    rf"|<([A-Za-z][^\s/><]*+){_ATTRIBUTES}>?",
    re.IGNORECASE | re.DOTALL,
)
_VALUE: Final = re.compile(r"""=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))""")
#: A tag with more attributes than this loses them all.
_MANY: Final = 500


def few_attributes(page: str) -> str:
    """The page without the attributes of tags that have hundreds: libxml2 compares each with all
    before it, and a megabyte of them would take it minutes."""
    return _TAG.sub(_cut, page)


def _cut(tag: re.Match[str]) -> str:
    given = tag[2] or tag[5] or ""
    if len(given) <= 2 * _MANY:
        return tag[0]
    bare = _VALUE.sub("=", given)
    if bare.count("=") + len(re.findall(r"[\s/]+", bare)) <= _MANY:
        return tag[0]
    return f"<{tag[1]}>{tag[3]}" if tag[1] else f"<{tag[4]}>"


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
