"""Codes of standards for the units of values: UCUM for measures, ISO 4217 for money."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def is_currency(unit: str) -> bool:
    """Whether a unit is a currency by its code of ISO 4217."""
    return (
        re.fullmatch(r"[A-Z]{3}", unit) is not None and unit not in _table()["unofficial"]["units"]
    )


@cache
def ucum(unit: str) -> str | None:
    """The UCUM code of a measure: ``[mi_i]/h`` for ``mi/h``; None where there is none."""
    table = _table()
    base, power, rate = unit, "", ""
    if unit not in table["ucum"]:
        slash = unit.find("/")
        if slash > 0:
            base, rate = unit[:slash], table["rates"].get(unit[slash:])
            if rate is None:
                return None
        if base[-1:] in ("2", "3"):
            base, power = base[:-1], base[-1]
    code = table["ucum"].get(base) or (base if base in table["same"]["units"] else None)
    return f"{code}{power}{rate}" if code else None
