"""Lemmas as edit scripts: what to do to a word to get its lemma.

A script is ``case|cut|add``: the casing of the lemma (``l`` lower, ``k`` as written, ``t`` Title,
``u`` UPPER), how many characters to cut off the end of the word, and what to add. A word whose
lemma shares no beginning with it has the script ``=lemma``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_CASES = ("l", "k", "t", "u")
_CACHE_SIZE = 200_000


def _cased(word: str, case: str) -> str:
    if case == "l":
        return word.lower()
    if case == "t":
        return word[:1].upper() + word[1:].lower()
    if case == "u":
        return word.upper()
    return word


def script(word: str, lemma: str) -> str:
    """The shortest script that turns ``word`` into ``lemma``."""
    best = "=" + lemma
    best_cost = 99
    for rank, case in enumerate(_CASES):
        start = _cased(word, case)
        common = 0
        while common < min(len(start), len(lemma)) and start[common] == lemma[common]:
            common += 1
        cut, add = len(start) - common, lemma[common:]
        cost = 10 * (cut + len(add)) + rank
        if common and cost < best_cost:
            best_cost, best = cost, f"{case}|{cut}|{add}"
    return best


def apply(script: str, word: str) -> str:
    """The lemma that a script makes of a word; the word in lower case if the script cuts it all."""
    if script.startswith("="):
        return script[1:]
    case, cut, add = script.split("|", 2)
    start = _cased(word, case)
    kept = start[: len(start) - int(cut)] if int(cut) else start
    return (kept + add) or start


class Lemmas:
    """Lemmas of words: from a table of known words, else from the script the network chose.

    ``table`` maps a tag to its words, in lower case: ``{"NNS": {"people": "person"}}``. Where the
    script's lemma is no word of ``known`` and a regular ending of the tag gives one that is, that
    one is taken: the network sees the pieces of a word it does not know, not its spelling.
    """

    def __init__(
        self,
        scripts: list[str],
        tags: list[str],
        table: dict[str, dict[str, str]],
        known: Iterable[str] = (),
    ) -> None:
        self._scripts = scripts
        self._tables = [table.get(tag, {}) for tag in tags]
        endings = _endings()
        self._endings = [endings.get(tag, ()) for tag in tags]
        self._known = frozenset(known) | {x for words in table.values() for x in words.values()}
        self._cache: dict[tuple[str, int, int], str] = {}

    def __call__(self, word: str, script: int, tag: int) -> str:
        """The lemma of a word with this script and tag (as indices)."""
        key = (word, script, tag)
        found = self._cache.get(key)
        if found is None:
            found = self._tables[tag].get(word.lower())
            if found is None:
                found = apply(self._scripts[script], word)
                if self._endings[tag] and found.lower() not in self._known:
                    found = self._regular(word, found, tag)
            if len(self._cache) > _CACHE_SIZE:
                self._cache.clear()
            self._cache[key] = found
        return found

    def _regular(self, word: str, found: str, tag: int) -> str:
        low = word.lower()
        for ending, instead in self._endings[tag]:
            doubled = ending.startswith("+")
            end = ending.removeprefix("+")
            stem = low[: -len(end)]
            if not low.endswith(end) or len(stem) < 2:
                continue
            if doubled:
                if stem[-1] != stem[-2] or stem[-1] in "aeiou":
                    continue
                stem = stem[:-1]
            if stem + instead in self._known:
                return (stem + instead).title() if found[:1].isupper() else stem + instead
        return found


@cache
def _endings() -> dict[str, tuple[tuple[str, str], ...]]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {tag: tuple((a, b) for a, b in rows) for tag, rows in data["endings"].items()}
