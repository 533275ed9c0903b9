"""Values as the store spells them, in N-Triples.

Oxigraph keeps numbers, dates and truth values in binary form and gives back their canonical
spelling: "1.50" comes back as "1.5". `canonical` tells which spellings survive; of the others the
mapping keeps the written form beside the literal (kg:written).
"""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

from kg.graph.vocab import XSD, term

_DAY: Final = r"(?:0[1-9]|1\d|2[0-8])"
_SAFE: Final = {
    "string": re.compile(r".*", re.DOTALL),
    "anyURI": re.compile(r".*", re.DOTALL),
    "integer": re.compile(r"0|-?[1-9]\d{0,17}"),
    "decimal": re.compile(r"0|-?(?:[1-9]\d{0,14}|0\.\d{0,14}[1-9]|[1-9]\d{0,8}\.\d{0,6}[1-9])"),
    "gYear": re.compile(r"[1-9]\d{3}"),
    "gYearMonth": re.compile(r"[1-9]\d{3}-(?:0[1-9]|1[0-2])"),
    "date": re.compile(
        rf"[1-9]\d{{3}}-(?:(?:0[1-9]|1[0-2])-{_DAY}|(?:0[13-9]|1[0-2])-(?:29|30)"
        r"|(?:0[13578]|1[02])-31)"
    ),
    "boolean": re.compile(r"true|false"),
}


def clean(value: str) -> str:
    """The text with lone surrogates replaced (one character each): RDF has no place for them."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in value)
    return value


def canonical(value: str, datatype: str) -> bool:
    """Whether Oxigraph gives back ``value`` of this datatype (an IRI) as it was written.

    >>> canonical("1.50", XSD + "decimal"), canonical("2025-04", XSD + "gYearMonth")
    (False, True)
    """
    if not datatype.startswith(XSD):
        return True
    pattern = _SAFE.get(datatype[len(XSD) :])
    return pattern is not None and pattern.fullmatch(value) is not None


#: What N-Triples escapes (https://www.w3.org/TR/n-triples/#canonical-ntriples), and how.
_ESCAPED: Final = re.compile(r'[\x00-\x1f"\\\x7f\ud800-\udfff\ufffe\uffff]')
_ESCAPES: Final = {
    "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\",
}  # fmt: skip


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def quoted(value: str) -> str:
    """The text as a literal of canonical N-Triples; `clean` of lone surrogates."""
    return f'"{_ESCAPED.sub(_escape, value)}"'


def typed(value: str, datatype: str) -> str:
    """The value as a literal of this datatype (an IRI), as Oxigraph gives it back.

    Raises ``ValueError`` where the datatype is no IRI.
    """
    kind = term(datatype)
    if canonical(value, datatype):
        return f"{quoted(value)}^^{kind}" if datatype != f"{XSD}string" else quoted(value)
    store = ox.Store()
    store.add(ox.Quad(kind, kind, ox.Literal(clean(value), datatype=kind)))
    return str(next(iter(store)).object)
