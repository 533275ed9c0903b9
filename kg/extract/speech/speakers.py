"""Who says it: the speaker, the one spoken to and the occasion of a cue word.

A cue is a verb ("said"), a noun ("his assertion that") or a preposition ("according to"). All
functions read a parse in Universal Dependencies and return tokens; `as_argument` turns one into
a plain `Argument`. Word lists are in ``words/en/cues.toml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.extract.grammar.annotations import name_at, text_of
from kg.extract.grammar.index import below, kids
from kg.extract.grammar.labels import topic_label, type_hint
from kg.extract.grammar.tree import children, sentence_of
from kg.extract.words.cues import cue_words, lemma
from kg.model import Argument

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
_VERBAL: Final = frozenset({"VERB", "AUX"})
NAMED: Final = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT"})
_CLAUSES: Final = ("acl", "advcl", "parataxis", "ccomp", "csubj")


def speaker_of(verb: Token) -> Token | None:
    """The head word of who says it: the subject; a passive's agent; for "stating", "to say" and
    a shared subject, that of the verb above; for "who said", the one that "who" means. A person
    who stands right before the verb wins over a parse that has somebody else."""
    found = _by_tree(verb)
    beside = _beside(verb)
    if found is None:
        return beside
    if (
        beside is not None
        and beside.i < verb.i
        and beside.ent_type_ == "PERSON"
        and beside.i not in {t.i for t in below(found)}
        and found.ent_type_ != "PERSON"
        and found.pos_ != "PRON"
    ):
        return beside
    return found


_SKIPPED: Final = frozenset(
    ["also", "later", "further", "then", "has", "had", "have", "previously"]
)
_SPEAKING: Final = frozenset(["he", "she", "they", "it", "we", "i"])


def _beside(verb: Token) -> Token | None:
    """The speaker by place alone: the name or pronoun right before the verb (a comma may stand
    between, where an apposition ends), else, after "said", the noun phrase that follows."""
    doc = verb.doc
    at = verb.i - 1
    while at >= 0 and (doc[at].lower_ in _SKIPPED or (doc[at].text == "," and at == verb.i - 1)):
        at -= 1
    if at >= 0 and sentence_of(doc[at])[0] >= sentence_of(verb)[0] - 60:
        token = doc[at]
        if token.ent_type_ == "PERSON" or token.lower_ in _SPEAKING:
            return _top_of_name(token)
        if token.ent_type_ in NAMED and at == verb.i - 1:
            return _top_of_name(token)
    if verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    for token in doc[verb.i + 1 : verb.i + 9]:
        if token.is_punct or token.pos_ in ("VERB", "AUX", "ADP", "SCONJ"):
            break
        if token.ent_type_ == "PERSON" or token.lower_ in _SPEAKING:
            return _top_of_name(token)
    return None


def _top_of_name(token: Token) -> Token:
    while (
        token.head != token
        and token.head.ent_type_ == token.ent_type_
        and token.ent_type_
        and token.dep_.split(":")[0] in ("flat", "compound", "nmod", "appos")
        and abs(token.head.i - token.i) < 6
    ):
        token = token.head
    return token


def _by_tree(verb: Token) -> Token | None:
    seen = 0
    at = verb
    while seen < 6:
        seen += 1
        quoted = _quoted_as(at)
        if quoted is not None:
            return quoted
        passive = any(c.dep_ in ("aux:pass", "nsubj:pass") for c in kids(at)) or (
            at.dep_ == "acl" and "Part" in at.morph.get("VerbForm", []) and at.tag_ == "VBN"
        )
        if passive:
            agent = [c for c in children(at, "obl") if _has_case(c, "by")]
            return agent[0] if agent else None
        subject = [c for c in kids(at) if c.dep_ in ("nsubj", "nsubj:outer")]
        if len(subject) > 1 and subject[0].i < at.i:
            subject = [c for c in subject if c.i < at.i]  # the others are the clause's
        if subject:
            return _antecedent(subject[-1], at)
        relation = at.dep_.split(":")[0]
        if relation in ("conj", "xcomp", "advcl") and at.head != at:
            if relation == "advcl" and not _nonfinite(at):
                return None
            if relation == "advcl" and at.tag_ == "VBG" and _after_comma(at):
                at = _sayer(at.head, at)  # "said it was fair, adding that"
                continue
            if relation == "xcomp":
                controller = children(at.head, "obj", "iobj")
                if controller and lemma(at.head) in cue_words().addressee_object:
                    return controller[0]
            at = at.head
            if at.pos_ not in _VERBAL and relation == "conj":
                return None
            continue
        if relation == "acl" and at.head != at and _nonfinite(at):
            upper = at.head.head
            if (
                at.tag_ == "VBG"
                and _after_comma(at)
                and at.head.dep_ in ("obj", "obl")
                and upper.pos_ in _VERBAL
            ):
                at = _sayer(upper, at)  # "bars the plan, ruling that": the court rules
                continue
            return at.head
        return None
    return None


def _after_comma(verb: Token) -> bool:
    first = verb.left_edge
    return first.text == "," or (first.i > 0 and first.nbor(-1).text == ",")


def _sayer(verb: Token, after: Token) -> Token:
    """The verb of saying, before ``after``, that governs a clause; else the clause's verb."""
    said = verb.head
    if verb.dep_ == "acl" and said.lemma_.lower() in cue_words().occasions:
        verb, said = said, said.head  # "said in a statement that it was sorry, adding that"
        return said if lemma(said) in cue_words().indirect else verb
    told = verb.dep_ == "ccomp" and said.i < after.i and lemma(said) in cue_words().indirect
    return said if told else verb


def _quoted_as(verb: Token) -> Token | None:
    """``cited X as stating``, ``X was quoted as saying``; ``with X reporting``."""
    if verb.tag_ != "VBG" or verb.head == verb or verb.head.pos_ not in _VERBAL:
        return None
    marks = [c.lower_ for c in kids(verb) if c.dep_ in ("mark", "case")]
    if "with" in marks and verb.i and not any(c.dep_.startswith("nsubj") for c in kids(verb)):
        before = verb.nbor(-1)
        named = before.pos_ in ("NOUN", "PROPN") and before.lower_ != "with"
        return _top_of_name(before) if named else None
    if "as" in marks and lemma(verb.head) in ("cite", "quote", "report", "record", "describe"):
        spoken = children(verb.head, "obj") or children(verb.head, "nsubj")
        return spoken[0] if spoken else None
    return None


def _nonfinite(verb: Token) -> bool:
    forms = verb.morph.get("VerbForm", [])
    return bool(forms) and forms[0] in ("Part", "Ger", "Inf")


def _antecedent(subject: Token, verb: Token) -> Token:
    if subject.lower_ in ("who", "which", "that") and verb.dep_ == "acl:relcl":
        return verb.head
    return subject


def _has_case(token: Token, *words: str) -> bool:
    return any(c.dep_ == "case" and c.lower_ in words for c in kids(token))


def can_speak(token: Token | None, verb: Token | None = None) -> bool:
    """Whether this word can be a speaker of ``verb``: not "it" or "there" that stand for nothing,
    and for verbs that things do too ("data suggest"), a name, a person or a document."""
    if token is None:
        return False
    if token.dep_ == "expl" or token.lower_ in ("there", "what", "which", "this", "that"):
        return False
    if verb is None or lemma(verb) not in cue_words().speaker_needed:
        return True
    if token.pos_ in ("PROPN", "PRON") or token.ent_type_ in NAMED:
        return token.lower_ not in ("it", "all", "these", "those")
    return is_person_noun(token) or token.lemma_.lower() in cue_words().documents


_PERSON_ENDINGS: Final = (
    "er", "or", "ist", "ian", "man", "woman", "person", "people", "ant", "ent", "ee", "eer",
    "chief", "head", "official", "minister", "police", "critic", "leader", "expert", "analyst",
    "authority", "family", "group", "party", "team", "union", "company", "government", "court",
    "committee", "ministry", "department", "office", "council", "army", "agency", "father",
    "mother", "body", "spokesman", "judge", "some", "many", "other", "public", "board", "crew",
    "firm", "mp", "ceo", "co-ceo", "cfo", "coo", "aide", "guide", "voice", "scientist", "activist",
    "service", "brigade", "organisation", "organization", "association", "commission", "institute",
    "hospital", "embassy", "bank", "federation", "military", "movement", "university", "administration",
)  # fmt: skip


def is_person_noun(token: Token) -> bool:
    """Whether the noun means people or a body of people, as far as its form tells."""
    return token.lemma_.lower().endswith(_PERSON_ENDINGS)


def addressee_of(verb: Token) -> Token | None:
    """Who is spoken to: the object of "tell", or "to ..." after "say"."""
    words = cue_words()
    if lemma(verb) in words.addressee_object:
        for child in children(verb, "iobj", "obj"):
            if child.dep_ == "iobj" or _is_party(child):
                return child
    for child in children(verb, "obl"):
        if _has_case(child, "to") and _is_party(child):
            return child
    for child in children(verb, "advcl"):
        if child.lemma_ == "speak":
            for inner in children(child, "obl"):
                if _has_case(inner, "to", "with") and _is_party(inner):
                    return inner
    return None


def _is_party(token: Token) -> bool:
    if token.pos_ in ("PROPN", "PRON"):
        return token.lower_ not in ("it", "that", "this")
    return token.pos_ in ("NOUN", "ADJ") and (
        is_person_noun(token) or token.lemma_.lower() in ("press", "media", "reporter", "bbc")
    )


def occasion_of(verb: Token) -> tuple[int, int] | None:
    """Character range of the words that tell where or in what it was said ("during an earnings
    call", "in a statement", "via Twitter"), or None."""
    occasions = cue_words().occasions
    at: Token | None = verb
    for _ in range(3):
        if at is None:
            return None
        for child in children(at, "obl", "nmod", "advcl"):
            if child.dep_.startswith("advcl"):
                for inner in children(child, "obl"):
                    if child.lemma_ in ("speak", "write", "post") and _is_occasion(
                        inner, occasions
                    ):
                        return _range(inner)
            elif _is_occasion(child, occasions):
                return _range(child)
        up = at.dep_.split(":")[0]
        at = at.head if up in ("conj", "xcomp", "advcl") and at.head != at else None
    return None


def _is_occasion(token: Token, occasions: frozenset[str]) -> bool:
    if token.lemma_.lower() not in occasions and token.lower_ not in occasions:
        return False
    return _has_case(
        token, "in", "during", "on", "via", "at", "through", "after", "over", "for", "following"
    )


def _range(token: Token) -> tuple[int, int]:
    inside = phrase(token, keep_case=True)
    return inside[0].idx, inside[-1].idx + len(inside[-1].text)


def phrase(token: Token, *, keep_case: bool = False) -> list[Token]:
    """The words of the noun phrase around ``token``: no relative clause, apposition, or
    parenthesis; its preposition only if ``keep_case``."""
    out = [token]
    queue = list(kids(token))
    while queue:
        child = queue.pop()
        relation = child.dep_.split(":")[0]
        if child.head == token and (
            relation in ("punct", "cc", "parataxis", "appos", "acl", "cop", "nsubj", "discourse")
            or (relation == "conj" and child.pos_ in _VERBAL)
            or (relation == "case" and not keep_case and child.lower_ != "'s" and child.i < token.i)
        ):
            continue
        out.append(child)
        queue.extend(c for c in kids(child) if not c.dep_.startswith(("acl", "parataxis")))
    out.sort(key=lambda t: t.i)
    first = out.index(token)
    low = high = first  # the unbroken stretch around the head
    while low > 0 and out[low - 1].i >= out[low].i - 2:
        low -= 1
    while high + 1 < len(out) and out[high + 1].i <= out[high].i + 2:
        high += 1
    kept = out[low : high + 1]
    while len(kept) > 1 and kept[-1].is_punct and kept[-1].text not in ")]":
        kept.pop()
    while len(kept) > 1 and kept[0].is_punct and kept[0].text not in "([":
        kept.pop(0)
    return kept


def name_within(token: Token) -> tuple[int, int] | None:
    """Character range of the name that ``token`` heads or that stands beside it as title, part or
    apposition: for "the Defence Secretary, Delfin Lorenzana", the person."""
    own = _named(token)
    if own is not None:
        return own[0], own[1]
    for relation in ("flat", "appos", "compound", "nmod"):
        for child in children(token, relation):
            if relation == "nmod" and child.dep_ != "nmod:desc":
                continue
            name = _named(child)
            if name is not None and (name[2] == "PERSON" or relation == "appos"):
                return name[0], name[1]
    if token.lemma_.lower() in cue_words().documents:
        for child in children(token, "compound", "nmod"):
            name = _named(child)
            if name is not None and name[2] == "ORG" and child.i < token.i:
                return name[0], name[1]  # "an Acme report": Acme says it
    if token.lemma_.lower() in cue_words().outlets and token.i + 2 < len(token.doc):
        after = token.nbor(2) if token.nbor(1).text == "The" else token.nbor(1)
        name = _named(after)  # "the newspaper The Lakeland Post"
        if name is not None and name[2] == "ORG" and token.pos_ == "NOUN":
            return name[0], name[1]
    if token.pos_ == "NOUN" and token.i + 2 < len(token.doc) and token.nbor(1).text == ",":
        name = _named(token.nbor(2))  # "its spokesman, Peter Lowe, ..."
        beside = token.doc.char_span(*name[:2]) if name is not None else None
        if name is not None and name[2] == "PERSON" and beside is not None:
            ends = token.doc[beside.end].text if beside.end < len(token.doc) else "."
            if ends in (",", ".") and is_person_noun(token):
                return name[0], name[1]
    if token.pos_ in ("NOUN", "PROPN") and token.i + 1 < len(token.doc):
        name = _named(token.nbor(1))  # "Superintendent Graciano Mijares", whatever the tree says
        if name is not None and name[2] == "PERSON":
            return name[0], name[1]
    return None


def _named(token: Token) -> tuple[int, int, str] | None:
    name = name_at(token) if token.ent_type_ in NAMED else None
    return name if name is not None and name[2] in NAMED else None


def as_argument(token: Token, role: str) -> Argument:
    """The participant that ``token`` heads; the head span is its name, if it has one."""
    doc: Doc = token.doc
    words = phrase(token)
    start, end = words[0].idx, words[-1].idx + len(words[-1].text)
    name = name_within(token)
    if name is not None:
        head_start, head_end = name
        start, end = min(start, head_start), max(end, head_end)
    elif token.pos_ == "PROPN":
        run = [token]
        run += [c for c in kids(token) if c.dep_.startswith(("flat", "compound"))]
        run = [t for t in run if t.pos_ == "PROPN"]
        run.sort(key=lambda t: t.i)
        head_start, head_end = run[0].idx, run[-1].idx + len(run[-1].text)
    else:
        head_start, head_end = token.idx, token.idx + len(token.text)
    noun = name is None and token.pos_ == "NOUN"
    return Argument(
        role=role,
        kind="mention",
        start=start,
        end=end,
        head_start=head_start,
        head_end=head_end,
        label=topic_label(token) if noun else text_of(doc)[head_start:head_end],
        type=type_hint(token) if noun else None,
    )


def cue_range(verb: Token) -> tuple[int, int]:
    """Character range of the cue: the verb and its particle ("pointed out")."""
    start, end = verb.idx, verb.idx + len(verb.text)
    for child in kids(verb):
        if child.dep_ == "compound:prt" and 0 < child.i - verb.i <= 2:
            end = child.idx + len(child.text)
    return start, end
