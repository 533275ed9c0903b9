"""What stands "according to" somebody: the source, and the words that are its."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.extract.grammar.index import below, kids
from kg.extract.speech.reported_span import Reported, ranges
from kg.extract.speech.speakers import can_speak

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSAL: Final = frozenset(
    {"ROOT", "root", "conj", "ccomp", "parataxis", "advcl", "acl:relcl", "csubj", "advcl:relcl"}
)


def source_of(according: Token) -> Token | None:
    """The X of "according to X"."""
    if according.doc[according.i + 1].lower_ != "to":
        return None
    case = according.dep_ in ("case", "mark") and according.head != according
    return according.head if case else None


def according_clause(according: Token) -> Reported | None:
    """The words that ``according`` ("according to X") covers, with X; None where X cannot speak."""
    source = source_of(according)
    if source is None or not can_speak(source):
        return None
    top = source if according.head == source else according
    own = set(below(top))
    fence = _fence(according)
    if fence is not None:
        own |= {t for t in according.sent if according.i <= t.i < fence}
    hung = _hung_on(top, own, fronted=fence is not None)
    if hung is None:
        return None
    at = _clause_covered(hung, top, own)
    own = _to_the_comma(own, according, top)
    tokens = _words_covered(at, top, own)
    if according.i > 1 and according.nbor(-1).text == "," and according.nbor(-2).dep_ == "cc":
        later = [t for t in tokens if t.i > according.i]  # "rose and, according to X, fell"
        tokens = later or tokens
    if not any(t.pos_ in ("VERB", "AUX") for t in tokens):
        return None
    parts = ranges(
        [t for t in tokens if not (t.dep_ == "mark" and t.head == at and t.tag_ != "TO")]
    )
    if top.left_edge.i < at.i and len(parts) > 1:
        parts = _without_apposition(parts, source, at, tokens)
    to = according.doc[according.i + 1]
    if not parts:
        return None
    return Reported(parts, source, None, according.idx, to.idx + len(to.text))


def _fence(according: Token) -> int | None:
    """The comma at which a source at the start of its sentence ends, whatever the parser took for the
    subject; None where a verb stands before it."""
    sentence = according.sent
    if according.i > sentence.start + 1:
        return None
    fence = next((t.i for t in sentence if t.i > according.i and t.text == ","), None)
    if fence is None or any(
        t.pos_ in ("VERB", "AUX") and t.i < fence and t.dep_[:3] not in ("acl", "amo")
        for t in sentence
        if t.i > according.i + 1
    ):
        return None
    return fence


def _hung_on(top: Token, own: set[Token], *, fronted: bool) -> Token | None:
    """What the source hangs on; where the parse hung the sentence on a ``fronted`` source, the last
    of that."""
    at = top.head
    if fronted and (at in own or at == top):
        at = top.sent.root
        while at in own:
            after = [c for c in kids(at) if c not in own and not c.is_punct]
            if not after:
                return None
            at = after[-1]
    return at if at != top else None


def _clause_covered(at: Token, top: Token, own: set[Token]) -> Token:
    """The head of the clause that is the source's, at or above what the source hangs on."""
    while at.head != at and at.dep_.replace("ROOT", "root") not in _CLAUSAL:
        at = at.head
    last = _last_word(top, own)
    at_edge = top.left_edge.i <= at.sent.start + 1 or last
    if last and top.left_edge.i > at.i:
        while at.dep_.split(":")[0] in ("advcl", "acl") and at.head != at:
            at = at.head  # what stands at the end covers the sentence
    while at.dep_ == "conj" and at_edge and at.head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        at = at.head
    return at


def _words_covered(at: Token, top: Token, own: set[Token]) -> list[Token]:
    """The words of the clause but for the source and what stands before it: "While some wrote of it,
    according to X nobody ..."."""
    fronted = {
        t
        for child in kids(at)
        if child.dep_ == "advcl" and child.i < top.left_edge.i < at.i
        for t in below(child)
    }
    after = {
        t
        for child in kids(at)
        if _goes_on_alone(child, at, top)
        for t in below(child)
        if t.i > top.i
    }
    apart = _is_apart(top, own)
    return [
        t
        for t in below(at)
        if t not in own | fronted | after and (apart or at.i > top.i or t.i < top.i)
    ]


def _goes_on_alone(part: Token, at: Token, top: Token) -> bool:
    """Whether a clause with a subject of its own follows the source: "it rose, according to X, *and the
    firm has built a gate*", which X need not have said."""
    joined = part.dep_ == "conj" and at.i < top.left_edge.i < part.left_edge.i
    return joined and any(c.dep_.startswith(("nsubj", "expl")) for c in kids(part))


def _is_apart(top: Token, own: set[Token]) -> bool:
    """Whether a comma or an "and" stands between the source and what follows it; without, what follows
    tells of the source: "according to a man who says the firm might have gone on *had it rained*"."""
    last = max(own, key=lambda t: t.i)
    after = top.doc[last.i + 1 : last.i + 2]
    return last.is_punct or all(t.is_punct or t.is_space or t.dep_ == "cc" for t in after)


def _without_apposition(
    parts: tuple[tuple[int, int], ...], source: Token, at: Token, tokens: list[Token]
) -> tuple[tuple[int, int], ...]:
    """ "According to Acme, | a security firm, | two databases were found": the apposition is left out,
    but the subject is not ("According to Acme, | the quake, | at 6.3, | was the strongest")."""
    first = parts[0]
    verbs = [t.idx for t in tokens if t.pos_ in ("VERB", "AUX")]
    if first[0] <= source.idx or any(first[0] <= v < first[1] for v in verbs):
        return parts
    subjects = [c for c in kids(at) if c.dep_.startswith("nsubj")]
    if len(subjects) != 1 or not first[0] <= subjects[0].idx < first[1]:
        return parts[1:]
    return ((first[0], parts[-1][1]),)


def _to_the_comma(own: set[Token], according: Token, source: Token) -> set[Token]:
    """Between two commas the source ends at the second, unless an apposition goes on."""
    doc = according.doc
    if according.i == 0 or doc[according.i - 1].text not in (",", "—", "–"):
        return own
    inside = sorted(own, key=lambda t: t.i)
    fence = next((t for t in inside if t.i > source.i and t.text == ","), None)
    if fence is None:
        return own
    after = [t for t in inside if t.i > fence.i and not t.is_punct]
    tops = [t for t in after if t.head not in after]
    if any(t.dep_.startswith(("appos", "acl", "conj")) for t in tops):
        return own
    return {t for t in own if t.i < fence.i}


def _last_word(top: Token, own: set[Token]) -> bool:
    last = top.sent[-1]
    while last.i > top.i and (last.is_punct or last.is_space):
        last = last.nbor(-1)
    return last in own
