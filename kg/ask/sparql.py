"""A pattern as SPARQL over the layer of statements, each with who says it and whether it is so.

Every way to tell a clause becomes one block, which starts at the things that are known, so that it
looks at few statements of a large graph: an optimiser joins what stands apart by reading all of it.
For the same reason what must exist beside is asked for one pattern inside the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Final

from kg.ask.described import noun_pattern
from kg.ask.question import Complement, Phrase
from kg.ask.relations import Meaning
from kg.ask.tellings import Telling
from kg.ask.texts import Texts
from kg.ask.words import listed, words
from kg.graph.vocab import KG

_SAID: Final = f"{KG}said"
#: Characters around a passage in which the rest of a question's words may stand.
_AROUND: Final = 120
_FAR_AROUND: Final = 400
#: What an open end must be that is asked for by "when", "how much", "where".
_ONLY: Final = {
    "time": "FILTER(isLiteral(?answer))",
    "amount": "FILTER(isLiteral(?answer))",
    "place": "FILTER EXISTS { ?answer a ?where FILTER(?where IN (kg:Place, kg:Organization, kg:Event)) }",
}
#: The order in which a block is written: bound things first, what depends on them last.
_LAST: Final = ("OPTIONAL", "BIND", "FILTER")


@dataclass(frozen=True, slots=True)
class Known:
    """What a phrase means: things of the graph (``iris``), or whatever is of these classes, or told
    to be such a ``noun``, or one the ``same``, and none of those ``unlike`` it; ``counted``: also so many of them.
    ``lost``: nothing of that name, its words are looked for in the passages."""

    iris: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    noun: str = ""
    same: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    country: bool | None = None
    counted: tuple[str, ...] = ()
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """What of a graph is looked up while a query is written: the things of a name (``called``), its countries,
    quotations by their words (``said``), passages by those of their relations (``told``), and what is told to be of
    some nouns (``told_as``; None of too many), where ``many`` statements have one of some relations."""

    called: Callable[[str], tuple[str, ...]] = lambda _: ()
    countries: Callable[[], tuple[str, ...]] = lambda: ()
    said: Texts | None = None
    told: Texts | None = None
    told_as: Callable[[tuple[str, ...], str], tuple[str, ...] | None] = lambda *_: None
    many: Callable[[Iterable[str]], bool] = lambda _: False


@dataclass(slots=True)
class Query:
    """A query while it is written. ``known`` tells what each phrase means, by its ``ref``; ``asked``
    is the ``ref`` of the open end, ``missing`` how many words what was said may lack; ``source`` says so
    ("according to"); ``among``: only these things are answers."""

    known: dict[int, Known]
    asked: int | None
    statuses: tuple[str, ...]
    index: Index = Index()
    missing: int = 0
    source: Phrase | None = None
    among: tuple[str, ...] = ()
    groups: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    _count: int = 0

    def add(self, tellings: Iterable[Telling]) -> bool:
        """One clause more: any of these; False where none can be asked for."""
        name = "?statement" if not self.statements else f"?statement{len(self.statements) + 1}"
        blocks = dict.fromkeys(block for one in tellings for block in self._blocks(name, one))
        if not blocks:
            return False
        self.statements.append(name)
        self.groups.append("\n  UNION ".join(f"{{ {block} }}" for block in blocks))
        return True

    def text(self) -> str:
        """The query, which gives each answer with the statements that say it."""
        selected = " ".join([*(["?answer"] if self.asked is not None else []), *self.statements])
        body = "\n  ".join(self.groups)
        return f"SELECT DISTINCT {selected} WHERE {{\n  {body}\n}}"

    def counted(self, most: int) -> str:
        """A query of each answer with the number of its statements, so many answers, first those that have most."""
        body = "\n  ".join(self.groups)
        return (
            f"SELECT ?answer (COUNT(DISTINCT {self.statements[0]}) AS ?count) WHERE {{\n  {body}\n}} "
            f"GROUP BY ?answer ORDER BY DESC(?count) LIMIT {most}"
        )

    def of(self, status: str) -> str:
        """The same, of what has another status."""
        return self.text().replace(f"({_statuses(self.statuses)})", f"({_statuses((status,))})")

    def _fresh(self, name: str) -> str:
        self._count += 1
        return f"?{name}{self._count}"

    # --- blocks --------------------------------------------------------------------------------

    def _blocks(self, name: str, one: Telling) -> list[str]:
        if any(meaning.iri == _SAID for meaning in one.meanings):
            return self._quoted(name, one)
        found = []
        if one.post and not any(c.marks[0] == "at" for c in one.arguments):
            return self._of_posts(name, one)
        for turned in (False, True):
            meanings = [m for m in one.meanings if m.turned == turned]
            first, second = (one.second, one.first) if turned else (one.first, one.second)
            for subject, object_ in self._pairs(first, second, name, meanings) if meanings else ():
                found += self._block(name, one, meanings, subject, object_)
        return found

    def _block(
        self, name: str, one: Telling, meanings: list[Meaning], subject: _End, object_: _End
    ) -> list[str]:
        places = (("subject", subject), ("object", object_))
        bound = [f"{end.among}{name} rdf:{at} {end.term} ." for at, end in places if end.known]
        open_ = [f"{name} rdf:{at} {end.term} ." for at, end in places if end.open]
        ways = [self._argument(name, c, anchored=bool(bound)) for c in one.arguments]
        found = []
        for chosen in product(*ways):
            argued = [part for way in chosen for part in way]
            anchored = bound or any(" kg:entity " in part for part in argued)
            worded = self._words(name, one, object_.term, anchored=bool(anchored))
            anchored = anchored or any(part.startswith("VALUES") for part in worded)
            relation = self._filtered(name, meanings) if anchored else self._scanned(name, meanings)
            parts = (
                [*bound, *argued, *open_, *relation] if anchored else [*relation, *open_, *argued]
            )
            parts += [*self._status(name), *worded]
            parts += [*subject.beside, *object_.beside, *self._inside(name, one.inside)]
            if one.only and "?answer" in (subject.term, object_.term):
                parts.append(_ONLY[one.only])
            found.append(_written(parts))
        return found

    def _of_posts(self, name: str, one: Telling) -> list[str]:
        """As other tellings, from the things that the post, or kind, is the name of."""
        posts = dict.fromkeys(iri for post in one.post for iri in self.index.called(post))
        bare = replace(one, post=())
        return [
            block
            for post in self._those(tuple(posts))
            for begin in self._ends(one.first, name)
            for block in self._block(name, bare, list(one.meanings), begin, post)
        ]

    def _filtered(self, name: str, meanings: list[Meaning]) -> list[str]:
        p = self._fresh("p")
        return [f"{name} rdf:predicate {p} .", f"FILTER({p} IN ({_iris(meanings, ', ')}))"]

    def _scanned(self, name: str, meanings: list[Meaning]) -> list[str]:
        if len(meanings) == 1:
            return [f"{name} rdf:predicate <{meanings[0].iri}> ."]
        p = self._fresh("p")
        return [f"VALUES {p} {{ {_iris(meanings, ' ')} }} {name} rdf:predicate {p} ."]

    def _status(self, name: str, *, as_table: bool = False) -> list[str]:
        status = self._fresh("status")
        parts = [
            f"{name} kg:status {status} .",
            f"FILTER({status} IN ({_statuses(self.statuses)}))",
        ]
        return [*([_as_table(" ".join(parts))] if as_table else parts), *self._attributed(name)]

    def _attributed(self, name: str) -> list[str]:
        if self.source is None or name != "?statement":
            return []
        if self.source.ref == self.asked:
            return [f"{name} kg:attributedTo ?answer ."]
        who, iris = self._fresh("who"), self.known.get(self.source.ref, Known()).iris
        return [
            f"{name} kg:attributedTo {who} .",
            f"FILTER({who} IN ({', '.join(f'<{iri}>' for iri in iris)}))",
        ]

    def _words(self, name: str, one: Telling, object_: str, *, anchored: bool) -> list[str]:
        """The words that must stand in the passage, and the post that must be told."""
        parts = []
        if one.words:
            e, text = self._fresh("e"), self._fresh("words")
            other = [w for w in listed("posts", "other") if w not in " ".join(one.words).split()]
            among = None if anchored else _listed(self.index.told, (one.words,), 1, whole=True)
            parts += [] if among is None else [f"VALUES {e} {{ {among} }}"]
            parts += [
                f"{name} prov:wasDerivedFrom {e} . {e} kg:predicateText {text} .",
                f"FILTER({_has(text, one.words)} && !{_has(text, other)})",
            ]
        if one.post:
            post, label = object_ or self._fresh("post"), self._fresh("label")
            among = ", ".join(_string(name_) for name_ in one.post)
            parts += [
                "" if object_ else f"{name} rdf:object {post} .",
                f"{post} rdfs:label {label} .",
                f"FILTER(LCASE({label}) IN ({among}))",
            ]
        return parts

    def _inside(self, name: str, found: tuple[str, ...]) -> list[str]:
        """The passage has all of these words."""
        if not found:
            return []
        e, text = self._fresh("e"), self._fresh("text")
        return [
            *self._around(name, e, text),
            *(f"FILTER({_begins(text, word)})" for word in found),
        ]

    # --- ends ----------------------------------------------------------------------------------

    def _pairs(
        self, first: Phrase | None, second: Phrase | None, name: str, meanings: list[Meaning]
    ) -> Iterable[tuple[_End, _End]]:
        """Subject and object; where both may be several things, the fewer are looked up."""
        told = (self.known.get(one.ref, Known()) for one in (first, second) if one is not None)
        wide = not any(one.iris for one in told) and self.index.many(m.iri for m in meanings)
        begin, end = self._ends(first, name, wide=wide), self._ends(second, name, wide=wide)
        if any(one.among for one in begin) and any(one.among for one in end):
            if len(begin[0].among) <= len(end[0].among):
                end = [one.tested() for one in end]
            else:
                begin = [one.tested() for one in begin]
        return product(begin, end)

    def _ends(self, phrase: Phrase | None, name: str, *, wide: bool = False) -> list[_End]:
        """How an end may be written; none where it is nothing that the graph has. ``wide``: nothing known
        tells which statements to look at."""
        if phrase is None:
            return [_End("")]
        known = self.known.get(phrase.ref, Known())
        if phrase.ref == self.asked:
            among = f"VALUES ?answer {{ {_nodes(self.among)} }} " if self.among else ""
            return [_End("?answer", tuple(self._kind("?answer", known, name, wide=wide)), among)]
        if known.lost:
            return [self._literal(phrase, name)] if phrase.value else []
        if known.iris:
            return self._those(known.iris)
        variable = f"?x{phrase.ref}"
        return [_End(variable, tuple(self._kind(variable, known, name, wide=wide)))]

    def _those(self, iris: tuple[str, ...]) -> list[_End]:
        """One of these things; none of none."""
        if len(iris) <= 1:
            return [_End(f"<{iri}>") for iri in iris]
        variable = self._fresh("any")
        among = _nodes(iris)
        return [_End(variable, among=f"VALUES {variable} {{ {among} }} ")]

    def _literal(self, phrase: Phrase, name: str) -> _End:
        variable, label = self._fresh("value"), self._fresh("label")
        told = _string(phrase.text.casefold())
        test = f"{name} kg:objectLabel {label} FILTER(LCASE({label}) = {told})"
        return _End(variable, (f"FILTER EXISTS {{ {test} }}",))

    def _kind(self, variable: str, known: Known, name: str, *, wide: bool = False) -> list[str]:
        """What must be so of an open end."""
        if known.counted:
            return [self._counted(variable, known, wide=wide)]
        parts = []
        if known.classes:
            parts.append(f"FILTER({self._typed(variable, known.classes)})")
        if known.unlike:
            parts.append(f"FILTER(!({self._told(variable, known.unlike, 'kg:isA', wide=wide)}))")
        if known.country is not None:
            among = ", ".join(f"<{iri}>" for iri in self.index.countries())
            parts.append(f"FILTER({variable} {'' if known.country else 'NOT '}IN ({among}))")
        if known.noun:
            nouns = known.same or (known.noun,)
            told = self._told(variable, nouns, "kg:hasRole, kg:isA", wide=wide)
            near = self._near_by(name, lambda text: _has(text, nouns))
            parts.append(f"FILTER({told} || {near})")
        return parts

    def _near_by(self, name: str, test: Callable[[str], str]) -> str:
        """Whether it is so of the words of a passage with those near it."""
        names = ("e", "place", "start", "end", "article", "body")
        e, place, start, end, article, body = map(self._fresh, names)
        return _exists(
            f"{name} prov:wasDerivedFrom {e}", f"{e} oa:hasSelector {place}",
            f"{place} oa:start {start}", f"{place} oa:end {end}",
            f"{e} oa:hasSource {article}", f"{article} schema:articleBody {body} "
            f"FILTER({test(_cut(body, start, end, _AROUND))})",
        )  # fmt: skip

    def _typed(self, variable: str, classes: tuple[str, ...]) -> str:
        kind, among = self._fresh("kind"), ", ".join(f"kg:{one}" for one in classes)
        return _exists(f"{variable} a {kind} FILTER({kind} IN ({among}))")

    def _told(self, variable: str, nouns: tuple[str, ...], relations: str, *, wide: bool) -> str:
        """Its name has one of these words, or what it is told to be; where many statements are looked at, what is
        told to be so is looked up."""
        s, p, o, label = map(self._fresh, ("is", "p", "what", "label"))
        has = f"FILTER({_has(label, nouns)})"
        own = _exists(f"{variable} rdfs:label {label} {has}")
        if wide and (told_as := self.index.told_as(nouns, relations)) is not None:
            return f"{own} || {variable} IN ({', '.join(f'<{iri}>' for iri in told_as)})"
        told = _exists(
            f"{s} rdf:subject {variable}", f"{s} rdf:predicate {p} FILTER({p} IN ({relations}))",
            f"{s} rdf:object {o}", f"{o} rdfs:label {label} {has}",
        )  # fmt: skip
        return f"{own} || {told}"

    def _counted(self, variable: str, known: Known, *, wide: bool) -> str:
        """A number, some of these ("nine people"), or one of them, by its class or as it is told to be."""
        if known.noun:
            ways = [self._told(variable, known.counted, "kg:hasRole, kg:isA", wide=wide)]
        else:
            label = self._fresh("label")
            ways = [_exists(f"{variable} rdfs:label {label} FILTER({_has(label, known.counted)})")]
        if known.classes:
            ways.append(self._typed(variable, known.classes))
        return f"FILTER(isNumeric({variable}) || {' || '.join(ways)})"

    # --- arguments -------------------------------------------------------------------------------

    def _argument(self, name: str, complement: Complement, *, anchored: bool) -> list[list[str]]:
        """The ways in which a statement may have a further participant: as an argument that is the
        thing, or has its name, or in the words of a passage. The last two only where something else
        tells which statements to look at."""
        phrase = complement.phrase
        known = self.known.get(phrase.ref, Known())
        if phrase.ref == self.asked:
            return [self._open(name, complement, known)]
        if anchored:
            return [[f"FILTER({' || '.join(self._tests(name, complement, known))})"]]
        pattern, test = self._time(name, complement)
        found = [[f"{pattern} .", f"FILTER({test})"]] if _is_timed(complement) else []
        a = self._fresh("a")
        role = self._role(name, a, _roles(complement.marks, timed=not known.iris))
        return [
            *found, *([f"{o.among}{a} kg:entity {o.term} .", *role] for o in self._those(known.iris))
        ]  # fmt: skip

    def _tests(self, name: str, complement: Complement, known: Known) -> Iterator[str]:
        """What tells a participant of a statement that is known."""
        phrase, timed = complement.phrase, _is_timed(complement)
        if timed:
            pattern, test = self._time(name, complement)
            yield _exists(f"{pattern} FILTER({test})")
        a, role, what = map(self._fresh, ("a", "role", "what"))
        roles = ", ".join(map(_string, _roles(complement.marks, timed=not known.iris)))
        argued = (f"{name} kg:argument {a}", f"{a} kg:role {role} FILTER({role} IN ({roles}))")
        if known.iris:
            among = ", ".join(f"<{iri}>" for iri in known.iris)
            yield _exists(*argued, f"{a} kg:entity {what} FILTER({what} IN ({among}))")
        if timed and complement.marks[0] not in words("marks", "when"):
            return
        worded = _any((phrase.text,))
        whole = _string(f"^(the |a |an )?{worded}($|,)")
        marks = (
            "" if complement.marks == ("time",) else f"({_any(complement.marks)}) (the |a |an )?"
        )
        inside = _string(f"\\b{marks}{worded}\\b")
        yield _exists(*argued, f'{a} rdfs:label {what} FILTER(REGEX({what}, {whole}, "i"))')
        if set(complement.marks) & words("roles", "marks_place"):
            yield self._near_by(name, lambda text: f'REGEX({text}, {inside}, "i")')
            return
        e, place, text = map(self._fresh, ("e", "place", "text"))
        test = f'FILTER(REGEX({text}, {inside}, "i"))'
        yield _exists(
            f"{name} prov:wasDerivedFrom {e}", f"{e} oa:hasSelector {place}",
            f"{place} oa:exact {text} {test}",
        )  # fmt: skip

    def _around(self, name: str, e: str, text: str, wide: int = _AROUND) -> list[str]:
        """The passage of a statement with the words around it."""
        body, start, end = self._fresh("body"), self._fresh("start"), self._fresh("end")
        place = self._fresh("place")
        return [
            f"{name} prov:wasDerivedFrom {e} . {e} oa:hasSource/schema:articleBody {body} .",
            f"{e} oa:hasSelector {place} . {place} oa:start {start} ; oa:end {end} .",
            f"BIND({_cut(body, start, end, wide)} AS {text})",
        ]

    def _role(self, name: str, argument: str, roles: tuple[str, ...]) -> list[str]:
        role = self._fresh("role")
        among = ", ".join(_string(one) for one in roles)
        return [
            f"{name} kg:argument {argument} . {argument} kg:role {role} .",
            f"FILTER({role} IN ({among}))",
        ]

    def _open(self, name: str, complement: Complement, known: Known) -> list[str]:
        """The argument that is asked for."""
        a, thing, label = self._fresh("a"), self._fresh("thing"), self._fresh("label")
        long = self._fresh("long")
        return [
            *self._role(name, a, _roles(complement.marks)),
            f"{a} rdfs:label {label} .",
            f"OPTIONAL {{ {a} kg:entity {thing} }}",
            f"BIND(COALESCE({thing}, {label}) AS ?answer)",
            _valued(a, label, long, complement.marks[0]),
            *self._kind("?answer", known, name),
        ]

    def _time(self, name: str, complement: Complement) -> tuple[str, str]:
        """When a statement was, and the test of it."""
        t, value, mark = self._fresh("time"), complement.phrase.value, complement.marks[0]
        part = t
        if value.startswith("--"):  # a month or day of any year
            part, value = f"SUBSTR({t}, 6)", value[2:]
        own = _string(value.rstrip("X"))
        test = f"STRSTARTS({part}, {own})"
        if mark in words("marks", "before"):
            test = f'{part} != "" && {part} < {own}'
        elif mark in words("marks", "after"):
            test = f"{part} > {own} && !STRSTARTS({part}, {own})"
        elif mark in words("marks", "since"):
            test = f"{part} >= {own}"
        return f"{name} kg:time {t}", test

    # --- quotations ------------------------------------------------------------------------------

    def _quoted(self, name: str, one: Telling) -> list[str]:
        """What somebody said: its words, and what it is about by the graph or by its words."""
        asked = one.second is not None and one.second.ref == self.asked
        q, text = "?answer" if asked else self._fresh("quote"), self._fresh("text")
        found = []
        for end in self._ends(one.first, name):
            bound = [f"{end.among}{name} rdf:subject {end.term} ."] if end.known else []
            open_ = [f"{name} rdf:subject {end.term} ."] if end.open else []
            ways = [self._argument(name, c, anchored=bool(bound)) for c in one.arguments]
            exact = self._exact(name, text, (*one.content, *_named(one.about)))
            texts = [
                self._texts(q, text, about, one.content, bound=bool(bound), needed=bool(exact))
                for about in self._about(q, one.about)
            ]
            for told, *chosen in product(texts, *ways):
                object_ = [f"{name} rdf:object {q} ."] if told or asked else []
                if bound or told:
                    relation = self._filtered(name, [Meaning(_SAID)])
                    parts = [*bound, *told, *object_, *relation, *open_]
                else:
                    relation = self._scanned(name, [Meaning(_SAID)])
                    parts = [*relation, *map(_as_table, (*object_, *open_))]
                parts += [
                    *(part for way in chosen for part in way),
                    *self._status(name, as_table=not (bound or told)),
                    *end.beside, *self._inside(name, one.inside), *exact,
                ]  # fmt: skip
                found.append(_written(parts))
        return found

    def _texts(
        self, quote: str, text: str, about: str | tuple[str, ...], content: tuple[str, ...], *, bound: bool,
        needed: bool,
    ) -> list[str]:  # fmt: skip
        """The quotations whose words are these; they are looked up first where nobody is known to say it. Nothing
        of all quotations, unless their text is ``needed`` for more."""
        told = [found for found in (about, content) if found and not isinstance(found, str)]
        parts = [about] if isinstance(about, str) and about else []
        if told or needed:
            parts += [f"{quote} schema:text {text} .", *(self._most(text, found) for found in told)]
        if bound or not told:
            return parts
        looked = (self._looked_up(found) for found in told)
        listed_ = [f"VALUES {quote} {{ {among} }}" for among in looked if among is not None]
        return [f"{{ SELECT {quote} WHERE {{ {_written([*listed_[:1], *parts])} }} }}"]

    def _looked_up(self, found: tuple[str, ...]) -> str | None:
        """The quotations that may have most of these words, as a list; None of too many."""
        ways = tuple(_beginnings(word.removeprefix("=")) for word in found)
        return _listed(self.index.said, ways, self._least(found))

    def _about(self, quote: str, about: Phrase | None) -> list[str | tuple[str, ...]]:
        """What is said about something: by its words, or by what it is linked to."""
        if about is None:
            return [""]
        lemmas = tuple(w for w in about.lemmas if w not in words("names", "articles"))
        things = self._those(self.known.get(about.ref, Known()).iris)
        return [lemmas, *(f"{one.among}{quote} kg:about {one.term} ." for one in things)]

    def _least(self, found: tuple[str, ...]) -> int:
        """So many of these words there must be."""
        whole = not self.missing or len(found) <= 2
        return len(found) if whole else max(2, len(found) - self.missing)

    def _most(self, text: str, found: tuple[str, ...]) -> str:
        """It has these words, all but those that may be missing."""
        tests = [_begins(text, word.removeprefix("=")) for word in found]
        if self._least(found) == len(found):
            return f"FILTER({' && '.join(tests)})"
        counted = " + ".join(f"IF({test}, 1, 0)" for test in tests)
        return f"FILTER({counted} >= {self._least(found)})"

    def _exact(self, name: str, text: str, found: tuple[str, ...]) -> list[str]:
        """What is named stands in the quotation or near it, whatever else may be missing."""
        exact = [word[1:] for word in found if word.startswith("=")]
        if not exact:
            return []
        e, around = self._fresh("e"), self._fresh("around")
        tests = (f"({_begins(text, word)} || {_begins(around, word)})" for word in exact)
        return [*self._around(name, e, around, _FAR_AROUND), f"FILTER({' && '.join(tests)})"]


def _named(about: Phrase | None) -> tuple[str, ...]:
    """The last word of each name that a phrase has in it."""
    if about is None or about.of is None:
        return ()
    return tuple(f"={one.lemmas[-1]}" for one in (about.of, *about.of.also) if one.proper)


@dataclass(frozen=True, slots=True)
class _End:
    """A subject or object as it is written, "" for any, and what is asked of it beside; ``among``
    lists the things that it may be."""

    term: str
    beside: tuple[str, ...] = ()
    among: str = ""

    @property
    def known(self) -> bool:
        """Whether it is a thing, or one of several, that can be looked up."""
        return bool(self.among) or self.term[:1] == "<"

    @property
    def open(self) -> bool:
        """Whether it is told by what is asked of it alone."""
        return not self.known and bool(self.term)

    def tested(self) -> _End:
        """What is looked up as what is only compared."""
        if not self.among:
            return self
        listed_ = ", ".join(self.among.partition("{ ")[2].partition(" }")[0].split())
        return _End(self.term, (*self.beside, f"FILTER({self.term} IN ({listed_}))"))


def _written(parts: Iterable[str]) -> str:
    """A block: what is read first, then what is made of it and asked of it, last what must exist
    beside. (A BIND between them would part the block in two, each of which is read whole.)"""
    first = [part for part in parts if part and not part.startswith(_LAST)]
    rest = [part for word in _LAST for part in parts if part.startswith(word)]
    rest.sort(key=lambda part: "EXISTS" in part)
    return " ".join(dict.fromkeys([*first, *rest]))


def _listed(
    texts: Texts | None, beginnings: tuple[tuple[str, ...], ...], least: int, *, whole: bool = False
) -> str | None:
    """What has so many of these words, as a list; None where nothing tells, or too much."""
    iris = texts.having(beginnings, least, whole=whole) if texts is not None else None
    return None if iris is None else _nodes(iris)


def _nodes(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def _as_table(pattern: str) -> str:
    """A pattern that is read whole and joined with the rest: of very many statements quicker than a look at each."""
    return f"{{ SELECT * WHERE {{ {pattern} }} }}"


def _exists(*patterns: str) -> str:
    """That each of these is there for the one before."""
    *before, last = patterns
    found = f"EXISTS {{ {last} }}"
    for pattern in reversed(before):
        found = f"EXISTS {{ {pattern} FILTER {found} }}"
    return found


def _cut(body: str, start: str, end: str, wide: int) -> str:
    """The words of a text from so many characters before a place to as many behind it."""
    begin = f"IF({start} > {wide}, {start} - {wide}, 1)"
    return f"SUBSTR({body}, {begin}, {end} - {start} + {2 * wide})"


def _statuses(found: tuple[str, ...]) -> str:
    return ", ".join(f"kg:{one.capitalize()}" for one in found)


def _valued(argument: str, label: str, value: str, mark: str) -> str:
    """A date for "when", a length of time for "how long"."""
    if mark == "where":  # "at the age of 91" is no place
        return f'FILTER(!REGEX({label}, "^age ", "i"))'
    pattern = {"when": "^-*[0-9]", "duration": "^P"}.get(mark)
    if pattern is None:
        return ""
    test = f"REGEX(STR({value}), {_string(pattern)})"
    return f"FILTER EXISTS {{ {argument} rdf:value {value} FILTER({test}) }}"


def _is_timed(complement: Complement) -> bool:
    """Whether it tells a date."""
    value = complement.phrase.value
    dated = bool(value) and not value.startswith("P")
    return dated and complement.marks[0] in words("marks", "times")


def _roles(marks: tuple[str, ...], *, timed: bool = False) -> tuple[str, ...]:
    """The roles that an argument with these prepositions may have."""
    if marks[0] in words("roles", "asked"):
        return listed("roles", marks[0])
    more = [
        role for role in ("place", "instrument", "time")
        if set(marks) & words("roles", f"marks_{role}") and (timed or role != "time")
    ]  # fmt: skip
    return tuple(dict.fromkeys((*marks, *more)))


def _iris(meanings: list[Meaning], between: str) -> str:
    return between.join(f"<{meaning.iri}>" for meaning in meanings)


def _any(found: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace("\\ ", " ").replace("\\-", "-") for word in found)


def _has(variable: str, found: Iterable[str]) -> str:
    """It has one of these words, singular or plural, whole."""
    pattern = _string(noun_pattern(found))
    return f'REGEX({variable}, {pattern}, "i")'


def _begins(variable: str, word: str) -> str:
    """It has the word, or one of those between bars, in one of its forms."""
    among = "|".join(re.escape(stem) for stem in _beginnings(word))
    return f'REGEX({variable}, {_string(f"(^|[^A-Za-z])({among})")}, "i")'


def _beginnings(word: str) -> tuple[str, ...]:
    """A word, or those between bars, without what an inflection changes."""
    return tuple(w[:-1] if len(w) > 4 and w[-1] in "ey" else w for w in word.split("|"))


def _string(text: str) -> str:
    """Text as a string of SPARQL."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{" ".join(escaped.split())}"' if escaped.strip() == escaped else f'"{escaped}"'
