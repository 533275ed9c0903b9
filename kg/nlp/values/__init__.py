"""The component ``kg_values``: dates, times, money, percentages, quantities and numbers.

Spans stand in ``doc.spans["kg_values"]`` with the OntoNotes labels DATE, TIME, MONEY, PERCENT,
QUANTITY, CARDINAL, ORDINAL; ``span._.kg_value`` is a `kg.model.Literal`, or None where the words
give no value ("dozens", "for decades"). A span holds the words that qualify it ("more than
1,000"), and so does the value's label. Relative dates are resolved against ``doc._.kg_date`` (ISO
8601, set by the caller before the pipe); without it they have no value, or one without a year
(``--07``). A date like 03/04/2025 is read as other dates of the text say, else as they write it in
``doc._.kg_outlet`` (a country's two letters; `kg.nlp.values.outlets`); without either it has no
value. Nor has ``1.250`` where a comma before decimals is as likely (`kg.nlp.values.decimals`). `doc.ents` stays as it is.

Durations and ages are ``xsd:duration`` (the label DATE, or TIME under a day), parts of a day have
the day as their value. Ranges of dates are EDTF intervals, ranges of numbers ``"5/7"`` as strings.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.model import Literal
from kg.nlp.values.amounts import Amounts
from kg.nlp.values.context import Found, Rejected, qualifier_after, qualifier_before
from kg.nlp.values.dates import Dates
from kg.nlp.values.decimals import decimals
from kg.nlp.values.rules import Rule, encode, lexemes, table
from kg.nlp.values.spans import Lengths

KEY: Final = "kg_values"
_TAKES_APPROXIMATION: Final = {"MONEY", "PERCENT", "QUANTITY", "CARDINAL"}


def _extensions() -> None:
    if not Doc.has_extension("kg_date"):
        Doc.set_extension("kg_date", default=None)
    if not Doc.has_extension("kg_outlet"):
        Doc.set_extension("kg_outlet", default=None)
    if not Span.has_extension("kg_value"):
        Span.set_extension("kg_value", default=None)


_extensions()


@Language.factory("kg_values", assigns=["doc.spans", "span._.kg_value"])
def make_values(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component; it has no settings and no weights."""
    _extensions()
    return find_values


def find_values(doc: Doc) -> Doc:
    """Fill ``doc.spans["kg_values"]``; the same Doc comes back."""
    usual = doc._.kg_outlet in table().settings["outlets"]["decimal_comma"]
    words = lexemes(doc.text, decimals(doc.text, usual=usual))
    code = encode(words)
    candidates: list[tuple[int, int, int, Rule, re.Match[str]]] = []
    for order, rule in enumerate(table().rules):
        for match in rule.pattern.finditer(code):
            start, end = _part(match)
            candidates.append((start - end, order, start, rule, match))
    candidates.sort(key=lambda c: c[:3])
    taken = bytearray(len(words))
    reader = _Reader(doc, words)
    found: list[tuple[int, Span]] = []
    for _, _, start, rule, match in candidates:
        end = _part(match)[1]
        if any(taken[start:end]):
            continue
        try:
            value = getattr(reader, rule.value)(match, rule.label)
        except Rejected:
            continue
        span = reader.span(start, end, rule.label, value)
        if span is not None:
            taken[start:end] = b"\1" * (end - start)
            found.append((span.start, span))
    doc.spans[KEY] = [span for _, span in sorted(found, key=lambda f: f[0])]
    return doc


#: "03/04/2025", "1.250".
_TWO_WAYS: Final = re.compile(r"\d+([/-])\d+\1\d+|\d+[.,]\d+")


def two_ways(doc: Doc) -> tuple[str, ...]:
    """The dates and numbers in figures that can be read two ways, each once, in order."""
    found = (_TWO_WAYS.search(s.text) for s in doc.spans.get(KEY, ()) if s._.kg_value is None)
    return tuple(dict.fromkeys(one.group() for one in found if one))


def _part(match: re.Match[str]) -> tuple[int, int]:
    """The words that are the expression: those named "only" where the rest is beside it."""
    return match.span("only") if "only" in match.re.groupindex else match.span()


class _Reader(Dates, Lengths, Amounts):
    """Gives the value of a rule's match: one method for each ``value`` in the table."""

    def span(self, start: int, end: int, label: str, value: Found) -> Span | None:
        first, last = self.words[start].start, self.words[end - 1].end
        point = value is not None and value[1] in ("xsd:date", "xsd:gYearMonth", "xsd:gYear")
        measure = label in _TAKES_APPROXIMATION or (value is not None and not point)
        before = qualifier_before().search(self.source[max(0, first - 24) : first])
        if before and (
            measure
            or before[1].lower() in ("around", "circa")
            or (point and self.text(end - 1) == "ago")
        ):
            first -= len(before[0])
        if measure:
            after = qualifier_after().match(self.source[last : last + 12])
            if after:
                last += len(after[0])
        span = self.doc.char_span(first, last, label=label, alignment_mode="expand")
        if span is None:
            return None
        if value is not None:
            text = " ".join(self.source[first:last].split())
            span._.kg_value = Literal(value[0], value[1], text, value[2])
        return span
