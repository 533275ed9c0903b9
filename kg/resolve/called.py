"""Whether "the gunman", "the army" can mean the one that coreference took it for.

Nobody is a suspect, a victim or a pilot by nearness alone: the article must call the one with the
name so, before or after the name. The words are in ``names.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from kg.model import Mention
from kg.resolve.names import words

_BEFORE: Final = 80  # characters
_AFTER: Final = 120
_END: Final = re.compile(r"[.!?;:\n]\s")
_WORD: Final = re.compile(r"[\w-]+")
_BESIDE: Final = re.compile(r"(?: (?:of|for|at|in) [^.;:\n]{1,60})?,? ?[\"“]?")
_LANDS: Final = frozenset({"GPE", "LOC", "NORP", "FAC", None})
_SHOWN: Final = frozenset({"the", "this", "that"})


def may_mean(text: str, noun: Mention, names: Sequence[Mention]) -> bool:
    """Can this noun phrase mean the one with these names, all in text order?"""
    first, *rest = noun.text.casefold().split()
    if first not in _SHOWN or not rest or any(_beside(text, noun, name) for name in names):
        return True
    called = rest[-1]
    known = words()
    if called in known.lands and not {m.label for m in names} & _LANDS:
        return False  # "the country" is no firm
    told = {word for name in names for word in _told(text, name)}
    if {m.label for m in names} == {"PERSON"}:
        own = (w for w in noun.text.split()[1:-1] if w.islower())
        alike = next((group for group in known.alike if called in group), frozenset())
        if called in known.accused:
            return bool(told & (alike | {called}))
        if called in known.anybody:
            return bool(told & known.anybody) or not told & (known.honorifics | known.officials)
        return not any(word not in told for word in own) or called not in known.honorifics
    return called not in known.told_bodies or called in told


def _beside(text: str, noun: Mention, name: Mention) -> bool:
    """ "the mayor of Tarn, Ada Venn", "Ada Venn, the mayor"."""
    if noun.end <= name.start:
        return _BESIDE.fullmatch(text, noun.end, name.start) is not None
    return noun.start - name.end <= 2 or noun.start < name.end


def _told(text: str, name: Mention) -> Iterable[str]:
    """The words of a name and around it, in its sentence: in front of it, and after a comma or "is"."""
    before = text[max(0, name.start - _BEFORE) : name.start]
    before = _END.split(before)[-1].rsplit(",", 1)[-1]
    if name.label != "PERSON":  # "the coalition to defeat the Front" is not the Front
        before = " ".join(before.split()[-1:])
    after = _END.split(text[name.end : name.end + _AFTER])[0]
    said = after if re.match(r"(?:,| (?:is|was|as)\b)", after) else ""
    yield from (word.casefold() for word in _WORD.findall(f"{before} {name.text} {said}"))
