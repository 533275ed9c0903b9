"""Lemmas as edit scripts: what to do to a word to get its lemma.

A script is ``case|cut|add``: the casing of the lemma (``l`` lower, ``k`` as written, ``t`` Title,
``u`` UPPER), how many characters to cut off the end of the word, and what to add. A word whose
lemma shares no beginning with it has the script ``=lemma``.
"""

from __future__ import annotations

_CASES = ("l", "k", "t", "u")


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
    """Scripts by index to lemmas, with a table of words whose lemma is known.

    ``table`` maps a tag to its words: ``{"NNS": {"people": "person"}}``, words in lower case.
    """

    def __init__(
        self, scripts: list[str], tags: list[str], table: dict[str, dict[str, str]]
    ) -> None:
        self._scripts = scripts
        self._tables = [table.get(tag, {}) for tag in tags]
        self._cache: dict[tuple[str, int, int], str] = {}

    def __call__(self, word: str, script: int, tag: int) -> str:
        """The lemma of a word with this script and tag (as indices)."""
        key = (word, script, tag)
        found = self._cache.get(key)
        if found is None:
            known = self._tables[tag].get(word.lower())
            found = known or apply(self._scripts[script], word)
            if len(self._cache) > 200_000:
                self._cache.clear()
            self._cache[key] = found
        return found
