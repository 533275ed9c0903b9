"""Readers of points in time: days, months, years, quarters, seasons, decades, and their ranges."""

from __future__ import annotations

import re

from spacy.tokens import Token

from kg.nlp.values import time as when
from kg.nlp.values.context import (
    INSIDE_NAMES,
    Context,
    Found,
    Rejected,
    order_of,
    qualifier_before,
)
from kg.nlp.values.rules import table


class Dates(Context):
    """One method for each name that a rule for a point in time gives as its ``value``."""

    # -- dates --

    def iso_date(self, match: re.Match[str], label: str) -> Found:
        try:
            return *when.day_value(when.Date.fromisoformat(self.text(match.start()))), None
        except ValueError:
            raise Rejected from None

    def slashed(self, match: re.Match[str], label: str) -> Found:
        """03/04/2025 as the outlet, or another date of the text, says that it is; no value where
        neither does."""
        text = self.text(match.start())
        first, second, third = (int(n) for n in re.split(r"[/.-]", text))
        if first > 31:
            found = when.full_day(first, second, third)
        else:
            year = third if third > 99 else self._century(third)
            order = True if "." in text or first == second else order_of(text)
            if order is None:
                order = self.day_first
            if order is None:
                if when.full_day(year, second, first) is None:
                    raise Rejected
                return None
            day, month = (first, second) if order else (second, first)
            found = when.full_day(year, month, day)
        if found is None:
            raise Rejected
        return *found, None

    def _century(self, year: int) -> int:
        """The year of two digits: at most ten years ahead of the article."""
        now = self.base.year if self.base else 2030
        return now // 100 * 100 + year - (100 if year > now % 100 + 10 else 0)

    # -- years of accounts --

    def _two_years(self, match: re.Match[str]) -> str:
        """ "2024" or, of two years, "2023/2024"."""
        years = re.findall(r"\d+", self.word(match, "years") or self.word(match, "year") or "")
        years += [w for w in (self.word(match, "year2"),) if w]
        first = int(years[0]) if len(years[0]) == 4 else self._century(int(years[0]))
        if len(years) == 1:
            return f"{first:04d}"
        last = int(years[1]) if len(years[1]) == 4 else first // 100 * 100 + int(years[1])
        last += 100 if last < first else 0
        if last != first + 1:
            raise Rejected
        return f"{first:04d}/{last:04d}"

    def fiscal_year(self, match: re.Match[str], label: str) -> Found:
        found = self._two_years(match)
        return found, "edtf:EDTF" if "/" in found else "xsd:gYear", "fiscal year"

    def season_years(self, match: re.Match[str], label: str) -> Found:
        return self._two_years(match), "edtf:EDTF", None

    def fiscal_quarter(self, match: re.Match[str], label: str) -> Found:
        code = self.mean(match, "q", "q") or 32 + int(self.mean(match, "n", "ordinal"))
        year = self._two_years(match)
        if not 33 <= code <= 36:
            raise Rejected
        return f"{year[-4:]}-{code}", "edtf:EDTF", "fiscal year"

    def half_year(self, match: re.Match[str], label: str) -> Found:
        """EDTF counts halves of a year 40 and 41."""
        code = self.mean(match, "h", "h") or 39 + int(self.mean(match, "n", "ordinal"))
        if code not in (40, 41):
            raise Rejected
        year = self._year(match)
        if year is None:
            if not self.base:
                return None
            year = self.base.year + self._step(self.word(match, "which"))
        return f"{year:04d}-{code}", "edtf:EDTF", None

    def _year(self, match: re.Match[str], name: str = "year") -> int | None:
        text = self.word(match, name)
        return int(text) if text else None

    def _day(self, match: re.Match[str], name: str = "day") -> int:
        return int(re.sub(r"\D", "", self.word(match, name) or "0"))

    def _month(self, match: re.Match[str], name: str = "month") -> int | None:
        if not self.part(match, name):
            return None
        at = match.start(name)
        raw = self.raw(at)
        if not raw[0].isupper():
            raise Rejected
        month: int = self.mean(match, name, "month", "shortmonth")
        return month

    def day(self, match: re.Match[str], label: str) -> Found:
        month = self._month(match)
        year, day = self._year(match), self._day(match)
        if month is None:
            raise Rejected
        if year is None and self.base:
            if self.text(match.start()) in ("next", "coming"):
                year = when.month_year(self.base, month, 1, day)
            else:
                named = self.mean(match, "weekday", "weekday")
                year = self._year_of(match.start("day"), month, day, named)
        found = when.full_day(year, month, day)
        if found is None:
            raise Rejected
        return *found, None

    def _year_of(self, at: int, month: int, day: int, weekday: int | None = None) -> int:
        """The year of a day named without one. A year before it in the sentence decides, or a weekday
        beside it; then the tense of its clause, where the date is when that happens; else the
        nearest, the way the tense looks before the other unless that is much farther off."""
        assert self.base is not None
        told = self._year_told(at)
        if told is not None:
            return told
        fitting = when.years_with(self.base, month, day, weekday) if weekday is not None else ()
        if fitting:
            return fitting[0]
        tense = self.tense(at)
        if tense.sure:
            return when.month_year(self.base, month, tense.toward, day)
        return when.likely_year(self.base, month, day, tense.toward)

    def _year_told(self, at: int) -> int | None:
        """The year with which the sentence begins: "*In 2019* it was declared on October 22"."""
        first = at
        while first and self.text(first - 1) not in (".", "?", "!") and at - first < 60:
            first -= 1
            if self.words[first].shape == "break":
                first += 1
                break
        if self.text(first) != "in" or self.words[first + 1].shape != "year" or first + 1 >= at:
            return None
        return int(self.text(first + 1))

    def _year_of_month(self, at: int, month: int) -> int:
        assert self.base is not None
        tense = self.tense(at)
        if tense.sure or not tense.toward:
            return when.month_year(self.base, month, tense.toward)
        return when.likely_year(self.base, month, self.base.day, tense.toward)

    def listed_day(self, match: re.Match[str], label: str) -> Found:
        """A day of a list, its month told with another: "March 4, 5 *and 6*"."""
        at = match.start("listed")
        month, day = self._month(match), self._day(match, "listed")
        first = self._day(match)
        last = at > match.start("day")
        if month is None or self._counts(at) or (day > first) != last:
            raise Rejected
        if last and match.end() < len(self.words) and self.token(match.end()).pos_ == "NOUN":
            raise Rejected  # "on March 4 and 5 people": five of them
        year = self._year_of(match.start("day"), month, first) if self.base else None
        found = when.full_day(year, month, day)
        if found is None:
            raise Rejected
        return *found, None

    def date_range(self, match: re.Match[str], label: str) -> Found:
        month = self._month(match)
        month2 = self._month(match, "month2") or month
        if month is None or month2 is None:
            raise Rejected
        year2 = self._year(match, "year2") or self._year(match)
        if year2 is None and self.base:
            year2 = self._year_of(match.start("day2"), month2, self._day(match, "day2"))
        year = self._year(match) or (year2 - (month > month2) if year2 else None)
        first = when.full_day(year, month, self._day(match) or self._day(match, "day3"))
        last = when.full_day(year2, month2, self._day(match, "day2"))
        if not first or not last or first[0] >= last[0]:
            raise Rejected
        return *when.interval(first[0], last[0]), None

    def month(self, match: re.Match[str], label: str) -> Found:
        month = self._month(match)
        at = match.start("month")
        token = self.token(at)
        year = self._year(match)
        which = self.word(match, "which")
        alone = match.end() - match.start() == 1
        if alone and not self._is_month(token, at):
            raise Rejected
        if token.ent_type_ == "PERSON" and year is None:
            raise Rejected
        if month is None:
            raise Rejected
        if "of_which" in match.re.groupindex:
            if self.text(match.end() - 1) != "year":
                raise Rejected
            if self.base:
                step = self._step(self.word(match, "of_which"))
                return *when.month_value(self.base.year + step, month), None
            return *when.month_value(None, month), None
        if year is None and self.base:
            if which and self._step(which):
                now = when.month_year(self.base, month, -1 if self._step(which) < 0 else 1)
                same = month == self.base.month
                year = now + (self._step(which) if same else 0)
            elif which:
                year = self.base.year
            else:
                year = self.base.year
                if month != self.base.month:
                    year = self._year_of_month(at, month)
        return *when.month_value(year, month), None

    def _is_month(self, token: Token, at: int) -> bool:
        word = self.text(at)
        if word in ("may", "march") or token.ent_type_ in INSIDE_NAMES:
            if token.pos_ != "PROPN" or token.ent_type_ in INSIDE_NAMES:
                return False
            if self.text(at - 1) not in table().settings["year"]["after"]:
                return False
        before = self.token(at - 1) if at else None
        return not (
            before is not None
            and before.pos_ == "PROPN"
            and before.i == token.i - 1
            and token.dep_ in ("flat", "compound", "flat:name")
            and token.head.i < token.i
        )

    def month_range(self, match: re.Match[str], label: str) -> Found:
        month, month2 = self._month(match), self._month(match, "month2")
        if month is None or month2 is None:
            raise Rejected
        joined = self.text(match.start("month2") - 1)
        if joined == "and" and self.text(match.start()) != "between":
            raise Rejected
        year2 = self._year(match, "year2") or self._year(match)
        if year2 is None and self.base:
            year2 = self._year_of_month(match.start("month2"), month2)
        if year2 is None:
            return *when.interval(f"--{month:02d}", f"--{month2:02d}"), None
        year = self._year(match) or year2 - (month > month2)
        return *when.interval(f"{year:04d}-{month:02d}", f"{year2:04d}-{month2:02d}"), None

    def year_range(self, match: re.Match[str], label: str) -> Found:
        first, last = self.word(match, "year") or "", self.word(match, "year2") or ""
        if len(last) == 2:
            last = first[:2] + last
        if len(last) != 4 or not 1000 < int(first) < int(last) <= 2199:
            raise Rejected
        if self._counts(match.start("year2")):
            raise Rejected
        return *when.interval(first, last), None

    def year(self, match: re.Match[str], label: str) -> Found:
        at = match.start("year")
        alone = match.end() - match.start() == 1
        if alone and not self._is_year(at):
            raise Rejected
        return *when.year_value(int(self.text(at))), None

    def _counts(self, at: int) -> bool:
        token = self.token(at)
        return (
            token.dep_ == "nummod"
            and token.head.i > token.i
            and "Number=Plur" in str(token.head.morph)
        )

    def _is_year(self, at: int) -> bool:
        text, before = self.text(at), self.text(at - 1)
        if not "1300" <= text <= "2150":
            return before in ("in", "since", "year") and not self._counts(at)
        if self._counts(at):
            return False
        if before in table().settings["year"]["after"] or before in ("(", "the", "year"):
            return True
        if qualifier_before().search(self.source[: self.words[at].start][-24:]):
            return False
        token = self.token(at)
        if token.dep_ == "nummod" and token.head.i > token.i:
            return "1500" < text < "2100"
        return "1800" < text < "2100"

    def relative_day(self, match: re.Match[str], label: str) -> Found:
        if not self.base:
            return None
        day = when.shift_days(self.base, self.mean(match, "relday", "relday"))
        if day is None:
            raise Rejected
        return *when.day_value(day), None

    def this_part(self, match: re.Match[str], label: str) -> Found:
        if self.text(match.end() - 2) != "this":
            raise Rejected
        return (*when.day_value(self.base), None) if self.base else None

    def last_night(self, match: re.Match[str], label: str) -> Found:
        if self.text(match.end() - 2) != "last" or not self.base:
            raise Rejected
        day = when.shift_days(self.base, -1)
        return (*when.day_value(day), None) if day else None

    def weekday(self, match: re.Match[str], label: str) -> Found:
        at = match.start("weekday")
        if not self.raw(at)[0].isupper() or self.token(at).ent_type_ in INSIDE_NAMES:
            raise Rejected
        if not self.base:
            return None
        which = self.word(match, "which")
        step = self._step(which) if which else 0
        tense = self.tense(at)
        toward: when.Direction = -1 if step < 0 else 1 if step > 0 else tense.toward
        if which == "this" and toward == 0:
            toward = 1
        if which is None and tense.planned:
            toward = when.nearer(self.base, self.mean(match, "weekday", "weekday"))
        day = when.weekday_date(
            self.base, self.mean(match, "weekday", "weekday"), toward, strict=step < 0
        )
        return *when.day_value(day), None

    def weekday_of_week(self, match: re.Match[str], label: str) -> Found:
        """ "Tuesday of last week"."""
        if not self.raw(match.start("weekday"))[0].isupper() or self.word(match, "week") != "week":
            raise Rejected
        if not self.base:
            return None
        monday, _ = when.week_of(self.base)
        days = 7 * self._step(self.word(match, "which")) + self.mean(match, "weekday", "weekday")
        day = when.shift_days(monday, days)
        return (*when.day_value(day), None) if day else None

    def _step(self, which: str | None) -> when.Direction:
        known = table().words
        return -1 if which in known["past"] else 1 if which in known["coming"] else 0

    def weekend(self, match: re.Match[str], label: str) -> Found:
        if not self.base:
            return None
        which = self.word(match, "which")
        past = any(w.text in table().words["past"] for w in self.words[match.start() : match.end()])
        if which is None and self.text(match.start() - 1) not in ("the", "over", "on", "at"):
            raise Rejected
        before = self.text(match.start() - 2)
        if which is None and before not in (
            "over", "during", "on", "at", "for", "of", "since", "until", "by", "in", "this",
        ):  # fmt: skip
            raise Rejected
        toward: when.Direction = -1 if past else self._step(which)
        if which is None:
            toward = self.direction(match.start()) or -1
        elif which == "this" and not past:
            toward = 0
        first, last = when.weekend_of(self.base, toward)
        return *when.interval(first.isoformat(), last.isoformat()), None

    def relative_unit(self, match: re.Match[str], label: str) -> Found:
        which, unit = self.word(match, "which"), self.word(match, "unit") or ""
        if unit.endswith("s") or unit in ("day", "decade", "century", "fortnight"):
            if unit != "decade" or self._step(which) == 0:
                raise Rejected
            return "P10Y", "xsd:duration", None
        if which in ("previous", "preceding", "upcoming"):
            return None
        if not self.base:
            return None
        if which in ("next", "last") and self.text(match.start() - 1) == "the":
            # "the next year" counts from another time; "the past year" is a span
            return None
        if which == "past":
            return f"P1{unit[0].upper()}", "xsd:duration", None
        fiscal = any(
            w.text in ("fiscal", "financial") for w in self.words[match.start() : match.end()]
        )
        return _unit_away(self.base, unit, self._step(which), "fiscal year" if fiscal else None)

    def quarter(self, match: re.Match[str], label: str) -> Found:
        code = self.mean(match, "q", "q")
        if code is None:
            code = 32 + int(self.mean(match, "n", "ordinal"))
            if self.text(match.start() - 1) in ("a", "an"):
                raise Rejected
        if not 33 <= code <= 36:
            raise Rejected
        year = self._year(match)
        if year is None:
            if not self.base:
                return None
            step = self._step(self.word(match, "which"))
            year = self.base.year + step
            if not step and self.direction(match.start()) <= 0:
                # the last such quarter that has begun
                year -= (self.base.month - 1) // 3 < code - 33
        return f"{year:04d}-{code}", "edtf:EDTF", None

    def season(self, match: re.Match[str], label: str) -> Found:
        at = match.start("season")
        if self.token(at).ent_type_ in INSIDE_NAMES or self.token(at).pos_ == "VERB":
            raise Rejected
        year = self._year(match)
        code = self.mean(match, "season", "season")
        if year is None:
            if not self.base:
                return None
            step = self._step(self.word(match, "which"))
            first = {21: 3, 22: 6, 23: 9, 24: 12}[code]
            year = self.base.year
            if step < 0 and self.base.month < first + 3:
                year -= 1
            elif step > 0 and self.base.month >= first:
                year += 1
        return f"{year:04d}-{code}", "edtf:EDTF", None

    def decade(self, match: re.Match[str], label: str) -> Found:
        text = re.sub(r"\D", "", self.text(match.start("decade")))
        if len(text) == 2:
            if self.text(match.start() - 1) not in ("the", "early", "late", "in") or text < "30":
                raise Rejected
            text = "19" + text
        return f"{text[:3]}X", "edtf:EDTF", None

    def century(self, match: re.Match[str], label: str) -> Found:
        if self.word(match, "unit") not in ("century", "centuries"):
            raise Rejected
        n = self._ordinal(match)
        if not 1 <= n <= 30:
            raise Rejected
        return f"{n - 1:02d}XX", "edtf:EDTF", None


def _unit_away(base: when.Date, unit: str, step: int, year: str | None) -> Found:
    """The year (of this kind), month, week or quarter ``step`` away from the day."""
    if unit == "year":
        return *when.year_value(base.year + step), year
    if unit == "month":
        found = when.shift_months(base, step)
        return (*when.month_value(*found), None) if found else None
    if unit == "week":
        day = when.shift_days(base, 7 * step)
        if day is None:
            raise Rejected
        first, last = when.week_of(day)
        return *when.interval(first.isoformat(), last.isoformat()), None
    quarter = (base.month - 1) // 3 + step
    return f"{base.year + quarter // 4:04d}-{33 + quarter % 4}", "edtf:EDTF", None
