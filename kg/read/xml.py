"""XML of strangers: no entities but the five, nothing fetched, damage passed over."""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree

from kg.errors import ReadError

_FIRST: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>\s*)*"
    rb"<(?:[\w.-]+:)?([\w.-]+)",
    re.DOTALL | re.IGNORECASE,
)


def root_name(data: bytes) -> str:
    """The local name of the first element, in small letters; empty where there is none."""
    found = _FIRST.match(data[:20_000])
    return found[1].decode("ascii", "replace").lower() if found else ""


def parse_xml(data: bytes, where: str) -> Any:
    """The root of an XML document. Raises `ReadError` when there is none in it."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"{where}: not XML: {error}.") from None
    if root is None:
        raise ReadError(f"{where}: not XML.")
    return root


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute by its name without namespace; empty where it is not there."""
    return next((str(v) for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def child_text(element: Any, name: str) -> str:
    """The text of the first element below of that local name; empty where there is none."""
    found = (e for e in element.iter() if local(e) == name)
    return next(("".join(e.itertext()).strip() for e in found), "")
