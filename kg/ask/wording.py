"""A question without the words around it that ask nothing: "Can you tell me who ..."."""

from __future__ import annotations

import re
from functools import cache

from kg.ask.words import listed, mapping


def plainly(text: str) -> str:
    """The question as it asks: without what stands before it, a list as "What are ...", and set
    phrases by plain ones; unchanged where it is plain.

    >>> plainly("So, can you tell me who sued Orlo Mills?")
    'who sued Orlo Mills?'
    >>> plainly("List all firms that sued Orlo Mills")
    'What are the firms that sued Orlo Mills'
    """
    text = _listing().sub("What are the ", _before().sub("", text))
    for phrase, instead in _phrases():
        text = phrase.sub(instead, text)
    return text


@cache
def _before() -> re.Pattern[str]:
    """Words that come before a question word."""
    first, asking = _any("before"), _any("asking")
    word = _any("question")
    return re.compile(rf"^(?:(?:{first})\b,? ?)*(?:(?:{asking}),? (?={word}\b))?", re.I)


@cache
def _listing() -> re.Pattern[str]:
    """ "Name the ...", "Show me all ...": before a phrase."""
    more = _any("unlisted")
    return re.compile(
        rf"^(?:{_any('listing')}) (?!(?:{more})\b)(?:all )?(?:of )?(?:(?:the|an?) )?", re.I
    )


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(phrase, re.I), instead) for phrase, instead in mapping("instead").items()
    )


def _any(name: str) -> str:
    ordered = sorted(listed("wording", name), key=len, reverse=True)
    return "|".join(re.escape(one) for one in ordered)
