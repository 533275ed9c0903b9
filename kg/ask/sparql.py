"""A pattern as SPARQL over the layer of statements, each with who says it and whether it is so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from kg.ask.question import Complement, Phrase
from kg.ask.relations import Meaning
from kg.ask.tellings import Telling
from kg.ask.words import words
from kg.graph.vocab import KG

#: Things that one end may be without a list of its own.
_FEW: Final = 8
#: Words beside a post that make it another one.
_OTHER: Final = "deputy|vice|assistant|acting|interim|former|ex|former|shadow|associate"
#: The roles that one argument may have, by the preposition of the question.
_PLACES: Final = ("place", "in", "at", "on", "near", "to", "from", "outside")


@dataclass(frozen=True, slots=True)
class Known:
    """A phrase that means things of the graph; no things: whatever fits."""

    iris: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    noun: str = ""
    unlike: tuple[str, ...] = ()
    country: bool | None = None
    counted: tuple[str, ...] = ()
    described: bool = False
    lost: bool = False


@dataclass(slots=True)
class Query:
    """A query while it is written. ``known`` tells what each phrase means, by its ``ref``."""

    known: dict[int, Known]
    asked: int | None
    statuses: tuple[str, ...]
    countries: tuple[str, ...] = ()
    groups: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    _count: int = 0

    def fresh(self, name: str) -> str:
        self._count += 1
        return f"?{name}{self._count}"

    def add(self, tellings: Iterable[Telling]) -> None:
        """One clause more: any of these."""
        name = "?statement" if not self.statements else f"?statement{len(self.statements) + 1}"
        self.statements.append(name)
        blocks = [block for one in tellings for block in self._blocks(name, one)]
        self.groups.append("\n  UNION ".join(f"{{ {block} }}" for block in dict.fromkeys(blocks)))

    def text(self, extra: str = "") -> str:
        """The query."""
        selected = " ".join((["?answer"] if self.asked is not None else []) + self.statements)
        body = "\n  ".join(self.groups)
        return f"SELECT DISTINCT {selected} WHERE {{\n  {body}{extra}\n}}"

    # --- ends ----------------------------------------------------------------------------------

    def ends(self, phrase: Phrase | None, name: str) -> list[tuple[str, str]]:
        """How an end is written, and what is said of it beside."""
        if phrase is None:
            return [("", "")]
        if phrase.ref == self.asked:
            return [("?answer", self._kind("?answer", phrase.ref))]
        known = self.known.get(phrase.ref, Known())
        if known.lost:
            if not phrase.value:
                return []
            variable = self.fresh("value")
            label = self.fresh("label")
            told = _escaped(phrase.text.casefold())
            return [
                (
                    variable,
                    f"FILTER EXISTS {{ {name} kg:objectLabel {label} "
                    f'FILTER(LCASE({label}) = "{told}") }}',
                )
            ]
        if not known.iris:
            variable = f"?x{phrase.ref}"
            return [(variable, self._kind(variable, phrase.ref))]
        if len(known.iris) <= _FEW:
            return [(f"<{iri}>", "") for iri in known.iris]
        variable = self.fresh("any")
        return [(variable, f"VALUES {variable} {{ {' '.join(f'<{i}>' for i in known.iris)} }}")]

    def _kind(self, variable: str, ref: int) -> str:
        known = self.known.get(ref, Known())
        parts = []
        if known.classes:
            kind = self.fresh("kind")
            among = ", ".join(f"kg:{name}" for name in known.classes)
            parts.append(f"FILTER EXISTS {{ {variable} a {kind} FILTER({kind} IN ({among})) }}")
        if known.unlike:
            parts.append(self._unlike(variable, known.unlike))
        if known.country is not None:
            among = ", ".join(f"<{iri}>" for iri in self.countries)
            parts.append(f"FILTER({variable} {'' if known.country else 'NOT '}IN ({among}))")
        if known.noun:
            parts.append(self._noun(variable, known.noun))
        if known.counted and variable == "?answer":
            return self._counted(known)
        return " ".join(parts)

    def _counted(self, known: Known) -> str:
        """A number, some of these ("nine people"), or one of them."""
        label, kind = self.fresh("label"), self.fresh("kind")
        among = ", ".join(f"kg:{name}" for name in known.classes)
        one = f" UNION {{ ?answer a {kind} FILTER({kind} IN ({among})) }}" if known.classes else ""
        return (
            f"FILTER(isNumeric(?answer) || EXISTS {{ {{ ?answer rdfs:label {label} "
            f'FILTER(REGEX({label}, "{_word(known.counted)}", "i")) }}{one} }})'
        )

    def _unlike(self, variable: str, nouns: tuple[str, ...]) -> str:
        """Neither its name nor what it is told to be says that it is something else."""
        s, o, label = self.fresh("is"), self.fresh("what"), self.fresh("label")
        match = f'REGEX({label}, "{_word(nouns)}", "i")'
        return (
            f"FILTER NOT EXISTS {{ {{ {variable} rdfs:label {label} FILTER({match}) }} UNION "
            f"{{ {s} rdf:subject {variable} ; rdf:predicate kg:isA ; rdf:object {o} . "
            f"{o} rdfs:label {label} FILTER({match}) }} }}"
        )

    def _noun(self, variable: str, noun: str) -> str:
        """It is told to be such a one, or its name says so."""
        s, o, label = self.fresh("is"), self.fresh("what"), self.fresh("label")
        p = self.fresh("of")
        match = f'REGEX({label}, "{_word((noun,))}", "i")'
        return (
            f"FILTER EXISTS {{ {{ {variable} rdfs:label {label} FILTER({match}) }} UNION "
            f"{{ {s} rdf:subject {variable} ; rdf:predicate {p} ; rdf:object {o} . {o} rdfs:label {label} "
            f"FILTER({p} IN (kg:hasRole, kg:isA) && {match}) }} }}"
        )

    # --- statements ------------------------------------------------------------------------------

    def _blocks(self, name: str, one: Telling) -> list[str]:
        found = []
        for turned in (False, True):
            meanings = [m for m in one.meanings if m.turned == turned]
            if not meanings:
                continue
            first, second = (one.second, one.first) if turned else (one.first, one.second)
            for subject, more in self.ends(first, name):
                for object_, beside in self.ends(second, name):
                    found += self._block(name, one, meanings, (subject, more), (object_, beside))
        return found

    def _block(
        self,
        name: str,
        one: Telling,
        meanings: list[Meaning],
        first: tuple[str, str],
        second: tuple[str, str],
    ) -> list[str]:
        (subject, more), (object_, beside) = first, second
        lines = []
        if one.content or one.about is not None or (KG + "said") in {m.iri for m in meanings}:
            return self._quoted(name, one, subject, object_, more)
        constants = [
            f"{name} rdf:{place} {end} ."
            for place, end in (("subject", subject), ("object", object_))
            if end.startswith("<")
        ]
        open_ = [
            f"{name} rdf:{place} {end} ."
            for place, end in (("subject", subject), ("object", object_))
            if end.startswith("?")
        ]
        values = [text for text in (more, beside) if text.startswith("VALUES")]
        filters = [text for text in (more, beside) if text and not text.startswith("VALUES")]
        argument_blocks: list[list[str]] = [[]]
        for complement in one.arguments:
            options = self._argument(name, complement)
            argument_blocks = [[*old, *new] for old in argument_blocks for new in options]
        for argued in argument_blocks:
            anchor = bool(constants or values) or any(
                a.startswith("?a") and "<" in a for a in argued
            )
            lines = [*values, *constants]
            if anchor:
                lines += [*argued, *open_, self._predicate(name, meanings)]
            else:
                lines += [self._scanned(name, meanings), *open_, *argued]
            lines += [self._status(name), *self._words(name, one, object_), *filters]
            if one.only and "?answer" in (subject, object_):
                lines.append(_ONLY[one.only])
            yield_ = " ".join(line for line in lines if line)
            self._keep(yield_)
        return self._taken()

    _kept: list[str] = field(default_factory=list)

    def _keep(self, block: str) -> None:
        self._kept.append(block)

    def _taken(self) -> list[str]:
        taken, self._kept = self._kept, []
        return taken

    def _predicate(self, name: str, meanings: list[Meaning]) -> str:
        p = self.fresh("p")
        return (
            f"{name} rdf:predicate {p} FILTER({p} IN ({', '.join(f'<{m.iri}>' for m in meanings)}))"
        )

    def _scanned(self, name: str, meanings: list[Meaning]) -> str:
        if len(meanings) == 1:
            return f"{name} rdf:predicate <{meanings[0].iri}> ."
        p = self.fresh("p")
        return f"VALUES {p} {{ {' '.join(f'<{m.iri}>' for m in meanings)} }} {name} rdf:predicate {p} ."

    def _status(self, name: str) -> str:
        s = self.fresh("status")
        among = ", ".join(f"kg:{status.capitalize()}" for status in self.statuses)
        return f"{name} kg:status {s} FILTER({s} IN ({among}))"

    def _words(self, name: str, one: Telling, object_: str) -> list[str]:
        lines = []
        if one.words:
            e, text = self.fresh("e"), self.fresh("words")
            lines.append(
                f"{name} prov:wasDerivedFrom {e} . {e} kg:predicateText {text} "
                f'FILTER(REGEX({text}, "{_word(one.words)}", "i") && !REGEX({text}, "{_word((_OTHER,), raw=True)}", "i"))'
            )
        if one.post:
            o, label = (object_ or self.fresh("post")), self.fresh("label")
            own = "" if object_ else f"{name} rdf:object {o} . "
            among = ", ".join(f'"{_escaped(post)}"' for post in one.post)
            lines.append(f"{own}{o} rdfs:label {label} FILTER(LCASE({label}) IN ({among}))")
        return lines

    # --- arguments -------------------------------------------------------------------------------

    def _argument(self, name: str, complement: Complement) -> list[list[str]]:
        a, role = self.fresh("a"), self.fresh("role")
        phrase = complement.phrase
        roles = _roles(complement.marks)
        if phrase.ref == self.asked and complement.marks != ("when",):
            roles = tuple(role for role in roles if role != "time")
        among = ", ".join(f'"{_escaped(r)}"' for r in roles)
        head = f"{name} kg:argument {a} . {a} kg:role {role} FILTER({role} IN ({among}))"
        if phrase.ref == self.asked:
            thing, label = self.fresh("thing"), self.fresh("label")
            return [[
                head, f"{a} rdfs:label {label} OPTIONAL {{ {a} kg:entity {thing} }} "
                f"BIND(COALESCE({thing}, {label}) AS ?answer)", self._kind("?answer", phrase.ref),
            ]]  # fmt: skip
        if phrase.value:
            return [[self._time(name, complement)]]
        known = self.known.get(phrase.ref, Known())
        found = [[f"{a} kg:entity <{iri}> .", head] for iri in known.iris[:_FEW]]
        marks = "|".join(re.escape(m) for m in complement.marks)
        e, text = self.fresh("e"), self.fresh("text")
        pattern = (
            _escaped(f"\\b({marks}) (the |a |an )?{re.escape(phrase.text)}\\b")
            if marks != "time"
            else _escaped(f"\\b{re.escape(phrase.text)}\\b")
        )
        label = self.fresh("label")
        start = _escaped("^(the |a |an )?" + re.escape(phrase.text) + "($|,)")
        found.append([head, f'{a} rdfs:label {label} FILTER(REGEX({label}, "{start}", "i"))'])
        found.append([
            f"{name} prov:wasDerivedFrom {e} . {e} oa:hasSelector/oa:exact {text} "
            f'FILTER(REGEX({text}, "{pattern}", "i"))'
        ])  # fmt: skip
        return found

    def _time(self, name: str, complement: Complement) -> str:
        t = self.fresh("time")
        value, mark = complement.phrase.value, complement.marks[0]
        if value.startswith("--"):
            test = f'SUBSTR({t}, 5, {len(value) - 1}) = "{_escaped(value[1:])}"'
            if mark in ("before", "until"):
                test = f'SUBSTR({t}, 5) != "" && SUBSTR({t}, 5) < "{_escaped(value[1:])}"'
            if mark in ("after", "since"):
                test = f'SUBSTR({t}, 5) > "{_escaped(value[1:])}~"'
        elif mark in ("before", "until"):
            test = f'{t} < "{_escaped(value)}"'
        elif mark == "after":
            test = f'{t} > "{_escaped(value)}~"'
        elif mark == "since":
            test = f'{t} >= "{_escaped(value)}"'
        else:
            test = f'STRSTARTS({t}, "{_escaped(value.rstrip("X"))}")'
        return f"{name} kg:time {t} FILTER({test})"

    # --- quotations ------------------------------------------------------------------------------

    def _quoted(self, name: str, one: Telling, speaker: str, said: str, more: str) -> list[str]:
        q, text = self.fresh("quote"), self.fresh("text")
        start = f"{name} rdf:predicate kg:said ."
        lines = [
            f"{name} rdf:subject {speaker} ." if speaker else "",
            start,
            f"{name} rdf:object {q} . {q} schema:text {text} .",
        ]
        if said == "?answer":
            lines.append(f"BIND({q} AS ?answer)")
        for complement in one.arguments:
            options = self._argument(name, complement)
            lines += options[0]
        for word in one.content:
            lines.append(f'FILTER(REGEX({text}, "{_stem(word)}", "i"))')
        lines.append(self._status(name))
        if one.about is None:
            return [" ".join(line for line in (*lines, more) if line)]
        known = self.known.get(one.about.ref, Known())
        told = " && ".join(f'REGEX({text}, "{_stem(word)}", "i")' for word in one.about.lemmas)
        blocks = [[*lines, f"FILTER({told})"]]
        blocks += [[f"{q} kg:about <{iri}> .", *lines] for iri in known.iris[:_FEW]]
        return [" ".join(line for line in (*block, more) if line) for block in blocks]


#: What an open end must be that is asked for by "when", "where", "how much".
_ONLY: Final = {
    "time": "FILTER(isLiteral(?answer))",
    "amount": "FILTER(isLiteral(?answer))",
    "place": "FILTER EXISTS { ?answer a ?where FILTER(?where IN (kg:Place, kg:Organization, kg:Event)) }",
}


def _roles(marks: tuple[str, ...]) -> tuple[str, ...]:
    if marks == ("where",):
        return _PLACES
    if marks == ("when",):
        return ("time",)
    if marks == ("amount",):
        return ("amount", "for")
    more = ("place",) if set(marks) & words("marks", "place") else ()
    instrument = ("instrument",) if "with" in marks else ()
    more += ("time",) if set(marks) & words("marks", "when") else ()
    return tuple(dict.fromkeys((*marks, *more, *instrument)))


def _word(found: tuple[str, ...], *, raw: bool = False) -> str:
    """A regular expression for any of these as whole words, as it stands in a string of SPARQL."""
    inside = "|".join(
        w if raw else re.escape(w).replace("\\ ", " ").replace("\\-", "-") for w in found
    )
    return _escaped(f"(^|[^A-Za-z])({inside})s?($|[^A-Za-z])")


def _stem(word: str) -> str:
    """A regular expression for a word in its forms."""
    stem = word[:-1] if len(word) > 4 and word[-1] in "ey" else word
    return _escaped(f"(^|[^A-Za-z]){re.escape(stem)}")


def _escaped(text: str) -> str:
    """Text inside a string of SPARQL."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ")
