"""Names compared: what may differ between two spellings of one name.

Case, diacritics, quotation marks, a possessive ``'s``, a leading "the" and, for organizations, a
legal ending ("Inc.", "Ltd.") make no other name. Word lists are in ``names.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

_QUOTES: Final = "\"'“”‘’«»‹›„`´"
_EDGE: Final = _QUOTES + " ,;:()[]{}—–-"
_POSSESSIVE: Final = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
#: "Adobe and": a conjunction that a name was cut with.
_LINK: Final = re.compile(r"^(?:and|or) (?=[A-Z])| (?:and|or)$")
#: "DALTON, JOHN"; letters that stand alone, in a normal name.
_TURNED: Final = re.compile(r"([^\W\d_][\w'’-]+), ([^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*)?)")
_INITIALS: Final = re.compile(r"\b[^\W\d_](?: [^\W\d_])+\b")
_NO_IRI: Final = re.compile(r"(?:[^\w-]|_)+")
#: Cyrillic and Greek letters (small) and the Latin ones that they, or their capitals, look like.
_ALIKE: Final = str.maketrans(
    "авеѕіјкмнорсԁтухһԛԝαβεζηικμνορτυχ",
    "abesijkmhopcdtyxhqwabezhikmnoptyx",
)
_LONGEST_PARTICLE: Final = 3
#: So many letters behind a surname are no initials.
_SURELY_LETTERS: Final = 3
_NOT_WORD: Final = re.compile(r"[^\w&+.'-]+")


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of ``names.toml``."""

    legal: frozenset[str]
    honorifics: frozenset[str]
    posts: frozenset[str]
    of_posts: frozenset[str]
    crowned: frozenset[str]
    letters: frozenset[str]
    ranks: frozenset[str]
    generations: frozenset[str]
    particles: frozenset[str]
    articles: frozenset[str]
    definite: frozenset[str]
    also_known: tuple[str, ...]
    now_called: frozenset[str]
    pronouns: frozenset[str]
    nouns_too: frozenset[str]
    held_alone: frozenset[str]
    owned: frozenset[str]
    several: frozenset[str]
    places: frozenset[str]
    vessels: frozenset[str]
    national: frozenset[str]
    national_bodies: frozenset[str]
    forces: frozenset[str]
    portfolios: frozenset[str]
    local_bodies: frozenset[str]
    officials: frozenset[str]
    alike: tuple[frozenset[str], ...]
    told_bodies: frozenset[str]
    plain_modifiers: frozenset[str]
    praise: frozenset[str]
    any_firm: frozenset[str]
    same_modifiers: tuple[frozenset[str], ...]
    everybody_knows: Mapping[str, frozenset[str]]
    lands: frozenset[str]
    anybody: frozenset[str]
    accused: frozenset[str]
    possessive: frozenset[str]
    single: frozenset[str]
    only: frozenset[str]
    about: frozenset[str]
    counts: frozenset[str]
    lasting: frozenset[str]

    @property
    def not_given(self) -> frozenset[str]:
        """What stands behind the comma after a name and is no given name."""
        return self.generations | self.honorifics | self.posts | self.officials


@cache
def words() -> Words:
    """The word lists, read once."""
    path = Path(__file__).with_suffix(".toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Words(
        legal=frozenset(data["legal"]),
        honorifics=frozenset(data["honorifics"]),
        posts=frozenset(data["posts"]),
        of_posts=frozenset(data["of_posts"]),
        crowned=frozenset(data["crowned"]),
        letters=frozenset(data["letters"]),
        ranks=frozenset(data["ranks"]),
        generations=frozenset(data["generations"]),
        particles=frozenset(data["particles"]),
        articles=frozenset(data["articles"]),
        definite=frozenset(data["definite"]),
        also_known=tuple(data["also_known"]),
        now_called=frozenset(data["now_called"]),
        pronouns=frozenset(data["pronouns"]),
        nouns_too=frozenset(data["nouns_too"]),
        held_alone=frozenset(data["held_alone"]),
        owned=frozenset(data["owned"]),
        several=frozenset(data["several"]),
        places=frozenset(data["places"]),
        vessels=frozenset(data["vessels"]),
        national=frozenset(data["national"]),
        national_bodies=frozenset(data["national_bodies"]),
        forces=frozenset(data["forces"]),
        portfolios=frozenset(data["portfolios"]),
        local_bodies=frozenset(data["local_bodies"]),
        officials=frozenset(data["officials"]),
        alike=tuple(frozenset(group) for group in data["alike"]),
        told_bodies=frozenset(data["told_bodies"]),
        plain_modifiers=frozenset(data["plain_modifiers"]),
        praise=frozenset(data["praise"]),
        any_firm=frozenset(data["any_firm"]),
        same_modifiers=tuple(frozenset(group) for group in data["same_modifiers"]),
        everybody_knows=_by_name(data["everybody_knows"]),
        lands=frozenset(data["lands"]),
        anybody=frozenset(data["anybody"]),
        accused=frozenset(data["accused"]),
        possessive=frozenset(data["possessive"]),
        single=frozenset(data["single"]),
        only=frozenset(data["only"]),
        about=frozenset(data["about"]),
        counts=frozenset(data["counts"]),
        lasting=frozenset(data["lasting"]),
    )


def _by_name(lists: Mapping[str, list[str]]) -> Mapping[str, frozenset[str]]:
    names = sorted({name for listed in lists.values() for name in listed})
    return {n: frozenset(word for word, listed in lists.items() if n in listed) for n in names}


@lru_cache(maxsize=4_096)
def clean(name: str) -> str:
    """The name as a label: white space collapsed, quotation marks and a possessive taken off.

    >>> clean("“El  Eternauta”")
    'El Eternauta'
    >>> clean("Netflix’s")
    'Netflix'
    """
    name = " ".join(name.split()).strip(_EDGE)
    name = _POSSESSIVE.sub("", name)
    name = _LINK.sub("", name)
    return name.strip(_EDGE)


def is_empty(name: str) -> bool:
    """Is there nothing in it that could be a name: no letter, or an article or pronoun alone?

    >>> is_empty("The"), is_empty("WHO")
    (True, False)
    """
    key = normal(name)
    if not key:
        return True
    lists = words()
    return (key in lists.articles or key in lists.pronouns) and not clean(name).isupper()


@lru_cache(maxsize=4_096)
def normal(name: str) -> str:
    """What two spellings of one name share; empty for a name without letters or digits.

    >>> normal("The Walt Disney Company") == normal("walt disney")
    True
    >>> normal("Halden Steel & Co."), normal("Halden & Co.")
    ('halden steel', 'halden and co')
    >>> normal("Pokémon") == normal("POKEMON")
    True
    >>> normal("Alma") == normal("\N{CYRILLIC CAPITAL LETTER A}lma")
    True
    """
    plain = unicodedata.normalize("NFKD", clean(name)).casefold()
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.replace("’", "'").replace("&", " and ")
    parts = [part.strip(".'-_") for part in _NOT_WORD.split(plain)]
    if not plain.isascii():
        parts = [_latin(part) for part in parts]
    parts = [part.replace(".", "") if _dotted(part) else part for part in parts if part]
    if len(parts) > 1 and parts[0] == "the":
        parts = parts[1:]
    legal = words().legal
    while len(parts) > 1 and parts[-1] in legal and parts[-2] != "and":
        parts = parts[:-1]
    if len(parts) > 3 and parts[-2] == "and" and parts[-1] in legal:
        parts = parts[:-2]
    return " ".join(parts)


def _latin(word: str) -> str:
    """A word of Latin letters without those of other alphabets that look like them: the "Аlma" of
    whoever does not want it to be found is the Alma."""
    made = word.translate(_ALIKE)
    return made if made.isascii() and re.search(r"[a-z]", word) else word


def _dotted(part: str) -> bool:
    """Is it an abbreviation with points ("u.s", "s.a.g")?"""
    return "." in part and all(len(piece) == 1 for piece in part.split("."))


def person_parts(name: str) -> tuple[str, ...]:
    """The words of a person's name in lower case, without titles and "Jr.".

    >>> person_parts("co-CEO Ted Sarandos")
    ('ted', 'sarandos')
    >>> person_parts("Pope Francis"), person_parts("Dame Zaha Hadid DBE RA")
    (('pope', 'francis'), ('zaha', 'hadid'))
    >>> person_parts("Alhaji Ado Venn"), person_parts("Don Venn")
    (('ado', 'venn'), ('don', 'venn'))
    >>> person_parts("DALTON, JOHN"), person_parts("J. K. Vale") == person_parts("JK Vale")
    (('john', 'dalton'), True)
    """
    lists = words()
    name = unlettered(" ".join(name.split()))
    turned = _TURNED.fullmatch(clean(name))
    if turned and not {*normal(turned[2]).split()} & lists.not_given:
        name = f"{turned[2]} {turned[1]}"
    parts = _INITIALS.sub(lambda found: found[0].replace(" ", ""), normal(name)).split()
    while len(parts) > 1 and parts[0] in lists.honorifics:
        if len(parts) == 2 and parts[0] in lists.crowned:
            break
        parts = parts[1:]
    # "Elizabeth II" is a whole name, not an Elizabeth.
    while len(parts) > 2 and parts[-1] in lists.generations:
        parts = parts[:-1]
    return tuple(parts)


def generation(name: str) -> str:
    """Which of a person's namesakes in the family it is; empty where the name does not tell.

    >>> generation("Benigno Aquino, Jr."), generation("Aga Khan IV"), generation("Ada Venn")
    ('jr', 'iv', '')
    """
    parts = normal(name).split()
    return parts[-1] if len(parts) > 2 and parts[-1] in words().generations else ""


def untitled(name: str) -> str:
    """A person's name without the post in front of it; empty where it is no more than a post.

    >>> untitled("U.S. Secretary of State Ada Venn"), untitled("The Foreign Secretary"), untitled("Ada Mayor")
    ('Ada Venn', '', 'Ada Mayor')
    >>> untitled("headman Ado Lal Venn"), untitled("DI Ada Venn"), untitled("van der Venn")
    ('Ado Lal Venn', 'Ada Venn', 'van der Venn')
    """
    lists, parts = words(), name.split()
    led = len(parts) > 2 and all(part[0].isupper() for part in parts[1:])
    if led and (_is_small(parts[0]) or parts[0] in lists.ranks):
        return " ".join(parts[1:])
    lower = [part.casefold() for part in parts]
    if all(word in lists.posts or word in lists.of_posts for word in lower):
        return ""
    ends = [place for place, word in enumerate(lower) if word in lists.posts]
    if not ends:
        return name
    end = ends[-1] + 1
    if lower[end : end + 1] == ["of"] and set(lower[end + 1 : end + 2]) & lists.of_posts:
        end += 2
    rest = parts[end:]
    return " ".join(rest) if rest and rest[0][:1].isupper() else name


def _is_small(word: str) -> bool:
    """Is it a word without a capital that begins no name: no "van", "bint" or "d'"?"""
    return len(word) > _LONGEST_PARTICLE and word.isalpha() and word.islower() and (
        word not in words().particles
    )  # fmt: skip


def unlettered(name: str) -> str:
    """A person's name without the letters of an honour or office behind it.

    >>> unlettered("Ada Venn KC"), unlettered("Ada Venn, MP"), unlettered("Venn OBE"), unlettered("Ada KC")
    ('Ada Venn', 'Ada Venn', 'Venn', 'Ada KC')
    """
    parts = name.split(" ")
    while parts[-1] in words().letters and len(parts) > 1 + (len(parts[-1]) < _SURELY_LETTERS):
        parts = parts[:-1]
    return " ".join(parts).rstrip(",") if len(parts) < len(name.split(" ")) else name


def is_short_for(short: Sequence[str], full: Sequence[str]) -> bool:
    """Are all words of the shorter person's name in the longer one, first and last matching?

    ``Robert Downey`` for ``Robert John Downey``: a middle name or initial left out.
    """
    if len(short) < 2 or len(short) >= len(full):
        return False
    return short[0] == full[0] and short[-1] == full[-1]


def is_acronym_of(short: str, full: str) -> bool:
    """Do the first letters of ``full`` spell ``short`` (small words left out or not)?

    >>> is_acronym_of("SAG", "Screen Actors Guild")
    True
    >>> is_acronym_of("FBI", "Federal Bureau of Investigation")
    True
    """
    wanted = acronym(short)
    return bool(wanted) and wanted in initials(full)


@lru_cache(maxsize=4_096)
def acronym(short: str) -> str:
    """The letters of what may be an acronym: it has two capitals or digits; else nothing."""
    letters = [c for c in short if c.isalnum()]
    if sum(c.isupper() or c.isdigit() for c in letters) < 2:
        return ""
    return "".join(letters).casefold()


@lru_cache(maxsize=4_096)
def initials(full: str) -> frozenset[str]:
    """What acronyms of a name are spelled like."""
    parts = [part for part in re.split(r"[\s\-/]+", clean(full)) if part[:1].isalnum()]
    if len(parts) < 2:
        return frozenset()
    every = "".join(part[0] for part in parts).casefold()
    large = "".join(part[0] for part in parts if part[0].isupper()).casefold()
    bare = every.removeprefix("t") if parts[0].lower() == "the" else every
    # "US" is no acronym of "US Senate".
    return frozenset({every, large, bare} - {part.casefold() for part in parts})


def is_short_form_of(short: str, full: str) -> bool:
    """Are the letters of ``short`` found in ``full`` in their order, the first at a word's start?

    The test for what stands in brackets after a name of Schwartz and Hearst, "A simple algorithm
    for identifying abbreviation definitions in biomedical text" (PSB 2003).

    >>> is_short_form_of("Ofcom", "Office of Communications")
    True
    >>> is_short_form_of("Reuters", "Royal Society")
    False
    """
    wanted = [c for c in short.casefold() if c.isalnum()]
    text = full.casefold()
    if not 2 <= len(wanted) <= 10 or len(short.split()) > 2 or len(wanted) * 2 > len(text):
        return False
    at = len(text)
    for place in range(len(wanted) - 1, -1, -1):
        at = text.rfind(wanted[place], 0, at)
        while place == 0 and at > 0 and text[at - 1].isalnum():
            at = text.rfind(wanted[0], 0, at)
        if at < 0:
            return False
    return True


def alike(one: str, other: str) -> bool:
    """Do two names look like translations of each other, letter by letter?

    >>> alike("The Eternaut", "El Eternauta")
    True
    >>> alike("Labour", "Jane Roe")
    False
    """
    articles = words().articles
    first, second = (
        "".join(part for part in normal(name).split() if part not in articles)
        for name in (one, other)
    )
    if min(len(first), len(second)) < 5:
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= 0.8


@lru_cache(maxsize=4_096)
def slug(label: str) -> str:
    """The label as the last part of an IRI: words joined by ``_``; never empty.

    Letters of every script stay; what an IRI or Turtle could not carry becomes ``_``.
    """
    kept = _NO_IRI.sub("_", unicodedata.normalize("NFC", label)).strip("_-")
    return kept[:120].rstrip("_-") or "unnamed"
