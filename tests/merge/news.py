"""Results of invented news whose names meet in every way: in several families and spellings, by
second names, seeds and phrases, in lives that cannot be one person's."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from random import Random

from kg.model import (
    Argument,
    Article,
    ArticleResult,
    Claim,
    LinkedClaim,
    LinkedQuote,
    Literal,
    LocalEntity,
    Name,
    Predicate,
    Quote,
)
from kg.seeds import Seed

#: Label, class, and whether it is a name.
THINGS = (
    ("Orion", "Organization", True),
    ("Orion", "Product", True),
    ("Orion", "Place", True),
    ("Orion", "Person", True),
    ("ORION", "Company", True),
    ("Orion", "Topic", False),
    ("Halden Steel", "Organization", True),
    ("Halden Steel Inc.", "Company", True),
    ("halden steel", "Topic", False),
    ("Halden Steel", "Topic", False),
    ("HS", "Organization", True),
    ("Hydro Systems", "Organization", True),
    ("Health Service", "Organization", True),
    ("HSX", "Organization", True),
    ("Ada Vale", "Person", True),
    ("Ada Vale", "Organization", True),
    ("Vale", "Person", True),
    ("Vale", "Place", True),
    ("Vale_Place", "Organization", True),
    ("vale", "Topic", False),
    ("Bo Strand", "Person", True),
    ("Strand", "Person", True),
    ("United Works", "Organization", True),
    ("UW", "Organization", True),
    ("Works", "Topic", False),
    ("UW", "Topic", False),
    ("Works United", "Topic", False),
    ("Hydro", "Topic", False),
    ("The Mill", "Topic", False),
    ("United Works", "Topic", False),
    ("Mill", "Series", True),
    ("Mill", "Film", True),
    ("the company", "Topic", False),
    ("Halden Steel Group", "Company", True),
    ("US Air Force", "Organization", True),
    ("United States Air Force", "Organization", True),
    ("British Air Force", "Organization", True),
    ("Air Force", "Organization", True),
    ("US", "Place", True),
    ("United States", "Place", True),
    ("Ada Mary Vale", "Person", True),
    ("A. Vale", "Person", True),
    ("VALE, ADA", "Person", True),
    ("Omar Kadhafi", "Person", True),
    ("Umar Gaddafi", "Person", True),
    ("COVID", "Topic", False),
    ("COVID-19", "Disaster", True),
    ("coronavirus", "Disaster", True),
    ("new harbour", "Topic", False),
    ("New Harbour", "Place", True),
)
SEEDS = (
    Seed("https://kg.example/seed/uw", "United Works", "Company", ("UW", "Works United")),
    Seed("https://kg.example/seed/mill", "The Mill", "Series", ("Mill",)),
    Seed("https://kg.example/seed/hydro", "Hydro Systems", "Organization", ("Hydro",)),
)
#: Second names that texts give.
SECOND = {
    "Halden Steel": ("HS", "Halden", "HSX"),
    "Hydro Systems": ("HS", "Hydro"),
    "Health Service": ("HS",),
    "HS": ("HSX", "Hydro"),
    "United Works": ("UW", "HSX"),
    "Orion": ("Orion Group", "HS"),
    "Mill": ("The Mill",),
}
VERBS = (("used", "used"), ("bought", None), ("sued", "sued"), ("visited", None), ("Bought", None))
STATUSES = ("asserted", "asserted", "claimed", "denied")
POSTS = ("mayor", "chairman", "president")


def news(seed: int, source: str | None = None) -> ArticleResult:
    """The result of one invented article."""
    dice = Random(seed)
    chosen = dice.sample(THINGS, dice.randint(2, 9))
    text, spans, claims, quotes = "", {}, [], []
    keys = {thing: f"e{number}" for number, thing in enumerate(chosen)}

    def put(words: str) -> tuple[int, int]:
        nonlocal text
        start = len(text)
        text += words
        return start, len(text)

    def whom(role: str, thing: tuple[str, str, bool]) -> Argument:
        start, end = put(thing[0])
        spans.setdefault(thing, []).append((start, end))
        return Argument(role, "mention", start, end, start, end, thing[0], thing[1])

    for line in range(dice.randint(1, 5)):
        one, other = dice.sample(chosen, 2)
        subject = whom("subject", one)
        put(" ")
        kind = dice.random()
        if kind < 0.15:
            start, end = put("said")
            at, stop = put(f" words {dice.randint(1, 3)}")
            quotes.append(
                LinkedQuote(
                    Quote(f"q{line}", text[at + 1 : stop], at + 1, stop, ((at + 1, stop),),
                          "direct", subject, "said", subject.start, stop, start, end),
                    keys[one], about=(keys[other],),
                )
            )  # fmt: skip
        elif one[1] == "Person" and kind < 0.6:
            start, end = put("is")
            put(" ")
            at, stop = put(str(dice.choice((30, 31, 64, 65))))
            target = Argument("object", "literal", at, stop, at, stop, text[at:stop], None,
                              Literal(text[at:stop], text[at:stop], "xsd:integer"))  # fmt: skip
            claims.append(
                LinkedClaim(
                    Claim(f"c{line}", subject, Predicate("is", "aged", start, end, "age"), target,
                          subject.start, stop, "attributes"),
                    keys[one], None,
                )
            )  # fmt: skip
        else:
            verb, known = dice.choice(VERBS)
            start, end = put(verb)
            put(" ")
            target = whom("object", other)
            by = dice.choice(chosen) if dice.random() < 0.3 else None
            claims.append(
                LinkedClaim(
                    Claim(f"c{line}", subject, Predicate(verb, verb, start, end, known), target,
                          subject.start, target.end, dice.choice(("relations", "nominals")),
                          status=dice.choice(STATUSES),
                          attribution=replace(subject, role="attribution") if by else None),
                    keys[one], keys[other], keys[by] if by else None,
                )
            )  # fmt: skip
            if dice.random() < 0.4:  # what other articles may hope or fear, too
                put(". ")
                claims.append(_about(claims[-1], whom("subject", one), keys[one], put, dice))
        put(". ")
    key = hashlib.sha256(f"{source}{seed}{text}".encode()).hexdigest()[:16]
    article = Article(
        key, source or f"{seed}.txt", text.rstrip() + ".", publisher=f"P{seed % 4}",
        date=f"20{seed % 20:02}-03-01",
    )  # fmt: skip
    entities = tuple(
        _entity(dice, keys[thing], thing, tuple(spans.get(thing, ()))) for thing in chosen
    )
    return ArticleResult(article, entities, tuple(claims), tuple(quotes), (), 3, "p")


def _about(
    inner: LinkedClaim,
    subject: Argument,
    key: str,
    put: Callable[[str], tuple[int, int]],
    dice: Random,
) -> LinkedClaim:
    """A claim whose object is what another one says."""
    put(" ")
    verb = dice.choice(("hopes", "fears"))
    start, end = put(verb)
    put(" ")
    at, stop = put("so")
    target = Argument("object", "clause", at, stop, at, stop, "so", claim=inner.claim.key)
    made = Claim(f"{inner.claim.key}b", subject, Predicate(verb, verb, start, end), target,
                 subject.start, stop, "relations")  # fmt: skip
    return LinkedClaim(made, key, None)


def _entity(
    dice: Random, key: str, thing: tuple[str, str, bool], mentions: tuple[tuple[int, int], ...]
) -> LocalEntity:
    label, kind, named = thing
    if not named:
        reason = "definite" if label.startswith("the ") else "topic"
        return LocalEntity(key, label, kind, (Name(label, reason),), mentions, named=False)
    names = [Name(label, "full name")]
    for text in SECOND.get(label, ()):
        if dice.random() < 0.3:
            names.append(Name(text, dice.choice(("acronym", "bracket", "short form"))))
    return LocalEntity(key, label, kind, tuple(names), mentions)
