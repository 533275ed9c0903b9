"""Words to the ids the encoder reads: wordpieces, and the case and spacing that they lose.

The encoder's vocabulary is lower-cased, so the way a word is written is told by a second id for
each piece (see :func:`shape`). The same code runs in training and at run time.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer

#: Number of case shapes; every shape comes twice (after a space, glued to the word before).
SHAPES = 8
#: Shape ids in all; the last one is for the marks around a chunk.
SHAPE_IDS = 2 * SHAPES + 1
SPECIAL_SHAPE = 2 * SHAPES
#: A word keeps at most this many pieces: its first ones and its last ones.
FIRST_PIECES = 8
LAST_PIECES = 4
_CACHE_SIZE = 200_000


def shape(word: str) -> int:
    """The case shape of a word, 0 to 7.

    0 lower or without case, 1 Title, 2 UPPER, 3 miXed, 4 a single capital, 5 a number,
    6 digits and letters, 7 no letter and no digit.
    """
    digits = any(c.isdigit() for c in word)
    letters = [c for c in word if c.isalpha()]
    if digits:
        return 6 if letters else 5
    if not letters:
        return 7
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return 0
    if len(letters) == 1:
        return 4
    if upper == len(letters):
        return 2
    if upper == 1 and letters[0].isupper():
        return 1
    return 3


class Wordpieces:
    """Wordpieces of single words, remembered for words that come again."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self.tokenizer = tokenizer
        self.cls = _id(tokenizer, "[CLS]")
        self.sep = _id(tokenizer, "[SEP]")
        self.unk = _id(tokenizer, "[UNK]")
        self._cache: dict[str, tuple[tuple[int, ...], int]] = {}

    @classmethod
    def from_file(cls, path: str | Path) -> Wordpieces:
        """Read a ``tokenizer.json``."""
        return cls(Tokenizer.from_file(str(path)))

    def words(self) -> list[str]:
        """The pieces that are words of three letters or more: some 20,000 common ones."""
        return [p for p in self.tokenizer.get_vocab() if len(p) > 2 and p.isalpha()]

    def word(self, word: str) -> tuple[tuple[int, ...], int]:
        """The piece ids of a word (never none) and its shape."""
        known = self._cache.get(word)
        if known is not None:
            return known
        ids = self.tokenizer.encode(word[:400], add_special_tokens=False).ids or [self.unk]
        if len(ids) > FIRST_PIECES + LAST_PIECES:
            ids = ids[:FIRST_PIECES] + ids[-LAST_PIECES:]
        found = (tuple(ids), shape(word))
        if len(self._cache) >= _CACHE_SIZE:
            self._cache.clear()
        self._cache[word] = found
        return found

    def chunk(
        self, words: Iterable[str], glued: Iterable[bool]
    ) -> tuple[list[int], list[int], list[int], list[int]]:
        """Ids, shape ids, and the first and last row of each word, marks around the chunk included.

        ``glued`` tells for each word whether it follows the one before without a space.
        """
        ids = [self.cls]
        shapes = [SPECIAL_SHAPE]
        first: list[int] = []
        last: list[int] = []
        for word, joined in zip(words, glued, strict=True):
            pieces, kind = self.word(word)
            first.append(len(ids))
            ids.extend(pieces)
            shapes.extend([kind + SHAPES * joined] * len(pieces))
            last.append(len(ids) - 1)
        ids.append(self.sep)
        shapes.append(SPECIAL_SHAPE)
        return ids, shapes, first, last


def _id(tokenizer: Tokenizer, piece: str) -> int:
    found = tokenizer.token_to_id(piece)
    if found is None:
        raise ValueError(f"the tokenizer has no piece {piece!r}: not a BERT vocabulary")
    return int(found)
