"""Whose it is what somebody ends, cuts or begins, where it is somebody else's."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.extract.grammar.annotations import mention_at, mentions_of, name_at
from kg.extract.grammar.arguments import content_head
from kg.extract.grammar.index import relation
from kg.extract.grammar.labels import type_hint
from kg.extract.grammar.subjects import own_subject
from kg.extract.grammar.tree import antecedent, child
from kg.extract.words.load import rule_words
from kg.model import Argument, Mention

_OWN: Final = rule_words("owners")


def with_owner(verb: Token, who: Token, what: Token, told: Argument | None) -> Argument | None:
    """``told`` of the object ``what`` of a participle, with the name of whose it is where that isn't
    ``who`` does it: "the club dropped Hill, ending *her season*"; None where no name is known."""
    whose = child(content_head(what), "nmod:poss")
    if told is None or told.kind != "topic" or whose is None or whose.tag_ != "PRP$":
        return told
    if relation(verb) != "advcl" or verb.tag_ != "VBG" or own_subject(verb) is not None:
        return told
    owner = mention_at(whose)
    if not _of_another(whose, owner, content_head(antecedent(who))):
        return told
    name = None if owner is None else _name_of(owner, whose)
    return None if name is None else replace(told, label=f"{name}'s {told.label}")


def _of_another(whose: Token, owner: Mention | None, who: Token) -> bool:
    """Whether the possessive can't mean who does it: "the club ... *her*"."""
    one = whose.lower_ in _OWN["of_one_person"]
    name = name_at(who)
    if one and name is not None:
        if name[2] not in ("PERSON", "NORP"):
            return True
    elif one and type_hint(who) in _OWN["bodies"]:
        return True
    doer = mention_at(who)
    return owner is not None and doer is not None and owner.cluster != doer.cluster


def _name_of(owner: Mention, whose: Token) -> str | None:
    for mention in mentions_of(whose.doc):
        if mention.cluster == owner.cluster and mention.kind == "name":
            return mention.text
    return None
