"""Front matter: what a text or Markdown file says of itself above its first line.

Two forms: ``key: value`` lines between two ``---`` lines (plain values, ``[a, b]`` and ``- a``
lists; not all of YAML), or ``Title: ...`` headers followed by a blank line.
"""

from __future__ import annotations

import re
from typing import Final

from kg.read.article import Facts, facts, known_field

_FENCED: Final = re.compile(r"\s*---[ \t]*\n(?P<head>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_PAIR: Final = re.compile(r"(?P<key>[A-Za-z][\w -]{0,30}?)\s*:(?:\s+(?P<value>.*)|\s*)$")
_LONGEST: Final = 10_000


def split(text: str) -> tuple[Facts, str]:
    """``(facts, the text below them)``; no front matter gives no facts and the whole text.

    >>> split("Title: Strike ends\\n\\nThe strike ended.")[0].title
    'Strike ends'
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    fenced = _FENCED.match(text[:_LONGEST])
    if fenced:
        values = _pairs(fenced["head"].split("\n"))
        if values:
            return facts(values), text[fenced.end() :]
    head, blank, _rest = text.lstrip("\n")[:_LONGEST].partition("\n\n")
    lines = head.split("\n")
    pairs = [_PAIR.match(line) for line in lines]
    keys = [known_field(pair["key"]) for pair in pairs if pair]
    if blank and len(keys) == len(lines) and keys[0] and ("title" in keys or len(set(keys)) > 1):
        body = text.lstrip("\n")
        return facts(_pairs(lines)), body[len(head) :]
    return Facts(), text


def _pairs(lines: list[str]) -> dict[str, object]:
    values: dict[str, object] = {}
    last = ""
    for line in lines:
        item = re.match(r"\s*-\s+(.+)", line)
        if item and last:
            held = values.get(last)
            values[last] = [*(held if isinstance(held, list) else []), _unquoted(item[1])]
        elif pair := _PAIR.match(line.rstrip()):
            last = pair["key"]
            value = (pair["value"] or "").strip()
            if value.startswith("[") and value.endswith("]"):
                values[last] = [_unquoted(part) for part in value[1:-1].split(",") if part.strip()]
            else:
                values[last] = _unquoted(value)
    return values


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
