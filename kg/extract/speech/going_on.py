"""Whom "he said" means where coreference has found nobody who could speak: the speaker before.

News tells once who speaks and goes on with "he said", "she added", "it said". `link_speakers` links
such a pronoun to the speaker right before it, if that is somebody whom it can mean and nobody else
has come up in the narrator's words in between. A link to what cannot speak ("he": the plan), or to
a person whom the words themselves name, is taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kg.extract.grammar.annotations import change_mentions, mentions_of, text_of
from kg.extract.grammar.index import relation, tagged, tokens_of
from kg.extract.grammar.labels import means_people, type_hint
from kg.extract.grammar.stretches import Stretches
from kg.extract.grammar.subjects import own_subject
from kg.extract.grammar.tree import TENSED, children, is_plural, sentence_of
from kg.extract.speech.cues import Piece, inside_any
from kg.extract.speech.indirect import reported, told_by
from kg.extract.speech.speakers import as_argument
from kg.extract.words.cues import cue_words, lemma
from kg.extract.words.pronouns import PRONOUNS
from kg.model import Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Each with the pronouns that are not said of the same one.
_OTHER: Final = {"he": PRONOUNS.female, "she": PRONOUNS.male}
_PERSONS: Final = frozenset({"PERSON"})
_BODIES: Final = frozenset({"ORG", "GPE", "NORP"})
#: So many lines may end between one who speaks and "he said".
_LINES: Final = 6


def link_speakers(doc: Doc, pieces: list[Piece]) -> None:
    """Change the mentions of ``doc`` so that each pronoun that speaks is the one whom it means."""
    mentions = _Mentions(mentions_of(doc))
    before: Token | None = None
    heard: set[int] = set()  # the clusters of those who spoke not only as "it"
    words = _words_of(doc, pieces)
    for token in _speaking(doc, pieces):
        word = token.lower_
        own = mentions.at(token.idx)
        said = words.get(token.i, [])
        fits = _fits(doc, mentions, own, word) and not _names_himself(mentions, own, word, said)
        known = fits and _is_known(mentions, own, heard)
        known = known and not _is_past(doc, mentions, own, (before, token), pieces)
        if word in (*_OTHER, "it") and not known:
            whom = _whom(doc, mentions, before, token, pieces)
            whom = None if _names_himself(mentions, whom, word, said) else whom
            if whom is not None or not fits:
                mentions.link(token, whom)
        one = _speaker(mentions, token)
        if word != "it" and one is not None:
            heard.add(one.cluster)
        before = token if one is not None and one.cluster in heard else None
    if mentions.changed:
        change_mentions(doc, mentions.all())


class _Mentions:
    """Mentions by place and by cluster, as they are put right."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._known = tuple(mentions)
        self._places = Stretches((m.start, m.end) for m in self._known)
        self._of: dict[int, list[Mention]] = {}
        for one in self._known:
            self._of.setdefault(one.cluster, []).append(one)
        self.changed: dict[int, Mention | None] = {}  # by place
        self._new: dict[int, Mention] = {}  # by place, of those that coreference has passed over

    def at(self, place: int) -> Mention | None:
        """The mention at a place: a name, else the shortest."""
        if place in self.changed:
            return self.changed[place]
        here = [self._known[number] for number in self._places.touching(place, place + 1)]
        return min(here, key=lambda m: (m.kind != "name", m.end - m.start), default=None)

    def of(self, cluster: int) -> list[Mention]:
        """The mentions of a cluster."""
        return self._of.get(cluster, [])

    def passed_over(self, token: Token) -> Mention | None:
        """A mention of its own for one person who is told of by a noun alone: "*a neighbour* said"."""
        if token.pos_ != "NOUN" or is_plural(token) or not means_people(token):
            return None
        if token.idx not in self._new:
            first = next(iter(children(token, "det")), token)
            end, cluster = token.idx + len(token.text), max(self._of, default=0) + 1
            words = text_of(token.doc)[first.idx : end]
            one = Mention(first.idx, end, words, "noun", None, cluster)
            self._new[token.idx], self._of[cluster] = one, [one]
        return self._new[token.idx]

    def link(self, token: Token, whom: Mention | None) -> None:
        """Have the pronoun stand for whom the mention stands for, or for nobody."""
        old = self.at(token.idx)
        if old is not None:
            self._of[old.cluster].remove(old)
        new = None
        if whom is not None:
            if whom in self._new.values():
                self.changed[whom.start] = whom
            end = token.idx + len(token.text)
            new = Mention(token.idx, end, token.text, "pronoun", None, whom.cluster)
            self._of[whom.cluster].append(new)
        if old is not None or new is not None:
            self.changed[token.idx] = new

    def all(self) -> tuple[Mention, ...]:
        """Every mention by place."""
        kept = [m for m in self._known if m.start not in self.changed]
        new = [m for m in self.changed.values() if m is not None]
        return tuple(sorted([*kept, *new], key=lambda m: (m.start, m.end)))


def _speaking(doc: Doc, pieces: Sequence[Piece]) -> Iterator[Token]:
    """Those who are told to speak by the narrator, in text order."""
    heads = [
        clause.speaker
        for clause in reported(doc)
        if clause.verb is not None and clause.verb.tag_ != "VBG"  # "despite analysts warning that"
    ]
    heads += [p.cue.speaker for p in pieces if p.speech and p.cue is not None and p.cue.own]
    heads += map(_recalling, tagged(doc, ("VERB",)))
    found = {token.i: token for token in heads if token is not None}
    for place in sorted(found):
        token = found[place]
        if told_by(token) is None and not inside_any(token, list(pieces)):
            yield token


def _recalling(verb: Token) -> Token | None:
    """Who tells what they did or saw without a clause: "*a neighbour* recalled seeing the man"."""
    if lemma(verb) not in cue_words().indirect or verb.tag_ not in TENSED:
        return None
    told = any(c.tag_ == "VBG" and c.i > verb.i for c in children(verb, "xcomp", "ccomp"))
    return own_subject(verb) if told else None


def _words_of(doc: Doc, pieces: Sequence[Piece]) -> dict[int, list[tuple[int, int]]]:
    """What each says, by the place of the head word: ranges of characters."""
    found: dict[int, list[tuple[int, int]]] = {}
    for clause in reported(doc):
        if clause.speaker is not None:
            found.setdefault(clause.speaker.i, []).extend(clause.parts)
    for piece in pieces:
        if piece.speech and piece.cue is not None and piece.cue.speaker is not None:
            found.setdefault(piece.cue.speaker.i, []).append((piece.marked.start, piece.marked.end))
    return found


def _is_known(mentions: _Mentions, own: Mention | None, heard: set[int]) -> bool:
    """Whether the one has a name, or has been heard before."""
    return own is not None and (
        own.cluster in heard or any(m.kind == "name" for m in mentions.of(own.cluster))
    )


def _is_past(
    doc: Doc,
    mentions: _Mentions,
    own: Mention | None,
    between: tuple[Token | None, Token],
    pieces: Sequence[Piece],
) -> bool:
    """Whether the narrator has not told of the one since another spoke, and of him with that only as an
    object: "Ann met Berg. *Lund* said Berg left. "I saw it," *he* said"."""
    before, token = between
    if own is None or before is None:
        return False
    other = _speaker(mentions, before)
    if other is None or other.cluster == own.cluster:
        return False
    first, end = doc[sentence_of(before)[0]].idx, sentence_of(before)[1]
    for one in mentions.of(own.cluster):
        if one.start >= token.idx or one.end <= first:
            continue
        span = doc.char_span(one.start, one.end, alignment_mode="expand")
        if span is None or inside_any(span[0], list(pieces)) or told_by(span[0]) is not None:
            continue
        if span.root.i >= end or relation(span.root) == "nsubj":
            return False
    return True


def _names_himself(
    mentions: _Mentions,
    own: Mention | None,
    word: str,
    said: Iterable[tuple[int, int]],
) -> bool:
    """Whether a person is named in what "he" says ("the vote was called by *the mayor*"), and so is
    not the one who says it."""
    return (
        own is not None
        and word in _OTHER
        and any(
            m.kind != "pronoun" and any(start <= m.start < end for start, end in said)
            for m in mentions.of(own.cluster)
        )
    )


def _speaker(mentions: _Mentions, token: Token) -> Mention | None:
    """The mention of the one who speaks, whose name may stand beside the head."""
    found = mentions.at(as_argument(token, "speaker").head_start)
    return mentions.passed_over(token) if found is None else found


def _fits(doc: Doc, mentions: _Mentions, own: Mention | None, word: str) -> bool:
    """Whether the mention stands for somebody whom the pronoun can mean."""
    return own is not None and any(_can_be(doc, m, word) for m in mentions.of(own.cluster))


def _can_be(doc: Doc, mention: Mention, word: str) -> bool:
    if mention.kind == "name":
        return mention.label in (_BODIES if word == "it" else _PERSONS)
    if mention.kind != "noun":
        return False
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    head = span.root if span is not None else None
    if head is None:
        return False
    if word == "it":
        known = head.lemma_.lower() in cue_words().documents
        return known or type_hint(head) in ("Organization", "Group", "Place")
    return type_hint(head) == "Person" or head.lemma_.lower().endswith(("man", "woman"))


def _whom(
    doc: Doc,
    mentions: _Mentions,
    before: Token | None,
    token: Token,
    pieces: list[Piece],
) -> Mention | None:
    """The one who spoke before, if the pronoun can mean that one."""
    if before is None or text_of(doc).count("\n", before.idx, token.idx) > _LINES:
        return None
    one = _speaker(mentions, before)
    word = token.lower_
    if one is None or not _fits(doc, mentions, one, word):
        return None
    sexes = {m.text.lower() for m in mentions.of(one.cluster) if m.kind == "pronoun"}
    if sexes & _OTHER.get(word, frozenset()):
        return None
    return None if _others(doc, mentions, one, (before, token), pieces) else one


def _others(
    doc: Doc,
    mentions: _Mentions,
    one: Mention,
    between: tuple[Token, Token],
    pieces: list[Piece],
) -> bool:
    """Whether the narrator tells, between the two, what somebody else does of whom the pronoun may be
    said."""
    word = between[1].lower_
    kinds = _BODIES if word == "it" else _PERSONS
    start, end = sentence_of(between[0])[1], sentence_of(between[1])[0]
    for token in tokens_of(doc)[start:end]:
        if relation(token) != "nsubj" or inside_any(token, pieces):
            continue
        if token.lower_ in _OTHER and word not in (token.lower_, "it"):
            return True
        if token.ent_type_ in kinds:
            other = mentions.at(token.idx)
            if other is None or other.cluster != one.cluster:
                return True
    return False
