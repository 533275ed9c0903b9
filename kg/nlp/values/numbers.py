"""Numbers in figures and words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from kg.nlp.values.rules import Lexeme, table

_MOST_DIGITS = 40


def number(words: Sequence[Lexeme]) -> Decimal | None:
    """The number that the words say: ``two hundred and five``, ``1.5 million``, ``a dozen``.

    None when they say none (or one of absurd length).
    """
    known = table().words
    total, current = Decimal(0), Decimal(0)
    seen, half = False, False
    for i, word in enumerate(words):
        text = word.text
        if word.shape != "word":
            try:
                current += Decimal(text.replace(",", ""))
            except InvalidOperation:
                continue
            if len(text) > _MOST_DIGITS:
                return None
            seen = True
        elif text in known["small"]:
            current += known["small"][text]
            seen = True
        elif text in known["hundred"] or text in known["dozen"]:
            current = (current if seen else Decimal(1)) * (100 if text in known["hundred"] else 12)
            seen = True
        elif text in known["part"]:
            share = Decimal(1) / known["part"][text]
            half = True
            last = i == len(words) - 1
            if last or seen:
                # "two and a half million": the half is of the million
                current += share
            else:
                current = share
            seen = True
        elif text in known["magnitude"] or text in known["glued"]:
            factor = known["magnitude"].get(text) or known["glued"][text]
            if half and total:
                total = (total / factor + current) * factor
                current = Decimal(0)
                continue
            total += (current if seen else Decimal(1)) * factor
            current, seen = Decimal(0), False
    if not seen and not total:
        return None
    return total + current


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros after the point."""
    if value == value.to_integral_value():
        return str(int(value))
    return format(value.quantize(Decimal("0.000001")).normalize(), "f")
