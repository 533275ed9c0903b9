"""Where what somebody is reported to have said begins and ends, by the tree and, where the parser
is often wrong ("told the press the officers ..."), by the words alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.extract.grammar.annotations import names_of
from kg.extract.grammar.index import below, kids, tokens_of
from kg.extract.grammar.tree import TENSED, children, sentence_of
from kg.extract.words.cues import cue_words, lemma
from kg.extract.words.load import rule_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OWN: Final = rule_words("reported_span")

_WHO: Final = frozenset({"WP", "WP$", "WDT"})
_DASHES: Final = frozenset({"--", "—", "–", "―"})
_NOMINAL_WORDS: Final = frozenset({"DET", "ADJ", "NUM", "NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class Reported:
    """A reported clause: the character ranges of its words, its cue and its speaker, who is None
    in "it was reported that"."""

    parts: tuple[tuple[int, int], ...]
    speaker: Token | None
    verb: Token | None
    cue_start: int
    cue_end: int


def told_on(verb: Token, clause: Token, more: Token) -> bool:
    """Whether ``more``, which the parser joined to the verb of saying, goes on with what is said:
    "noted that none was asked and the ship was gone", "said costs rise, but they may fall again"."""
    if not any(c.dep_.startswith(("nsubj", "expl")) for c in kids(more)) or _tells_of_who(
        more, clause
    ):
        return False
    if lemma(more) in cue_words().verbs:
        return False
    first = more.left_edge
    if first.i == clause.right_edge.i + 1 and first.lower_ == "and":
        return True
    if first.text == "," and first.i + 1 < len(verb.doc):
        first = first.nbor(1)
    if first.lower_ not in ("and", "but") or verb.tag_ not in ("VBD", "VBN"):
        return False
    group = [more, *(c for c in kids(more) if c.dep_ in ("aux", "aux:pass", "cop"))]
    if any(t.tag_ == "MD" for t in group):
        return True
    return any(t.tag_ in ("VBZ", "VBP") for t in group)  # present, where the narrator's is past


def contrasts(clause: Token, part: Token) -> bool:
    """ ", while Y cancelled hers" after "X's would be cancelled": the narrator's again."""
    if part.dep_ != "advcl" or part.i < clause.i or part.tag_ != "VBD":
        return False
    marks = [c for c in kids(part) if c.dep_ == "mark" and c.lower_ in ("while", "whereas")]
    own = any(c.dep_.startswith("nsubj") for c in kids(part))
    if marks and own and lemma(part) in cue_words().verbs:
        return True  # ", while Y called it ..."
    would = any(c.dep_ == "aux" and c.tag_ == "MD" for c in kids(clause))
    before = part.left_edge.i - 1
    comma = part.doc[before].text == "," or part.left_edge.text == ","
    return bool(marks) and own and would and comma


def narrated(verb: Token, clause: Token, part: Token) -> bool:
    """ "said they were treating it as suspicious and asked ...": a plain past that cannot go on with
    the auxiliaries of what is said goes on with "said"; "*admitting* that he had it, but *dropping* out"."""
    if part.dep_ != "conj" or part.head != clause or part.tag_ != verb.tag_:
        return False
    parts = {c.dep_ for c in kids(part)}
    if verb.tag_ == "VBG":
        return clause.tag_ in TENSED and "aux" not in parts
    if verb.tag_ != "VBD":
        return False
    return clause.tag_ in ("VBG", "VBN") and parts.isdisjoint(
        {"nsubj", "nsubj:pass", "expl", "aux"}
    )


def untold(part: Token) -> bool:
    """ ", although he *would not say* why" behind what is said: what was not said is not told with it."""
    if part.dep_ not in ("advcl", "conj") or lemma(part) not in cue_words().verbs:
        return False
    helpers = {c.lower_ for c in children(part, "aux", "advmod")}
    if helpers.isdisjoint(_OWN["not_said"]) or helpers.isdisjoint(_OWN["had_to_say"]):
        return False
    who = [c for c in kids(part) if c.dep_.startswith("nsubj")]
    first = part.left_edge
    apart = "," in (first.text, first.nbor(-1).text if first.i else "")
    joined = {c.lower_ for c in children(part, "mark", "cc")}
    return apart and not joined.isdisjoint(_OWN["yet"]) and all(c.pos_ == "PRON" for c in who)


def commented(part: Token) -> bool:
    """ ", a charge *the council rejects*" behind what is said, " — a line *that came back*": what the narrator
    tells of it."""
    if part.lemma_.lower() not in _OWN["said_things"] or part.left_edge.i == 0:
        return False
    first = part.left_edge
    dash = first.text in _DASHES or first.nbor(-1).text in _DASHES
    apart = dash or first.text == "," or first.nbor(-1).text == ","
    some = any(c.lower_ in ("a", "an") for c in children(part, "det"))
    if dash and some and children(part, "acl:relcl"):
        return True
    return (
        apart
        and some
        and any(
            c.lemma_ in _OWN["taking_up"] and any(g.dep_.startswith("nsubj") for g in kids(c))
            for c in children(part, "acl")
        )
    )


def told_of_who(part: Token, clause: Token) -> bool:
    """ "who said he was leaning to it *and who took long to answer*": a second "who" goes on with the first,
    not with what is said."""
    return part.dep_ == "conj" and part.head == clause and _tells_of_who(part, clause)


def _tells_of_who(part: Token, clause: Token) -> bool:
    subjects = (c for c in kids(part) if c.dep_.startswith("nsubj"))
    asked = any(t.tag_ in _WHO for t in below(clause) if t.i < part.left_edge.i)
    return not asked and any(c.tag_ in _WHO for c in subjects)


def with_speech(part: Token) -> bool:
    """Whether another cue follows, so that what is said has ended: ", with local press claiming
    ...", ", adding that ..."."""
    if part.dep_ != "advcl" or part.tag_ != "VBG" or lemma(part) not in cue_words().verbs:
        return False
    after = part.doc[part.i + 1 : part.i + 2]
    if not children(part, "ccomp") and not any(t.is_quote for t in after):
        return False
    first = part.left_edge
    if first.text == "," and first.i + 1 < len(part.doc):
        first = first.nbor(1)
    if first.i == 0 or first.nbor(-1).text != ",":
        return False
    return first.lower_ == "with" or (first == part and lemma(part) in cue_words().indirect)


def has_that(clause: Token) -> Token | None:
    """The "that" that brings the clause in."""
    return next((c for c in kids(clause) if c.dep_ == "mark" and c.lower_ == "that"), None)


def unbroken(verb: Token, tokens: list[Token], start: int | None) -> list[Token]:
    """All words after the verb from the first to the last of ``tokens``: what the parser hung
    elsewhere in between is told too. ``start`` is where the content begins by the words alone."""
    after = [t.i for t in tokens if t.i > verb.i and not t.is_space]
    if not after:
        return []
    low = min(after) if start is None else start
    found = [t for t in tokens_of(verb.doc)[low : max(after) + 1] if not t.is_space]
    for i, token in enumerate(found):
        if token.text == ";" and any(
            t.pos_ == "VERB" and lemma(t) in cue_words().indirect for t in found[i:]
        ):
            return found[:i]  # "... its remit; the paper also noted ..."
    return found


def set_apart(verb: Token, tokens: list[Token]) -> bool:
    """Whether a content that precedes its verb is set off from it: "It is so, X said"."""
    last = max((t.i for t in tokens if not t.is_space and not t.is_punct), default=-1)
    between = verb.doc[last + 1 : verb.i]
    return any(t.is_punct and t.text not in "()" for t in between)


def content_start(verb: Token, clause: Token | None = None) -> int | None:
    """Where what is said begins, by the words alone: after the one who is told, times and places
    ("told the press | the officers ...", "announced on Friday | the new region ..."). None where
    nothing is left in the sentence."""
    doc, end = verb.doc, sentence_of(verb)[1]
    words = cue_words()
    at, steps = verb.i + 1, [verb.i + 1]
    if lemma(verb) in words.addressee_object:
        at = _after_addressee(verb, at)
    while at < end:
        token = doc[at]
        after = at
        if token.text == "," or token.is_space or token.dep_ == "compound:prt":
            after = at + 1
        elif token.lower_ == "that" and token.dep_ == "mark":
            return at + 1
        elif _tells_how(token, verb, clause):
            after = at + 1
        elif token.tag_ == "VBG" and token.lemma_ in _OWN["citing"] and at - verb.i <= 2:
            after = _after_comma(doc, at, end)
        elif _counts(token):
            break  # "said | *at least* two men had left"
        elif token.lower_ in cue_words().before_content and token.pos_ == "ADP":
            after = _after_phrase(doc, at + 1, end)
            after = at if after == at + 1 else after  # "said, *at* worst, it"
        elif _is_time(token):
            after = _after_phrase(doc, at + (token.pos_ == "ADV"), end)
        if after == at or (after < end and doc[after].lower_ in ("'s", "’s", "'", "’")):
            break
        steps.append(after)
        at = after
    if at < end and doc[at].pos_ in ("VERB", "AUX") and len(steps) > 1:
        at = steps[-2]  # "said this week would be hard"
    return at if at < end else None


def _tells_how(adverb: Token, verb: Token, clause: Token | None) -> bool:
    """Whether an adverb tells of the saying, or of what is said without opening it, as in "said | *typically*,
    homes flood", "said | *apart* from that, it rose"."""
    if adverb.dep_ != "advmod" or adverb.pos_ != "ADV" or adverb.head not in (verb, clause):
        return False
    held = any(not c.is_punct for c in kids(adverb))
    opens = held or adverb.nbor(1).text == ","
    return adverb.head == verb or _is_time(adverb) or not opens


def _counts(word: Token) -> bool:
    """Whether it begins "at least two", "at most two"."""
    least = word.nbor(1) if word.i + 1 < len(word.doc) else word
    return word.lower_ == "at" and least.tag_ in ("JJS", "RBS") and least.head.pos_ == "NUM"


def _after_comma(doc: Doc, at: int, end: int) -> int:
    """Behind the next comma: "reported, citing *the police*, | the road was closed"."""
    comma = next((t.i for t in doc[at : min(end, at + 15)] if t.text == ","), None)
    return at if comma is None else comma + 1


def _is_time(token: Token) -> bool:
    times = cue_words().times
    after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    return token.lower_ in times or (token.lower_ in _OWN["near_times"] and after in times)


def _after_phrase(doc: Doc, at: int, end: int) -> int:
    """The end of the noun phrase that begins at ``at``; a day ends it."""
    times, low = cue_words().times, at
    while at < end:
        token = doc[at]
        if token.lower_ in times:
            at += 1
            while at < end and (
                doc[at].lower_ in times or (doc[at].pos_ == "NUM" and len(doc[at]) in (1, 2, 4))
            ):
                at += 1
            return at
        whose = token.dep_ == "nmod:poss" or token.tag_ in ("POS", "PRP$")
        if token.pos_ not in _NOMINAL_WORDS and not whose and token.text != "of":
            break
        begins = token.pos_ in ("DET", "ADJ", "NUM") or token.tag_ == "PRP$"
        if at > low and begins and doc[at - 1].pos_ in ("NOUN", "PROPN"):
            break
        at += 1
        if token.pos_ == "NUM" and len(token) == 4:
            break
    if at == low and at < end and doc[at].pos_ == "PRON":
        at += 1
    return at


def _after_addressee(verb: Token, at: int) -> int:
    """The end of the one who is told: a name, or a noun phrase, right after the verb."""
    doc, end = verb.doc, sentence_of(verb)[1]
    apart = _told_apart(verb, at)
    if apart is not None:
        return apart
    name = next((e for e in names_of(doc) if e.start in (at, at + 1) and e.end <= end), None)
    if name is not None and (name.start == at or doc[at].pos_ == "DET"):
        if doc[name.end].pos_ in ("VERB", "AUX") if name.end < end else True:
            return at  # "promised Lopez would come"
        after = name.end
        while after < end and doc[after].pos_ == "PROPN" and not doc[after].ent_type_:
            after += 1  # "The Leeds | Post"
        if after + 1 < end and doc[after].text == "-" and not doc[after - 1].whitespace_:
            after += 2  # "Agence | -Presse"
        while after < end and doc[after].pos_ == "NOUN" and doc[after].lower_ in cue_words().people:
            after += 1
        return after
    if at < end and doc[at].pos_ == "PRON" and doc[at].tag_ == "PRP" and at + 1 < end:
        return at + 1 if doc[at + 1].pos_ not in ("VERB", "AUX", "ADV", "PART") else at
    low = at
    while (low < end and doc[low].pos_ in ("DET", "ADJ")) or (
        low < end and doc[low].tag_ == "PRP$"
    ):
        low += 1
    if low < end and doc[low].pos_ == "NOUN":
        next_ = doc[min(_after_time(doc, low + 1, end), end - 1)] if low + 1 < end else None
        other = next_ is not None and (next_.pos_ == "DET" or next_.tag_ in ("PRP", "PRP$"))
        if next_ is not None and next_.pos_ in ("VERB", "AUX"):
            return at  # "warned *workers* would leave"
        several = low > at or doc[low].tag_ == "NNS"  # "told *crews* she left"
        if doc[low].lower_ in cue_words().people or (other and several):
            return low + 1  # "told our correspondent | a ship"
    return at


def _after_time(doc: Doc, at: int, end: int) -> int:
    """Behind the time that stands at ``at``: "warned the town *in March* | the gate was dead"."""
    within = doc[at].pos_ == "ADP" and at + 1 < end and _is_time(doc[at + 1])
    return (
        _after_phrase(doc, at + within, end) if within or (at < end and _is_time(doc[at])) else at
    )


def _told_apart(verb: Token, at: int) -> int | None:
    """The end of the one who is told where a comma or a day parts it from what is told: "told a
    news conference Wednesday, the ships ...", "told the agency, AFP, the ships ..."."""
    for whom in children(verb, "iobj"):
        after = whom.right_edge.i + 1
        if (
            whom.left_edge.i == at
            and after < sentence_of(verb)[1]
            and whom.pos_ in ("NOUN", "PROPN")
        ):
            parted = verb.doc[after].text == "," or _is_time(verb.doc[after])
            if parted and not any(c.dep_ == "acl:relcl" for c in kids(whom)):
                return after
    return None


def second_subject(verb: Token, clause: Token) -> list[Token]:
    """The words of a subject that the parser gave to the verb of saying and that is the clause's:
    "X said on Friday *the state* is ready"."""
    if any(c.dep_ == "mark" and c.lower_ == "that" for c in kids(clause)):
        return []
    own = any(c.dep_.startswith(("nsubj", "expl", "csubj")) for c in kids(clause))
    between = [c for c in kids(verb) if verb.i < c.i < clause.i]
    found = [c for c in between if c.dep_ in ("nsubj", "nsubj:outer")]
    before = any(c.dep_.startswith("nsubj") and c.i < verb.i for c in kids(verb))
    if found and not before:
        found = []
    if not own and not found:
        objects = [c for c in between if c.dep_ in ("obj", "iobj")]
        if lemma(verb) in cue_words().addressee_object:
            objects = objects[1:]  # the first is the one who is told
        found = [c for c in objects[-1:] if c.right_edge.i >= clause.left_edge.i - 2]
    return [t for s in found for t in below(s)]


def asks(clause: Token) -> bool:
    """Whether the clause is an open question: "said which of them", "told how"."""
    if has_that(clause):
        return False  # "that few if any use it"
    for child in kids(clause):
        first = child.left_edge
        if child.i < clause.i and first.dep_ == "det" and first.tag_ in ("WDT", "WP"):
            return True  # "explain *what role* it had"
        if child.i < clause.i and child.lower_ in cue_words().open_questions:
            return child.dep_ in ("mark", "advmod", "obj", "nsubj", "obl", "nsubj:pass")
    return False


def ranges(tokens: list[Token]) -> tuple[tuple[int, int], ...]:
    """The character ranges of the unbroken stretches of ``tokens``, without outer punctuation and
    without stretches that are only punctuation or a conjunction, which none begins with but what goes
    on: "It rose, she said, *and* fell"."""
    runs: list[list[Token]] = []
    for token in sorted((t for t in tokens if not t.is_space), key=lambda t: t.i):
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    out: list[tuple[int, int]] = []
    outer = (",", ";", ":", "—", "–", "―", "-", ".", "…")
    for run in runs:
        low, high = 0, len(run)
        while low < high and (run[low].text in outer or (not out and _joins(run[low]))):
            low += 1
        while low < high and run[high - 1].text in (*outer, "?", "!"):
            high -= 1
        if any(t.is_alpha or t.like_num for t in run[low:high]):
            out.append((run[low].idx, run[high - 1].idx + len(run[high - 1].text)))
    return tuple(out)


def _joins(token: Token) -> bool:
    """ "*and*"; the "whether" of "whether it leaked, as the mayor argued", who argued that it did."""
    asks_it = token.dep_ == "mark" and token.lower_ == "whether"
    return asks_it or (token.dep_ == "cc" and token.lower_ in _OWN["joining"])
