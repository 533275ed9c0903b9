"""The graph in other tools' formats, sorted, so that two runs are the same bytes.

Triples are dumped as N-Triples, sorted on disk in pieces and merged, then written group by group:
memory stays flat however large the graph. JSON Lines and the tables stream from the values of
`kg.model`. The shape of JSON Lines is fixed; other tools read it.

An exporter with a parameter ``inferred`` writes what follows from the facts, too, where that is given,
each marked as such and with what it follows from; without it nothing is other than before.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, Final

import pyoxigraph as ox

from kg.graph.cells import Rows
from kg.graph.inferred import Inferences
from kg.graph.mapping import Mapper
from kg.graph.network import network
from kg.graph.ontology import load_ontology
from kg.graph.spool import Spool
from kg.graph.store import GraphStore
from kg.graph.turtle import KIND, Shortener, split_line, turtle_of
from kg.graph.vocab import INFERRED, XSD, prefixes
from kg.model import Article, Entity, Inferred, Literal, Node, Quotation, Statement

_LITERAL: Final = re.compile(r'("(?:[^"\\]|\\.)*")(?:\^\^<([^>]*)>|@([A-Za-z0-9-]+))?', re.S)
#: The cells of a row of `csv_tables`.
CSV_COLUMNS: Final = (
    "subject", "subject_label", "subject_type", "predicate", "predicate_label", "object",
    "object_label", "object_type", "status", "polarity", "attributed_to", "time",
    "source_count", "statement", "evidence",
)  # fmt: skip
#: Those beside them where what follows is written, too; premises are IRIs, parted by spaces.
INFERRED_COLUMNS: Final = ("inferred", "rule", "premises")
_LOAD: Final = """\
#!/bin/sh
# Loads this folder into a new database, by default "neo4j": sh load.sh [DATABASE]. Stop it first.
set -e
cd "$(dirname "$0")"
neo4j-admin database import full --overwrite-destination --multiline-fields=true \\
  --array-delimiter=";" --nodes=nodes.csv --relationships=relationships.csv "${1:-neo4j}"
"""


def ntriples(graph: GraphStore, to: IO[str], *, inferred: Inferences | None = None) -> None:
    """N-Triples, sorted by line."""
    for line in sorted_lines(graph, inferred):
        to.write(line + "\n")


def turtle(graph: GraphStore, to: IO[str], *, inferred: Inferences | None = None) -> str:
    """Turtle, sorted by subject, predicate, object. Returns the id of what was written (`turtle_of`)."""
    return turtle_of(sorted_lines(graph, inferred), graph.base, to)


def trig(graph: GraphStore, to: IO[str], *, inferred: Inferences | None = None) -> None:
    """TriG: one named graph an article with what it says; entities and events in the default graph;
    what follows in a named graph of its own, as in the store."""
    names = tuple(prefixes(graph.base).items())
    shorten = Shortener(names)
    ontology = replace(load_ontology(), only=graph.only())
    mapper = Mapper(graph.base, graph.fact_statuses(), ontology)
    for name, iri in names:
        to.write(f"@prefix {name}: <{iri}> .\n")

    def lines() -> Iterator[str]:
        for entity in graph.entities():
            yield from (f"\t{line}" for line in mapper.entity(entity))
        for article in graph.articles():
            where = mapper.article_node(article.id)
            yield from (f"{where}\t{line}" for line in mapper.article(article))
        for statement in graph.statements():
            for key in sorted({evidence.article for evidence in statement.evidence}):
                where = mapper.article_node(key)
                yield from (f"{where}\t{line}" for line in mapper.statement(_only(statement, key)))
        for event in graph.events():
            yield from (f"\t{line}" for line in mapper.event(event))
        for corrected in graph.corrections():
            yield from (f"\t{line}" for line in mapper.correction(corrected))
        yield from (f"\t{line}" for line in mapper.vocabulary())
        yield from (f"\t{triple} ." for triple in graph.about())
        yield from (f"{INFERRED}\t{line}" for line in _lines(inferred))

    for where, group in groupby(_sort(lines()), lambda line: line.partition("\t")[0]):
        if where:
            to.write(f"\n{shorten[where]} {{\n")
        to.writelines(shorten.blocks(line.partition("\t")[2] for line in group))
        if where:
            to.write("}\n")


def jsonld(graph: GraphStore, to: IO[str], *, inferred: Inferences | None = None) -> None:
    """JSON-LD 1.1 with a context of the usual prefixes, one node object a line."""
    names = tuple(prefixes(graph.base).items())
    shorten = Shortener(names)
    context = json.dumps(dict(names), ensure_ascii=False)
    to.write(f'{{"@context": {context},\n"@graph": [')
    groups = groupby(map(split_line, sorted_lines(graph, inferred)), itemgetter(0))
    for number, (subject, found) in enumerate(groups):
        node: dict[str, Any] = {"@id": shorten.plain(subject)}
        for _, predicate, target in found:
            if predicate == KIND:
                node.setdefault("@type", []).append(shorten.plain(target))
            else:
                node.setdefault(shorten.plain(predicate), []).append(_jsonld(target, shorten))
        to.write((",\n" if number else "\n") + json.dumps(node, ensure_ascii=False))
    to.write("\n]}\n")


def jsonl(graph: GraphStore, to: IO[str], *, inferred: Inferences | None = None) -> None:
    """One statement a line: the stable exchange form (see ``docs/reference/exchange.md``); then one
    line for each fact that follows, with ``"inferred": true``."""
    for statement in graph.statements():
        to.write(json.dumps(statement_line(statement, graph.base), ensure_ascii=False) + "\n")
    for found in _each(inferred):
        to.write(json.dumps(inferred_line(found), ensure_ascii=False) + "\n")


def articles(graph: GraphStore, to: IO[str]) -> None:
    """One article a line with its cleaned text, which all offsets count in."""
    for article in graph.articles():
        to.write(article_line(article) + "\n")


def article_line(article: Article) -> str:
    """An article as one object of the JSON Lines form."""
    names = ("id", "source", "title", "date", "publisher", "url", "text")
    plain = {name: getattr(article, name) for name in names}
    if article.partial is not None:
        plain["partial"] = article.partial
    return json.dumps(plain, ensure_ascii=False)


def graphml(graph: GraphStore, to: IO[str], *, inferred: Inferences | None = None) -> None:
    """GraphML of entities and the statements between them, for Gephi, yEd, Cytoscape."""
    import networkx as nx

    made = network(graph, inferred=inferred)
    for _, data in made.nodes(data=True):
        for name in ("label", "type"):
            data[name] = _xml(data[name])
    for _, _, data in made.edges(data=True):
        data["label"] = _xml(data["label"])
    to.writelines(f"{line}\n" for line in nx.generate_graphml(made))


def gexf(graph: GraphStore, to: IO[str], *, inferred: Inferences | None = None) -> None:
    """GEXF 1.2 of the same, for Gephi."""
    import networkx as nx

    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    found = network(graph, inferred=inferred)
    for node, data in found.nodes(data=True):
        made.add_node(node, label=_xml(data["label"]), type=_xml(data["type"]), named=data["named"])
    for first, last, key, data in found.edges(keys=True, data=True):
        kept = {name: _xml(data[name]) for name in ("label", "predicate", "status")}
        kept |= {name: data[name] for name in ("inferred", "rule", "premises") if name in data}
        # Gephi takes the weight for how strong a line is drawn.
        made.add_edge(first, last, id=key, weight=float(data["sources"]), **kept)
    # networkx writes the day on which it ran; the same graph is the same bytes here.
    text = "\n".join(nx.generate_gexf(made, version="1.2draft"))
    to.write(re.sub(r"\n\s*<meta\b.*?</meta>", "", text, count=1, flags=re.S) + "\n")


def csv_tables(
    graph: GraphStore, to: IO[str], *, raw: bool = False, inferred: Inferences | None = None
) -> None:
    """One row a relationship, both ends with id, label and type: what ``LOAD CSV`` and most
    property-graph loaders take. `csv_folder` writes nodes and relationships apart. Unless ``raw``,
    cells are `harmless` in a spreadsheet. With ``inferred``, three columns more tell what follows."""
    writer = Rows(to, raw=raw)
    more = inferred is not None
    writer.writerow([*CSV_COLUMNS, *(INFERRED_COLUMNS if more else ())])
    for statement in graph.statements():
        writer.writerow([*csv_row(statement), *(("false", "", "") if more else ())])
    for found in _each(inferred):
        row = [
            found.subject.id, found.subject.label, found.subject.type,
            found.predicate.id, found.predicate.label, *_end(found), "inferred",
            "positive", "", "", "", found.id, "",
        ]  # fmt: skip
        writer.writerow([*row, "true", found.rule, " ".join(found.premises)])


def csv_row(statement: Statement) -> list[str | int]:
    """A relationship, as `CSV_COLUMNS` says."""
    who = statement.attributed_to
    return [
        statement.subject.id, statement.subject.label, statement.subject.type,
        statement.predicate.id, statement.predicate.label, *_end(statement), statement.status,
        statement.polarity, who.label if who else "", statement.time or "",
        statement.source_count, statement.id,
        statement.evidence[0].text if statement.evidence else "",
    ]  # fmt: skip


def csv_folder(
    graph: GraphStore, folder: Path, *, raw: bool = False, inferred: Inferences | None = None
) -> tuple[Path, Path]:
    """``nodes.csv`` and ``relationships.csv`` with the headers of neo4j-admin import, and ``load.sh``,
    which loads them into a new database of Neo4j 5."""
    folder.mkdir(parents=True, exist_ok=True)
    nodes, links = folder / "nodes.csv", folder / "relationships.csv"
    with nodes.open("w", encoding="utf-8", newline="") as file:
        writer = Rows(file, raw=raw)
        writer.writerow(["id:ID", "label", "aliases:string[]", "named:boolean", ":LABEL"])
        for entity in graph.entities():
            writer.writerow(_node_row(entity))
    known = {entity.id for entity in graph.entities()}
    with links.open("w", encoding="utf-8", newline="") as file:
        writer = Rows(file, raw=raw)
        more = inferred is not None
        writer.writerow(
            [":START_ID", ":END_ID", ":TYPE", "label", "status", "time", "sources:int", "evidence",
             *(("inferred:boolean", "rule", "premises:string[]") if more else ())]
        )  # fmt: skip
        for statement in graph.statements():
            if ends := _ends(statement, known):
                writer.writerow(
                    [*ends, statement.status, statement.time or "", statement.source_count,
                     statement.evidence[0].text if statement.evidence else "",
                     *(("false", "", "") if more else ())]
                )  # fmt: skip
        for found in _each(inferred):
            if ends := _ends(found, known):
                why = (found.rule, ";".join(found.premises))
                writer.writerow([*ends, "inferred", "", "", "", "true", *why])
    (folder / "load.sh").write_text(_LOAD, encoding="utf-8", newline="\n")
    return nodes, links


def _ends(told: Statement | Inferred, known: Set[str]) -> list[str]:
    """Start, end, type and label of a relationship; nothing where an end is no entity."""
    target = told.object
    if not isinstance(target, Node) or not {told.subject.id, target.id} <= known:
        return []
    label = told.predicate.label
    return [told.subject.id, target.id, re.sub(r"\W+", "_", label).upper(), label]


def inferred_line(found: Inferred) -> dict[str, Any]:
    """A fact that follows as one object of the JSON Lines form: no status of a statement and no
    evidence of its own, but what it follows from."""
    return {
        "id": found.id,
        "inferred": True,
        "subject": _node(found.subject),
        "predicate": {"id": found.predicate.id, "label": found.predicate.label},
        "object": _object(found.object),
        "status": "inferred",
        "evidence": [],
        "rule": found.rule,
        "premises": found.premises,
        "disputed": found.disputed,
        "denials": [denial.id for denial in found.denials],
    }


def _each(inferred: Inferences | None) -> Iterator[Inferred]:
    return inferred.all() if inferred is not None else iter(())


def _lines(inferred: Inferences | None) -> Iterator[str]:
    return inferred.lines() if inferred is not None else iter(())


def statement_line(statement: Statement, base: str) -> dict[str, Any]:
    """A statement as one object of the JSON Lines form."""
    line: dict[str, Any] = {
        "id": statement.id,
        "subject": _node(statement.subject),
        "predicate": {"id": statement.predicate.id, "label": statement.predicate.label},
        "object": _object(statement.object),
        "arguments": [
            {
                "role": argument.role,
                "label": argument.label,
                **({"value": argument.value} if argument.value is not None else {}),
                **({"datatype": argument.datatype} if argument.datatype else {}),
                **({"unit": argument.unit} if argument.unit else {}),
                **({"id": argument.entity} if argument.entity else {}),
            }
            for argument in statement.arguments
        ],
        "status": statement.status,
        "polarity": statement.polarity,
        "attributed_to": (
            None
            if statement.attributed_to is None
            else {
                "id": statement.attributed_to.id,
                "label": statement.attributed_to.label,
                "type": statement.attributed_to.type,
            }
        ),
        "sourcing": statement.sourcing,
        "time": statement.time,
        "place": statement.place,
        "certainty": statement.certainty,
        "confidence": statement.confidence,
        "salience": statement.salience,
        "source_count": statement.source_count,
        "evidence": [
            {
                "article": evidence.article,
                "source": evidence.source,
                "start": evidence.start,
                "end": evidence.end,
                "text": evidence.text,
                "subject_text": evidence.subject_text,
                "predicate_text": evidence.predicate_text,
                "object_text": evidence.object_text,
                "extractor": evidence.extractor,
                "block": evidence.block,
            }
            for evidence in statement.evidence
        ],
        **({"unchecked": True} if statement.unchecked else {}),
    }
    if statement.confirmed:
        line["confirmed"] = True
    if statement.by_hand:
        line["by_hand"] = True
    if statement.corrections:
        line["corrections"] = list(statement.corrections)
    return line


def _node(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "label": node.label,
        "aliases": list(node.aliases),
        "type": node.type,
    }


def _object(target: Node | Literal | Quotation | str) -> dict[str, Any]:
    match target:
        case Node():
            return _node(target)
        case Literal():
            plain: dict[str, Any] = {
                "value": target.value,
                "datatype": target.datatype,
                "label": target.label,
            }
            return plain | ({"unit": target.unit} if target.unit else {})
        case Quotation():
            return {
                "id": target.id,
                "label": None,
                "type": "Quotation",
                "text": target.text,
                "speech": target.speech,
                "cue": target.cue,
                "start": target.start,
                "end": target.end,
                "about": list(target.about),
            }
        case _:
            return {"id": target, "label": None, "type": "Statement"}


def _only(statement: Statement, article: str) -> Statement:
    kept = tuple(piece for piece in statement.evidence if piece.article == article)
    here = {piece.id for piece in kept}
    arguments = tuple(
        replace(argument, evidence=tuple(iri for iri in argument.evidence if iri in here))
        for argument in statement.arguments
        if not argument.evidence or not here.isdisjoint(argument.evidence)
    )
    return replace(statement, evidence=kept, arguments=arguments)


def _end(statement: Statement | Inferred) -> list[str]:
    match statement.object:
        case Node() as node:
            return [node.id, node.label, node.type]
        case Literal() as literal:
            return [literal.value, literal.label, literal.datatype]
        case Quotation() as quotation:
            return [quotation.id, quotation.text, "Quotation"]
        case iri:
            return [iri, "", "Statement"]


def _node_row(entity: Entity) -> list[str]:
    named = "true" if entity.named else "false"
    names = ";".join(name.replace(";", ",") for name in entity.aliases)
    return [entity.id, entity.label, names, named, entity.type]


# --- sorted lines ------------------------------------------------------------------------------


def sorted_lines(graph: GraphStore, inferred: Inferences | None = None) -> Iterator[str]:
    """All triples as N-Triples lines, sorted; with those of what follows, where that is given."""
    with tempfile.TemporaryFile() as dump:
        graph.store.dump(dump, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        dump.seek(0)
        with io.TextIOWrapper(dump, encoding="utf-8", newline="\n") as text:
            yield from _sort(chain((line[:-1] for line in text), _lines(inferred)))


def _sort(lines: Iterable[str]) -> Iterator[str]:
    """Distinct lines in order."""
    with Spool(lines) as spool:
        yield from spool


def _jsonld(target: str, shorten: Shortener) -> Any:
    if target.startswith("<"):
        return {"@id": shorten.plain(target)}
    match = _LITERAL.fullmatch(target)
    if not match:
        raise ValueError(f"not a literal: {target[:100]}")
    value = next(iter(ox.parse(f"<a:> <a:> {target} .".encode(), format=ox.RdfFormat.N_TRIPLES)))
    text = value.object.value
    if match[2] and match[2] != f"{XSD}string":
        return {"@value": text, "@type": shorten.plain(f"<{match[2]}>")}
    if match[3]:
        return {"@value": text, "@language": match[3]}
    return text


def _xml(text: str) -> str:
    """Without the control characters that XML 1.0 forbids."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
