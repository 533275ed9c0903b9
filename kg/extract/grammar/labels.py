"""Labels of noun phrases that are no names, and the class that their head tells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from spacy.tokens import Token

from kg.extract.grammar.annotations import name_at, text_of
from kg.extract.grammar.index import kids, links, relation, remembered
from kg.extract.grammar.noun_phrases import leads_in, phrase_tokens, singled_out
from kg.extract.grammar.tree import child, children, is_plural, preposition, sentence_of
from kg.extract.words.cues import cue_words
from kg.extract.words.phrases import phrase_words

#: Tags of words that may tell which one is meant, and no more.
_DETERMINING: Final = frozenset({"DT", "PDT", "WDT", "PRP$", "WP$", "PRP"})
_LONGEST_LABEL: Final = 16
#: Of the first, the last or the only one the limits belong to it: "the first to ... in recent years".
_LONGEST_RANKED: Final = 24


def topic_label(token: Token, *, counted: bool = False) -> str:
    """The normalised label of a noun phrase that is no name: its head as a lemma, its modifiers
    in lower case but for names and capitals, without determiners, possessive pronouns and
    brackets: "concern over job security", "AI video generation technology". With ``counted``, or
    where it is, the head stays as it is written: "seats" of "half of the seats"."""
    tokens = phrase_tokens(token)
    size = len(tokens)
    if size > _LONGEST_RANKED or (size > _LONGEST_LABEL and not singled_out(token)):
        tokens = tuple(_shorten(token, tokens))
    some = {c for c, _, _ in links(token) if _quantifies(c, token)}
    counted = counted or any(
        kind == "nummod" or c.lower_ in phrase_words().quantities for c, _, kind in links(token)
    )
    counted = counted or any(t.tag_ == "PDT" and t.lower_ == "half" for t in tokens)
    counted = counted or (is_plural(token) and _of_a_name(token))  # "Iran's *leaders*"
    counted = counted or bool(some) or token.lemma_.lower() in phrase_words().crowds
    parts: list[str] = []
    skip_to, last = -1, token
    for at in tokens:
        if at.i <= skip_to:
            continue
        if at.text in "([" and at != tokens[0]:
            close = next((t for t in tokens if t.i > at.i and t.text in ")]"), None)
            skip_to = close.i if close is not None else at.i
            continue
        if (is_dropped(at) and at not in some) or (not parts and leads_in(at, token)):
            if parts and at.whitespace_:
                parts.append(" ")
            continue
        parts.append(_label_word(at, token, counted) + at.whitespace_)
        last = at
        if at.tag_ == "POS":
            parts[-2:-1] = [parts[-2].rstrip()] if len(parts) > 1 else []
    if last.pos_ == "ADP" and last.i > token.i:
        *parts, _ = (part for part in parts if part.strip())  # "interest in it *at* all"
    return _shared_owner(token) + " ".join("".join(parts).split()).strip(" ,;:–—-\"“”'’")


def _shared_owner(noun: Token) -> str:
    """ "Africa's " of "*Africa's* biggest economy and most populous country": whose best the second is."""
    first = noun.head
    if relation(noun) != "conj" or not _is_best(noun) or not _is_best(first) or first.i > noun.i:
        return ""
    if child(noun, "det", "nmod", "nmod:poss") is not None:
        return ""
    owner = next(filter(None, map(name_at, children(first, "nmod:poss"))), None)
    return "" if owner is None else f"{text_of(noun.doc)[owner[0] : owner[1]]}'s "


def _is_best(noun: Token) -> bool:
    below = (t for c in children(noun, "amod") for t in (c, *kids(c)))
    return any(t.tag_ in ("JJS", "RBS") for t in below)


def _of_a_name(noun: Token) -> bool:
    return any(name_at(c) is not None for c in children(noun, "nmod:poss"))


def _quantifies(word: Token, noun: Token) -> bool:
    """ "*some* planets", "nearly *all* planets": not all."""
    about = phrase_words().about_numbers
    if relation(word) == "det" and any(c.lower_ in about for c, _, _ in links(word)):
        return True
    return word.lower_ in phrase_words().quantifiers and word.i < noun.i and is_plural(noun)


def in_title_case(token: Token) -> bool:
    """Whether the token stands in a headline that writes its words with capitals."""
    return _is_headline(token.doc[sentence_of(token)[0]])


@remembered
def _is_headline(first: Token) -> bool:
    long = [t for t in first.doc[slice(*sentence_of(first))] if t.is_alpha and len(t.text) > 3]
    return len(long) > 2 and sum(t.text[0].isupper() for t in long) >= 0.8 * len(long)


def _opens(token: Token) -> bool:
    """Whether the word is the first of its sentence or of a quotation."""
    return token.is_sent_start or not token.i or token.nbor(-1).text in "\"“‘'•:-–—"


def is_dropped(token: Token) -> bool:
    text, tag = token.text, token.tag_
    if text in '"“”‘' or text in ("``", "''") or tag in ("``", "''") or _only_stresses(token):
        return True
    if tag not in _DETERMINING and relation(token) != "det" and token.lower_ != "this":
        return False
    if token.lower_ == "half" or _in_compound(token) or _per(token):
        return False  # "more than *half* the houses"
    if token.lower_ == "this" and token.head.dep_ == "nmod:poss":
        return token.head.lower_ not in cue_words().times  # "*this* month's vote"
    if relation(token) != "det" and token.tag_ == "DT" and child(token, "nmod") is not None:
        return False  # "involvement in *any* of the attacks"
    if relation(token) == "det" or token.tag_ in ("DT", "PDT", "WDT"):
        return True
    return token.tag_ in ("PRP$", "WP$") or (token.tag_ == "PRP" and token.dep_ == "nmod:poss")


def _only_stresses(token: Token) -> bool:
    """ "his *own* shoes", "Lund's *own* party"."""
    return token.lower_ == "own" and token.i > 0 and token.nbor(-1).tag_ in ("PRP$", "POS", "WP$")


def _in_compound(token: Token) -> bool:
    """ "state-of-*the*-union", "an *all*-time high"."""
    doc = token.doc
    return any(
        doc[i].text == "-" and not doc[min(i, token.i)].whitespace_
        for i in (token.i - 1, token.i + 1)
        if 0 <= i < len(doc)
    )


def _per(token: Token) -> bool:
    """ "120 kilometres *an* hour"."""
    return (
        token.lower_ in ("a", "an")
        and token.head.dep_ == "nmod:unmarked"
        and token.i > 0
        and (token.nbor(-1) == token.head.head)
    )


def _label_word(at: Token, head: Token, counted: bool) -> str:
    text = at.text
    if name_at(at) is not None or (at.is_upper and len(text) > 1):
        return text
    if at.pos_ == "PROPN" and not in_title_case(at):
        return text
    if text[1:] != text[1:].lower():
        return text
    capital = text[:1].isupper() and at.pos_ != "NOUN" and not _opens(at)
    if capital and not in_title_case(at):
        return text
    stays = counted or at.lower_ in phrase_words().plurals
    if at == head and at.pos_ == "NOUN" and not stays:
        lemma: str = at.lemma_.lower()
        cut = at.lower_.endswith("ing") and not lemma.endswith("ing")  # "32 yards *rushing*"
        return at.lower_ if cut else lemma
    return str(at.lower_)


def _shorten(head: Token, tokens: Sequence[Token]) -> list[Token]:
    """The head with what stands before it, and its first "of" phrase if that is short."""
    ends = [
        place
        for place, t in enumerate(tokens)
        if t.i > head.i + 1
        and place <= _LONGEST_LABEL
        and t.dep_ == "case"
        and t.tag_ != "POS"
        and t.lower_ not in ("of", "to")
        and not _in_compound(t)  # "the oil-*for*-food programme"
        and name_at(t) is None
    ]
    if ends:  # "a demonstration against the ban on the group Orbex", without "in London on ..."
        cut = list(tokens[: ends[-1]])
        while cut[-1].i > head.i and (cut[-1].is_punct or cut[-1].pos_ in ("CCONJ", "ADP", "DET")):
            cut.pop()
        if cut[-1].i > head.i:
            return cut
    kept = [t for t in tokens if t.i <= head.i]
    for c in children(head, "nmod"):
        if c.i > head.i and preposition(c) == "of":
            part = [t for t in phrase_tokens(c) if t.i > head.i]
            if part and len(part) <= 5:
                lead = [t for t in tokens if head.i < t.i < part[0].i]
                kept += [*lead, *part]
            break
    return kept[-_LONGEST_LABEL:]


@remembered
def type_hint(token: Token) -> str | None:
    """The ontology class that the head noun tells, e.g. Group for "actors and writers"."""
    words, lemma = phrase_words(), token.lemma_.lower()
    if token.tag_ == "NNPS" and lemma not in words.types:
        lemma = lemma.removesuffix("s")  # "*Democrats* in the Senate"
    paired = _paired(token, lemma)
    found = paired or words.types.get(lemma)
    if found is None and lemma.endswith(words.classless_endings):
        found = "Group"
    if found is None and lemma in words.crowds and is_plural(token):
        found = "Group"  # "*dozens* gathered"
    if paired is None and _tells_nothing(token, lemma):
        return None
    if found in ("Group", "Person") and lemma not in words.singular_stay_group:
        return "Group" if is_plural(token) else "Person"
    if found == "Organization" and token.tag_ == "NNS":
        return "Group"
    return found


def _paired(token: Token, lemma: str) -> str | None:
    """The class of a noun with the one before it: "radio *station*" is no place."""
    pairs = phrase_words().pairs
    if not token.i or lemma not in _seconds():
        return None
    before = token.nbor(-1)
    return pairs.get(f"{before.lower_} {lemma}") if before.head == token else None


@cache
def _seconds() -> frozenset[str]:
    return frozenset(pair.rsplit(" ", 1)[-1] for pair in phrase_words().pairs)


def _tells_nothing(token: Token, lemma: str) -> bool:
    """Whether the noun has no class here: "11 % of the *votes*", "a *state* of emergency"."""
    words = phrase_words()
    if token.i and f"{token.nbor(-1).lower_} {lemma}" in words.classless_pairs:
        return True
    if lemma in words.classless_bare:
        return not is_plural(token) and not any(
            c.i < token.i for c in kids(token) if c.dep_ != "case"
        )
    return (
        (lemma in words.classless_many and is_plural(token))
        or (lemma in words.classless_of and _of_what(token, "of"))
        or (lemma in words.classless_for and _of_what(token, "for"))
    )


def _of_what(token: Token, mark: str) -> bool:
    """Whether no name stands behind its "of" or "for": "a state *of emergency*"."""
    return any(
        c.i > token.i and c.pos_ == "NOUN" and preposition(c) == mark and name_at(c) is None
        for c in children(token, "nmod")
    )


def means_people(token: Token) -> bool:
    """Whether a noun means people or a body of people, by its class or by its form."""
    if type_hint(token) in ("Person", "Group", "Organization"):
        return True
    return token.lemma_.lower().endswith(cue_words().person_endings)
