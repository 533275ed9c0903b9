"""The examples that a relation is taught by: a sentence, and who stands in the relation to whom.

::

    {"sentence": "Ann Lee coached Bob Ray.", "subject": "Ann Lee", "object": "Bob Ray"}
    {"sentence": "Ann Lee met Bob Ray.", "subject": "Ann Lee", "object": "Bob Ray", "holds": false}

as JSON Lines, or as CSV with the same names in its first line. Both ends stand in the sentence word
for word. An example that does not hold is a counterexample.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import ConfigError

#: So many examples that hold are asked for, at least and at most.
LEAST: Final = 5
MOST: Final = 50
#: Counterexamples are not asked for; more than these say nothing new.
_COUNTER: Final = 500
_LONGEST: Final = 2_000  # characters of a sentence
_FIELDS: Final = ("sentence", "subject", "object")
_YES_NO: Final = {"true": True, "yes": True, "1": True, "": True, "false": False, "no": False, "0": False}  # fmt: skip

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its two ends, in characters of it. ``line`` is where the file has it."""

    sentence: str
    subject: Range
    object: Range
    holds: bool = True
    line: int = 0

    @property
    def ends(self) -> tuple[str, str]:
        """The words of subject and object."""
        return self.sentence[slice(*self.subject)], self.sentence[slice(*self.object)]


def read_examples(path: str | Path) -> tuple[Example, ...]:
    """The examples of a file, in its order.

    Raises `ConfigError` with the line for what is no example: a field that is missing, an end that does not
    stand in the sentence, ends that overlap, the same example twice; and for a file with fewer than
    `LEAST` or more than `MOST` that hold.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(f"{path}: cannot be read: {reason}.") from None
    if file.suffix == ".csv":
        rows = _csv(str(path), text)
    elif file.suffix in (".jsonl", ".ndjson"):
        rows = _jsonl(str(path), text)
    else:
        raise ConfigError(f"{path}: examples are .jsonl or .csv.")
    return checked((example(row, f"{path}:{line}", line) for line, row in rows), str(path))


def checked(found: Iterator[Example], where: str) -> tuple[Example, ...]:
    """The examples, if they are neither too few nor too many, and each is given once."""
    known: dict[tuple[str, Range, Range], Example] = {}
    for one in found:
        key = (one.sentence, one.subject, one.object)
        if key in known:
            raise ConfigError(
                f"{where}:{one.line}: the same as line {known[key].line}; give it once."
            )
        known[key] = one
    holding = sum(one.holds for one in known.values())
    if holding < LEAST:
        raise ConfigError(
            f"{where}: {holding} examples that hold; a relation is taught by {LEAST} to {MOST}."
        )
    if holding > MOST or len(known) - holding > _COUNTER:
        raise ConfigError(
            f"{where}: {holding} examples that hold and {len(known) - holding} that do not; give at "
            f"most {MOST} and {_COUNTER}, as different as can be."
        )
    return tuple(known.values())


def _csv(where: str, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        lacking = [name for name in _FIELDS if name not in (reader.fieldnames or ())]
        if lacking:
            raise ConfigError(
                f"{where}:1: the first line names the columns; it lacks {', '.join(lacking)}."
            )
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise ConfigError(f"{where}:{reader.line_num}: not valid CSV: {error}.") from None


def _jsonl(where: str, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for line, written in enumerate(text.splitlines(), 1):
        if not written.strip():
            continue
        try:
            row = json.loads(written)
        except (ValueError, RecursionError) as error:
            raise ConfigError(f"{where}:{line}: not valid JSON: {error}.") from None
        if not isinstance(row, dict):
            raise ConfigError(f"{where}:{line}: not an object with {', '.join(_FIELDS)}.")
        yield line, row


def example(row: Mapping[str, Any], where: str, line: int = 0) -> Example:
    """The example of a row. ``where`` is for messages. Raises `ConfigError`."""
    texts = []
    for name in _FIELDS:
        value = row.get(name)
        if not isinstance(value, str) or not value.strip():
            raise ConfigError(f"{where}: it needs a text for {name!r}.")
        texts.append(" ".join(value.split()))
    sentence, subject, object_ = texts
    if len(sentence) > _LONGEST:
        raise ConfigError(
            f"{where}: {len(sentence):,} characters; a sentence has {_LONGEST:,} at most."
        )
    return Example(sentence, *_ends(sentence, subject, object_, where), _holds(row, where), line)


def _holds(row: Mapping[str, Any], where: str) -> bool:
    value = row.get("holds", True)
    if value is None or isinstance(value, bool):
        return value is not False
    known = _YES_NO.get(value.strip().lower()) if isinstance(value, str) else None
    if known is None:
        raise ConfigError(f"{where}: 'holds' is true or false, not {value!r}.")
    return known


def _ends(sentence: str, subject: str, object_: str, where: str) -> tuple[Range, Range]:
    """Where the two stand: of all the places of each, the two that are nearest to each other."""
    places = {name: _places(sentence, words) for name, words in (("subject", subject), ("object", object_))}  # fmt: skip
    for name, words in (("subject", subject), ("object", object_)):
        if not places[name]:
            raise ConfigError(f"{where}: the {name} {words!r} does not stand in the sentence.")
    apart = [
        (max(one[0], other[0]) - min(one[1], other[1]), one, other)
        for one in places["subject"]
        for other in places["object"]
        if one[1] <= other[0] or other[1] <= one[0]
    ]
    if not apart:
        raise ConfigError(
            f"{where}: {subject!r} and {object_!r} are the same words of the sentence."
        )
    _, one, other = min(apart)
    return one, other


def _places(sentence: str, words: str) -> list[Range]:
    """The ranges at which words stand as whole words; in other capitals only where they stand
    nowhere as they are."""
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
    found = list(re.finditer(pattern, sentence))
    found = found or list(re.finditer(pattern, sentence, re.IGNORECASE))
    return [match.span() for match in found]
