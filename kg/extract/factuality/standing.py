"""How something stands: its status, polarity and certainty, and who says so. The words that tell
are in ``words/en/status.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from spacy.tokens import Token

from kg.extract.words.load import word_lists
from kg.model import STATUSES, Polarity, Status

_RANK: Final = {name: rank for rank, name in enumerate(STATUSES)}


@dataclass(frozen=True, slots=True)
class Standing:
    """``attribution`` is the head word of who says so; ``sourcing`` the words of a source that is
    nobody in particular ("according to industry sources")."""

    status: Status = "asserted"
    polarity: Polarity = "positive"
    certainty: float = 1.0
    attribution: Token | None = None
    sourcing: str | None = None


ASSERTED: Final = Standing()


@cache
def lists() -> dict[str, dict[str, Any]]:
    """The word lists of ``words/en/status.toml``: table -> word -> kind."""
    data = word_lists("status")
    found: dict[str, dict[str, Any]] = {}
    for table in ("clause", "infinitive", "adjectives", "nouns", "nominal", "adjectives_on_nouns",
                  "marks", "sources"):  # fmt: skip
        found[table] = {}
        for kind, words in data[table].items():
            for word in words:
                found[table].setdefault(word, kind)
    found["accused"] = data["accused"]
    for name in ("aimed", "hearers", "hindering", "performed", "drafts", "gerunds", "convicted",
                 "punished", "thanked", "warning", "reaching", "results", "afterwards"):  # fmt: skip
        found[name] = dict.fromkeys(data[name]["words"], name)
    found["modals"] = data["modals"]
    found["possibly"] = data["adverbs"]["possible"]
    found["negative"] = data["adverbs"]["negative"]
    found["certainty"] = data["certainty"]
    return found


def weaker(one: Standing, other: Standing) -> Standing:
    """Both at once: the weaker status, the lower certainty, the first's speaker before the
    second's; two negatives stay a negative."""
    if one is ASSERTED or other is ASSERTED:
        return one if other is ASSERTED else other
    rank = max(_RANK[one.status], _RANK[other.status])
    negative = "negative" in (one.polarity, other.polarity)
    return Standing(
        STATUSES[rank],
        "negative" if negative else "positive",
        round(min(one.certainty, other.certainty), 2),
        one.attribution or other.attribution,
        one.sourcing or other.sourcing,
    )


@cache
def standing(name: Status, *, certainty: float | None = None) -> Standing:
    """The standing of that status alone."""
    known = float(lists()["certainty"][name])
    return Standing(
        name,
        "negative" if name == "denied" else "positive",
        known if certainty is None else certainty,
    )
