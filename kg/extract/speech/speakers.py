"""Who says it: the speaker, the one spoken to and the occasion of a cue word.

A cue is a verb ("said"), a noun ("his assertion that") or a preposition ("according to"). All
functions read a parse in Universal Dependencies and return tokens; `as_argument` turns one into
a plain `Argument`. Word lists are in ``words/en/cues.toml``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.extract.grammar.annotations import name_at, text_of
from kg.extract.grammar.arguments import argument, content_head, named_head
from kg.extract.grammar.coordination import conjuncts
from kg.extract.grammar.index import above, below, kids, relation, tokens_of
from kg.extract.grammar.labels import means_people
from kg.extract.grammar.noun_phrases import char_range, phrase_tokens
from kg.extract.grammar.subjects import agent, is_passive, own_subject, subject
from kg.extract.grammar.tree import after_comma, children, has_case, is_plural, sentence_of
from kg.extract.words.cues import cue_words, lemma
from kg.extract.words.load import rule_words
from kg.extract.words.pronouns import PRONOUNS
from kg.model import Argument

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWN: Final = rule_words("speakers")

_SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
_VERBAL: Final = frozenset({"VERB", "AUX"})
NAMED: Final = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT"})


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
        and (verb.tag_ != "VBG" or _is_of_document(beside))
        and beside.ent_type_ == "PERSON"
        and beside.i not in {t.i for t in below(found)}
        and found.ent_type_ != "PERSON"
        and found.pos_ != "PRON"
    ):
        return beside
    return found


def _is_of_document(author: Token) -> bool:
    """ "printed a message from *Ada Venn*, saying that", but not "mourned *Ada Venn*, saying that"."""
    return author.head.lemma_.lower() in cue_words().documents


def _beside(verb: Token) -> Token | None:
    """The speaker by place alone: the name or pronoun right before the verb (a comma may stand
    between, where an apposition ends), else, after "said", the noun phrase that follows."""
    doc = verb.doc
    at = verb.i - 1
    while at >= 0 and (
        doc[at].lower_ in cue_words().skipped or (doc[at].text == "," and at == verb.i - 1)
    ):
        at -= 1
    if at >= 0 and sentence_of(doc[at])[0] >= sentence_of(verb)[0] - 60:
        token = doc[at]
        if token.ent_type_ == "PERSON" or token.lower_ in PRONOUNS.subject:
            return _top_of_name(token)
        if token.ent_type_ in NAMED and at == verb.i - 1:
            return _top_of_name(token)
    if verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    for token in tokens_of(doc)[verb.i + 1 : verb.i + 9]:
        if token.is_punct or token.pos_ in ("VERB", "AUX", "ADP", "SCONJ"):
            break
        if token.ent_type_ == "PERSON" or token.lower_ in PRONOUNS.subject:
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
    quoted = _quoted_as(verb)
    if quoted is not None:
        return quoted
    said = _said_before(verb)
    if said is not None:
        return _says_within(verb, said) or _by_tree(said)
    who = _cited(verb) or (agent(verb) if is_passive(verb) else subject(verb))
    if who is None and verb.tag_ == "VBG" and after_comma(verb):
        who = next(filter(None, map(own_subject, above(verb)[1:5])), None)
    if who is not None and who.lower_ in cue_words().times and who.pos_ in ("NOUN", "PROPN"):
        # "an embassy statement Friday said": no day speaks
        before = [c for c in kids(who) if c.i < who.i and c.pos_ in ("NOUN", "PROPN")]
        who = before[-1] if before and name_at(who) is None else None
    return None if who is None or relation(who) == "expl" else who


def _cited(verb: Token) -> Token | None:
    """The person who "was quoted by the Courier": the words are not the Courier's."""
    if lemma(verb) not in _OWN["cited"] or not is_passive(verb):
        return None
    who = next(iter(children(verb, "nsubj:pass")), None)
    named = who is not None and (who.ent_type_ == "PERSON" or who.lower_ in PRONOUNS.third)
    return who if named else None


def _said_before(verb: Token) -> Token | None:
    """The verb of saying that a participle behind a comma goes on with: "said it was fair, adding
    that", "said in a statement that it was sorry, adding that". None where somebody else has a
    clause of their own between: "vowed to pass it, but *the Fells blocked* it, saying that"."""
    if verb.tag_ != "VBG" or not after_comma(verb) or relation(verb) not in ("advcl", "acl"):
        return None
    if own_subject(verb) is not None or children(verb, "mark", "case"):
        return None  # ", with officials adding that"
    for said in above(verb)[1:4]:
        if said.i < verb.i and said.pos_ == "VERB" and lemma(said) in cue_words().indirect:
            return said
        if relation(said) == "conj" and own_subject(said) is not None and said.head.pos_ == "VERB":
            return None
    return None


def _says_within(verb: Token, said: Token) -> Token | None:
    """Who speaks again in what ``said`` tells, by the same word: "Lund says *doctors* are pleading for
    help, saying that"."""
    if lemma(verb) != lemma(said):
        return None
    told = next((c for c in children(said, "ccomp") if said.i < c.i < verb.i), None)
    who = own_subject(told) if told is not None else None
    return who if who is not None and means_people(who) else None


def _quoted_as(verb: Token) -> Token | None:
    """``cited X as stating``, ``X was quoted as saying``."""
    if verb.tag_ != "VBG" or verb.head == verb or verb.head.pos_ not in _VERBAL:
        return None
    marks = [c.lower_ for c in kids(verb) if c.dep_ in ("mark", "case")]
    if "as" in marks and lemma(verb.head) in _OWN["citing"]:
        spoken = children(verb.head, "obj") or children(verb.head, "nsubj")
        return spoken[0] if spoken else None
    return None


def can_speak(token: Token | None, verb: Token | None = None) -> bool:
    """Whether this word can be a speaker of ``verb``: not "it" or "there" that stand for nothing,
    and for verbs that things do too ("data suggest"), a name, a person or a document."""
    if token is None:
        return False
    if token.dep_ == "expl" or token.lower_ in _OWN["no_speakers"]:
        return False
    if verb is None or lemma(verb) not in cue_words().speaker_needed:
        return True
    if token.pos_ in ("PROPN", "PRON") or token.ent_type_ in NAMED:
        return token.lower_ not in _OWN["crowds"]
    return means_people(token) or token.lemma_.lower() in cue_words().documents


def addressee_of(verb: Token) -> Token | None:
    """Who is spoken to: the object of "tell", or "to ..." after "say"."""
    words = cue_words()
    if lemma(verb) in words.addressee_object:
        for child in children(verb, "iobj", "obj"):
            if child.dep_ == "iobj" or _is_party(child):
                return child
    for child in children(verb, "obl"):
        if has_case(child, "to") and _is_party(child):
            return child
    for child in children(verb, "advcl"):
        if child.lemma_ == "speak":
            for inner in children(child, "obl"):
                if has_case(inner, "to", "with") and _is_party(inner):
                    return inner
    return None


def _is_party(token: Token) -> bool:
    if token.pos_ in ("PROPN", "PRON"):
        return token.lower_ not in _OWN["things"]
    return token.pos_ in ("NOUN", "ADJ") and (
        means_people(token) or token.lemma_.lower() in _OWN["press"]
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
                    if child.lemma_ in _OWN["occasions"] and _is_occasion(inner, occasions):
                        return _with_preposition(inner)
            elif _is_occasion(child, occasions):
                return _with_preposition(child)
        up = at.dep_.split(":")[0]
        at = at.head if up in ("conj", "xcomp", "advcl") and at.head != at else None
    return None


def _is_occasion(token: Token, occasions: frozenset[str]) -> bool:
    if token.lemma_.lower() not in occasions and token.lower_ not in occasions:
        return False
    if has_case(token, "on"):  # "*on* the talks, he said": about them
        return token.lemma_.lower() in _OWN["on_which"]
    return has_case(
        token, "in", "during", "via", "at", "through", "after", "over", "for", "following"
    )


def _with_preposition(token: Token) -> tuple[int, int]:
    """The phrase with its preposition."""
    start, end = char_range(phrase_tokens(token))
    return min(start, *(c.idx for c in children(token, "case"))), end


def _is_named(token: Token, label: str) -> bool:
    name = name_at(token)
    return name is not None and name[2] == label and bool(token.ent_type_)


def as_argument(token: Token, role: str) -> Argument:
    """The participant that ``token`` heads, as one who speaks or is spoken to: as elsewhere, but
    with whose words those of a report are, and a node where the phrase says little ("some"). "One
    of the guards" is not the guards."""
    start, end = char_range([t for one in (token, *conjuncts(token)) for t in phrase_tokens(one)])
    some = token.pos_ not in ("NOUN", "PROPN") and content_head(token) != token
    name = _speaking_name(token)
    found = None if some and name is None else argument(name or token, role)
    day = found is not None and found.label.casefold() in cue_words().times
    if found is not None and found.kind != "literal" and not day:
        if found.start <= start and end <= found.end:
            return found
        return replace(found, start=min(start, found.start), end=max(end, found.end))
    label = " ".join(text_of(token.doc)[start:end].split()) if some else token.text
    return Argument(role, "mention", start, end, token.idx, token.idx + len(token.text), label)


def _name_end(token: Token) -> int:
    name = name_at(token)
    return name[1] if name is not None else token.idx


def _speaking_name(token: Token) -> Token | None:
    """The name beside a noun that says who speaks, which the phrase's head alone does not tell."""
    doc, after = token.doc, token.i + 1
    if named_head(token) is not None:
        return _after_title(token)
    told = _the_one(token) or _author(token)
    if told is not None:
        return told
    if token.pos_ not in ("NOUN", "PROPN") or after + 1 >= len(doc):
        return None
    if token.lemma_.lower() in cue_words().outlets:
        name = doc[after + (doc[after].text == "The")]
        if _is_named(name, "ORG"):
            return name  # "the newspaper The Lakeland Post"
    if _is_named(doc[after], "PERSON"):
        return doc[after]  # "superintendent Graciano Mijares", whatever the tree says
    name = doc[after + 1]
    if is_plural(token):
        return None  # "according to *statements*, Lund, who ..., is to stay"
    if doc[after].text == "," and _is_named(name, "PERSON") and means_people(token):
        last = next((t for t in doc[name.i :] if t.idx >= _name_end(name)), None)
        if last is None or last.text in (",", "."):
            return name  # "its spokesman, Peter Lowe, ..."
    return None


def _author(document: Token) -> Token | None:
    """ "an *Acme* report", "a statement from *Acme*": Acme says it."""
    if document.lemma_.lower() not in cue_words().documents or _is_a_part(document):
        return None
    for one in children(document, "compound", "nmod"):
        if _is_named(one, "ORG") and one.i < document.i:
            return one
        if has_case(one, "from", "by") and (_is_named(one, "ORG") or _is_named(one, "PERSON")):
            return one
    return None


def _is_a_part(agency: Token) -> bool:
    """ "the Acme *food agency*" is not Acme, "the Interfax *news agency*" is Interfax."""
    if agency.lemma_.lower() != "agency":
        return False
    said = (c for c in children(agency, "compound", "amod") if name_at(c) is None)
    return any(c.lower_ not in _OWN["of_news"] for c in said)


def _the_one(token: Token) -> Token | None:
    """ "*One* of these groups, *the Harbour Union*, said"."""
    if token.lower_ != "one":
        return None
    beside = [c for at in (token, *children(token, "nmod")) for c in children(at, "appos")]
    return next((c for c in beside if _is_named(c, "ORG") or _is_named(c, "PERSON")), None)


def _after_title(token: Token) -> Token | None:
    """The name after a post that was taken for one: "Foreign Minister, Ann Holm, said"."""
    post = name_at(token)
    if post is None or post[2] != "PERSON" or not means_people(token):
        return None
    doc = token.doc
    at = next((t.i for t in doc[token.i :] if t.idx >= post[1]), len(doc))
    at += at < len(doc) and doc[at].text == ","
    name = name_at(doc[at]) if at < len(doc) else None
    if name is None or name[2] != "PERSON" or name[0] != doc[at].idx:
        return None
    return doc[at]


def cue_range(verb: Token) -> tuple[int, int]:
    """Character range of the cue: the verb and its particle ("pointed out")."""
    start, end = verb.idx, verb.idx + len(verb.text)
    for child in kids(verb):
        if child.dep_ == "compound:prt" and 0 < child.i - verb.i <= 2:
            end = child.idx + len(child.text)
    return start, end
