"""Readers of lengths of time, ages and times of the day."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.nlp.values import time as when
from kg.nlp.values.context import INSIDE_NAMES, Context, Found, Rejected, qualifier_after
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
        elif self.part(match, "share"):
            count = Decimal(1) / self.mean(match, "share", "part")
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

    def part_of_unit(self, match: re.Match[str], label: str) -> Found:
        """ "three quarters of an hour"."""
        count = number(self.part(match, "n")) or Decimal(1)
        share = count / self.mean(match, "part", "part")
        if share >= 1:
            raise Rejected
        return self._length(share, self.word(match, "unit") or ""), "xsd:duration", None

    def one_unit(self, match: re.Match[str], label: str) -> Found:
        """ "for a decade", "an hour or more"; "twice a week" is no length."""
        unit = self.word(match, "unit") or ""
        if unit.endswith("s") or unit == "quarter" or self.token(match.end() - 1).pos_ == "ADJ":
            raise Rejected
        more = qualifier_after().match(self.source[self.words[match.end() - 1].end :][:12])
        before = self.text(match.start() - 1)
        if not more and before not in table().settings["length"]["of_one"]:
            raise Rejected
        return self._length(Decimal(1), unit), "xsd:duration", None

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

    def age_beside_name(self, match: re.Match[str], label: str) -> Found:
        """ "Marta Olsen, 43, was found": the number alone."""
        at = match.start("n")
        before = self.token(at - 2)
        if before.ent_type_ != "PERSON" or not 1 <= int(self.text(at)) <= 115:
            raise Rejected
        if (self.text(at - 1) == "(") != (self.text(at + 1) == ")"):
            raise Rejected
        return f"P{int(self.text(at))}Y", "xsd:duration", None

    def age_decade(self, match: re.Match[str], label: str) -> Found:
        """ "in his early 30s"."""
        first = self.mean(match, "tens", "tensplural") or int(
            re.sub(r"\D", "", self.word(match, "tens") or "") or 0
        )
        if not 10 <= first <= 110:
            raise Rejected
        youngest = 13 if first == 10 else first  # "in his teens"
        return f"P{youngest}Y/P{first + 9}Y", "xsd:string", None

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
        text = self.word(match, "clock") or self.word(match, "clock2") or ""
        named = self.text(match.end() - 1) in table().words["zonename"]
        if named and match.end() < len(self.words) and self.raw(match.end())[:1].isupper():
            raise Rejected  # "at 6 p.m. Eastern Airlines said"
        meridiem = self.mean(match, "meridiem", "meridiem")
        hour, minute = self._hour(text, meridiem)
        return f"{hour:02d}:{minute:02d}:00{self._zone(match)}", "xsd:time", None

    def _zone(self, match: re.Match[str]) -> str:
        """The offset from UTC of the zone that is named; empty where it cannot be told."""
        found = self.word(match, "zone") or ""
        name = re.sub(r"^(?:utc|gmt)", "", found.lower()).replace("−", "-")
        if name[:1] in ("+", "-"):
            hours, _, minutes = name[1:].partition(":")
            if not minutes and len(hours) > 2:
                hours, minutes = hours[:-2], hours[-2:]
            return f"{name[0]}{int(hours):02d}:{minutes or '00'}"
        known: str = self.mean(match, "zone", "zone", "zonename") or ""
        if known == "outlet":
            return str(table().settings["zones"][found].get(self.country, ""))
        if known.startswith("US"):
            return when.american_offset(self.base, int(known[2:]))
        return known

    def clock_range(self, match: re.Match[str], label: str) -> Found:
        """ "from 9am to 5pm", "2-4pm"; "moved from 3pm to 5pm" is two times."""
        first, last = self.word(match, "clock") or "", self.word(match, "clock2") or ""
        meridiem, meridiem2 = (self.mean(match, n, "meridiem") for n in ("meridiem", "meridiem2"))
        joint, opening = self.text(match.start("clock2") - 1), self.text(match.start())
        shifts = table().settings["shift"]["verbs"]
        moved = {self.text(match.start() - n) for n in range(1, 6)} & set(shifts)
        bare = meridiem2 is None and not (":" in first and ":" in last)
        if bare or (joint == "and") != (opening == "between") or (opening == "from" and moved):
            raise Rejected
        if joint == "to" and opening != "from" and meridiem is not None:
            raise Rejected  # "brought forward, 5pm to 3pm"
        hour, minute = self._hour(last, meridiem2)
        start = self._hour(first, meridiem if meridiem is not None else meridiem2)
        if meridiem is None and meridiem2 == 12 and start >= (hour, minute):
            start = self._hour(first, 0)  # "11-2pm"
        zone = self._zone(match)
        begin, end = (f"{h:02d}:{m:02d}:00{zone}" for h, m in (start, (hour, minute)))
        return f"{begin}/{end}", "xsd:string", None

    def military(self, match: re.Match[str], label: str) -> Found:
        """ "at 2200hrs"; "1500 hours of work" is a length."""
        text = self.word(match, "clock") or ""
        if not re.fullmatch(r"[0-2]\d[0-5]\d", text) or self.text(match.end()) == "of":
            raise Rejected
        if not text.startswith("0") and self.text(match.start() - 1) not in (
            "at", "by", "from", "until", "till", "before", "after", "around", "about", "since", "to",
        ):  # fmt: skip
            raise Rejected
        hour, minute = self._hour(text, None)
        return f"{hour:02d}:{minute:02d}:00", "xsd:time", None

    def oclock(self, match: re.Match[str], label: str) -> Found:
        hour = number(self.part(match, "hour"))
        if hour is None or not 1 <= hour <= 12:
            raise Rejected
        return f"{int(hour):02d}:00:00", "xsd:time", None

    def clock_in_words(self, match: re.Match[str], label: str) -> Found:
        """ "half past seven", "a quarter to six"."""
        part = self.mean(match, "part", "part")
        to = self.text(match.start("hour") - 1) == "to"
        hour = number(self.part(match, "hour"))
        if hour is None or not 1 <= hour <= 12 or part not in (2, 4) or (to and part == 2):
            raise Rejected
        at = int(hour) % 12 + (self.mean(match, "meridiem", "meridiem") or 0)
        told = at * 60 + (-60 // part if to else 60 // part)
        if self.mean(match, "meridiem", "meridiem") is None and told < 60:
            told += 720
        return f"{told // 60 % 24:02d}:{told % 60:02d}:00", "xsd:time", None

    def _hour(self, text: str, meridiem: int | None) -> tuple[int, int]:
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
        return hour % 24, minute

    def race_time(self, match: re.Match[str], label: str) -> Found:
        hours, minutes, seconds = (self.word(match, "long") or "").split(":")
        return f"PT{int(hours)}H{int(minutes)}M{plain(Decimal(seconds))}S", "xsd:duration", None

    def noon(self, match: re.Match[str], label: str) -> Found:
        return f"{self.mean(match, 'noon', 'noon'):02d}:00:00", "xsd:time", None
