"""What an office document tells of itself, in a part of its own."""

from __future__ import annotations

from collections.abc import Sequence

from kg.read.archive import Archive
from kg.read.article import Facts
from kg.read.dates import iso_date
from kg.read.furniture import names_in
from kg.read.xml import child_text, parse_xml


def properties(archive: Archive, part: str, *, date: str, authors: Sequence[str]) -> Facts:
    """Title, date and authors of the XML ``part``, or nothing where the archive has none. ``date``
    names its element for that; of ``authors`` the first that says something counts."""
    if part not in archive.names:
        return Facts()
    told = parse_xml(archive.read(part), archive.where)
    return Facts(
        title=child_text(told, "title") or None,
        date=iso_date(child_text(told, date)),
        authors=names_in(next(filter(None, (child_text(told, name) for name in authors)), "")),
    )
