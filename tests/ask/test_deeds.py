"""A clause as who does it to whom, and the relations that may tell it."""

from __future__ import annotations

from types import SimpleNamespace

from kg.ask.deeds import OWN, Deed, Deeds, asks_who, deeds, is_without_doer
from kg.ask.reading import read
from kg.ask.relations import Meaning, Relations
from kg.ask.slots import part
from kg.graph.vocab import KG
from kg.nlp.load import load_pipeline


def ends(question: str) -> list[tuple[str, str | None, str | None]]:
    found = deeds(read(load_pipeline()(question))[0].clauses[0])
    return [(d.verb, d.first and d.first.text, d.second and d.second.text) for d in found]


def test_the_voice_makes_no_difference():
    assert ends("Was Brand dismissed by Voss?")[0] == ("dismiss", "Voss", "Brand")
    assert ends("Did Voss dismiss Brand?")[0] == ("dismiss", "Voss", "Brand")


def test_a_noun_with_a_verb_of_little_meaning_is_a_deed():
    assert ("pardon", "Voss", "Brand") in ends("Did Voss give Brand a pardon?")


def test_a_verb_may_be_taken_with_its_preposition():
    assert ("lose to", "Rask", "Hart") in ends("Did Rask lose to Hart?")


def test_relations_are_found_by_words_near_and_the_other_way_round():
    known = Deeds(Relations({"be fired as": "r:fired", "greet": "r:greet"}, {}))
    who = read(load_pipeline()("Did Voss fire Brand?"))[0].clauses[0]
    fire = known.meanings(Deed("fire", who.subject, who.object))
    assert fire[Meaning("r:fired", True)] == OWN
    assert Meaning(f"{KG}killed", True) in known.meanings(Deed("die", who.subject, None))
    assert Meaning("r:greet") not in fire


def test_what_something_is_done_with_is_not_who_does_it():
    who, what = (read(load_pipeline()(q))[0].asked for q in ("Who poisoned Hale?", "What sank it?"))
    assert (asks_who(who), asks_who(what)) == (True, False)
    told = {label: SimpleNamespace(predicate=SimpleNamespace(label=label)) for label in _PASSIVES}
    assert [label for label, one in told.items() if is_without_doer(one)] == _PASSIVES[:1]


_PASSIVES = ["be poisoned with", "be praised by", "poisoned"]


def test_of_some_of_many_the_number_is_told():
    assert part("12 of the 30 seats") == "12"
    assert part("12 seats") == "12 seats"
