"""Lemmas as edit scripts: what to do to a word to get its lemma.

A script is ``case|cut|add``: the casing of the lemma (``l`` lower, ``k`` as written, ``t`` Title,
``u`` UPPER), how many characters to cut off the end of the word, and what to add. A word whose
lemma shares no beginning with it has the script ``=lemma``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

_CASES = ("l", "k", "t", "u")
_CACHE_SIZE = 200_000
_AS_WRITTEN = "k|0|"
#: Tags whose words are their lemmas.
_UNINFLECTED = frozenset({"NN", "JJ", "RB", "VB", "VBP"})
_PREFIXES = ("over", "under", "out", "re", "fore", "mis", "un", "inter", "co-", "re-", "up")
_ENDED = re.compile(r"(?:\w+-)?(\w{2,}?)(?:ed|ing)$")
#: Stems of verbs that English spells with a last "e".
_SILENT_E = re.compile(
    r"(?:[aeiou](?:v|z|g|c)|[^aeiou]u|[aiou]s|[rlnp](?:s|v|c|g)|dg|vr|yp|[^aeiou][aeiou]d|[^aeiouwrl]l|(?<=..)at"
    r"|(?:^|[^aeiou])[aiou]r|[iy]z|ys|^[^aeiou]{1,3}[aeiou][^aeiouwxy])$"
)


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

    ``table`` maps a tag to its words, in lower case: ``{"NNS": {"people": "person"}}``. The network
    sees the pieces of a word that the table lacks, not its spelling, so its answer counts only
    where it makes a word: a lemma of the table's tags of the same kind, else a word of ``known``.
    Irregular forms are data (``lemmas.toml``): a treebank has few of them. Else the word is taken
    for regular (`regular`); a tag without endings leaves it as it is.
    """

    def __init__(
        self,
        scripts: list[str],
        tags: list[str],
        table: dict[str, dict[str, str]],
        known: Iterable[str] = (),
    ) -> None:
        self._scripts = scripts
        past = {**table.get("VBN", {}), **table.get("VBD", {})}
        shared = {
            "VBD": past | _past(),
            "VBN": past | table.get("VBN", {}) | _past(),
            "NNS": _data()["plural"] | table.get("NNS", {}),
        }
        self._tables = [shared.get(tag, table.get(tag, {})) for tag in tags]
        endings = _endings()
        self._endings = [endings.get(tag, ()) for tag in tags]
        self._known = frozenset(known) | {x for words in table.values() for x in words.values()}
        self._verbal = [tag.startswith("VB") for tag in tags]
        self._plain = [tag in _UNINFLECTED for tag in tags]
        own = {kind: frozenset(_lemmas(table, kind)) for kind in sorted({t[:1] for t in tags})}
        self._own = [own[tag[:1]] for tag in tags]
        self._irregular = _past() | {
            word: lemma
            for tag in ("VBD", "VBN")
            for word, lemma in table.get(tag, {}).items()
            if not word.endswith("ed") and len(word) > 2
        }
        self._cache: dict[tuple[str, int, int], str] = {}

    def __call__(self, word: str, script: int, tag: int) -> str:
        """The lemma of a word with this script and tag (as indices)."""
        key = (word, script, tag)
        found = self._cache.get(key)
        if found is None:
            found = self._tables[tag].get(word.lower()) or self._joined(word.lower(), tag)
            if found is None:
                chosen = self._scripts[script]
                if chosen[:1] == "=" and (self._plain[tag] or self._endings[tag]):
                    chosen = _AS_WRITTEN  # it shares no beginning with an unknown word
                found = self._made(word, apply(chosen, word), tag)
            if len(self._cache) > _CACHE_SIZE:
                self._cache.clear()
            self._cache[key] = found
        return found

    def _joined(self, low: str, tag: int) -> str | None:
        """The lemma of a verb that is another one behind a hyphen: "co-*directed*"."""
        before, hyphen, last = low.rpartition("-")
        known = self._tables[tag].get(last) if before and self._verbal[tag] else None
        return None if known is None else before + hyphen + known

    def _made(self, word: str, found: str, tag: int) -> str:
        low, made = word.lower(), found.lower()
        if self._plain[tag]:
            return found if made in self._known or low == made else low
        endings = self._endings[tag]
        if not endings or made in self._own[tag]:
            return found
        options = list(_stems(low, endings))
        best = regular(low, endings)
        for wanted in (self._own[tag], self._known):
            if best in options and best.endswith(("ise", "ize")) and wanted is self._known:
                break
            fitting = [stem for stem in options if stem in wanted]
            if fitting:
                return _cased_like(best if best in fitting else fitting[0], found)
        if not options and (made in self._known or low in self._known):
            return found if made in self._known else low
        for prefix in _PREFIXES:
            stem = self._irregular.get(low.removeprefix(prefix)) if low.startswith(prefix) else None
            if stem:
                return prefix + stem
        return _cased_like(best, found) if options else found


def _lemmas(table: dict[str, dict[str, str]], kind: str) -> Iterable[str]:
    for tag, words in table.items():
        if tag[:1] == kind:
            yield from words.values()


def _cased_like(lemma: str, found: str) -> str:
    if lemma == found.lower():
        return found
    return lemma.title() if found[:1].isupper() else lemma


def _stems(low: str, endings: Iterable[tuple[str, str]]) -> Iterable[str]:
    """What may stand before each ending that the word has."""
    for ending, instead in endings:
        end = ending.removeprefix("+")
        stem = low[: -len(end)]
        if not low.endswith(end) or len(stem) < 2:
            continue
        if end != ending:  # only after a doubled consonant
            if stem[-1] != stem[-2] or stem[-1] in "aeiou":
                continue
            stem = stem[:-1]
        yield stem + instead


def regular(low: str, endings: Iterable[tuple[str, str]]) -> str:
    """The lemma of an unknown word, in lower case, that ends regularly, by English spelling.

    >>> regular("ousted", [("ed", "e"), ("ed", "")])
    'oust'
    """
    options = list(_stems(low, endings))
    if not options:
        return low
    if low.endswith(("ies", "ied")):
        return options[0]
    if low.endswith("s"):
        plain = low[:-2] if re.search(r"(?:ss|x|ch|sh|zz|o)es$", low) else low[:-1]
        return plain if plain in options else options[-1]
    if not (ended := _ENDED.match(low)):
        return options[0]
    stem, before = ended[1], low[: ended.start(1)]
    if stem[-1:] == stem[-2:-1] and stem[-1] not in "aeioulsfz":
        return before + stem[:-1]
    return before + (stem + "e" if _SILENT_E.search(stem) else stem)


@cache
def _endings() -> dict[str, tuple[tuple[str, str], ...]]:
    return {tag: tuple((a, b) for a, b in rows) for tag, rows in _data()["endings"].items()}


@cache
def _past() -> dict[str, str]:
    return {form: verb for verb, forms in _data()["past"].items() for form in forms}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
