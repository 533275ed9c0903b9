"""SPARQL 1.1 over the store, and the queries that are shipped by name.

A query goes to Oxigraph as it is (the prefixes are declared beside it, not in it), so line and
column of a syntax error are those of the user's text. A shipped query, ``ontology/queries/NAME.rq``,
starts with ``# title: ...`` and may name parameters, ``# param about: what it is``, which stand in
the query as ``$about`` and are put in as escaped string literals ("" when not given; one that is
named by ``# needs about: ...`` must be given). What one that says ``# judge: NAME`` finds is judged by
`kg.graph.judging` before it is the answer. The rows of any query that says ``# order: ONE TWO`` are
sorted by these columns here: the engine would fetch both texts from disk for each comparison.
"""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import pyoxigraph as ox

from kg.config import data_folder
from kg.errors import ConfigError, QueryError, UnknownName, is_damage
from kg.graph.cells import Rows
from kg.graph.service import refuse_service
from kg.graph.terms import unknown_terms
from kg.graph.turtle import turtle_text
from kg.graph.vocab import XSD, prefixes

if TYPE_CHECKING:
    import pandas as pd

    from kg.graph.inferred import Infer

Format = Literal["table", "csv", "tsv", "json", "markdown"]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
#: Rows of an answer that are printed.
_SHOWN: Final = 50
#: Datatypes that Python has itself.
_PYTHON: Final[dict[str, Callable[[str], int | float | bool]]] = {
    "integer": int,
    "decimal": float,
    "double": float,
    "float": float,
    "boolean": lambda text: text in ("true", "1"),
}
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.S)
_UPDATE: Final = "insert|delete|load|clear|drop|create|add|move|copy|with"
#: One of these words stands in every query; an update begins with one of the others.
_FORM: Final = re.compile(r"\b(select|ask|construct|describe|" + _UPDATE + r")\b", re.I)
_CHANGE: Final = re.compile(r"\s*((prefix|base)\b[^>]*>\s*)*(" + _UPDATE + r")\b", re.I)
_AROUND: Final = 60
_HEADER: Final = re.compile(
    r"^#\s*(title|judge|order|param|needs)\b\s*([A-Za-z_]*)\s*:\s*(.*)$", re.M
)


@dataclass(frozen=True, slots=True)
class ShippedQuery:
    """A query by name: its title, its parameters with their meaning, its text; ``needed`` names
    the parameters without which it is not asked, ``judge`` who makes the answer of what it finds
    (`kg.graph.judging`), ``order`` the columns by which its rows are sorted."""

    name: str
    title: str
    parameters: tuple[tuple[str, str], ...]
    text: str
    needed: tuple[str, ...] = ()
    judge: str = ""
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What a query gives. ``kind`` is ``select``, ``ask`` or ``graph`` (CONSTRUCT, DESCRIBE).

    ``columns`` and ``rows`` hold the terms of a SELECT (None: unbound); ``truth`` the answer of an
    ASK; ``triples`` those of a graph, sorted. ``prefixes`` shorten IRIs for people; ``notes`` tell
    of terms in the query that neither the graph nor the ontology knows. Printed, it is a table; in
    a notebook too.
    """

    kind: Literal["select", "ask", "graph"]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    truth: bool | None = None
    triples: tuple[ox.Triple, ...] = ()
    prefixes: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[dict[str, str | None]]:
        """The rows as dictionaries of plain strings."""
        for row in self.rows:
            yield {
                name: None if value is None else _plain(value)
                for name, value in zip(self.columns, row, strict=True)
            }

    def __len__(self) -> int:
        return len(self.rows) or len(self.triples)

    def __bool__(self) -> bool:
        return bool(self.truth) if self.kind == "ask" else len(self) > 0

    def __repr__(self) -> str:
        if self.kind != "select" or len(self.rows) <= _SHOWN:
            return self.to("table").rstrip("\n")
        shown = replace(self, rows=self.rows[:_SHOWN])
        return f"{shown._table()}... and {len(self.rows) - _SHOWN} more rows"

    def _repr_html_(self) -> str:
        if self.kind != "select":
            return f"<pre>{html.escape(repr(self))}</pre>"
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        body = "".join(f"<tr>{''.join(map(self._cell, row))}</tr>" for row in self.rows[:_SHOWN])
        left = len(self.rows) - _SHOWN
        more = f"<p>and {left} more rows</p>" if left > 0 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def _cell(self, value: Term | None) -> str:
        if value is None:
            return "<td></td>"
        whole = f' title="{html.escape(value.value)}"' if isinstance(value, ox.NamedNode) else ""
        return f"<td{whole}>{html.escape(self.short(value))}</td>"

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas table: IRIs and text as strings, numbers and truth values as
        Python's own. A graph gives subject, predicate and object, an ASK one ``answer``.

        Needs pandas (``pip install 'kg[pandas]'``); without it a `ConfigError` says so.
        """
        try:
            import pandas as pd
        except ImportError:
            raise ConfigError("pandas is not installed; pip install 'kg[pandas]'.") from None
        if self.kind == "ask":
            return pd.DataFrame({"answer": [self.truth]})
        columns = self.columns if self.kind == "select" else ("subject", "predicate", "object")
        rows = self.rows if self.kind == "select" else map(tuple, self.triples)
        values = [[None if v is None else _value(v) for v in row] for row in rows]
        return pd.DataFrame(values, columns=list(columns))

    def text_rows(self) -> list[list[str]]:
        """The rows as short strings: IRIs with their prefix, literals without their marks."""
        return [["" if v is None else self.short(v) for v in row] for row in self.rows]

    def short(self, value: Term) -> str:
        """A term as a person reads it."""
        if isinstance(value, ox.Literal):
            return value.value
        plain = _plain(value)
        for name, iri in self.prefixes:
            if plain.startswith(iri):
                return f"{name}:{plain[len(iri) :]}"
        return plain

    def to(self, form: Format, *, raw: bool = False) -> str:
        """The answer as csv or tsv (SPARQL 1.1 results), json (SPARQL 1.1 results JSON), markdown,
        or a plain table. A graph is given as Turtle, whatever the form. In csv, cells that a
        spreadsheet would run as formulas start with an apostrophe, unless ``raw``."""
        if self.kind == "graph":
            return turtle_text((str(triple) + " ." for triple in self.triples), self.prefixes)
        if self.kind == "ask":
            plain = "true" if self.truth else "false"
            return f'{{"head": {{}}, "boolean": {plain}}}\n' if form == "json" else f"{plain}\n"
        match form:
            case "csv":
                return self._csv(raw=raw)
            case "tsv":
                head = "\t".join(f"?{name}" for name in self.columns)
                lines = ("\t".join("" if v is None else str(v) for v in row) for row in self.rows)
                return "\n".join([head, *lines]) + "\n"
            case "json":
                return self._json()
            case "markdown":
                return self._markdown()
            case _:
                return self._table()

    def _csv(self, *, raw: bool) -> str:
        out = io.StringIO()
        writer = Rows(out, raw=raw)
        writer.writerow(self.columns)
        for row in self.rows:
            writer.writerow(["" if v is None else _plain(v) for v in row])
        return out.getvalue()

    def _json(self) -> str:
        bindings = [
            {
                name: _json_term(value)
                for name, value in zip(self.columns, row, strict=True)
                if value is not None
            }
            for row in self.rows
        ]
        plain = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"

    def _markdown(self) -> str:
        def cell(text: str) -> str:
            escaped = re.sub(r"([\\|`*_<>\[\]])", r"\\\1", text)
            return " ".join(escaped.split())

        rows = [list(self.columns), ["---"] * len(self.columns)]
        rows += [[cell(value) for value in row] for row in self.text_rows()]
        return "".join(f"| {' | '.join(row)} |\n" for row in rows)

    def _table(self) -> str:
        rows = [list(self.columns), *self.text_rows()]
        rows = [[" ".join(value.split()) for value in row] for row in rows]
        widths = [max(len(row[i]) for row in rows) for i in range(len(self.columns))]
        lines = ["  ".join(v.ljust(w) for v, w in zip(r, widths, strict=True)) for r in rows]
        lines.insert(1, "  ".join("-" * width for width in widths))
        return "".join(f"{line.rstrip()}\n" for line in lines)


#: What the engine gives: rows, a truth, or triples (a list: read back from another process).
Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | list[ox.Triple]


def run(
    store: ox.Store,
    query: str,
    base: str,
    parameters: Mapping[str, str],
    *,
    timeout: float | None = None,
    allow_service: bool = False,
    folder: Path | None = None,
    infer: Infer | None = None,
) -> Answer:
    """The answer of a query or of a shipped one (see `kg.graph.store.GraphStore.query`)."""
    text, judge = query, ""
    order: tuple[str, ...] = ()
    if "{" not in query and (name := _NAME.fullmatch(query.strip())):
        shipped = shipped_query(name[0])
        text, judge, order = bind(shipped, parameters), shipped.judge, shipped.order
    elif parameters:
        raise QueryError("only shipped queries take parameters; see 'kg query --list'.")
    else:
        order = _order(text)
    names, pairs = _names(base)
    if timeout is None:
        whole, dataset = infer.of(store) if infer else (store, {})
        found = solve(whole, text, names, allow_service=allow_service, **dataset)
    else:
        from kg.graph.apart import solve_apart

        if folder is None:
            raise QueryError("a time limit needs a graph on disk; this one is in memory.")
        found = solve_apart(
            folder, text, names, timeout=timeout, allow_service=allow_service, infer=infer
        )
    notes = unknown_terms(store, text, base)
    try:
        if isinstance(found, ox.QuerySolutions):
            if judge:
                from kg.graph.judging import judged

                made, rows = judged(judge, store, base, found)
                return Answer("select", made, tuple(rows), None, (), pairs)
            columns = tuple([variable.value for variable in found.variables])
            ordered = tuple(sorted_rows(map(tuple, found), columns, order))
            return Answer("select", columns, ordered, None, (), pairs, notes)
        if isinstance(found, ox.QueryBoolean):
            return Answer("ask", truth=bool(found), prefixes=pairs, notes=notes)
        triples = tuple(sorted(found, key=str))
        return Answer("graph", triples=triples, prefixes=pairs, notes=notes)
    except (RuntimeError, OSError, ValueError) as error:
        if is_damage(error):
            raise
        raise _unanswered(error) from error


def sorted_rows(
    rows: Iterable[tuple[Term | None, ...]], columns: Sequence[str], order: Sequence[str]
) -> list[tuple[Term | None, ...]]:
    """The rows by the text of these columns, nothing first; as they come where none is named."""
    if not order:
        return list(rows)
    if unknown := [name for name in order if name not in columns]:
        raise QueryError(f"'# order:' names {unknown[0]!r}; the columns are {', '.join(columns)}.")
    places = [columns.index(name) for name in order]

    def key(row: tuple[Term | None, ...]) -> list[str]:
        return ["" if (v := row[place]) is None else _plain(v) for place in places]

    return sorted(rows, key=key)


def solve(
    store: ox.Store,
    text: str,
    prefixes: Mapping[str, str],
    *,
    allow_service: bool = False,
    **dataset: Any,
) -> Found:
    """What the engine gives for a query, its rows yet to be read. ``dataset`` is what the engine
    takes as ``default_graph`` and ``named_graphs``.

    Raises `QueryError` for one that does not parse, that fails, or that would ask another server
    without leave.
    """
    try:
        if not allow_service:
            refuse_service(text, prefixes)
        return store.query(text, prefixes=dict(prefixes), **dataset)
    except SyntaxError as error:
        raise _syntax_error(str(error), text) from None
    except (RuntimeError, OSError, ValueError) as error:
        if is_damage(error):
            raise
        raise _unanswered(error) from error


def _unanswered(error: Exception) -> QueryError:
    return QueryError(f"the query could not be answered: {error}")


@cache
def _names(base: str) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    names = dict(prefixes(base))
    return names, tuple(names.items())


def _syntax_error(message: str, text: str) -> QueryError:
    """Where the query stops being one, with its line; or that it is none at all."""
    if not _FORM.search(text):
        known = [query.name for query in shipped_queries()]
        near = get_close_matches("-".join(text.casefold().split()), known, n=1)
        guess = f" Did you mean {near[0]!r}?" if near else ""
        return QueryError(
            f"{_short(text)!r} is neither SPARQL nor a query that comes along.{guess} "
            "'kg query --list' shows those."
        )
    match = _PLACE.match(message)
    if not match:
        return QueryError(f"the query does not parse: {message}")
    line, column = int(match[1]), int(match[2])
    expected = match[3]
    if "[" in expected and len(expected) > 80:
        expected = "something else was expected here"
    if _CHANGE.match(text):
        expected = "a query only reads; this is an update"
    return QueryError(
        f"line {line}, column {column}: {expected}{_shown(text, line, column)}", line, column
    )


def _shown(text: str, line: int, column: int) -> str:
    """The line of that number with a mark below the column, where both exist."""
    lines = text.splitlines()
    if not 0 < line <= len(lines):
        return ""
    before = max(0, column - 1 - _AROUND)
    piece = lines[line - 1][before : column + _AROUND].replace("\t", " ")
    return f"\n  {piece}\n  {' ' * (column - 1 - before)}^"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _AROUND else f"{plain[:_AROUND]}…"


def shipped_queries(folder: Path | None = None) -> tuple[ShippedQuery, ...]:
    """All shipped queries, sorted by name."""
    files = sorted((folder or data_folder("ontology") / "queries").glob("*.rq"))
    return tuple(_shipped(file) for file in files)


def shipped_query(name: str) -> ShippedQuery:
    """A shipped query. An unknown name is an `UnknownName` with the known ones."""
    for query in shipped_queries():
        if query.name == name:
            return query
    raise UnknownName("query", name, [query.name for query in shipped_queries()])


def _shipped(file: Path) -> ShippedQuery:
    text = file.read_text(encoding="utf-8")
    title, parameters, needed, judge = file.stem, [], [], ""
    for kind, name, words in _HEADER.findall(text):
        if kind == "title":
            title = words.strip()
        elif kind == "judge":
            judge = words.strip()
        elif kind != "order":
            parameters.append((name, words.strip()))
            needed += [name] * (kind == "needs")
    return ShippedQuery(
        file.stem, title, tuple(parameters), text, tuple(needed), judge, _order(text)
    )


def _order(text: str) -> tuple[str, ...]:
    """The columns that ``# order: ONE TWO`` of a query names."""
    named = (words for kind, _, words in _HEADER.findall(text) if kind == "order")
    return tuple(next(named, "").split())


def bind(query: ShippedQuery, parameters: Mapping[str, str]) -> str:
    """The query's text with its parameters put in. An unknown parameter is an `UnknownName`, a
    missing one a `QueryError`."""
    known = [name for name, _ in query.parameters]
    for name in parameters:
        if name not in known:
            raise UnknownName(f"parameter of {query.name}", name, known)
    for name in query.needed:
        if not parameters.get(name):
            meaning = dict(query.parameters)[name]
            raise QueryError(f"{query.name} needs {name}=..., {meaning}.")
    text = query.text
    for name in known:
        literal = str(ox.Literal(parameters.get(name, "")))
        text = re.sub(rf"\${name}\b", lambda _, value=literal: value, text)  # type: ignore[misc]
    return text


def _plain(value: Term) -> str:
    return value.value if isinstance(value, ox.NamedNode | ox.Literal) else str(value)


def _value(value: Term) -> str | int | float | bool:
    """A term as Python has it; a number that does not read as one stays text."""
    plain = _plain(value)
    if not isinstance(value, ox.Literal):
        return plain
    make = _PYTHON.get(value.datatype.value.removeprefix(XSD))
    try:
        return make(plain) if make is not None else plain
    except ValueError:
        return plain


def _json_term(value: Term) -> dict[str, str]:
    if isinstance(value, ox.NamedNode):
        return {"type": "uri", "value": value.value}
    if isinstance(value, ox.Literal):
        plain = {"type": "literal", "value": value.value}
        if value.language:
            plain["xml:lang"] = value.language
        elif not value.datatype.value.endswith("#string"):
            plain["datatype"] = value.datatype.value
        return plain
    return {"type": "bnode", "value": str(value).removeprefix("_:")}
