"""The graph as Parquet tables, for DuckDB, Spark, pandas, Polars: entities, statements with what is told
beside them, evidence, articles.

Rows are sorted by IRI and written in groups, so memory stays flat; the same graph and the same release of
pyarrow give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from kg.errors import ConfigError, KGError
from kg.graph.store import GraphStore
from kg.model import Article, Entity, Evidence, Inferred, Literal, Node, Quotation, Statement

if TYPE_CHECKING:
    import pyarrow as pa

    from kg.graph.inferred import Inferences

#: Rows that are held before they are written.
GROUP: Final = 50_000
TABLES: Final = ("entities", "statements", "evidence", "articles")


def parquet(graph: GraphStore, to: IO[str], *, inferred: object = None) -> None:
    """Always an error: these are four files, which `parquet_folder` writes."""
    raise KGError(
        "parquet is a folder of tables: name it, as in 'kg export -f parquet --to tables/'."
    )


def parquet_folder(
    graph: GraphStore,
    folder: Path,
    *,
    group: int = GROUP,
    inferred: Inferences | None = None,
) -> tuple[Path, ...]:
    """``entities.parquet``, ``statements.parquet``, ``evidence.parquet`` and ``articles.parquet`` in the
    folder, and ``inferred.parquet`` where that is given, in row groups of ``group``. Each appears whole
    or not at all.

    Evidence has the IRI of its statement and the id of its article. Raises `ConfigError` without pyarrow
    (``pip install 'kg[parquet]'``).
    """
    schemas = _schemas()
    folder.mkdir(parents=True, exist_ok=True)
    tables = TABLES if inferred is None else (*TABLES, "inferred")
    paths = {name: folder / f"{name}.parquet" for name in tables}
    with ExitStack() as open_:
        into = {n: open_.enter_context(_rows(paths[n], schemas[n], group)) for n in tables}
        for entity in graph.entities():
            into["entities"].add(_entity(entity))
        for statement in graph.statements():
            into["statements"].add(_statement(statement))
            for evidence in statement.evidence:
                into["evidence"].add(_evidence(statement, evidence))
        for article in graph.articles():
            into["articles"].add(_article(article))
        for found in inferred.all() if inferred is not None else ():
            into["inferred"].add(_inferred(found))
    return tuple(paths.values())


class _Rows:
    """Writes rows to an open Parquet file, a group at a time."""

    def __init__(self, writer: Any, schema: pa.Schema, group: int) -> None:
        self._writer, self._schema, self._group = writer, schema, group
        self._waiting: list[dict[str, Any]] = []

    def add(self, row: dict[str, Any]) -> None:
        self._waiting.append(row)
        if len(self._waiting) >= self._group:
            self.flush()

    def flush(self) -> None:
        import pyarrow as pa

        if self._waiting:
            self._writer.write_table(pa.Table.from_pylist(self._waiting, self._schema))
            self._waiting = []


@contextmanager
def _rows(path: Path, schema: pa.Schema, group: int) -> Iterator[_Rows]:
    import pyarrow.parquet as pq

    beside = path.with_name(f".{path.name}.part")
    try:
        with pq.ParquetWriter(beside, schema, compression="zstd") as writer:
            rows = _Rows(writer, schema, group)
            yield rows
            rows.flush()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _schemas() -> dict[str, pa.Schema]:
    try:
        import pyarrow as pa
    except ImportError:
        raise ConfigError("pyarrow is not installed; pip install 'kg[parquet]'.") from None
    text, number, whole, truth = pa.string(), pa.float64(), pa.int64(), pa.bool_()
    texts = pa.list_(text)
    argument = pa.struct(
        [(n, text) for n in ("role", "label", "value", "datatype", "unit", "entity")]
    )
    columns: dict[str, dict[str, Any]] = {
        "entities": {
            "id": text, "label": text, "type": text, "named": truth, "aliases": texts,
            "same_as": texts, "articles": texts,
        },
        "statements": {
            "id": text, "subject": text, "subject_label": text, "subject_type": text,
            "predicate": text, "predicate_label": text, "object": text, "object_label": text,
            "object_type": text, "value": text, "datatype": text, "unit": text,
            "status": text, "polarity": text, "attributed_to": text, "attributed_to_label": text,
            "sourcing": text, "time": text, "place": text, "arguments": pa.list_(argument),
            "certainty": number, "confidence": number, "salience": number, "source_count": whole,
            "unchecked": truth, "confirmed": truth, "by_hand": truth,
        },
        "evidence": {
            "id": text, "statement": text, "article": text, "source": text, "start": whole,
            "end": whole, "text": text, "subject_text": text, "predicate_text": text,
            "object_text": text, "extractor": text, "block": text,
        },
        "articles": {
            "id": text, "source": text, "title": text, "date": text, "publisher": text, "url": text,
            "authors": texts, "partial": text, "text": text,
        },
        "inferred": {
            "id": text, "subject": text, "subject_label": text, "subject_type": text,
            "predicate": text, "predicate_label": text, "object": text, "object_label": text,
            "object_type": text, "value": text, "datatype": text, "unit": text,
            "rule": text, "premises": texts, "disputed": truth, "denials": texts,
        },
    }  # fmt: skip
    return {name: pa.schema(list(own.items())) for name, own in columns.items()}


def _entity(entity: Entity) -> dict[str, Any]:
    names = ("id", "label", "type", "named", "aliases", "same_as", "articles")
    return {name: getattr(entity, name) for name in names}


def _statement(statement: Statement) -> dict[str, Any]:
    names = (
        "id", "status", "polarity", "sourcing", "time", "place", "certainty", "confidence", "salience",
        "source_count", "unchecked", "confirmed", "by_hand",
    )  # fmt: skip
    row: dict[str, Any] = {name: getattr(statement, name) for name in names} | _triple(statement)
    who = statement.attributed_to
    row |= {
        "attributed_to": who.id if who else None,
        "attributed_to_label": who.label if who else None,
    }
    told = ("role", "label", "value", "datatype", "unit", "entity")
    row["arguments"] = [{n: getattr(a, n) for n in told} for a in statement.arguments]
    return row


def _inferred(found: Inferred) -> dict[str, Any]:
    row = {"id": found.id, "rule": found.rule, "disputed": found.disputed} | _triple(found)
    row["premises"] = found.premises
    row["denials"] = [denial.id for denial in found.denials]
    return row


def _triple(told: Statement | Inferred) -> dict[str, Any]:
    subject, relation = told.subject, told.predicate
    row = {"subject": subject.id, "subject_label": subject.label, "subject_type": subject.type}
    row |= {"predicate": relation.id, "predicate_label": relation.label}
    return row | _object(told.object)


def _object(target: Node | Literal | Quotation | str) -> dict[str, Any]:
    """A literal has no IRI; its words are the label."""
    match target:
        case Node():
            return {"object": target.id, "object_label": target.label, "object_type": target.type}
        case Literal():
            plain = {"value": target.value, "datatype": target.datatype, "unit": target.unit}
            return {"object_label": target.label, "object_type": "Value", **plain}
        case Quotation():
            return {"object": target.id, "object_label": target.text, "object_type": "Quotation"}
        case _:
            return {"object": target, "object_type": "Statement"}


def _evidence(statement: Statement, evidence: Evidence) -> dict[str, Any]:
    names = (
        "id", "article", "source", "start", "end", "text", "subject_text", "predicate_text",
        "object_text", "extractor", "block",
    )  # fmt: skip
    return {"statement": statement.id} | {name: getattr(evidence, name) for name in names}


def _article(article: Article) -> dict[str, Any]:
    names = ("id", "source", "title", "date", "publisher", "url", "authors", "partial", "text")
    return {name: getattr(article, name) for name in names}
