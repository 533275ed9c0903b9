"""Readers of money, percentages, quantities and plain numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from kg.nlp.values.context import INSIDE_NAMES, Context, Found, Rejected
from kg.nlp.values.numbers import number, plain
from kg.nlp.values.rules import table

#: What is counted of one side, then of the other: "7 votes to 2", "2 goals to 1".
_COUNTED: Final = (("votes", "votes"), ("score", "goals"))


class Amounts(Context):
    """One method for each name that a rule for an amount gives as its ``value``."""

    # -- amounts --

    def unclear(self, match: re.Match[str], label: str) -> Found:
        """ "1.250", a thousand and more or a little over one: no value."""
        return None

    def money(self, match: re.Match[str], label: str) -> Found:
        unit = self._currency(match)
        first = self._with_magnitude(match, "n", "magnitude")
        if not self.part(match, "n2"):
            if unit.endswith("/100"):
                return plain(first / 100), "xsd:decimal", unit[:-4]
            return plain(first), "xsd:decimal", unit
        last = self._with_magnitude(match, "n2", "magnitude2")
        if "magnitude2" not in match.re.groupindex:
            first, last = self._ends(match)  # "between 3 and 4 million euros"
        scale = self.mean(match, "magnitude2", "magnitude", "glued", "banker") or 1
        if not self.part(match, "magnitude") and scale > 1 and first < last / scale:
            first *= scale
        if self.text(match.start("n2") - 1) == "and" and self.text(match.start()) != "between":
            raise Rejected
        if not first < last:
            raise Rejected
        if self.text(match.start() - 1) == "from":
            raise Rejected
        return f"{plain(first)}/{plain(last)}", "xsd:string", unit

    def _with_magnitude(self, match: re.Match[str], name: str, magnitude: str) -> Decimal:
        value = self.need(match, name)
        return value * (self.mean(match, magnitude, "magnitude", "glued", "banker") or 1)

    def _currency(self, match: re.Match[str]) -> str:
        unit = self.mean(match, "sign", "sign")
        if unit:
            return str(unit)
        word = self.word(match, "currency") or ""
        whose = self.mean(match, "whose", "whose")
        if whose:
            stem = (
                re.sub(r"(?:or|er|a|e|s)$", "", word)
                if word.startswith("kron")
                else word.rstrip("s")
            )
            special = table().settings["whose"].get(f"{whose} {stem}")
            if special:
                return str(special)
        if word in table().words["pound"]:
            if self.text(match.end()) in ("of", "per") or self.text(match.end() - 2) == "-":
                raise Rejected
            return "GBP"
        found: str = table().words["currency"][word]
        counted = self.part(match, "n")[-1:]
        big = bool(counted) and counted[0].text in table().words["magnitude"]
        noun = self.token(match.end() - 1).pos_ in ("NOUN", "PROPN")
        if word in ("real", "rand", "won", "cent") and not noun and not big:
            raise Rejected
        return found

    def percent(self, match: re.Match[str], label: str) -> Found:
        unit = "percentage point" if self.part(match, "points") else "%"
        basis = self.text(match.end() - 2)
        unit = table().words["basis"].get(basis, unit)
        if self.part(match, "n2"):
            self._range(match)
            first, last = self._ends(match)
            return f"{plain(first)}/{plain(last)}", "xsd:string", unit
        return self._sign(match) + plain(self.need(match)), "xsd:decimal", unit

    def _sign(self, match: re.Match[str]) -> str:
        """A minus where the number is below zero: "-8°C", "minus 12 degrees"."""
        if not self.part(match, "below"):
            return ""
        at = match.start("below")
        apart = at == 0 or self.words[at - 1].end < self.words[at].start
        glued = self.words[at].end == self.words[at + 1].start
        if self.text(at) != "minus" and not (apart and glued):
            raise Rejected
        return "-"

    def quantity(self, match: re.Match[str], label: str) -> Found:
        unit: str = self.mean(match, "unit", "unit")
        words = [w.text for w in self.words[match.start() : match.end()]]
        known = table().words
        raw = self.raw(match.start("unit"))
        if raw in ("M", "MI", "HA", "Mi", "Ha") or (raw == "m" and words[0] in known["small"]):
            raise Rejected
        if raw == "m" and not self.part(match, "n2") and self._counted(match.end()):
            # "1.5m subscribers"
            raise Rejected
        power = next((known["square"][w] for w in words if w in known["square"]), "")
        if any(w in known["nautical"] for w in words):
            unit = "nmi"
        scale = next((known["degreeof"][w] for w in words[1:] if w in known["degreeof"]), None)
        if unit == "deg" and scale:
            unit = scale
        elif scale:
            raise Rejected
        rates = known["time"].keys() | known["day"].keys() | known["hourmark"].keys()
        per = next((w for w in words[2:] if w in rates), None)
        if per:
            unit += {
                "h": "/h",
                "s": "/s",
                "hour": "/h",
                "second": "/s",
                "minute": "/min",
                "day": "/d",
            }.get(per, f"/{per}")
        if self.part(match, "n2"):
            self._range(match)
            first, last = self._ends(match)
            return f"{plain(first)}/{plain(last)}", "xsd:string", unit + power
        return self._sign(match) + plain(self.need(match)), "xsd:decimal", unit + power

    def pounds(self, match: re.Match[str], label: str) -> Found:
        return plain(self.need(match)), "xsd:decimal", "lb"

    def resolution(self, match: re.Match[str], label: str) -> Found:
        return self.text(match.start())[:-1], "xsd:integer", "p"

    # -- plain numbers --

    def cardinal(self, match: re.Match[str], label: str) -> Found:
        at = match.start("n")
        value = self.need(match)
        if match.end("n") - at == 1 and not self._is_count(at):
            raise Rejected
        unit = "times" if self.text(match.end() - 1) in table().words["times"] else None
        datatype = "xsd:integer" if value == value.to_integral_value() else "xsd:decimal"
        return plain(value), datatype, unit

    def _counted(self, at: int) -> bool:
        if at >= len(self.words) or self.words[at].shape != "word":
            return False
        token = self.token(at)
        return token.pos_ == "NOUN" and "Number=Plur" in str(token.morph)

    def _opens(self, at: int) -> bool:
        return bool(self.token(at).is_sent_start) or not self.text(at - 1).isalnum()

    def glued(self, match: re.Match[str], label: str) -> Found:
        number_, letter = self.words[match.start()], self.words[match.start() + 1]
        if number_.end != letter.start:
            raise Rejected
        value = self.need(match) * table().words["glued"][letter.text]
        return plain(value), "xsd:integer", None

    def _is_count(self, at: int) -> bool:
        """Whether a number of one word counts something, and is no part of a name or numbering."""
        if self._in_name(at):
            return False
        word = self.words[at].text
        if word == "one":
            return self._one_counts(at)
        if not word[0].isdigit():
            # "Six Flags", "Five Guys" within a sentence
            behind = self.raw(at + 1) if at + 1 < len(self.words) else ""
            return not (self.token(at).is_title and behind.istitle() and not self._opens(at))
        return not (self._is_numbering(at) or self._follows_name(at))

    def _in_name(self, at: int) -> bool:
        token = self.token(at)
        if token.ent_type_ not in INSIDE_NAMES:
            return False
        after = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else token
        goes_on = after.ent_type_ == token.ent_type_ and after.ent_iob_ == "I"
        return token.ent_iob_ == "I" or goes_on

    def _one_counts(self, at: int) -> bool:
        token = self.token(at)
        if token.pos_ != "NUM" and token.text != "One":
            return False
        before, after = self.text(at - 1), self.text(at + 1)
        if before in ("no", "this", "that", "which", "the", "any", "every", "each", "another"):
            return token.dep_ == "nummod"
        return after != "another" and not (after == "day" and before not in ("for", "in"))

    def _is_numbering(self, at: int) -> bool:
        """ "#4", "Gen-4", "phase 4", "no. 4"."""
        before = self.text(at - 1)
        if before in ("#", "/", "@"):
            return True
        glued = at > 1 and self.words[at - 1].end == self.words[at].start
        if glued and before in ("-", "_") and self.words[at - 2].shape in ("word", "other"):
            return True
        if before.rstrip(".") in table().settings["naming"]["nouns"]:
            return True
        return before == "." and self.text(at - 2) in ("no", "nos", "vol", "art")

    def _follows_name(self, at: int) -> bool:
        """Whether the parse hangs it on the name before it: "Apollo 8"."""
        token = self.token(at)
        previous = self.token(at - 1) if at else token
        return (
            previous.i == token.i - 1
            and previous.pos_ == "PROPN"
            and token.head.i <= previous.i
            and token.dep_ in ("nummod", "flat", "compound", "nmod", "dep", "nmod:unmarked")
        )

    def cardinal_range(self, match: re.Match[str], label: str) -> Found:
        self._range(match)
        first, last = self._ends(match)
        joint = self.text(match.end("n"))
        if joint == "to" and self.text(match.start()) != "between" and self._counts_to(match):
            raise Rejected
        unit = "times" if self.text(match.end() - 1) in table().words["times"] else None
        return f"{plain(first)}/{plain(last)}", "xsd:string", unit

    def tally(self, match: re.Match[str], label: str) -> Found:
        """ "voted 52 to 48", "won 3-1": a score or a vote, as the nearest word about it says."""
        first, last = self.need(match), self.need(match, "n2")
        if max(first, last) > 999 or first != int(first) or last != int(last):
            raise Rejected
        joint = match.end("n")
        kinds = ((kind, self.text(joint) in table().words[name]) for kind, name in _COUNTED)
        kind = next((kind for kind, counted in kinds if counted), None) or self._contest(match)
        if self.text(match.end()) in table().settings["tally"]["odds"]:
            raise Rejected
        if self.text(joint) == "to" and kind != "votes":
            raise Rejected
        if self.text(joint) in table().words["dash"]:
            if self.words[joint - 1].end != self.words[joint + 1].start - 1:
                raise Rejected
            if self.text(match.start() - 1) == "-" or self.text(match.end()) in ("-", "%"):
                raise Rejected
        counted = self.text(match.end()) not in table().words["votes"] and self._counted(
            match.end()
        )
        if kind is None or (first < last and counted) or self.text(match.start() - 1) == "from":
            raise Rejected
        return f"{plain(first)}-{plain(last)}", "xsd:string", kind

    def _contest(self, match: re.Match[str]) -> str | None:
        """``votes`` or ``score``, as the nearest word of the sentence says; None where none does."""
        kinds = table().settings["tally"]
        for step in range(1, 25):
            for at in (match.start() - step, match.end() + step - 1):
                for kind in ("votes", "score"):
                    if self.text(at) in kinds[kind] and self._same_sentence(at, match.start()):
                        return kind
        return None

    def _same_sentence(self, at: int, here: int) -> bool:
        low, high = min(at, here), max(at, here)
        return not any(
            self.words[i].shape == "break" or (i > low and self.token(i).is_sent_start)
            for i in range(low, high + 1)
        )

    def share(self, match: re.Match[str], label: str) -> Found:
        """ "one in five", "nine out of ten"."""
        first, last = self.need(match), self.need(match, "n2")
        of = any(self.text(i) == "of" for i in range(match.end("n"), match.start("n2")))
        known = table().words
        units = known["day"].keys() | known["time"].keys() | known["unit"].keys()
        measured = self.text(match.end()) in units | set(table().settings["tally"]["played"])
        round_ = (
            last <= 10 or (first == 1 and last in (12, 15, 20, 25, 30, 40, 50)) or last % 100 == 0
        )
        year = self.words[match.start("n2")].shape == "year"
        if not 0 < first < last or measured or (not of and (not round_ or year)):
            raise Rejected
        return plain((first / last).quantize(Decimal("0.0001"))), "xsd:decimal", None

    def _counts_to(self, match: re.Match[str]) -> bool:
        return self.text(match.start() - 1) == "from"

    def multiple(self, match: re.Match[str], label: str) -> Found:
        return str(self.mean(match, "multiple", "multiple")), "xsd:integer", "times"

    def fraction(self, match: re.Match[str], label: str) -> Found:
        known = table().words["part"]
        last = self.text(match.end() - 1)
        alone = match.end() - match.start() == 1
        first = Decimal(1)
        after = self.text(match.end())
        if alone:
            before = self.text(match.start() - 1)
            if (
                last != "half"
                or after == "-"
                or before == "-"
                or before in table().words["ordinal"]
            ):
                raise Rejected
        elif self.text(match.start()) not in ("a", "an"):
            value = number(self.words[match.start() : match.end() - 1])
            if value is None:
                raise Rejected
            first = value
            if first > 1 and not last.endswith("s"):
                raise Rejected
        elif last not in ("half", "quarter") and after != "of":
            raise Rejected
        if not last.endswith("s") and first > 1:
            raise Rejected
        return plain((first / known[last]).quantize(Decimal("0.0001"))), "xsd:decimal", None

    def ordinal(self, match: re.Match[str], label: str) -> Found:
        at = match.start("n")
        token = self.token(at)
        if token.ent_type_ in INSIDE_NAMES:
            raise Rejected
        value = self._ordinal(match)
        raw, before = self.raw(match.start()), self.text(at - 1)
        after = self.raw(match.end()) if match.end() < len(self.words) else ""
        if raw[0].isupper() and after[:1].isupper():
            # "First Minister", "Second Circuit"
            raise Rejected
        if self.part(match, "tens"):
            tens = self.mean(match, "tens", "small")
            if tens < 20 or tens % 10 or value >= 10:
                raise Rejected
            value += tens
        elif self.text(at) == "second" and (
            token.pos_ in ("NOUN", "VERB") and before in ("a", "per", "each", "every")
        ):
            raise Rejected
        return str(value), "xsd:integer", None
