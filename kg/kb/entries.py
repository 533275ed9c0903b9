"""Things of a knowledge base, read one by one: from TSV, Turtle, a Wikidata dump, GeoNames."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from kg.errors import ConfigError
from kg.resolve.kinds import kinds
from kg.tsv import opened, rows, values

WIKIDATA: Final = "http://www.wikidata.org/entity/"
GEONAMES: Final = "https://sws.geonames.org/"
_GEONAMES_COLUMNS: Final = 19
_INSTANCE_OF, _COUNTRY, _INSIDE = "P31", "P17", "P131"


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing: ``id`` is an IRI, ``type`` a class of the ontology, ``rank`` how well known it is (people
    who live there, articles about it). ``within`` are what it lies in, as names, ids or codes;
    ``code`` is how others name it there ("US")."""

    id: str
    label: str
    type: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    within: tuple[str, ...] = ()
    rank: float = 0.0
    code: str = ""
    links: tuple[str, ...] = ()


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("kb.toml").read_text(encoding="utf-8"))


@cache
def contest_words() -> frozenset[str]:
    """Words of sport."""
    return frozenset(_words()["contests"]["words"])


@cache
def bygone_words() -> frozenset[str]:
    """Words of times long past."""
    return frozenset(_words()["bygone"]["words"])


@cache
def seat_kinds() -> frozenset[str]:
    """Kinds of places that are called as their chief town."""
    return frozenset(_words()["seats"]["kinds"])


def kind_and_rest(name: str) -> Iterator[tuple[str, str]]:
    """A normal name as the word for its kind and the rest, if it has such a word.

    >>> list(kind_and_rest("skane county")), list(kind_and_rest("province of rimini"))
    ([('county', 'skane')], [('province', 'rimini')])
    """
    for words in _words()["beside"]["before"]:
        if name.startswith(f"{words} "):
            yield words.removesuffix(" of"), name.removeprefix(f"{words} ")
    for word in _words()["beside"]["after"]:
        if name.endswith(f" {word}"):
            yield word, name.removesuffix(f" {word}")


def kinds_of_word(word: str) -> frozenset[str]:
    """What a base calls a place that a word tells the kind of."""
    return frozenset({word, *_words()["beside"]["kinds"].get(word, ("subdivision",))})


def entries(path: str | Path, form: str | None = None, default: str = "") -> Iterator[Entry]:
    """The things of a file, one by one. ``form`` is ``tsv``, ``turtle``, ``wikidata`` or ``geonames``; without it
    the file's name and first line tell. ``default`` is the class of what names none. Raises
    `ConfigError` for a file that is none of these."""
    try:
        match form or _form(Path(path)):
            case "turtle":
                yield from _turtle(Path(path))
            case "wikidata":
                yield from _wikidata(Path(path))
            case "geonames":
                yield from _geonames(Path(path))
            case _:
                yield from _tsv(Path(path), default)
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot read the knowledge base: {error}.") from error


def _form(path: Path) -> str:
    plain = path.name.removesuffix(".gz").removesuffix(".bz2")
    if plain.endswith((".ttl", ".nt")):
        return "turtle"
    if plain.endswith(".json"):
        return "wikidata"
    with opened(path) as file:
        first = file.readline()
    return (
        "geonames" if first.count("\t") == _GEONAMES_COLUMNS - 1 and first[:1].isdigit() else "tsv"
    )


def _class(name: str, default: str = "") -> str:
    """A class of ours for a word of theirs ("city", "Q515"); "" for one that means none."""
    if name in kinds().family:
        return name
    found: str = _words()["classes"].get(name.casefold(), "")
    return found or default


def _iri(key: str) -> str:
    if key[:1] == "Q" and key[1:].isdigit():
        return f"{WIKIDATA}{key}"
    return key


def _tsv(path: Path, default: str) -> Iterator[Entry]:
    """Columns by the names in their first line; those of Wikidata's tables are known."""
    columns: Mapping[str, list[str]] = _words()["columns"]
    with opened(path) as file:
        table = rows(file)
        names = {
            ours: next((n for n in theirs if n in (table.fieldnames or ())), "")
            for ours, theirs in columns.items()
        }
        if not names["id"] or not names["label"]:
            raise ConfigError(
                f"{path}: no column for ids and labels; the first line names the columns."
            )
        for row in table:
            said = {
                ours: (row.get(theirs) or "").strip() for ours, theirs in names.items() if theirs
            }
            kind = _class(said.get("class", ""), default)
            if not kind or not said["id"] or not said["label"]:
                continue
            yield Entry(
                _iri(said["id"]), said["label"], kind, values(said.get("aliases", "")),
                said.get("description", ""), values(said.get("within", "")),
                _number(said.get("rank", "")), said.get("code", ""), values(said.get("links", "")),
            )  # fmt: skip


def _number(text: str) -> float:
    try:
        return max(0.0, float(text))
    except ValueError:
        return 0.0


def _turtle(path: Path) -> Iterator[Entry]:
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    told: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    try:
        with opened(path) as file:
            for triple in parse(file.read(), format=RdfFormat.TURTLE):
                if isinstance(triple.subject, NamedNode) and isinstance(
                    triple.object, NamedNode | Literal
                ):
                    name = _words()["turtle"].get(triple.predicate.value)
                    if name:
                        told[triple.subject.value][name].append(triple.object.value)
    except SyntaxError as error:
        raise ConfigError(f"{path}: line {error.lineno}: not valid Turtle.") from None
    for iri, said in sorted(told.items()):
        types = sorted(
            filter(None, (_class(t.replace("#", "/").rpartition("/")[2]) for t in said["class"]))
        )
        if types and said["label"]:
            label = min(said["label"])
            yield Entry(
                iri, label, types[0], tuple(sorted({*said["aliases"], *said["label"]} - {label})),
                min(said["description"], default=""), tuple(sorted(said["within"])),
                max(map(_number, said["rank"]), default=0.0), links=tuple(sorted(said["links"])),
            )  # fmt: skip


def _wikidata(path: Path) -> Iterator[Entry]:
    """Of a dump, one item a line, those with an English label and a class that is known; an
    item's rank is how many Wikipedias have it."""
    with opened(path) as file:
        for number, line in enumerate(file, 1):
            text = line.strip().rstrip(",")
            if text in ("", "[", "]"):
                continue
            try:
                item = json.loads(text)
            except ValueError:
                raise ConfigError(f"{path}: line {number}: no item of a Wikidata dump.") from None
            made = _item(item)
            if made is not None:
                yield made


def _item(item: Mapping[str, Any]) -> Entry | None:
    label = item.get("labels", {}).get("en", {}).get("value")
    claims = item.get("claims", {})
    types = [kind for q in _targets(claims, _INSTANCE_OF) if (kind := _class(q))]
    if item.get("type", "item") != "item" or not label or not types:
        return None
    aliases = item.get("aliases", {}).get("en", [])
    return Entry(
        f"{WIKIDATA}{item['id']}", label, types[0],
        tuple(dict.fromkeys(alias["value"] for alias in aliases)),
        item.get("descriptions", {}).get("en", {}).get("value", ""),
        tuple(dict.fromkeys([*_targets(claims, _INSIDE), *_targets(claims, _COUNTRY)])),
        float(sum(name.endswith("wiki") for name in item.get("sitelinks", {}))), item["id"],
    )  # fmt: skip


def _targets(claims: Mapping[str, Any], relation: str) -> Iterator[str]:
    """The items that a relation leads to, those that hold first."""
    made = [c for c in claims.get(relation, ()) if c.get("rank") != "deprecated"]
    for claim in sorted(made, key=lambda c: c.get("rank") != "preferred"):
        value = claim.get("mainsnak", {}).get("datavalue", {}).get("value")
        if isinstance(value, dict) and "id" in value:
            yield value["id"]


def _geonames(path: Path) -> Iterator[Entry]:
    """Countries, subdivisions and towns of a GeoNames table (``allCountries.txt``,
    ``cities15000.txt``)."""
    known: Mapping[str, str] = _words()["geonames"]
    with opened(path) as file:
        for line in file:
            row = line.rstrip("\n").split("\t")
            if len(row) != _GEONAMES_COLUMNS or known.get(row[7][:3], known.get(row[6])) is None:
                continue
            country = row[7].startswith("PCL")
            names = [name for name in row[3].split(",") if name.isascii() and len(name) > 1]
            yield Entry(
                f"{GEONAMES}{row[0]}/", row[1], "Place", tuple(dict.fromkeys([row[2], *names])),
                known.get(row[7][:3], ""), () if country else (row[8],), _number(row[14]),
                row[8] if country else "",
            )  # fmt: skip
