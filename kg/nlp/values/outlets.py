"""Where an outlet writes from."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from kg.nlp.values.rules import table


def country_of(*said: str | None) -> str | None:
    """The country that an outlet's address or name tells, by the end of a domain name, as its two
    letters (``gov`` and ``mil`` are ``us``); None where nothing does or two contradict each other."""
    found = {country for words in said if words for country in _told(words)}
    return found.pop() if len(found) == 1 else None


def _told(words: str) -> set[str]:
    known = table().settings["outlets"]
    host = urlsplit(words).hostname if "://" in words else None
    if host is None and re.fullmatch(r"[\w-]+(\.[\w-]+)+", words):
        host = words
    if host:
        end = host.lower().rpartition(".")[2]
        if end in ("gov", "mil"):
            return {"us"}
        return {end} & {*known["day_first"], *known["month_first"]}
    return {known["named"][w] for w in re.findall(r"[\w.]+", words.lower()) if w in known["named"]}
