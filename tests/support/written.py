"""Articles, mentions and claims written by hand: what a parse would have found, without a parser."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from kg.model import Argument, Article, Claim, Mention, Predicate, Quote


def article(text: str, **facts: Any) -> Article:
    return Article(
        **{"id": f"id{abs(hash_of(text)):x}"[:16], "source": "a.txt", "text": text} | facts
    )


def hash_of(text: str) -> int:
    import hashlib

    return int(hashlib.sha256(text.encode()).hexdigest()[:14], 16)


def mentions(text: str, *found: tuple[str, str | None, int]) -> tuple[Mention, ...]:
    """``("Netflix", "ORG", 1)``: the next occurrence of these words; None: a noun or pronoun."""
    out = []
    at: dict[str, int] = {}
    for words, label, cluster in found:
        match = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(text, at.get(words, 0))
        assert match is not None, (words, text)
        start = match.start()
        at[words] = match.end()
        kind = "name" if label else "pronoun" if words.lower() in PRONOUNS else "noun"
        out.append(Mention(start, start + len(words), words, kind, label, cluster))  # type: ignore[arg-type]
    return tuple(out)


PRONOUNS = {"he", "she", "it", "they", "his", "their", "its", "who"}


def argument(text: str, role: str, words: str, head: str | None = None, **more: Any) -> Argument:
    start = text.index(words)
    head = head or words
    head_start = text.index(head, start)
    return Argument(
        **{
            "role": role, "kind": "topic", "start": start, "end": start + len(words),
            "head_start": head_start, "head_end": head_start + len(head), "label": words,
        } | more
    )  # fmt: skip


def claim(
    text: str, subject: str, predicate: str, object: str, *, head: str | None = None, **more: Any
) -> Claim:
    """``head``: the words of the object that are looked up among the mentions."""
    verb = text.index(predicate)
    one = argument(text, "subject", subject)
    other = argument(text, "object", object, head)
    made = Claim(
        key=f"c{one.start}-{verb}-{other.start}",
        subject=one,
        predicate=Predicate(predicate, predicate, verb, verb + len(predicate)),
        object=other,
        start=min(one.start, verb, other.start),
        end=max(one.end, verb + len(predicate), other.end),
        extractor="relations",
    )
    return replace(made, **more)


def quote(text: str, words: str, speaker: str | None, cue: str = "said", **more: Any) -> Quote:
    start = text.index(words)
    who = argument(text, "speaker", speaker) if speaker else None
    at = text.index(cue)
    made = Quote(
        key=f"q{start}",
        text=words,
        start=start,
        end=start + len(words),
        parts=((start, start + len(words)),),
        speech="direct",
        speaker=who,
        cue=cue,
        evidence_start=min(start, at, who.start if who else start),
        evidence_end=max(start + len(words), at + len(cue), who.end if who else 0),
    )
    return replace(made, **more)
