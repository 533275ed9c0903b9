"""What rows of a table state, where the heads of its columns tell the relation.

A table is a run of blocks of kind ``table``, its head the row above. It is read only where one
head names what the rows are about ("Company", "Player") and another what is told of it
("Headquarters", "Age"), or where two name the sides of a match; where the cell is a name of a kind
that suits its head, or a value that fills it; and where nothing above says that it is a forecast
or the like. All other tables stay blocks. What a bare name is, its head tells better than the
pipeline can, which reads a row as a sentence: such names are called anew. Why so:
``docs/decisions/tables.md``. The heads are in ``words/en/tables.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Final

from spacy.tokens import Doc

from kg.extract.factuality.status import standing
from kg.extract.grammar.annotations import change_mentions, mentions_of
from kg.extract.statements.claims import make_claim
from kg.extract.words.load import word_lists
from kg.model import Argument, Article, Block, Claim, Literal, Mention, Predicate

#: How sure a cell is read: its head, its kind and its name agree.
_SURE: Final = 0.97
_CELL: Final = re.compile(r"[^|]+")
#: What may stand behind a name in its cell: "Ane Rask (captain)*".
_NOTE: Final = re.compile(r"(?:\s*(?:\([^()|]{1,30}\)|\[\w{1,3}\]|[*†‡]))*")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PARTS: Final = re.compile(r"(?:, | and |; | & )")
_ROLE: Final = re.compile(r"[A-Z](?:[\w'’-]|[ /](?=\w)){2,50}")
_UNIT: Final = re.compile(r"[$€£]|us\$|[a-z]+")
_SCORE: Final = re.compile(r"(\d{1,3}) ?[-–—:] ?(\d{1,3})")
_NEAR: Final = 60  # words of a paragraph above that still belong to the table


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Column:
    """What the cells below a head tell; ``turned``: they do it, not the row."""

    label: str
    value: str
    property: str | None = None
    turned: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    """A row of heads that is understood: where the subject stands, of what kind it is, and what
    the columns tell, by place."""

    cells: tuple[_Cell, ...]
    subject: int
    kind: str
    columns: Mapping[int, _Column]


@dataclass(frozen=True, slots=True)
class _Match:
    """A row of heads above two sides: ``first`` won, or is at home where there is a ``score``."""

    cells: tuple[_Cell, ...]
    first: int
    second: int
    score: int | None
    time: int | None


@dataclass(frozen=True, slots=True)
class _Words:
    rows: Mapping[str, frozenset[str]]
    match: Mapping[str, frozenset[str]]
    columns: Mapping[tuple[str, str], _Column]
    names: Mapping[str, frozenset[str]]
    called: Mapping[str, str]
    untold: frozenset[str]
    small: frozenset[str]
    doubt: frozenset[str]
    empty: frozenset[str]
    whole: frozenset[str]
    values: frozenset[str]
    scale: Mapping[str, int]
    money: Mapping[str, str]


@cache
def _words() -> _Words:
    data = word_lists("tables")
    return _Words(
        rows={kind: frozenset(heads) for kind, heads in data["rows"].items()},
        match={part: frozenset(heads) for part, heads in data["match"].items()},
        columns={
            (told["of"], head): _Column(
                told["label"], told["value"], told.get("property"), told.get("turned", False)
            )
            for told in data["column"]
            for head in told["heads"]
        },
        names={kind: frozenset(labels) for kind, labels in data["names"].items()},
        called=data["called"],
        untold=frozenset(data["lists"]["untold"]),
        small=frozenset(data["lists"]["small"]),
        doubt=frozenset(data["lists"]["doubt"]),
        empty=frozenset(data["lists"]["empty"]),
        whole=frozenset(data["lists"]["whole"]),
        values=frozenset(data["lists"]["values"]),
        scale=data["scale"],
        money=data["money"],
    )


def tables(doc: Doc, article: Article) -> Iterator[Claim]:
    """The claims of the article's tables, row by row. Each stands in its row, from the first of
    its cells to the last; its predicate is the head."""
    text = article.text
    found = list(_tables(article))
    told = {place: kind for table in found for place, kind in _called(table)}
    if told:
        change_mentions(doc, tuple(_recalled(text, mentions_of(doc), told)))
    names = {m.start: m for m in mentions_of(doc) if m.kind == "name"}
    values = {(s.start_char, s.end_char): s._.kg_value for s in doc.spans.get("kg_values", ())}
    reader = _Reader(text, names, values)
    for table in found:
        seen: set[str] = set()
        for head, row in table:
            for claim in reader.claims(head, row):
                if claim.key not in seen:
                    seen.add(claim.key)
                    yield claim


def _tables(article: Article) -> Iterator[list[tuple[_Head | _Match, tuple[_Cell, ...]]]]:
    """The rows of each table that is understood, each with its head."""
    text, before = article.text, None
    for is_table, run in groupby(article.blocks, key=lambda block: block.kind == "table"):
        blocks = list(run)
        if is_table and not (before and _doubts(text[before.start : before.end], near=True)):
            yield list(_rows(text, [_cells(text, block) for block in blocks]))
        before = blocks[-1]


def _rows(
    text: str, rows: Sequence[tuple[_Cell, ...]]
) -> Iterator[tuple[_Head | _Match, tuple[_Cell, ...]]]:
    head: _Head | _Match | None = None
    for row in rows:
        if len(row) == 1 or _is_head(row):
            if _doubts(text[row[0].start : row[-1].end]):
                return
            head = _head(row)
        elif head is not None and len(row) == len(head.cells):
            yield head, row


def _cells(text: str, block: Block) -> tuple[_Cell, ...]:
    """The cells of a row; an empty one at its head or end is one, too."""
    row = text[block.start : block.end]
    made, at = [], 0
    for part in row.split("|"):
        bare = part.strip()
        start = block.start + at + len(part) - len(part.lstrip())
        made.append(_Cell(bare, start, start + len(bare)))
        at += len(part) + 1
    return tuple(made)


def _doubts(text: str, *, near: bool = False) -> bool:
    """Whether the words above a table say that it does not tell what is so."""
    said = re.findall(r"[\w’']+", text.lower())
    return not (near and len(said) > _NEAR) and not _words().doubt.isdisjoint(said)


# --- heads ---------------------------------------------------------------------------------------


def _plain(head: str) -> str:
    """A head without its unit and year: "Revenue (€m)", "Revenue, 2024"."""
    bare = re.sub(r"\([^()]*\)", " ", head.lower()).partition(",")[0]
    return " ".join(_YEAR.sub(" ", bare).split())


def _head(cells: tuple[_Cell, ...]) -> _Head | _Match | None:
    """What a row of heads says; None where it is none, or not understood."""
    heads = [_plain(cell.text) for cell in cells]
    if len(cells) < 2 or len({cell.text for cell in cells}) < len(cells):
        return None  # two columns of one name: nothing tells which is which
    found = _match(cells, heads)
    if found is not None:
        return found
    told = _words()
    best: _Head | None = None
    for kind, known in told.rows.items():
        place = next((n for n, head in enumerate(heads) if head in known), None)
        if place is None:
            continue
        columns = {
            n: told.columns[kind, head]
            for n, head in enumerate(heads)
            if n != place and (kind, head) in told.columns
        }
        if columns and (best is None or len(columns) > len(best.columns)):
            best = _Head(cells, place, kind, columns)
    return best


def _match(cells: tuple[_Cell, ...], heads: Sequence[str]) -> _Match | None:
    def at(part: str) -> int | None:
        return next((n for n, head in enumerate(heads) if head in _words().match[part]), None)

    home, away, score, time = at("home"), at("away"), at("score"), at("time")
    if home is not None and away is not None and score is not None:
        return _Match(cells, home, away, score, time)
    winner, loser = at("winner"), at("loser")
    if winner is not None and loser is not None:
        return _Match(cells, winner, loser, None, time)
    return None


def _is_head(cells: Sequence[_Cell]) -> bool:
    """Whether a row is one of heads, understood or not: another table may begin right below."""
    return any(_plain(cell.text) in _heads() for cell in cells)


@cache
def _heads() -> frozenset[str]:
    told = _words()
    return frozenset().union(*told.rows.values(), *told.match.values())


# --- names ---------------------------------------------------------------------------------------


def _called(
    rows: Iterable[tuple[_Head | _Match, tuple[_Cell, ...]]],
) -> Iterator[tuple[tuple[int, int], str]]:
    """Where names stand whose heads tell what they are, and what kind each is."""
    told = _words()
    for head, row in rows:
        if isinstance(head, _Match):
            kinds = {head.first: "side", head.second: "side"}
        else:
            kinds = {head.subject: head.kind} | {n: c.value for n, c in head.columns.items()}
        for n, kind in kinds.items():
            if kind not in told.called or _plain(head.cells[n].text) in told.untold:
                continue
            for start, end in _parts(row[n], whole=kind in told.whole):
                if _is_name(row[n].text[start - row[n].start : end - row[n].start], kind):
                    yield (start, end), kind


def _parts(cell: _Cell, *, whole: bool) -> Iterator[tuple[int, int]]:
    """The places of the names in a cell; of one that holds one alone, up to a note or comma."""
    at = 0
    for parted in [*(() if whole else _PARTS.finditer(cell.text)), None]:
        end = parted.start() if parted else len(cell.text)
        bare = re.match(r"[^(\[,*†‡]*", cell.text[at:end])
        words = bare[0].rstrip() if bare else ""
        yield cell.start + at, cell.start + at + len(words)
        at = parted.end() if parted else end


def _is_name(text: str, kind: str) -> bool:
    """Whether words look like the name of a person, a body, a place, a work."""
    words = text.split()
    if not 1 <= len(words) <= 6 or text.lower() in _words().empty:
        return False
    if kind == "person" and not 2 <= len(words) <= 5:
        return False
    if kind in ("person", "place") and re.search(r"\d", text):
        return False
    large = [word for word in words if word.lower() not in _words().small]
    return bool(large) and all(word[:1].isupper() or word[:1].isdigit() for word in large)


def _recalled(
    text: str, mentions: Sequence[Mention], told: Mapping[tuple[int, int], str]
) -> list[Mention]:
    """The mentions, those in cells called what their heads say; what the article names elsewhere,
    too, stays what it is there."""
    cells = sorted(told)
    starts = [start for start, _ in cells]
    labels = _words().called

    def cell_of(one: Mention) -> tuple[int, int] | None:
        """The cell that a mention begins in."""
        at = bisect_right(starts, one.start) - 1
        return cells[at] if at >= 0 and one.start < cells[at][1] else None

    outside = {one.cluster for one in mentions if one.kind == "name" and cell_of(one) is None}
    kept, taken = [], set()
    for one in mentions:
        cell = cell_of(one)
        if cell is None or (one.cluster in outside and one.end <= cell[1]):
            kept.append(one)
            taken.add(cell)
        elif one.end <= cell[1] and cell not in taken:  # a longer one runs over several names
            taken.add(cell)
            start, end = cell
            label = labels[told[cell]] if told[cell] != "side" else one.label or "ORG"
            kept.append(
                replace(one, start=start, end=end, text=text[start:end], kind="name", label=label)
            )
    cluster = max((one.cluster for one in mentions), default=-1)
    for start, end in cells:
        if (start, end) not in taken:
            cluster += 1
            label = labels[told[start, end]]
            kept.append(Mention(start, end, text[start:end], "name", label, cluster))
    return sorted(kept, key=lambda one: (one.start, one.end))


# --- rows ----------------------------------------------------------------------------------------


class _Reader:
    """Reads rows of an article: which names and values stand where."""

    def __init__(
        self,
        text: str,
        names: Mapping[int, Mention],
        values: Mapping[tuple[int, int], Literal | None],
    ) -> None:
        self._text, self._names, self._values = text, names, values

    def claims(self, head: _Head | _Match, row: Sequence[_Cell]) -> Iterator[Claim]:
        """What a row says under its head."""
        return self._sides(head, row) if isinstance(head, _Match) else self._row(head, row)

    def _row(self, head: _Head, row: Sequence[_Cell]) -> Iterator[Claim]:
        subjects = self._named(row[head.subject], head.kind)
        if len(subjects) != 1:
            return
        for place, column in head.columns.items():
            year = self._year(head.cells[place])
            for cell in self._read(row[place], column.value, head.cells[place]):
                one, other = (cell, subjects[0]) if column.turned else (subjects[0], cell)
                yield self._claim(one, column, other, head.cells[place], year)

    def _sides(self, head: _Match, row: Sequence[_Cell]) -> Iterator[Claim]:
        sides = [self._named(row[n], "side") for n in (head.first, head.second)]
        if any(len(side) != 1 for side in sides):
            return
        [winner], [loser] = sides
        if head.score is not None:
            score = _SCORE.match(row[head.score].text)
            if (
                score is None
                or score[1] == score[2]
                or _NOTE.fullmatch(row[head.score].text[score.end() :]) is None
            ):
                return  # a draw, a shoot-out, a match to come
            if int(score[1]) < int(score[2]):
                winner, loser = loser, winner
        when = self._time(row[head.time]) if head.time is not None else None
        column = _Column("defeated", "side", "defeated")
        yield self._claim(winner, column, loser, head.cells[head.first], when)

    def _claim(
        self, one: Argument, column: _Column, other: Argument, head: _Cell, when: Argument | None
    ) -> Claim:
        words = Predicate(column.label, head.text, head.start, head.end, column.property)
        made = make_claim(
            replace(one, role="subject"), words, replace(other, role="object"),
            standing("asserted"), extractor="tables", arguments=(when,) if when else (),
            confidence=_SURE, block="table",
        )  # fmt: skip
        places = (one, other)
        return replace(made, start=min(a.start for a in places), end=max(a.end for a in places))

    # --- cells ----------------------------------------------------------------------------------

    def _read(self, cell: _Cell, kind: str, head: _Cell) -> list[Argument]:
        """What a cell of this kind says; nothing where it is empty, or of another kind."""
        if not cell.text or cell.text.lower() in _words().empty:
            return []
        if kind == "role":
            return self._role(cell)
        if kind in _words().values:
            value = self._value(cell, kind, head)
            return [_literal(cell, value)] if value is not None else []
        return self._named(cell, kind)

    def _named(self, cell: _Cell, kind: str) -> list[Argument]:
        """The names that a cell consists of, each of the kind; none where anything else is in it."""
        labels = _words().names[kind]
        found: list[Argument] = []
        at = cell.start
        while at < cell.end:
            name = self._names.get(at)
            if name is None or name.end > cell.end or name.label not in labels:
                return []
            found.append(_name(name))
            note = _NOTE.match(self._text, name.end, cell.end)
            at = note.end() if note else name.end
            between = _PARTS.match(self._text, at, cell.end)
            if between is not None:
                at = between.end()
            elif at < cell.end:
                return []
        return found[:1] if kind == "place" else found  # "Tromsø, Norway" is one place

    def _role(self, cell: _Cell) -> list[Argument]:
        if (
            not _ROLE.fullmatch(cell.text)
            or re.search(r"\d", cell.text)
            or cell.start in self._names
        ):
            return []
        label = " ".join(w if w.isupper() else w.lower() for w in cell.text.split())
        place = (cell.start, cell.end)
        return [Argument("object", "topic", *place, *place, label)]

    def _value(self, cell: _Cell, kind: str, head: _Cell) -> Literal | None:
        found = self._values.get((cell.start, cell.end))
        if kind == "age":
            old = cell.text.isdigit() and 1 <= int(cell.text) <= 119
            return Literal(cell.text, "xsd:integer", cell.text, "years") if old else None
        if kind == "date":
            is_date = found is not None and found.datatype in (
                "xsd:date",
                "xsd:gYearMonth",
                "xsd:gYear",
            )
            return found if is_date else None
        if kind == "money" and found is not None and found.unit in _words().money.values():
            return found
        if kind == "number" and found is not None and found.datatype == "xsd:integer":
            return found if _scale(head.text) == 1 else None
        number = _number(cell.text)
        if number is None:
            return None
        if kind == "money":
            return _money(number, cell.text, head.text)
        whole = number * _scale(head.text)
        if whole != int(whole):
            return None
        return Literal(str(int(whole)), "xsd:integer", cell.text)

    def _year(self, head: _Cell) -> Argument | None:
        """The year in a head: "Revenue 2024"."""
        found = _YEAR.search(head.text)
        if found is None:
            return None
        cell = _Cell(found[0], head.start + found.start(), head.start + found.end())
        return replace(_literal(cell, Literal(found[0], "xsd:gYear", found[0])), role="time")

    def _time(self, cell: _Cell) -> Argument | None:
        value = self._value(cell, "date", cell)
        return replace(_literal(cell, value), role="time") if value is not None else None


def _name(name: Mention) -> Argument:
    place = (name.start, name.end)
    return Argument("object", "mention", *place, *place, name.text)


def _literal(cell: _Cell, value: Literal) -> Argument:
    place = (cell.start, cell.end)
    return Argument("object", "literal", *place, *place, cell.text, None, value)


def _number(text: str) -> Decimal | None:
    if not re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?", text):
        return None
    return Decimal(text.replace(",", ""))


def _units(head: str) -> list[str]:
    """The words of a head that may be a unit: in brackets, or after a comma."""
    told = re.search(r"\(([^()]*)\)|,(.*)", head.lower())
    return _UNIT.findall(told[1] or told[2] or "") if told else []


def _scale(head: str) -> int:
    return next((_words().scale[w] for w in _units(head) if w in _words().scale), 1)


def _money(number: Decimal, text: str, head: str) -> Literal | None:
    unit = next((_words().money[w] for w in _units(head) if w in _words().money), None)
    if unit is None:
        return None  # of what?
    value = number * _scale(head)
    return Literal(
        f"{value.normalize():f}", "xsd:decimal", f"{text} ({', '.join(_units(head))})", unit
    )
