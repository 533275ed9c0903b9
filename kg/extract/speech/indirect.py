"""Clauses that somebody is said to have said, without quotation marks.

Three shapes: a clause under a verb of saying ("X said that ..."), a sentence around a parenthesis
("It would, X said, rain"; "as X put it"), and a source ("according to X").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from kg.analysis import analysis_of
from kg.extract.grammar.adjuncts import is_time
from kg.extract.grammar.index import (
    below,
    kids,
    relation,
    remembered,
    spelled,
    tagged,
    tokens_of,
)
from kg.extract.grammar.stretches import Stretches
from kg.extract.grammar.subjects import is_infinitive, is_passive
from kg.extract.grammar.tree import children, preposition, sentence_of
from kg.extract.speech.according_to import according_clause
from kg.extract.speech.reported_span import (
    Reported,
    asks,
    commented,
    content_start,
    contrasts,
    has_that,
    narrated,
    ranges,
    second_subject,
    set_apart,
    told_of_who,
    told_on,
    unbroken,
    untold,
    with_speech,
)
from kg.extract.speech.speakers import can_speak, cue_range, speaker_of
from kg.extract.words.cues import cue_words, lemma
from kg.extract.words.load import rule_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OWN: Final = rule_words("indirect")

#: Words of "in a move".
_SHORTEST_JUDGEMENT: Final = 3
_JOINING: Final = _OWN["joining"]
#: What a headline's words can't end in before who says them.
_OPEN_WORDS: Final = frozenset({"ADP", "CCONJ", "SCONJ", "DET", "PRON"})


def reported_clauses(doc: Doc, inside: list[tuple[int, int]]) -> Iterator[Reported]:
    """The reported clauses in text order. ``inside`` are ranges of direct speech: what people
    report in their own speech is theirs, and is left out."""
    direct = Stretches(inside)
    for token, told in _telling(doc):
        if direct.touch(token.idx, token.idx + 1):
            continue
        found = told(token)
        if found is not None and not any(direct.touch(s, e) for s, e in found.parts):
            yield found


def _telling(doc: Doc) -> list[tuple[Token, Callable[[Token], Reported | None]]]:
    """The words that may tell what somebody says, in text order, and how each is read."""
    words = cue_words()
    tokens = tokens_of(doc)
    found: list[tuple[Token, Callable[[Token], Reported | None]]] = [
        (tokens[place], according_clause)
        for place in spelled(doc, ["according"])
        if place + 2 < len(tokens)
    ]
    for token in tagged(doc, ("VERB",)):
        said = lemma(token)
        if said in words.indirect:
            found.append((token, _under_verb))
        elif said in words.as_verbs:
            found.append((token, _as_put))
    return sorted(found, key=lambda one: one[0].i)


def told_by(token: Token) -> Reported | None:
    """The innermost reported clause that the token stands in."""
    clauses, numbers, stretches = analysis_of(token.doc).known[_by_place]
    here = sorted({numbers[at] for at in stretches.touching(token.idx, token.idx + 1)})
    return min((clauses[number] for number in here), key=_length, default=None)


def reported(doc: Doc) -> tuple[Reported, ...]:
    """All reported clauses of ``doc``, in marks or not, in text order, found once."""
    return analysis_of(doc).known[_reported]


def _reported(doc: Doc) -> tuple[Reported, ...]:
    return tuple(reported_clauses(doc, []))


def _by_place(doc: Doc) -> tuple[tuple[Reported, ...], list[int], Stretches]:
    """The reported clauses, whose part each stretch is (by its number), and the stretches."""
    clauses = reported(doc)
    parts = [(number, part) for number, one in enumerate(clauses) for part in one.parts]
    return clauses, [number for number, _ in parts], Stretches(part for _, part in parts)


def _length(clause: Reported) -> int:
    return sum(e - s for s, e in clause.parts)


@remembered
def _under_verb(verb: Token) -> Reported | None:
    """``X said that ...``, however the parse hangs what is said."""
    speaker = speaker_of(verb)
    if speaker is None:
        speaker = _speaker_behind(verb)
    if speaker is None and _impersonal(verb):
        return _of_nobody(verb)
    if speaker is None or not can_speak(speaker, verb) or unsaid(verb, speaker):
        return None
    if verb.dep_ == "ccomp" and lemma(verb) == "believe" and lemma(verb.head) in cue_words().verbs:
        return None  # "said they believe": said, once
    interrupting = _interrupting(verb, speaker)
    if interrupting is not None:
        return interrupting
    clause = _content(verb)
    if clause is None:
        parts = _beside_cue(verb) or _before_source(verb, speaker)
        if not parts:
            return _as_put(verb)
    else:
        parts = ranges(_words_told(verb, clause))
    return Reported(parts, speaker, verb, *cue_range(verb)) if parts else None


def _speaker_behind(verb: Token) -> Token | None:
    """``It would rain, said X``, where the parse takes the speaker for an object."""
    if verb.tag_ not in ("VBD", "VBZ", "VBN") or not verb.i or verb.nbor(-1).text != ",":
        return None
    after = [
        c
        for c in children(verb, "iobj", "obj", "ccomp")
        if c.left_edge.i == verb.i + 1
        and c.pos_ in ("NOUN", "PROPN", "PRON")
        and not any(g.dep_.startswith(("cop", "nsubj", "aux")) for g in kids(c))
    ]
    return after[0] if after and can_speak(after[0], verb) else None


def _of_nobody(verb: Token) -> Reported | None:
    """``It was reported that ...``."""
    clause = _content(verb)
    if clause is None or clause.i < verb.i or asks(clause):
        return None
    parts = ranges(unbroken(verb, [t for t in below(clause) if not _that(t, clause)], None))
    return Reported(parts, None, verb, *cue_range(verb)) if parts else None


def _words_told(verb: Token, clause: Token) -> list[Token]:
    """The words that the verb tells; none where ``clause`` asks, or is not told by it."""
    around = verb in below(clause)
    if (
        asks(clause)
        or _lacks_subject(verb, clause)
        or (around and verb.dep_ not in ("parataxis", "advcl"))
    ):
        return []
    skip = set(below(verb)) if around else set()
    tokens = [t for t in below(clause) if t not in skip] + second_subject(verb, clause)
    for more in children(verb, "ccomp", "xcomp"):  # "only this appeared | capable of it"
        if verb.i < clause.i < more.i and more.left_edge.i <= clause.right_edge.i + 1:
            tokens += [t for t in below(more) if t not in skip]
    for more in children(verb, "conj"):
        if told_on(verb, clause, more):
            tokens += list(below(more))
    own = [c for c in kids(clause) if contrasts(clause, c) or narrated(verb, clause, c)]
    own += [c for c in below(clause) if _is_narrators(c, clause)]
    drop = {t for c in own for t in below(c)}
    drop |= {t for t in kids(clause) if t.dep_ == "mark" and t.lower_ in ("that", "as")}
    tokens = [t for t in tokens if t not in drop]
    if clause.i > verb.i:
        return unbroken(verb, tokens, _start(verb, clause))
    return tokens if set_apart(verb, tokens) else []


def _is_narrators(part: Token, clause: Token) -> bool:
    """Whether what hangs on what is told is not told with it."""
    return with_speech(part) or commented(part) or untold(part) or told_of_who(part, clause)


def _lacks_subject(verb: Token, clause: Token) -> bool:
    """ "measures that the council says *harmed the town*": what did it stands before the verb."""
    if verb.dep_ != "acl:relcl" or has_that(clause):
        return False
    parts = {c.dep_.split(":")[0] for c in kids(clause) if c.i > verb.i}
    return clause.i > verb.i and parts.isdisjoint({"nsubj", "csubj", "expl", "mark"})


def _start(verb: Token, clause: Token) -> int | None:
    """Where what is told begins, behind the verb."""
    that = has_that(clause)
    if that is not None and (
        verb.doc[that.i - 1].text != "," or lemma(verb) in cue_words().addressee_object
    ):
        return that.i + 1  # "told his mother, who lives in Ohio, that ..."
    return content_start(verb, clause)


def _impersonal(verb: Token) -> bool:
    """ "It was reported that ...": nobody is named."""
    return any(c.dep_ == "aux:pass" and c.tag_ == "VBD" for c in kids(verb)) and any(
        c.lower_ == "it" and c.dep_ in ("expl", "nsubj:pass") and c.i < verb.i for c in kids(verb)
    )


def _that(token: Token, clause: Token) -> bool:
    return token.dep_ == "mark" and token.head == clause and token.lower_ == "that"


def unsaid(verb: Token, speaker: Token) -> bool:
    """Whether it is only thought of as said, or not said: "one could argue", "did not say", "is
    expected to argue", "until he agrees"."""
    if is_infinitive(verb) and relation(verb) == "xcomp" and is_passive(verb.head):
        return True
    if is_infinitive(verb) and relation(verb) == "acl" and verb.head.i < verb.i:
        return (
            verb.head.lemma_.lower() not in _OWN["messages"]
        )  # "a campaign *to warn* people that"
    if never_said(verb, speaker):
        return True
    if speaker.lower_ == "one" and not children(speaker, "nmod"):
        return True  # but "one of the guards said"
    if verb.tag_ in ("VBZ", "VBP") and any(
        m.lower_ in _OWN["conditions"] for m in children(verb, "mark")
    ):
        return True
    return bool(_helpers(verb) & _OWN["unsaid"])


def never_said(verb: Token, speaker: Token) -> bool:
    """Whether it is told that it was not said: "did *not* say", "*nobody* said"; but "did not *just*
    say"."""
    words = _helpers(verb)
    if words & _OWN["not_said"]:
        return not words & _OWN["not_only"]
    return speaker.lower_ in _OWN["nobody"]


def _helpers(verb: Token) -> set[str]:
    return {c.lower_ for c in kids(verb) if c.dep_ in ("aux", "advmod")}


def _beside_cue(verb: Token) -> tuple[tuple[int, int], ...] | None:
    """The content where the parser hung no clause under the verb: right of it stands a clause that
    it joined to something else ("the embassy confirmed | two pilgrims died"), or a noun with what
    looks like its participle ("reported | a block of flats collapsed")."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or children(verb, "ccomp", "xcomp"):
        return None
    if verb.dep_ in ("acl:relcl", "acl") or any(
        c.dep_ in ("nsubj:pass", "aux:pass") for c in kids(verb)
    ):
        return None
    start = content_start(verb)
    if start is None or start >= sentence_of(verb)[1]:
        return None
    doc = verb.doc
    objects = [c for c in children(verb, "obj") if c.i > verb.i]
    if objects:
        sure = lemma(verb) in cue_words().clause_only and objects[0].left_edge.i >= start
        clause = sure and any(_is_bare_participle(part) for part in kids(objects[0]))
        return ranges(list(doc[start : objects[0].right_edge.i + 1])) if clause else None
    top = doc[start]
    while top.head != top and top.head.i > verb.i and top.head not in below(verb):
        top = top.head
    if top.left_edge.i != start or top in below(verb) or top.head.i >= verb.i:
        return None
    if not any(c.dep_.startswith("nsubj") for c in kids(top)):
        return None
    return ranges(list(below(top)))


def _is_bare_participle(part: Token) -> bool:
    """Whether what the parse took for a participle ("a block *collapsed*") can be a noun's verb."""
    told = part.dep_ == "acl" and part.tag_ in ("VBN", "VBD") and part.nbor(-1).text != ","
    bare = not any(c.dep_.startswith(("nsubj", "obl:agent")) for c in kids(part))
    by = any(g.lower_ in ("by", "with") for c in kids(part) for g in kids(c))
    return told and bare and not by


def _before_source(verb: Token, speaker: Token) -> tuple[tuple[int, int], ...] | None:
    """ "BAKER KILLED IN FIRE POLICE SAY": a headline that ends in who says it, without a comma."""
    doc, end = verb.doc, verb.i + 1
    if speaker.i > verb.i or (end < len(doc) and "\n" not in doc[end].text):
        return None
    start = speaker.left_edge.i
    while start and "\n" not in doc[start - 1].text:
        start -= 1
    told = [*doc[start : speaker.left_edge.i]]
    while told and (told[-1].is_punct or told[-1].is_space):
        told.pop()
    if not told or told[-1].pos_ in _OPEN_WORDS or told[0].tag_ in ("WP", "WRB", "WDT", "IN"):
        return None
    happens = any(t.tag_ in ("VBN", "VBD", "VBZ", "VBP") for t in told[1:])
    return ranges(told) if happens else None


def _interrupting(verb: Token, speaker: Token) -> Reported | None:
    """``It would, X said, rain`` and ``It would rain, said X on Monday.``, by the commas alone."""
    subject = _subject_of_parenthesis(verb, speaker)
    frame = _frame(verb, subject) if subject is not None else None
    if frame is None:
        return None
    left, after = frame
    before, rest = _told_before(verb, left), _told_behind(verb, after)
    if rest and rest[0].lower_ == "that" and rest[0].dep_ == "mark":
        before = []  # "it fell, suggesting, Lund noted, *that it was old*"
    if not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in [*before, *rest]):
        return None
    parts = ranges([*before, *rest])
    return Reported(parts, speaker, verb, *cue_range(verb)) if parts else None


def _subject_of_parenthesis(verb: Token, speaker: Token) -> Token | None:
    """The subject of a verb of saying that has no other part, so that it can be a parenthesis."""
    subjects = [c for c in kids(verb) if c.dep_ == "nsubj"]
    if not subjects:
        subjects = [c for c in children(verb, "iobj", "obj", "ccomp") if c == speaker]
    helped = any(c.dep_.startswith("aux") for c in kids(verb))
    if helped or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
        return None
    between = next((c for c in subjects if fenced(verb, c)), None)
    if between is not None:
        return between
    if len(subjects) != 1 or verb.dep_ == "acl:relcl":
        return None
    more = any(
        c.i > verb.i and c.dep_ in ("obj", "iobj", "xcomp", "ccomp") and c not in subjects
        for c in kids(verb)
    )
    return None if more else subjects[0]


def _frame(verb: Token, subject: Token) -> tuple[int, int] | None:
    """Where a parenthesis begins, right behind its comma, and where it has ended."""
    doc, (first, end) = verb.doc, sentence_of(verb)
    left, right = min(verb.i, subject.left_edge.i), max(verb.i, subject.right_edge.i)
    while left - 1 > first and doc[left - 1].head == verb and doc[left - 1].pos_ == "ADV":
        left -= 1
    asked = subject.lower_ in cue_words().open_questions
    if asked or left <= first or doc[left - 1].text != ",":
        return None
    after = right + 1
    while after < end and after <= right + 6 and doc[after].text not in (",", ".", ";"):
        if doc[after].pos_ in ("VERB", "AUX", "SCONJ", "PRON") or doc[after].is_quote:
            return None
        after += 1
    if after < end and doc[after].text not in (",", ".", ";") and not doc[after].is_space:
        return None
    return left, after


def _told_before(verb: Token, left: int) -> list[Token]:
    """The words from the sentence's start to the parenthesis that begins at ``left``."""
    sentence = verb.sent
    low = max(
        (t.i + 1 for t in sentence if t.i < left and t.text in (";", ":")), default=sentence.start
    )
    before = list(verb.doc[low : left - 1])
    if before and (before[-1].tag_ in ("WDT", "WP", "WRB") or before[-1].lower_ in _JOINING):
        return []  # "..., which, she said, came back": the relative clause is told
    return before


def _told_behind(verb: Token, after: int) -> list[Token]:
    """The words behind the comma at ``after``, which closes a parenthesis, to the sentence's end."""
    sentence = verb.sent
    if after >= sentence.end or verb.doc[after].text != ",":
        return []
    high = min((t.i for t in sentence if t.i > after and t.text == ";"), default=sentence.end)
    rest = list(verb.doc[after + 1 : high])
    joined = rest and (rest[0].pos_ == "CCONJ" or rest[0].tag_ in ("VBG", "WDT", "WP", "WRB"))
    return [] if joined or _judges(rest) else rest


def _judges(rest: list[Token]) -> bool:
    """ "It will close, they said, *in a move* that shocked many": what the narrator makes of it."""
    if len(rest) < _SHORTEST_JUDGEMENT or [t.lower_ for t in rest[:2]] not in (
        ["in", "a"],
        ["in", "an"],
    ):
        return False
    return rest[0].head.lemma_.lower() in _OWN["moves"]


def fenced(verb: Token, subject: Token) -> bool:
    """Whether subject and verb are all that stands between two commas: ", he noted,"."""
    tokens, left, right = tokens_of(verb.doc), subject.left_edge.i, verb.i
    if subject.i > verb.i:
        left, right = verb.i, subject.right_edge.i  # ", says the study,"
    if right - left > 8 or left == 0 or right + 1 >= len(tokens):
        return False
    between = tokens[subject.right_edge.i + 1 : verb.i] or tokens[verb.i + 1 : subject.left_edge.i]
    if any(t.pos_ not in ("ADV", "AUX") for t in between):
        return False
    return tokens[left - 1].text == "," and tokens[right + 1].text == ","


def _content(verb: Token) -> Token | None:
    """The head of the clause that the verb brings in. Parsers call it ``ccomp``, but also other
    things where it has no verb ("with officials saying this is for security reasons")."""
    clauses = sorted(children(verb, "ccomp"), key=lambda c: (c.i < verb.i, c.i))
    others = [
        c
        for c in children(verb, "obl", "obj", "advcl", "xcomp", "parataxis", "acl")
        if c.i > verb.i
        and not any(m.dep_ == "mark" and m.lower_ in cue_words().subordinating for m in kids(c))
        and any(m.dep_.startswith("nsubj") and verb.i < m.i < c.i for m in kids(c))
        and not any(t.text in (";", ":", ",", "(", "—") for t in verb.doc[verb.i : c.left_edge.i])
        and c.left_edge.text != ";"  # "continues to write; her last book was read by many"
    ]
    for clause in [*clauses, *others]:
        if any(c.dep_ == "mark" and c.lower_ == "to" for c in kids(clause)) and not any(
            c.dep_.startswith(("nsubj", "expl")) for c in kids(clause)
        ):
            continue
        if second_subject(verb, clause) or any(
            c.dep_.startswith(("nsubj", "csubj", "expl")) or c.dep_ in ("aux", "aux:pass")
            for c in kids(clause)
        ):
            return clause
    return None


def _as_put(verb: Token) -> Reported | None:
    """``As X put it, ...``."""
    if not verb.dep_.startswith("advcl") or lemma(verb) not in cue_words().as_verbs:
        return None
    if not any(c.dep_ == "mark" and c.lower_ == "as" for c in kids(verb)):
        return None
    speaker = speaker_of(verb)
    if speaker is None or not can_speak(speaker, verb) or speaker.head != verb:
        return None
    objects = children(verb, "obj", "ccomp", "xcomp")
    if any(o.lower_ not in _OWN["as_it"] for o in objects):
        return None
    if lemma(verb) in _OWN["talks_on"] and any(
        preposition(c) == "on" and not is_time(c) for c in children(verb, "obl")
    ):
        return None  # "as Lund remarked *on the vote*, the lights went out"
    own = set(below(verb))
    parts = ranges([t for t in below(verb.head) if t not in own])
    return Reported(parts, speaker, verb, *cue_range(verb)) if parts else None
