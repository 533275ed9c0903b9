"""The values that travel through `kg`: frozen, slotted, plain.

One article goes ``Article -> (parsed) -> Claim, Quote -> ArticleResult``; many results merge to
``Entity`` and ``Statement``. No spaCy or RDF object is kept in any of them. Every ``start``/``end``
is a half-open range of characters (Unicode code points) in ``Article.text``, the *cleaned* text:
``article.text[x.start:x.end]`` is always the words that are meant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal as OneOf

BlockKind = OneOf["headline", "subheading", "keypoint", "paragraph", "caption", "table"]
Status = OneOf["asserted", "claimed", "possible", "planned", "hypothetical", "denied"]
Polarity = OneOf["positive", "negative"]
Speech = OneOf["direct", "indirect", "mixed"]
MentionKind = OneOf["name", "noun", "pronoun"]
ArgumentKind = OneOf["mention", "topic", "literal", "clause"]

#: From the strongest to the weakest; where two readings compete, the weaker wins.
STATUSES: tuple[Status, ...] = (
    "asserted",
    "claimed",
    "planned",
    "possible",
    "hypothetical",
    "denied",
)

#: The extractor that evidence of a person's own statements names.
BY_HAND = "hand"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article's text that stands by itself: sentences never cross its edges.

    A ``table`` block is one row, its cells parted by `` | ``; only the extractor ``tables`` states
    something from it. ``bold`` is how many of its first characters the page sets in bold (a speaker's name, a whole
    question). ``language`` is given where it is clearly not the article's.
    """

    kind: BlockKind
    start: int
    end: int
    bold: int = 0
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One cleaned article.

    ``text`` holds the blocks, joined by one blank line (``"\\n\\n"``). ``id`` is a hash of all
    other fields but ``source``, so the same article read twice is one article.
    ``date`` is ISO 8601 (``2025-08-06``) or None; ``language`` is an ISO 639-1 code.
    ``source`` is the file name, address or line it came from (``articles.jsonl:12``).
    ``partial`` is why the text is not the whole article (a paywall); None: it is, as far as kg
    can tell.
    """

    id: str
    source: str
    text: str
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    language: str = "en"
    blocks: tuple[Block, ...] = ()
    partial: str | None = None


@dataclass(frozen=True, slots=True)
class Literal:
    """A value with its words: ``Literal("2025-04", "xsd:gYearMonth", "April 2025")``."""

    value: str
    datatype: str
    label: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an entity. Mentions with the same ``cluster`` mean the same one.

    ``label`` is the entity label (OntoNotes name, ``PERSON``, ``ORG``...) or None for a noun or
    pronoun that no name types. ``cluster`` numbers the clusters of one article, by first mention.
    ``gender`` is "m" or "f" where the words tell it (a pronoun, a title, a given name), else empty.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    label: str | None
    cluster: int
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Argument:
    """One participant of a claim as the text has it.

    ``start``/``end`` cover the whole phrase; ``head_start``/``head_end`` the words that are looked
    up among the mentions to find the entity (for "software from Runway": "Runway"; for a plain
    noun phrase: its head noun). ``label`` is the normalised label used when no entity is found
    (a topic, for example "generative AI"); ``type`` an ontology class hinted at by the words
    ("actors and writers": Group). ``role`` names what the argument is to the claim: ``subject``,
    ``object``, ``time``, ``place``, ``amount``, ``purpose``, ``instrument``, or a preposition.
    ``claim`` points to the claim a clause stands for (its ``Claim.key``), when kind is ``clause``.
    """

    role: str
    kind: ArgumentKind
    start: int
    end: int
    head_start: int
    head_end: int
    label: str
    type: str | None = None
    literal: Literal | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Predicate:
    """What is said of the two: ``property`` is a local name of the ontology ("used") or None for
    an open predicate; ``label`` is readable ("used", "result in"); start/end are its words
    (from the first to the last), ``text`` the words themselves as they stand."""

    label: str
    text: str
    start: int
    end: int
    property: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Subject, predicate, object as one place of an article says it.

    ``key`` is unique within the article and depends on the content only. ``start``/``end`` are
    the words that say it (as narrow as possible, usually clause or sentence). ``attribution`` is
    who says so, when not the narrator; ``sourcing`` the words of generic sourcing ("according to
    industry sources"). ``certainty`` and ``confidence`` are 0..1: how sure the text is, how sure
    the extractor is. ``block`` is the kind of block it stands in.
    """

    key: str
    subject: Argument
    predicate: Predicate
    object: Argument
    start: int
    end: int
    extractor: str
    arguments: tuple[Argument, ...] = ()
    status: Status = "asserted"
    polarity: Polarity = "positive"
    certainty: float = 1.0
    confidence: float = 1.0
    attribution: Argument | None = None
    sourcing: str | None = None
    block: BlockKind = "paragraph"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words or thoughts. ``start``/``end`` are the content without its marks; a quote
    that "he said" splits has the parts in ``parts`` and its joined words in ``text``, with a stop for the
    comma before "he said" where a new sentence follows. ``attribution`` is who tells that it was said,
    where the article does not.
    ``evidence_start``/``evidence_end`` cover cue and speaker too."""

    key: str
    text: str
    start: int
    end: int
    parts: tuple[tuple[int, int], ...]
    speech: Speech
    speaker: Argument | None
    cue: str | None
    evidence_start: int
    evidence_end: int
    cue_start: int | None = None
    cue_end: int | None = None
    addressee: Argument | None = None
    occasion: str | None = None
    status: Status = "asserted"
    polarity: Polarity = "positive"
    confidence: float = 0.8
    extractor: str = "quotes"
    block: BlockKind = "paragraph"
    attribution: Argument | None = None


@dataclass(frozen=True, slots=True)
class Abstention:
    """A sentence that gave nothing, and why (``no verb``, ``no subject``, ``question``...)."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the article itself gives an entity, and why it is one (``full name``,
    ``acronym``, ``bracket``, ``apposition``, ``surname``, ``seed``)."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """An entity within one article. ``key`` is unique in the article ("e3", or "t:generative ai"
    for a topic). ``type`` is a local name of an ontology class. ``apart`` says why it is another
    one than its namesake in the same article; empty where there is none."""

    key: str
    label: str
    type: str
    names: tuple[Name, ...] = ()
    mentions: tuple[tuple[int, int], ...] = ()
    named: bool = True
    apart: str = ""


@dataclass(frozen=True, slots=True)
class LinkedClaim:
    """A claim whose participants are entities of the article (by ``LocalEntity.key``).

    ``object`` is None when the object is a literal (``claim.object.literal``) or a clause
    (``claim.object.claim``). ``arguments`` runs parallel to ``claim.arguments``.
    """

    claim: Claim
    subject: str
    object: str | None
    attribution: str | None = None
    arguments: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedQuote:
    """A quote whose speaker, addressee and topics are entities of the article."""

    quote: Quote
    speaker: str | None
    addressee: str | None = None
    about: tuple[str, ...] = ()
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """All that one article says: the only thing that leaves a worker, one JSON line.

    ``two_ways`` are its dates and numbers that can be read two ways (03/04/2025) and have no value
    for it."""

    article: Article
    entities: tuple[LocalEntity, ...] = ()
    claims: tuple[LinkedClaim, ...] = ()
    quotes: tuple[LinkedQuote, ...] = ()
    abstentions: tuple[Abstention, ...] = ()
    sentences: int = 0
    pipeline: str = ""
    two_ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be read or processed; the run went on without it."""

    source: str
    stage: str
    error: str
    hint: str = ""


# --- across articles -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Merge:
    """Why an article's entity is this entity: ``reason`` is ``same name``, ``alias``, ``seed``,
    ``curation``...; ``name`` the name that did it; ``article`` the id of the article."""

    article: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Near:
    """What an entity may be, where that is not sure: the IRI of a thing of a knowledge base or of another
    entity of the graph, how likely, 0 to 1, and why (of another entity)."""

    id: str
    score: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity of the graph. ``id`` is the full IRI. ``articles`` are article ids, sorted;
    ``merges`` is empty where one article gives it one name: nothing was merged. ``replaces`` are
    IRIs that a correction retired, ``same_as`` those of the same thing elsewhere, ``near`` what it
    may be there, ``corrections`` the ids of the corrections that made it what it is."""

    id: str
    label: str
    type: str
    aliases: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    named: bool = True
    merges: tuple[Merge, ...] = ()
    replaces: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    near: tuple[Near, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A subject or object: an entity, by IRI, with what a reader wants to see of it."""

    id: str
    label: str
    type: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """The object of ``said``. ``id`` is the IRI; start/end are offsets in the first evidence's
    article."""

    id: str
    text: str
    speech: Speech
    cue: str | None
    start: int
    end: int
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A predicate of the graph: its IRI and its readable label."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class StatementArgument:
    """A further argument of a statement: its role, its words, and its value with unit, or entity IRI.

    ``evidence`` are the IRIs of the places that give the statement this argument: "director of
    Acme" in one article and "director of Helios" in another are one statement with two.
    """

    role: str
    label: str
    value: str | None = None
    datatype: str | None = None
    entity: str | None = None
    evidence: tuple[str, ...] = ()
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place where an article says a statement."""

    id: str
    article: str
    source: str
    start: int
    end: int
    text: str
    subject_text: str
    predicate_text: str
    object_text: str
    extractor: str
    block: BlockKind = "paragraph"


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything that was said, whether or not it is a fact.

    ``id`` is the IRI, a hash of (subject, predicate, object, status, attribution). ``object`` is
    a node, a literal, a quotation, or the IRI of another statement (a clause). ``confirmed``: a
    person found it right; ``corrections`` are the ids of the corrections that it owes that, or its
    status, or itself to. ``unchecked``: its relation can hurt, and no person has confirmed it.
    ``salience``, 0 to 1, is how much it tells a newcomer; 0 is rhetoric, which lists leave out
    unless all is asked for. ``source_count``: see `kg.merge.copies`.
    """

    id: str
    subject: Node
    predicate: Relation
    object: Node | Literal | Quotation | str
    status: Status
    polarity: Polarity = "positive"
    certainty: float = 1.0
    confidence: float = 0.8
    salience: float = 0.5
    attributed_to: Node | None = None
    sourcing: str | None = None
    time: str | None = None
    place: str | None = None
    arguments: tuple[StatementArgument, ...] = ()
    source_count: int = 1
    evidence: tuple[Evidence, ...] = field(default=())
    unchecked: bool = False
    confirmed: bool = False
    corrections: tuple[str, ...] = ()

    @property
    def by_hand(self) -> bool:
        """Whether a person stated it: of no passage did `kg` read it."""
        return bool(self.evidence) and all(e.extractor == BY_HAND for e in self.evidence)


@dataclass(frozen=True, slots=True)
class Inferred:
    """A fact that no text says and that follows from others. ``id`` is the IRI of the inference;
    ``rule`` why it follows (``subclass``, ``subproperty``, ``domain``, ``range``, ``inverse``,
    ``symmetric``, ``transitive``, ``chain``); ``follows_from`` the statements and inferences that it
    follows from, in the order in which they are joined (of a class: a thing as its text has it).
    ``disputed``: somebody denies it, or something that it follows from; ``denials`` are the
    statements that do. The object of a fact about a class has the type ``Class``."""

    id: str
    subject: Node
    predicate: Relation
    object: Node | Literal
    rule: str
    follows_from: tuple[Statement | Inferred | Node, ...]
    disputed: bool = False
    denials: tuple[Statement, ...] = ()

    @property
    def premises(self) -> list[str]:
        """The IRIs of what it follows from, in the order in which it is joined."""
        return [premise.id for premise in self.follows_from]


@dataclass(frozen=True, slots=True)
class Participant:
    """Who or what takes part in an event: ``role`` is a local name of the ontology ("defendant"),
    ``entity`` an IRI, ``label`` what the graph calls it."""

    role: str
    entity: str
    label: str


@dataclass(frozen=True, slots=True)
class Event:
    """What statements tell of one event, brought together.

    ``id`` is an IRI made of content. ``type`` is a local name of an ontology class below Event.
    ``statements`` are the IRIs of the statements it is made of and ``evidence`` those of the
    places that tell it, sorted; it has their ``status`` and attribution and says nothing that they
    do not. ``time`` is the finest that is told (ISO 8601 or EDTF); ``places`` and ``amounts`` are
    what the texts call them. ``source_count`` is the number of independent sources.
    """

    id: str
    type: str
    label: str
    status: Status
    participants: tuple[Participant, ...]
    statements: tuple[str, ...]
    evidence: tuple[str, ...]
    time: str | None = None
    places: tuple[StatementArgument, ...] = ()
    amounts: tuple[StatementArgument, ...] = ()
    attributed_to: Node | None = None
    source_count: int = 1


# --- corrections -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity as a correction knows it: by what articles call it, which no other article changes.

    ``scope`` is set where the name alone does not say whom it means: the id of the one article that
    uses it so (``source`` is where that came from), or of the correction that split it off.
    """

    name: str
    type: str = "Topic"
    named: bool = True
    scope: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A place of an article, and the statement that is read there.

    ``text`` are its words: they find it again when the article changed around them. ``relation``
    is the last part of the predicate's IRI; ``subject``, ``predicate`` and ``object`` are the words
    for each as they stand.
    """

    article: str = ""
    source: str = ""
    start: int = 0
    end: int = 0
    text: str = ""
    relation: str = ""
    subject: str = ""
    predicate: str = ""
    object: str = ""
    status: Status | None = None
    polarity: Polarity = "positive"


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of the graph, which every build from then on respects.

    ``what`` is one of `kg.corrections.KINDS`; ``things`` and ``passages`` are what it is about,
    ``to`` the new label, class, name, address or status. ``editor`` is who says so, ``date``
    (ISO 8601) when and ``why`` the reason, each as the editor gives it or "". ``id`` is a hash of
    all that.
    """

    what: str
    things: tuple[Thing, ...] = ()
    passages: tuple[Passage, ...] = ()
    to: str = ""
    editor: str = ""
    date: str = ""
    why: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What became of a correction in a build.

    ``state`` is ``applied``, ``waiting`` (what it is about is not in the graph) or ``conflict``;
    ``note`` says what is missing or which other one contradicts it; ``label`` is the correction in
    words. ``entities`` are the IRIs of
    entities that it concerns, ``revised`` (IRI before, IRI after or "") the statements that it
    changed or took out.
    """

    correction: Correction
    state: OneOf["applied", "waiting", "conflict"] = "applied"
    note: str = ""
    entities: tuple[str, ...] = ()
    revised: tuple[tuple[str, str], ...] = ()
    label: str = ""
