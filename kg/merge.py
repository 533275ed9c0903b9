"""Results of articles to entities and statements, whatever their order.

Merging is a union on ids that are hashes of content: a statement's of subject, predicate, object,
status, polarity and attribution; a piece of evidence's of its article and places. Results are
streamed, twice; what must be brought together rests in an SQLite file, so memory holds names and
no statements: three thousand articles need no more than three hundred.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from kg.graph.vocab import KG
from kg.model import (
    Article,
    ArticleResult,
    Entity,
    Evidence,
    LinkedClaim,
    LinkedQuote,
    Literal,
    Merge,
    Node,
    Quotation,
    Relation,
    Statement,
    StatementArgument,
)
from kg.resolve.across import JOINING, Group, Joined, group_key, join
from kg.resolve.names import normal, slug
from kg.results import from_plain, to_plain
from kg.seeds import Seed

#: The relation of a speaker to a quotation, and who speaks where nobody is named.
SAID: Final = "said"
_UNKNOWN: Final = f"{KG}UnknownSpeaker"

_TABLES = """
CREATE TABLE local (article TEXT, key TEXT, grp INTEGER, label TEXT, kind TEXT, mentions INTEGER,
    PRIMARY KEY (article, key)) WITHOUT ROWID;
CREATE TABLE name (grp INTEGER, article TEXT, text TEXT, reason TEXT,
    PRIMARY KEY (grp, article, text, reason)) WITHOUT ROWID;
CREATE TABLE grp (id INTEGER PRIMARY KEY, family TEXT, name TEXT, article TEXT, entity TEXT,
    reason TEXT, UNIQUE (family, name, article));
CREATE TABLE entity (iri TEXT PRIMARY KEY, label TEXT, kind TEXT, named INTEGER, aliases TEXT)
    WITHOUT ROWID;
CREATE TABLE used (iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE occurrence (statement TEXT, article TEXT, start INTEGER, evidence TEXT, outlet TEXT,
    body TEXT, PRIMARY KEY (statement, article, start, evidence)) WITHOUT ROWID;
CREATE INDEX local_grp ON local (grp);
CREATE INDEX grp_entity ON grp (entity);
"""


class Merged:
    """The merged graph: `entities` and `statements`, each sorted by IRI, streamed from disk.

    ``results`` gives the results anew at each call, in any order, each article once; ``scratch``
    is a file to work in (``":memory:"`` for small inputs). Close it when done, or use ``with``.
    """

    def __init__(
        self,
        results: Callable[[], Iterable[ArticleResult]],
        *,
        base: str = "https://kg.example/",
        seeds: Sequence[Seed] = (),
        scratch: str | Path = ":memory:",
    ) -> None:
        self._base = base
        self._db = sqlite3.connect(scratch)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;"
            "PRAGMA temp_store=FILE;" + _TABLES
        )
        self._node = lru_cache(maxsize=4096)(self._read_node)
        for result in results():
            self._take_names(result)
        self._resolve(seeds)
        for result in results():
            self._take_statements(result)
        self._db.commit()

    def __enter__(self) -> Merged:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the scratch file."""
        self._node.cache_clear()
        self._db.close()

    # --- entities ----------------------------------------------------------------------------

    def _take_names(self, result: ArticleResult) -> None:
        article = result.article.id
        for entity in result.entities:
            family, name, scope = group_key(entity, article)
            cursor = self._db.execute(
                "INSERT INTO grp (family, name, article) VALUES (?, ?, ?) "
                "ON CONFLICT DO UPDATE SET name = name RETURNING id",
                (family, name, scope),
            )
            group = cursor.fetchone()[0]
            self._db.execute(
                "INSERT OR REPLACE INTO local VALUES (?, ?, ?, ?, ?, ?)",
                (article, entity.key, group, entity.label, entity.type,
                 max(1, len(entity.mentions))),
            )  # fmt: skip
            self._db.executemany(
                "INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)",
                [(group, article, n.text, n.reason) for n in entity.names],
            )

    def _resolve(self, seeds: Sequence[Seed]) -> None:
        numbers = {
            (family, name, article): number
            for number, family, name, article in self._db.execute(
                "SELECT id, family, name, article FROM grp"
            )
        }
        for joined in join(self._groups(), seeds):
            iri = f"{self._base}entity/{joined.local}"
            for key in joined.groups:
                self._db.execute(
                    "UPDATE grp SET entity = ?, reason = ? WHERE id = ?",
                    (iri, joined.reasons[key], numbers[key]),
                )
            aliases = self._aliases(iri, joined)
            self._db.execute(
                "INSERT INTO entity VALUES (?, ?, ?, ?, ?)",
                (iri, joined.label, joined.type, joined.named, json.dumps(aliases)),
            )
            if joined.named:
                self._db.execute("INSERT OR IGNORE INTO used VALUES (?)", (iri,))

    def _groups(self) -> Iterator[Group]:
        rows = self._db.execute(
            "SELECT g.id, g.family, g.name, g.article, l.label, l.kind, SUM(l.mentions),"
            " COUNT(DISTINCT l.article) FROM grp g JOIN local l ON l.grp = g.id "
            "GROUP BY g.id, l.label, l.kind ORDER BY g.id"
        )
        for (number, *key), found in groupby(rows, key=lambda row: row[:4]):
            group = Group((key[0], key[1], key[2]))
            for *_, label, kind, mentions, articles in found:
                group.labels[label] += mentions
                group.types[kind] += mentions
                group.articles += articles
            group.aliases = {
                normal(text)
                for (text,) in self._db.execute(
                    "SELECT DISTINCT text FROM name "
                    "WHERE grp = ? AND reason IN (SELECT value FROM json_each(?))",
                    (number, json.dumps(JOINING)),
                )
            } - {""}
            yield group

    def _aliases(self, iri: str, joined: Joined) -> list[str]:
        names = {
            text
            for (text,) in self._db.execute(
                "SELECT n.text FROM name n JOIN grp g ON n.grp = g.id WHERE g.entity = ?", (iri,)
            )
        }
        return sorted(names - {joined.label})

    def _read_node(self, iri: str) -> Node:
        label, kind, aliases = self._db.execute(
            "SELECT label, kind, aliases FROM entity WHERE iri = ?", (iri,)
        ).fetchone()
        return Node(iri, label, kind, tuple(json.loads(aliases)))

    def entities(self) -> Iterator[Entity]:
        """Every named entity, and every topic that a statement uses; sorted by IRI."""
        rows = self._db.execute(
            "SELECT e.iri, e.label, e.kind, e.named, e.aliases FROM entity e "
            "JOIN used u ON u.iri = e.iri ORDER BY e.iri"
        )
        for iri, label, kind, named, aliases in rows:
            names = self._db.execute(
                "SELECT n.article, n.text, n.reason, g.reason FROM name n "
                "JOIN grp g ON n.grp = g.id WHERE g.entity = ?", (iri,)
            ).fetchall()  # fmt: skip
            merges = {
                Merge(article, text, joined if reason in ("full name", "topic") else reason)
                for article, text, reason, joined in names
            }
            yield Entity(
                id=iri,
                label=label,
                type=kind,
                aliases=tuple(json.loads(aliases)),
                articles=tuple(sorted({article for article, *_ in names})),
                named=bool(named),
                merges=tuple(sorted(merges, key=lambda m: (m.article, m.name, m.reason))),
            )

    # --- statements --------------------------------------------------------------------------

    def _take_statements(self, result: ArticleResult) -> None:
        iris = dict(
            self._db.execute(
                "SELECT l.key, g.entity FROM local l JOIN grp g ON l.grp = g.id "
                "WHERE l.article = ?", (result.article.id,)
            ).fetchall()
        )  # fmt: skip
        drafts = _Drafts(self._base, result, iris)
        rows = []
        used: set[str] = set()
        for body in drafts.all():
            evidence = body["evidence"]
            used.update(_nodes(body))
            rows.append(
                (body["id"], evidence["article"], evidence["start"], evidence["id"],
                 result.article.publisher or result.article.id,
                 json.dumps(body, sort_keys=True)),
            )  # fmt: skip
        self._db.executemany("INSERT OR IGNORE INTO occurrence VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._db.executemany("INSERT OR IGNORE INTO used VALUES (?)", [(iri,) for iri in used])

    def statements(self) -> Iterator[Statement]:
        """Every statement with all its evidence; sorted by IRI."""
        rows = self._db.execute(
            "SELECT statement, outlet, body FROM occurrence "
            "ORDER BY statement, article, start, evidence"
        )
        for iri, found in groupby(rows, key=lambda row: str(row[0])):
            yield self._statement(iri, [(row[1], json.loads(row[2])) for row in found])

    def _statement(self, iri: str, found: list[tuple[str, dict[str, Any]]]) -> Statement:
        bodies = [body for _, body in found]
        first = bodies[0]
        evidence = tuple(from_plain(Evidence, body["evidence"]) for body in bodies)
        arguments = {from_plain(StatementArgument, a) for body in bodies for a in body["arguments"]}
        target = first["object"]
        value: Node | Literal | Quotation | str
        if "node" in target:
            value = self._node(target["node"])
        elif "literal" in target:
            value = min(
                (from_plain(Literal, body["object"]["literal"]) for body in bodies),
                key=lambda literal: literal.label,
            )
        elif "quotation" in target:
            value = from_plain(Quotation, target["quotation"])
        else:
            value = target["statement"]
        return Statement(
            id=iri,
            subject=self._speaker(first["subject"]),
            predicate=Relation(
                first["predicate"]["id"], min(body["predicate"]["label"] for body in bodies)
            ),
            object=value,
            status=first["status"],
            polarity=first["polarity"],
            certainty=max(body["certainty"] for body in bodies),
            confidence=max(body["confidence"] for body in bodies),
            attributed_to=self._node(first["attributed"]) if first["attributed"] else None,
            sourcing=min((b["sourcing"] for b in bodies if b["sourcing"]), default=None),
            time=min((b["time"] for b in bodies if b["time"]), default=None),
            place=min((b["place"] for b in bodies if b["place"]), default=None),
            arguments=tuple(
                sorted(
                    arguments,
                    key=lambda a: (
                        a.role,
                        a.label,
                        a.value or "",
                        a.datatype or "",
                        a.entity or "",
                    ),
                )
            ),
            source_count=independent(
                (outlet, piece.text) for (outlet, _), piece in zip(found, evidence, strict=True)
            ),
            evidence=evidence,
        )

    def _speaker(self, iri: str) -> Node:
        if iri == _UNKNOWN:
            return Node(iri, "unknown speaker", "Thing")
        return self._node(iri)


def independent(places: Iterable[tuple[str, str]]) -> int:
    """How many sources stand behind a statement, of (outlet, words) pairs.

    Two articles of one outlet count once, and so do the same words in two outlets: a wire copy,
    or one quotation that both printed.
    """
    parent: dict[str, str] = {}

    def find(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            name = parent[name]
        return name

    for outlet, text in places:
        words = "".join(c for c in text.casefold() if c.isalnum())
        low, high = sorted((find(f"o:{outlet}"), find(f"t:{words}")))
        parent[high] = low
    return max(1, len({find(name) for name in parent}))


# --- one article's statements ------------------------------------------------------------------


class _Drafts:
    """The statements of one article, each with the one piece of evidence that it has there."""

    def __init__(self, base: str, result: ArticleResult, iris: Mapping[str, str]) -> None:
        self._base = base
        self._article = result.article
        self._iris = iris
        self._claims = {linked.claim.key: linked for linked in result.claims}
        self._ids: dict[str, str | None] = {}
        self._result = result

    def all(self) -> Iterator[dict[str, Any]]:
        for linked in self._result.claims:
            body = self._claim(linked)
            if body is not None:
                yield body
        for spoken in self._result.quotes:
            yield self._quote(spoken)

    def _claim(self, linked: LinkedClaim) -> dict[str, Any] | None:
        iri = self._id(linked)
        target = self._object(linked)
        if iri is None or target is None:
            return None
        claim, text = linked.claim, self._article.text
        arguments = [
            StatementArgument(
                role=argument.role,
                label=" ".join(
                    (argument.literal.label if argument.literal else argument.label).split()
                ),
                value=argument.literal.value if argument.literal else None,
                datatype=argument.literal.datatype if argument.literal else None,
                entity=self._iris.get(key) if key else None,
            )
            for argument, key in zip(claim.arguments, linked.arguments, strict=True)
        ]
        return {
            "id": iri,
            "subject": self._iris[linked.subject],
            "predicate": self._predicate(linked),
            "object": target,
            "status": claim.status,
            "polarity": claim.polarity,
            "certainty": claim.certainty,
            "confidence": claim.confidence,
            "attributed": self._iris.get(linked.attribution or ""),
            "sourcing": claim.sourcing,
            "time": min((a.value for a in arguments if a.role == "time" and a.value), default=None),
            "place": min((a.label for a in arguments if a.role == "place"), default=None),
            "arguments": [to_plain(argument) for argument in arguments],
            "evidence": self._evidence(
                start=claim.start,
                end=claim.end,
                subject=text[claim.subject.start : claim.subject.end],
                predicate=claim.predicate.text,
                object=text[claim.object.start : claim.object.end],
                extractor=claim.extractor,
                block=claim.block,
                at=(claim.subject.start, claim.predicate.start, claim.object.start),
            ),
        }

    def _id(self, linked: LinkedClaim) -> str | None:
        """The statement's IRI; None for a claim whose clause is missing or part of itself."""
        key = linked.claim.key
        if key not in self._ids:
            self._ids[key] = None
            target = self._object(linked)
            if target is not None and linked.subject in self._iris:
                claim = linked.claim
                self._ids[key] = self._statement_id(
                    self._iris[linked.subject],
                    self._predicate(linked)["id"],
                    _value(target),
                    claim.status,
                    claim.polarity,
                    self._iris.get(linked.attribution or ""),
                )
        return self._ids[key]

    def _object(self, linked: LinkedClaim) -> dict[str, Any] | None:
        claim = linked.claim
        if linked.object is not None:
            iri = self._iris.get(linked.object)
            return {"node": iri} if iri else None
        if claim.object.literal is not None:
            return {"literal": to_plain(claim.object.literal)}
        inner = self._claims.get(claim.object.claim or "")
        iri = self._id(inner) if inner is not None else None
        return {"statement": iri} if iri else None

    def _predicate(self, linked: LinkedClaim) -> dict[str, str]:
        predicate = linked.claim.predicate
        if predicate.property:
            return {
                "id": f"{KG}{predicate.property}",
                "label": predicate.label,
            }
        label = " ".join(predicate.label.casefold().split())
        return {"id": f"{self._base}relation/{slug(label)}", "label": label}

    def _quote(self, linked: LinkedQuote) -> dict[str, Any]:
        quote, text = linked.quote, self._article.text
        speaker = self._iris.get(linked.speaker or "") or _UNKNOWN
        words = _plain_words(quote.text)
        quotation = Quotation(
            id=f"{self._base}quote/{_hash(speaker, words)}",
            text=quote.text,
            speech=quote.speech,
            cue=quote.cue,
            start=quote.start,
            end=quote.end,
            about=tuple(sorted({self._iris[key] for key in linked.about if key in self._iris})),
        )
        arguments = []
        if linked.addressee and linked.addressee in self._iris and quote.addressee:
            arguments.append(
                StatementArgument(
                    "addressee", quote.addressee.label, entity=self._iris[linked.addressee]
                )
            )
        if quote.occasion:
            arguments.append(StatementArgument("occasion", " ".join(quote.occasion.split())))
        predicate = {"id": f"{KG}{SAID}", "label": SAID}
        return {
            "id": self._statement_id(
                speaker, predicate["id"], {"quotation": quotation.id}, quote.status,
                quote.polarity, None,
            ),
            "subject": speaker,
            "predicate": predicate,
            "object": {"quotation": to_plain(quotation)},
            "status": quote.status,
            "polarity": quote.polarity,
            "certainty": 1.0,
            "confidence": quote.confidence,
            "attributed": None,
            "sourcing": None,
            "time": None,
            "place": None,
            "arguments": [to_plain(argument) for argument in arguments],
            "evidence": self._evidence(
                start=quote.evidence_start,
                end=quote.evidence_end,
                subject=text[quote.speaker.start : quote.speaker.end] if quote.speaker else "",
                predicate=quote.cue or "",
                object=text[quote.start : quote.end],
                extractor=quote.extractor,
                block=quote.block,
                at=(quote.start, quote.end),
            ),
        }  # fmt: skip

    def _statement_id(self, *parts: Any) -> str:
        return f"{self._base}statement/{_hash(*parts)}"

    def _evidence(
        self, *, start: int, end: int, subject: str, predicate: str, object: str,
        extractor: str, block: Any, at: tuple[int, ...],
    ) -> dict[str, Any]:  # fmt: skip
        article: Article = self._article
        key = _hash(article.id, start, end, list(at), extractor, predicate)
        plain: dict[str, Any] = to_plain(
            Evidence(
                id=f"{self._base}evidence/{key}",
                article=article.id,
                source=article.source,
                start=start,
                end=end,
                text=article.text[start:end],
                subject_text=subject,
                predicate_text=predicate,
                object_text=object,
                extractor=extractor,
                block=block,
            )
        )
        return plain


def _value(target: Mapping[str, Any]) -> Mapping[str, Any]:
    """What of an object makes it the same object: of a literal, not its words."""
    if "literal" not in target:
        return target
    return {name: item for name, item in target["literal"].items() if name != "label"}


def _nodes(body: Mapping[str, Any]) -> Iterator[str]:
    yield body["subject"]
    if "node" in body["object"]:
        yield body["object"]["node"]
    if body["attributed"]:
        yield body["attributed"]
    for argument in body["arguments"]:
        if argument.get("entity"):
            yield argument["entity"]
    yield from body["object"].get("quotation", {}).get("about", ())


def _plain_words(text: str) -> str:
    """A quotation's words without marks, case and white space: the same quote in two outlets."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _hash(*parts: Any) -> str:
    """A content hash: 16 hexadecimal digits of the SHA-256 of the parts as JSON."""
    line = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()[:16]
