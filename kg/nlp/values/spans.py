"""Readers of lengths of time, ages and times of the day."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.nlp.values import time as when
from kg.nlp.values.context import INSIDE_NAMES, Context, Found, Rejected
from kg.nlp.values.numbers import number, plain
from kg.nlp.values.rules import table


class Lengths(Context):
    """One method for each name that a rule for a length or a time of day gives as its ``value``."""

    # -- spans of time --

    def ago(self, match: re.Match[str], label: str) -> Found:
        if not self.base:
            return None
        count = Decimal(1)
        if self.part(match, "n"):
            count = self.need(match)
        elif self.part(match, "half"):
            count = 1 + Decimal(1) / self.mean(match, "half", "part")
        found = when.ago(self.base, float(count), self.mean(match, "unit", "day"))
        return (*found, None) if found else None

    def time_ago(self, match: re.Match[str], label: str) -> Found:
        return (*when.day_value(self.base), None) if self.base else None

    def _length(self, count: Decimal, unit: str) -> str:
        known = table().words
        if unit in known["time"]:
            return when.clock_duration(plain(count), known["time"][unit])
        return when.duration(plain(count), known["day"][unit])

    def duration(self, match: re.Match[str], label: str) -> Found:
        unit = self.word(match, "unit") or ""
        if self.text(match.end() - 1) in ("second", "third") and match.end() - match.start() == 2:
            token = self.token(match.end() - 1)
            if token.pos_ == "ADJ" and self.text(match.end() - 2) != "-":
                raise Rejected
        count = Decimal(1)
        if self.part(match, "n"):
            count = self.need(match)
        if self.part(match, "half"):
            first = number(self.words[match.start() : match.start("unit")])
            count = (first or Decimal(1)) + Decimal(1) / self.mean(match, "half", "part")
            hours = {"Y": (12, "M"), "H": (60, "M")}.get(
                (table().words["day"].get(unit) or table().words["time"].get(unit) or "")[-1:]
            )
            if hours and count != int(count):
                whole = int(count)
                rest = plain((count - whole) * hours[0]) + hours[1]
                sign = "PT" if unit in table().words["time"] else "P"
                return f"{sign}{whole}{unit[0].upper()}{rest}", "xsd:duration", None
        one_day = (self.text(match.start()), unit) == ("one", "day")
        measured = self.text(match.start() - 1) in table().settings["length"]["before"]
        if one_day and match.end() - match.start() == 2 and not measured:
            # "one day he left": no length
            raise Rejected
        value = self._length(count, unit)
        if self.part(match, "n2"):
            second = self._length(self.need(match, "n2"), self.word(match, "unit2") or "")
            value += second.removeprefix("PT").removeprefix("P")
        if unit in ("second", "seconds") and count != int(count):
            value = f"PT{format(count.normalize(), 'f')}S"
        return value, "xsd:duration", None

    def half_unit(self, match: re.Match[str], label: str) -> Found:
        unit = self.word(match, "unit") or ""
        if self.word(match, "half") != "half":
            raise Rejected
        value = {"hour": "PT30M", "minute": "PT30S", "year": "P6M", "century": "P50Y", "day": "PT12H",
                 "decade": "P5Y"}.get(unit)  # fmt: skip
        if value is None:
            raise Rejected
        return value, "xsd:duration", None

    def duration_range(self, match: re.Match[str], label: str) -> Found:
        self._range(match)
        unit = self.word(match, "unit") or ""
        first = self._length(self.need(match), unit)
        return f"{first}/{self._length(self.need(match, 'n2'), unit)}", "xsd:string", None

    def age(self, match: re.Match[str], label: str) -> Found:
        count = self.need(match)
        if count > 130:
            raise Rejected
        return f"P{plain(count)}Y", "xsd:duration", None

    def age_range(self, match: re.Match[str], label: str) -> Found:
        self._range(match)
        first, last = self.need(match), self.need(match, "n2")
        return f"P{plain(first)}Y/P{plain(last)}Y", "xsd:string", None

    def vague(self, match: re.Match[str], label: str) -> Found:
        if "bare" in match.re.groupindex:
            word = self.text(match.start())
            if not word.endswith(("s", "ies")) or self.text(match.start() - 1) not in ("for", "in"):
                raise Rejected
        elif self.token(match.start()).ent_type_ in INSIDE_NAMES or (
            match.end() - match.start() == 1 and self.text(match.start()) in ("scores", "tens")
        ):
            raise Rejected
        return None

    # -- times of the day --

    def clock(self, match: re.Match[str], label: str) -> Found:
        text = self.word(match, "clock") or ""
        meridiem, zone = self.mean(match, "meridiem", "meridiem"), self.mean(match, "zone", "zone")
        if len(text) == 4 and text.isdigit():
            hour, minute = int(text[:2]), int(text[2:])
        else:
            parts = re.split(r"[:.]", text)
            hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
        if meridiem is not None:
            if not 1 <= hour <= 12:
                raise Rejected
            hour = hour % 12 + meridiem
        if hour > 24 or minute > 59:
            raise Rejected
        return f"{hour % 24:02d}:{minute:02d}:00{zone or ''}", "xsd:time", None

    def race_time(self, match: re.Match[str], label: str) -> Found:
        hours, minutes, seconds = (self.word(match, "long") or "").split(":")
        return f"PT{int(hours)}H{int(minutes)}M{plain(Decimal(seconds))}S", "xsd:duration", None

    def noon(self, match: re.Match[str], label: str) -> Found:
        return f"{self.mean(match, 'noon', 'noon'):02d}:00:00", "xsd:time", None
