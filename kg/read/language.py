"""Which language an article is in, decided block by block.

A page is often mixed: a Korean menu above an English article, a Spanish quote in it. And
statistics err on short texts ("Merkel met Macron in Berlin." scores best as Dutch). So a block
counts as foreign only when it clearly is, and an article when most of its letters are.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from threading import Lock, Thread
from types import ModuleType
from typing import Final

#: How much better (in log probability) another language must score before a block is foreign.
#: English one-line sentences full of foreign names reach 13; German ones of four words 24.
MARGIN: Final = 20.0
_SAMPLE: Final = 1_000
#: The share of the commonest English words from which on a text is English, whatever its page says.
_PLAINLY: Final = 0.2
#: A block of fewer words is never called foreign.
_FEWEST: Final = 8
_ENGLISH: Final = frozenset(
    "the of and to in a is that it was for on with as by at from be are has had not he she they "
    "we i you this his her its their have will said who would were been an or".split()
)
_SCRIPTS: Final = {
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "CYRILLIC": "ru",
    "ARABIC": "ar",
    "HEBREW": "he",
    "GREEK": "el",
    "THAI": "th",
    "DEVANAGARI": "hi",
}
_LOADING: Final = Lock()  # threads that come together wait for one model


def is_latin(text: str) -> bool:
    """Whether at least half of the letters are Latin (true for a text without letters)."""
    if text.isascii():
        return True
    letters = [char for char in text[:_SAMPLE] if char.isalpha()]
    other = [char for char in letters if not char.isascii()]
    if 2 * len(other) > len(letters):
        other = [c for c in other if not unicodedata.name(c, "").startswith("LATIN")]
    return 2 * len(other) <= len(letters)


@lru_cache(maxsize=256)
def block_language(text: str, prefer: str = "en") -> str:
    """The language of one block; ``prefer`` unless another is clearly better."""
    guesser = _guesser()
    if not is_latin(text):
        names = Counter(
            unicodedata.name(c, "").split(" ")[0] for c in text[:_SAMPLE] if c.isalpha()
        )
        script = min(names, key=lambda name: (-names[name], name)).split("-")[0]
        guess = str(guesser.classify(text[:_SAMPLE])[0])
        return guess if guess != prefer else _SCRIPTS.get(script, "und")
    sample = " ".join(word for word in text[:_SAMPLE].split() if not word.startswith(("http", "@")))
    ranking = guesser.rank(sample)
    scores = dict(ranking)
    best, top = ranking[0]
    margin = max(MARGIN, 0.3 * len(sample))
    return str(best) if top - scores.get(prefer, top) > margin else prefer


def prepare() -> None:
    """Load the model in a thread, beside what the caller does meanwhile: a third of a second of a core,
    most of it unpacking, that no Python code has to wait for."""
    import py3langid  # noqa: F401  here, since threads that import the same wait for each other

    def load() -> None:
        with suppress(Exception):  # the first text that needs it meets the same
            _guesser()

    Thread(target=load, name="kg-language", daemon=True).start()


def _guesser() -> ModuleType:
    """What guesses languages, with its model of some megabytes, which is loaded when it is first asked for."""
    import py3langid

    guesser: ModuleType = py3langid
    with _LOADING:
        if sys.modules["py3langid.langid"].IDENTIFIER is None:
            guesser.rank("")
    return guesser


def unload() -> None:
    """Let go of the model (75 MB); the next block that needs it loads it again."""
    with _LOADING:
        if (loaded := sys.modules.get("py3langid.langid")) is not None:
            loaded.IDENTIFIER = None  # type: ignore[attr-defined]


def language_of(blocks: Iterable[str], prefer: str = "en") -> str:
    """The language in which most letters of the blocks are written (ISO 639-1)."""
    texts = list(blocks)
    if block_language(" ".join(text[:200] for text in texts)[:_SAMPLE], prefer) == prefer:
        return prefer
    letters: Counter[str] = Counter()
    for block in texts:
        letters[block_language(block, prefer)] += sum(char.isalpha() for char in block)
    if not letters:
        return prefer
    return min(letters, key=lambda name: (-letters[name], name != prefer, name))


def code(tag: str | None) -> str | None:
    """The language in a tag as pages have it: ``de`` of ``de-DE``; None where it tells none."""
    found = re.match(r"\s*([a-z]{2,3})(?![a-z])", tag or "", re.IGNORECASE)
    return found[1].lower() if found and found[1].lower() not in ("und", "mul", "zxx") else None


def stated(text: str, language: str | None) -> str | None:
    """The language that a page says a text is in, where it is not English and that may be so: many a
    page says so of English text."""
    if language in (None, "en"):
        return None
    words = _words(text)
    plain = len(words) >= _FEWEST and _english(words) >= _PLAINLY
    return None if plain else language


def _words(text: str) -> list[str]:
    return [word for word in text.lower().split() if word[0].isalpha()]


def _english(words: Sequence[str]) -> float:
    """The share of the commonest English words."""
    return sum(word in _ENGLISH for word in words) / max(len(words), 1)


def foreign(block: str) -> str | None:
    """The language of a block that is clearly not English, else None.

    A text with its share of the commonest English words is not looked at: most blocks are no work.
    """
    words = _words(block)
    if len(words) < _FEWEST or _english(words) >= 0.1:
        return None
    found = block_language(block)
    return None if found == "en" else found
