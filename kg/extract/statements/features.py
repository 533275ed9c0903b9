"""What a claim rests on, in numbers: the features from which `confidence` tells how sure it is.

Each is the answer to a question that a reader asks of a statement: how certain is the parser of the
arcs between its ends, and of the names in them; is an end a name, a noun or a pronoun, and how long
and how cut is it; what has to be read to get from one end to the other (a participle, a relative
clause, a coordination); who says it, and as what.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from math import log, log1p
from typing import Final

from spacy.tokens import Doc, Token

from kg.analysis import analysis_of
from kg.extract.grammar.annotations import marked
from kg.extract.grammar.index import above, links, tokens_of, top_of
from kg.extract.grammar.stretches import Stretches
from kg.extract.grammar.tree import sentence_of, sentence_starts
from kg.extract.words.load import word_sets
from kg.extract.words.pronouns import PRONOUNS
from kg.model import Argument, Claim

#: No chance is held to be less probable than this, no sum of doubts greater, no distance greater
#: (some 24 words).
_LEAST: Final = 0.05
_DOUBTED: Final = 1.5
_FAR: Final = 3.2
#: Sentences after these are as far from the beginning.
_LATE: Final = 10
#: From here on a doubt tells against a claim by itself: chances below 0.3 and 0.7.
_LOOSE: Final = 1.2
_VAGUE: Final = 0.357
#: The doubt of a pronoun of which coreference says nothing ("I", "this").
_UNTOLD: Final = 0.3
_FIRST: Final = PRONOUNS.speaker | PRONOUNS.group
_ARCS_TOLD: Final = frozenset(
    ("acl", "acl:relcl", "advcl", "appos", "ccomp", "conj", "nmod", "obl", "parataxis", "xcomp")
)
_HEAVY: Final = frozenset(("acl", "acl:relcl", "nmod"))

Features = dict[str, float]


class Reader:
    """Reads the features of a document's claims; a feature that is not told is 0."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._tokens = tokens_of(doc)
        self._starts = [token.idx for token in self._tokens]
        told = analysis_of(doc)
        self._arcs, self._names = told.arcs, told.names
        self._antecedents, self._rivals = told.antecedents, told.rivals
        self._turns = Stretches(told.turns)
        self._sentences = sentence_starts(doc)
        self._sentences_read: dict[int, Features] = {}

    def chance(self, argument: Argument) -> float:
        """How probable the arc above an argument is (1 where the parser does not say)."""
        if not self._arcs:
            return 1.0
        return self._arcs[self._top(argument.head_start, argument.head_end).i]

    def features(self, claim: Claim, *, unknown: float = 0.0) -> Features:
        """The features of a claim; ``unknown`` is the doubt of a parser that tells none.

        ``distance``: the words from subject to object, as the logarithm of one more; ``doubt``: of
        the arcs between them, the negative logarithms of their chances, added; ``names``: the same
        of the entity tags of both ends; all three are capped. ``antecedent``: where an end is a
        pronoun, the negative logarithm of the chance of what it is taken to stand for. ``late``: how
        many sentences stand before, 1 for ten or more (news tells first what is plain). ``turn``: it
        stands in somebody's turn; ``by``: who read it, and of a noun with a support verb ("began a trial of")
        as if of a verb; ``subject:self``: it is the "I" or "we" of that turn, and so known.
        Those with a colon are 1 where it holds (``subject:noun``, ``by:speaker``, ``status:planned``).
        """
        subject = self._top(claim.subject.head_start, claim.subject.head_end)
        object_ = self._top(claim.object.head_start, claim.object.head_end)
        predicate = self._top(claim.predicate.start, claim.predicate.end)
        between = _between(subject, object_)
        doubt = _doubt(self._arcs, between) if self._arcs else unknown
        antecedent = max(self._antecedent(subject), self._antecedent(object_))
        out = {
            "distance": min(log1p(abs(subject.i - object_.i)), _FAR),
            "doubt": doubt,
            "loose": float(doubt > _LOOSE),
            "antecedent": antecedent,
            "vague": float(antecedent > _VAGUE),
            "rival": float(subject.i in self._rivals or object_.i in self._rivals),
            "names": self._unsure_names((claim.subject, claim.object)),
            "further": float(min(len(claim.arguments), 3)),
            "weakest": -log(max(min(map(self.chance, claim.arguments), default=1.0), _LEAST)),
            f"by:{'relations' if _is_supported(claim, predicate) else claim.extractor}": 1.0,
            f"status:{claim.status}": 1.0,
            f"said:{'speaker' if claim.attribution else 'sources' if claim.sourcing else 'text'}": 1.0,
            f"block:{claim.block}": 1.0,
            f"is:{claim.predicate.property}" if claim.predicate.property else "is:words": 1.0,
            **self._sentence(subject),
        }
        helped = any(kind == "aux" for _, _, kind in links(predicate))
        if predicate.tag_ in ("VBG", "VBN") and not helped:
            out["participle"] = 1.0
        if predicate.pos_ not in ("VERB", "AUX"):
            out["predicate:noun"] = 1.0
        if predicate.lemma_ in word_sets("features")["light"]:
            out["predicate:light"] = 1.0
        for token in (*between, *_between(subject, predicate), *_between(object_, predicate)):
            arc = token.dep_
            if arc in _ARCS_TOLD:
                out[f"arc:{arc}"] = 1.0
        for name, end, top in (
            ("subject", claim.subject, subject),
            ("object", claim.object, object_),
        ):
            out.update(self._end(name, end, top))
        if not out.get("subject:name") and not out.get("object:name"):
            out["nameless"] = 1.0
        return out

    def _sentence(self, word: Token) -> Features:
        number = bisect_right(self._sentences, word.i) - 1
        if number not in self._sentences_read:
            first, last = sentence_of(word)
            root = top_of(self._doc, first, last)
            self._sentences_read[number] = _of_sentence(
                self._tokens[first:last], root, number, spoken=self._in_turn(word)
            )
        return self._sentences_read[number]

    def _in_turn(self, word: Token) -> bool:
        return self._turns.touch(word.idx, word.idx + 1)

    def _is_turns_own(self, word: Token) -> bool:
        """Whether it is the "I" or "we" of somebody whose turn it is."""
        return word.lower_ in _FIRST and self._in_turn(word)

    def _end(self, name: str, end: Argument, top: Token) -> Features:
        if end.literal is not None:
            return {f"{name}:value": 1.0}
        if end.claim is not None:
            return {f"{name}:clause": 1.0}
        words = self.within(end.start, end.end)
        out = {f"{name}:long": min(log1p(len(words)), _FAR)}
        if self._is_turns_own(top):
            out[f"{name}:self"] = 1.0
        if top.ent_type_:
            out[f"{name}:name"] = 1.0
            out[f"{name}:{top.ent_type_}"] = 1.0
        else:
            out[f"{name}:{top.pos_}"] = 1.0
            if words[0].lower_ in word_sets("features")["definite"]:
                out[f"{name}:definite"] = 1.0
            if top.pos_ == "NOUN" and any(t.ent_type_ for t in words):
                out[f"{name}:about"] = 1.0
            if top.tag_ in ("NNS", "NNPS"):
                out[f"{name}:plural"] = 1.0
            if _is_bare(words, end):
                out[f"{name}:bare"] = 1.0
        out.update(self._edges(name, words))
        arcs = [word.dep_ for word in words]
        if "conj" in arcs[1:]:
            out[f"{name}:joined"] = 1.0
        if not _HEAVY.isdisjoint(arcs):
            out[f"{name}:heavy"] = 1.0
        return out

    def _edges(self, name: str, words: tuple[Token, ...]) -> Features:
        """Whether a name goes on beside the words."""
        out: Features = {}
        first, last = words[0].i, words[-1].i
        tokens = self._tokens
        if (tokens[first].ent_iob_ == "I") or (
            last + 1 < len(tokens) and tokens[last + 1].ent_iob_ == "I"
        ):
            out[f"{name}:cut"] = 1.0
        if last + 1 < len(tokens) and tokens[last + 1].text[:1].isupper() and tokens[last].is_title:
            out[f"{name}:goes on"] = 1.0
        return out

    def _unsure_names(self, ends: Iterable[Argument]) -> float:
        if not self._names:
            return 0.0
        found = (
            -log(max(min(self._names[t.i] for t in words), _LEAST))
            for end in ends
            if end.literal is None and (words := self.within(end.head_start, end.head_end))
        )
        return min(sum(found), _DOUBTED)

    def _antecedent(self, end: Token) -> float:
        if end.pos_ != "PRON" or self._is_turns_own(end):
            return 0.0
        told = self._antecedents.get(end.i, 1.0)
        return -log(max(told, _LEAST)) if told < 1 else _UNTOLD

    def within(self, start: int, end: int) -> tuple[Token, ...]:
        """The words that stand in these characters of the text, or reach into them."""
        first, last = self._places(start, end)
        return self._tokens[first:last]

    def _places(self, start: int, end: int) -> tuple[int, int]:
        first = max(0, bisect_right(self._starts, start) - 1)
        return first, max(first + 1, bisect_right(self._starts, max(start, end - 1)))

    def _top(self, start: int, end: int) -> Token:
        """The highest word of a stretch of text."""
        first, last = self._places(start, end)
        return top_of(self._doc, first, last)


def _is_supported(claim: Claim, predicate: Token) -> bool:
    """Whether a verb only says that what its noun tells is done: "*began* a trial of the drug"."""
    own = claim.extractor == "nominals" and predicate.pos_ == "VERB"
    return own and predicate.lemma_ in word_sets("features")["support"]


def _of_sentence(sentence: Sequence[Token], root: Token, number: int, *, spoken: bool) -> Features:
    return {
        "sentence": log1p(len(sentence)),
        "late": min(number, _LATE) / _LATE,
        "turn": float(spoken),
        "first person": float(
            any(word.pos_ == "PRON" and word.lower_ in _FIRST for word in sentence)
        ),
        "root:verb": float(root.pos_ in ("VERB", "AUX")),
    }


def _doubt(arcs: Sequence[float], tokens: Iterable[Token]) -> float:
    return min(sum(-log(max(arcs[t.i], _LEAST)) for t in tokens), _DOUBTED)


def _between(one: Token, other: Token) -> list[Token]:
    """The words whose arcs lead from one word to the other; of two sentences, up to their roots."""
    up, down = above(one), above(other)
    # Seen from the root, the two ways are one until they part.
    up_to, down_to = len(up), len(down)
    while up_to and down_to and up[up_to - 1] is down[down_to - 1]:
        up_to -= 1
        down_to -= 1
    return [*up[:up_to], *down[:down_to]]


def is_words(end: Argument) -> bool:
    """Is this told by words of its own, not by a value or a clause?"""
    return end.literal is None and end.claim is None


def words_of(doc: Doc, end: Argument) -> tuple[Token, ...]:
    """The words of an end; none of a value or a clause."""
    return analysis_of(doc).known[Reader].within(end.start, end.end) if is_words(end) else ()


def head_of(doc: Doc, end: Argument) -> tuple[Token, ...]:
    """The words of an end that name it, without what is told of it; none of a value or a clause."""
    if not is_words(end):
        return ()
    return analysis_of(doc).known[Reader].within(end.head_start, end.head_end)


def points_back(doc: Doc, end: Argument) -> bool:
    """Are these words for something told of before, without a name among them ("the firm", "the Dane")?"""
    words = words_of(doc, end)
    if not words or words[0].lower_ not in word_sets("features")["definite"]:
        return False
    return not any(word.ent_type_ for word in words) or _is_one_of_a_people(words[1:], end)


def _is_one_of_a_people(words: Iterable[Token], end: Argument) -> bool:
    return [word.ent_type_ for word in words] == ["NORP"] and end.type == "Person"


def is_bare(doc: Doc, end: Argument) -> bool:
    """Is this a noun that is nobody's name and stands alone: "the charge", "its victims"?"""
    return _is_bare(words_of(doc, end), end)


def _is_bare(words: Iterable[Token], end: Argument) -> bool:
    told = [w for w in words if w.pos_ not in ("DET", "PUNCT") and w.tag_ != "PRP$"]
    if len(told) != 1 or told[0].ent_type_:
        return _is_one_of_a_people(told, end)
    return told[0].pos_ == "NOUN" or end.label.islower()  # "*Chairman* Berg"


def is_open(doc: Doc, claim: Claim) -> bool:
    """Is an end of the claim a pronoun that may as well stand for another person?"""
    places = {doc[i].idx for i in analysis_of(doc).rivals}
    return claim.subject.head_start in places or claim.object.head_start in places


def is_guessed(doc: Doc, end: Argument) -> bool:
    """Is it such a pronoun, and does not go on with whom the words before tell of?"""
    return any(doc[i].idx == end.head_start for i in analysis_of(doc).guessed)


def is_cut(doc: Doc, end: Argument) -> bool:
    """Does the name begin before its words: "the Kenyan-*Teachers' Union*", "Kenyan *Tea Board*"?"""
    words = head_of(doc, end)
    known = marked(doc)
    start = words[0].i if words else -1
    place = bisect_right(known.starts, start) - 1
    name = known.names[place] if place >= 0 else None
    if name is None or name.end <= start or name.start < 2:
        return False
    before = doc[name.start - 1]
    tied = before.text in ("-", "–") and not before.whitespace_
    before = doc[name.start - 2] if tied else before
    hangs = before.dep_ in ("amod", "compound", "flat") and name.start <= before.head.i < name.end
    if not before.text[:1].isupper() or not hangs:
        return False
    # "Russian Gazprom": what is one word is whole
    return before.pos_ == "PROPN" or (len(name) > 1 and before.ent_type_ == "NORP")
