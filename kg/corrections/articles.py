"""Corrections applied to what one article says: names parted, statements added, changed, taken out.

`Book.mend` takes a result and gives the corrected one; nothing is parsed again. A passage is found by
its offsets in the article that it was taken from, and by its words in a later version of it (an
article of the same source). What was found is remembered: `Book.missing` tells the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kg.corrections.lines import READINGS
from kg.model import (
    BY_HAND,
    Argument,
    Article,
    ArticleResult,
    Claim,
    Correction,
    LinkedClaim,
    LinkedQuote,
    LocalEntity,
    Name,
    Passage,
    Predicate,
    Quote,
    Status,
    Thing,
)
from kg.resolve.across import Key, group_key
from kg.resolve.names import normal, slug

#: Why an article's entity has a name that a correction gave it.
REASON: Final = "correction"
_Linked = LinkedClaim | LinkedQuote
#: A correction and one of its passages, by number.
_Place = tuple[Correction, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """What corrections did to a statement of an article: their ids, and whether it is confirmed."""

    corrections: tuple[str, ...]
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Mended:
    """A corrected result.

    ``scopes`` are those of entities that a correction keeps apart from others of their name, by
    their keys. ``marks`` are of claims and quotes by (kind, key); ``gone`` are those taken out,
    which ``before`` has still, with their names as in ``result``.
    """

    result: ArticleResult
    before: ArticleResult
    scopes: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[tuple[str, str], Mark] = field(default_factory=dict)
    gone: Mapping[tuple[str, str], str] = field(default_factory=dict)


def mark_key(linked: _Linked) -> tuple[str, str]:
    """What tells a claim or a quote from the others of its article."""
    if isinstance(linked, LinkedClaim):
        return "claim", linked.claim.key
    return "quote", linked.quote.key


def _by_source(articles: Mapping[str, object]) -> Callable[[str], Sequence[str]]:
    found: defaultdict[object, list[str]] = defaultdict(list)
    for key, source in sorted(articles.items()):
        found[source].append(key)
    return lambda source: found.get(source, ())


class Book:
    """Corrections, bound to the articles of a build (id -> source). Of very many, ``of_source`` gives
    the ids of those that a source gives; then of ``articles`` only the ids are asked for."""

    def __init__(
        self,
        corrections: Iterable[Correction],
        articles: Mapping[str, object],
        of_source: Callable[[str], Sequence[str]] | None = None,
    ) -> None:
        self.corrections = tuple(sorted(corrections, key=lambda c: c.id))
        self._articles = articles
        self._of_source = of_source or _by_source(articles)
        self._here: defaultdict[str, list[_Place]] = defaultdict(list)
        self._everywhere: list[_Place] = []
        for correction in self.corrections:
            for number, passage in enumerate(correction.passages):
                if not passage.article:
                    self._everywhere.append((correction, number))
                for key in self.homes(passage.article, passage.source):
                    self._here[key].append((correction, number))
        self._met: defaultdict[str, set[int]] = defaultdict(set)
        self._conflicts: defaultdict[str, set[str]] = defaultdict(set)

    def homes(self, article: str, source: str) -> Sequence[str]:
        """The ids of the article that is meant: itself, or what its source gives now."""
        if article in self._articles:
            return (article,)
        return self._of_source(source) if source else ()

    def key(self, thing: Thing) -> Key:
        """The group that a thing's name belongs to (see `kg.resolve.across.group_key`)."""
        local = LocalEntity("", thing.name, thing.type, named=thing.named)
        family, name, _ = group_key(local, "")
        homes = self.homes(thing.scope, thing.source) if thing.source else ()
        return family, name, homes[0] if homes else thing.scope

    def missing(self, correction: Correction) -> str:
        """What of a correction's passages was not found, or nothing."""
        count, met = len(correction.passages), len(self._met[correction.id])
        if met == count:
            return ""
        lost = [p for n, p in enumerate(correction.passages) if n not in self._met[correction.id]]
        where = ", ".join(sorted({p.source or p.article or "any article" for p in lost}))
        found = "the place is" if count == 1 else f"{count - met} of {count} places are"
        return f"{found} not there ({where})"

    def met(self, correction: Correction) -> bool:
        """Whether any passage of it was found."""
        return not correction.passages or bool(self._met[correction.id])

    def conflicts(self, correction: Correction) -> frozenset[str]:
        """The ids of corrections that say otherwise of the same statement."""
        return frozenset(self._conflicts[correction.id])

    def corrected_articles(self) -> frozenset[str]:
        """The ids of articles in which corrections have their places."""
        return frozenset(key for key in self._here if key in self._articles)

    @property
    def is_everywhere(self) -> bool:
        """Whether a correction is about the words of all articles."""
        return bool(self._everywhere)

    def mend(self, result: ArticleResult) -> Mended:
        """The result as the corrections want it."""
        places = [*self._here.get(result.article.id, ()), *self._everywhere]
        if not places:
            return Mended(result, result)
        scopes: dict[str, str] = {}
        marks: dict[tuple[str, str], Mark] = {}
        for place in (p for p in places if p[0].what == "split"):
            result = self._split(result, place, scopes)
        for place in (p for p in places if p[0].what == "add"):
            result = self._add(result, place, scopes, marks)
        before = result
        gone: dict[tuple[str, str], str] = {}
        readings = [p for p in places if p[0].what in READINGS]
        if readings:
            result, gone = self._readings(result, readings, scopes, marks)
        return Mended(result, before, scopes, marks, gone)

    # --- names ---------------------------------------------------------------------------------

    def _split(self, result: ArticleResult, place: _Place, scopes: dict[str, str]) -> ArticleResult:
        """The mentions that are meant go to an entity of their own."""
        correction, number = place
        passage, (whole, part) = correction.passages[number], correction.things
        new = f"{correction.id}:{normal(part.name)}"
        moved = self._moved(result, passage, whole, scopes)
        if not moved:
            if passage.subject and any(e.key == new for e in result.entities):
                self._met[correction.id].add(number)  # it went with another of its names
            return result
        self._met[correction.id].add(number)
        taken = tuple(sorted({span for spans in moved.values() for span in spans}))
        words = {result.article.text[start:end] for start, end in taken}
        old = {e.key: e for e in result.entities}
        mentions = tuple(sorted({*taken, *(old[new].mentions if new in old else ())}))
        made = LocalEntity(new, part.name, part.type, (Name(part.name, REASON),), mentions)
        family, name, _ = group_key(made, "")
        if (family, name) == self.key(whole)[:2]:
            scopes[new] = correction.id
        kept = []
        for entity in result.entities:
            if entity.key == new:
                continue
            if entity.key not in moved:
                kept.append(entity)
                continue
            left = tuple(span for span in entity.mentions if span not in moved[entity.key])
            names = tuple(name for name in entity.names if name.text not in words)
            if left:
                kept.append(replace(entity, mentions=left, names=names))
        gone = {key for key in moved if all(e.key != key for e in kept)}

        def home(key: str | None, argument: Argument | None) -> str | None:
            if key not in moved or argument is None:
                return key
            spans, start, end = moved[key], argument.head_start, argument.head_end
            inside = any(low < end and start < high for low, high in spans)
            return new if inside or key in gone else key

        return _relinked(replace(result, entities=(*kept, made)), home, dict.fromkeys(gone, new))

    def _moved(
        self, result: ArticleResult, passage: Passage, whole: Thing, scopes: Mapping[str, str]
    ) -> dict[str, tuple[tuple[int, int], ...]]:
        """The mentions that a passage means, by the keys of their entities: of the entity that is
        meant; failing that, of one that has the passage's words for a name."""
        article = result.article
        called = normal(passage.subject or passage.text or whole.name)
        spans = {e.key: _mentioned(article, e, passage) for e in result.entities}
        fit = [e for e in result.entities if spans[e.key] or not passage.text]
        found = [e for e in fit if self._is(e, whole, article.id, scopes)]
        found = found or [e for e in fit if e.key not in scopes and called in _names(e)]
        return {entity.key: spans[entity.key] for entity in found}

    def _is(
        self, entity: LocalEntity, thing: Thing, article: str, scopes: Mapping[str, str]
    ) -> bool:
        """Whether an article's entity is the one that is meant: by its group or one of its names."""
        family, name, scope = group_key(entity, article)
        wanted = self.key(thing)
        if (family, name, scopes.get(entity.key, scope)) == wanted:
            return True
        if entity.key in scopes or wanted[2] not in ("", article) or entity.named != thing.named:
            return False
        return normal(thing.name) in _names(entity)

    def _entity(
        self, result: ArticleResult, thing: Thing, scopes: dict[str, str]
    ) -> tuple[ArticleResult, LocalEntity]:
        """The article's entity for a thing; one is added where it names none."""
        article = result.article.id
        found = [e for e in result.entities if self._is(e, thing, article, scopes)]
        if found:
            return result, min(found, key=lambda e: (e.label != thing.name, e.key))
        wanted = self.key(thing)
        made = LocalEntity(
            f"{REASON}:{wanted[0]}:{wanted[1]}:{wanted[2]}", thing.name, thing.type,
            (Name(thing.name, REASON),), (), thing.named,
        )  # fmt: skip
        if wanted != group_key(made, article):
            scopes[made.key] = wanted[2]
        return replace(result, entities=(*result.entities, made)), made

    # --- statements ----------------------------------------------------------------------------

    def _add(
        self,
        result: ArticleResult,
        place: _Place,
        scopes: dict[str, str],
        marks: dict[tuple[str, str], Mark],
    ) -> ArticleResult:
        """A person's own statement, with the passage that says it."""
        correction, number = place
        passage, article = correction.passages[number], result.article
        start = _found(article, passage)
        if start is None:
            return result
        self._met[correction.id].add(number)
        end = start + len(passage.text)
        keys = []
        arguments = []
        for role, thing in zip(
            ("subject", "object", "attribution"), correction.things, strict=False
        ):
            result, entity = self._entity(result, thing, scopes)
            keys.append(entity.key)
            names = (thing.name, entity.label, *(name.text for name in entity.names))
            arguments.append(_argument(role, thing, article.text, start, end, names))
        claim = Claim(
            key=f"{BY_HAND}:{correction.id}",
            subject=arguments[0],
            predicate=Predicate(passage.predicate, "", start, start, passage.relation or None),
            object=arguments[1],
            start=start,
            end=end,
            extractor=BY_HAND,
            status=_status(correction.to),
            polarity=passage.polarity,
            confidence=1.0,
            attribution=arguments[2] if len(arguments) > 2 else None,
            block=next((b.kind for b in article.blocks if b.start <= start < b.end), "paragraph"),
        )
        linked = LinkedClaim(claim, keys[0], keys[1], keys[2] if len(keys) > 2 else None)
        marks["claim", claim.key] = Mark((correction.id,))
        return replace(result, claims=(*result.claims, linked))

    def _readings(
        self,
        result: ArticleResult,
        places: Sequence[_Place],
        scopes: dict[str, str],
        marks: dict[tuple[str, str], Mark],
    ) -> tuple[ArticleResult, dict[tuple[str, str], str]]:
        """Statements rejected, confirmed, or of another status."""
        gone: dict[tuple[str, str], str] = {}
        kept: list[_Linked] = []
        by_words: defaultdict[str, list[_Place]] = defaultdict(list)
        for correction, number in places:
            by_words[correction.passages[number].text].append((correction, number))
        each: tuple[_Linked, ...] = (*result.claims, *result.quotes)
        for linked in each:
            reading = read_passage(result.article, linked)
            here = [
                (c, n) for c, n in by_words.get(reading.text, ()) if reads(reading, c.passages[n])
            ]
            if not here:
                kept.append(linked)
                continue
            changes, verdicts = self._settled(reading.status or "asserted", here)
            key = mark_key(linked)
            if any(c.what == "reject" for c, _ in verdicts):
                gone[key] = min(c.id for c, _ in verdicts)
                continue
            now: _Linked = linked
            for change in changes:
                speaker = None
                if change.things:
                    result, speaker = self._entity(result, change.things[0], scopes)
                now = _of_status(now, _status(change.to), speaker, result.article.text)
            done = {*(c.id for c in changes), *(c.id for c, _ in verdicts)}
            if done:
                known = marks.get(key, Mark(()))
                ids = tuple(sorted({*known.corrections, *done}))
                marks[key] = Mark(ids, confirmed=bool(verdicts))
            kept.append(now)
        claims = tuple(item for item in kept if isinstance(item, LinkedClaim))
        quotes = tuple(item for item in kept if isinstance(item, LinkedQuote))
        return replace(result, claims=claims, quotes=quotes), gone

    def _settled(
        self, status: Status, here: Sequence[_Place]
    ) -> tuple[list[Correction], list[_Place]]:
        """Of corrections of one statement: the changes of status, one after the other, and the
        verdicts on what it is then. Where they contradict each other, nothing."""
        left, done, changes = list(here), [], []
        while moves := [(c, n) for c, n in left if c.what == "status" and _on(c, n, status)]:
            other = [
                (c, n)
                for c, n in left
                if c.what != "status" and _on(c, n, status) and moves[0][0].to != status
            ]
            if len({(c.to, c.things) for c, _ in moves}) > 1 or other:
                self._clash([*moves, *other])
                return [], []
            changes += [c for c, _ in moves[:1]]
            done += moves
            left = [place for place in left if place not in moves]
            status = _status(moves[0][0].to)
        verdicts = [(c, n) for c, n in left if c.what != "status" and _on(c, n, status)]
        if len({c.what for c, _ in verdicts}) > 1:
            self._clash(verdicts)
            verdicts = []
        for correction, number in (*done, *verdicts):
            self._met[correction.id].add(number)
        return changes, verdicts

    def _clash(self, places: Sequence[_Place]) -> None:
        ids = {correction.id for correction, _ in places}
        for correction, number in places:
            self._met[correction.id].add(number)
            self._conflicts[correction.id] |= ids - {correction.id}


def read_passage(article: Article, linked: _Linked) -> Passage:
    """The passage of a claim or quote, with what is read there."""
    text = article.text
    if isinstance(linked, LinkedQuote):
        quote = linked.quote
        return Passage(
            article.id, article.source, quote.evidence_start, quote.evidence_end,
            text[quote.evidence_start : quote.evidence_end], "said",
            text[quote.speaker.start : quote.speaker.end] if quote.speaker else "",
            quote.cue or "", text[quote.start : quote.end], quote.status, quote.polarity,
        )  # fmt: skip
    claim = linked.claim
    label = " ".join(claim.predicate.label.casefold().split())
    return Passage(
        article.id, article.source, claim.start, claim.end, text[claim.start : claim.end],
        claim.predicate.property or slug(label), text[claim.subject.start : claim.subject.end],
        claim.predicate.text, text[claim.object.start : claim.object.end],
        claim.status, claim.polarity,
    )  # fmt: skip


def reads(reading: Passage, wanted: Passage) -> bool:
    """Whether the statement that is read in a passage is the wanted one, whatever its status."""
    if reading.article == wanted.article and (reading.start, reading.end) != (
        wanted.start,
        wanted.end,
    ):
        return False
    return _said(reading) == _said(wanted)


def _said(passage: Passage) -> tuple[str, ...]:
    return (
        passage.text,
        passage.relation,
        passage.subject,
        passage.predicate,
        passage.object,
        passage.polarity,
    )


def _on(correction: Correction, number: int, status: Status) -> bool:
    return correction.passages[number].status in (None, status)


def _status(name: str) -> Status:
    return name  # type: ignore[return-value]  # `kg.corrections.lines` looked


def _names(entity: LocalEntity) -> set[str]:
    return {normal(entity.label), *(normal(name.text) for name in entity.names)}


def _mentioned(
    article: Article, entity: LocalEntity, passage: Passage
) -> tuple[tuple[int, int], ...]:
    """The mentions of an entity that a passage means: one place, all of some words, or all."""
    text = article.text
    if not passage.text:
        return entity.mentions
    same = tuple(s for s in entity.mentions if text[s[0] : s[1]] == passage.text)
    if passage.start == passage.end:
        return same
    if passage.article == article.id:
        return tuple(span for span in same if span == (passage.start, passage.end))
    return same if len(same) == 1 else ()  # in another version, which "she" it was is not told


def _found(article: Article, passage: Passage) -> int | None:
    """Where a passage's words stand in the article: their old place, or the only one they have."""
    text, words = article.text, passage.text
    if words and text[passage.start : passage.end] == words:
        return passage.start
    at = text.find(words) if words else -1
    return at if at >= 0 and text.find(words, at + 1) < 0 else None


def _argument(
    role: str, thing: Thing, text: str, start: int, end: int, names: Iterable[str]
) -> Argument:
    """A participant where the passage names it; without words where it does not."""
    for name in names:
        at = text.find(name, start, end) if name else -1
        if at >= 0:
            stop = at + len(name)
            return Argument(role, "mention", at, stop, at, stop, thing.name, thing.type)
    return Argument(role, "mention", start, start, start, start, thing.name, thing.type)


def _of_status(linked: _Linked, status: Status, speaker: LocalEntity | None, text: str) -> _Linked:
    """The statement with another status; a claim is then said by the speaker, or by nobody."""
    if isinstance(linked, LinkedQuote):
        made: Quote = replace(linked.quote, status=status)
        return replace(linked, quote=made, speaker=speaker.key if speaker else linked.speaker)
    by = None
    if speaker is not None:
        claim = linked.claim
        thing = Thing(speaker.label, speaker.type)
        names = (speaker.label, *(name.text for name in speaker.names))
        by = _argument("attribution", thing, text, claim.start, claim.end, names)
    return replace(
        linked,
        claim=replace(linked.claim, status=status, attribution=by),
        attribution=speaker.key if speaker else None,
    )


def _relinked(
    result: ArticleResult,
    home: Callable[[str | None, Argument | None], str | None],
    renamed: Mapping[str, str],
) -> ArticleResult:
    """The result with each participant looked up again."""

    def claims() -> Iterator[LinkedClaim]:
        for linked in result.claims:
            claim = linked.claim
            yield replace(
                linked,
                subject=home(linked.subject, claim.subject) or linked.subject,
                object=home(linked.object, claim.object),
                attribution=home(linked.attribution, claim.attribution),
                arguments=tuple(map(home, linked.arguments, claim.arguments)),
            )

    def quotes() -> Iterator[LinkedQuote]:
        for linked in result.quotes:
            yield replace(
                linked,
                speaker=home(linked.speaker, linked.quote.speaker),
                addressee=home(linked.addressee, linked.quote.addressee),
                about=tuple(renamed.get(key, key) for key in linked.about),
                attribution=home(linked.attribution, linked.quote.attribution),
            )

    return replace(result, claims=tuple(claims()), quotes=tuple(quotes()))
