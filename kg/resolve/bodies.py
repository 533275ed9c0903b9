"""Names of bodies that many countries or towns have. Lists are in ``names.toml``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.resolve.names import words

#: "ministry of defense", "defense ministry".
PORTFOLIO: Final = re.compile(
    r"(?P<kind>ministry|department) of (?P<of>.+)|(?P<first>.+) (?P<last>ministry|department)"
)


@lru_cache(maxsize=4_096)
def is_shared(name: str) -> bool:
    """Whether many countries, or towns, have a body of this normal name.

    >>> is_shared("parliament"), is_shared("ministry of health"), is_shared("us senate"), is_shared("world bank")
    (True, True, False, False)
    """
    return is_national(name) or name in words().local_bodies


@lru_cache(maxsize=4_096)
def is_national(name: str) -> bool:
    """Whether each country has one body of this normal name."""
    if name in words().national_bodies:
        return True
    found = PORTFOLIO.fullmatch(name)
    if found is None or name in words().local_bodies:
        return False
    return {*(found["of"] or found["first"]).split()} <= words().portfolios
