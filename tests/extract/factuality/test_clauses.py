"""How clauses stand below verbs, beside clauses and on nouns: a sentence of the kind for each rule."""

from __future__ import annotations

import pytest

from kg.extract.factuality.status import status
from kg.extract.grammar.repair import mend
from kg.nlp.load import load_pipeline


def standing_of(sentence: str, word: str):
    doc = load_pipeline()(sentence)
    mend(doc)
    (token,) = [t for t in doc if t.text == word]
    return status(token)


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        # below verbs
        ("The engineer could not explain why the dam broke.", "broke", "asserted"),
        ("The crew was able to close the valve.", "close", "asserted"),
        ("Leaving the union was expected to cost millions.", "Leaving", "hypothetical"),
        ("The union called for the state to ban the drug.", "ban", "hypothetical"),
        ("The court heard that Lund had left the town.", "left", "possible"),
        ("Magistrates heard Lund had left the town.", "left", "possible"),
        (
            "The inquest heard how Lund - a guard, called Bo by his friends - had left the town.",
            "left",
            "possible",
        ),
        ("The council heard evidence that Lund had left the town.", "left", "possible"),
        ("Reporters found evidence that Lund had left the town.", "left", "asserted"),
        ("The company ended broadcasting in May.", "broadcasting", "denied"),
        ("I want to thank the crew.", "thank", "asserted"),
        ("The storm is certain to hit the coast.", "hit", "possible"),
        ("The lawyer hopes to prove that the tank leaked.", "leaked", "hypothetical"),
        ("The mayor found that the tank leaked.", "leaked", "asserted"),
        ("The plant has to sell its shares.", "sell", "hypothetical"),
        ("Holm did not fail to see the signal.", "see", "asserted"),
        ("Lund denied having left the scene.", "left", "denied"),
        ("The town hoped that the dike would hold.", "hold", "hypothetical"),
        ("It is the plan for Orbex to leave the union and not sell the mill.", "leave", "planned"),
        ("It is the plan for Orbex to leave the union and not sell the mill.", "sell", "planned"),
        ("The mill would be sold to Orbex and employ fifty people.", "employ", "hypothetical"),
        ("Lund vowed not to yield to the banks and to sell the mill.", "yield", "planned"),
        ("Lund vowed not to yield to the banks and to sell the mill.", "sell", "planned"),
        ("Lund did not close the port and sell the mill.", "sell", "denied"),
        ("It was agreed that the mill would be sold.", "sold", "planned"),
        ("It was decided that the mill would be sold.", "sold", "planned"),
        ("Guards attempted, but were unable, to save the boat.", "save", "denied"),
        ("Lund said the treaty would damage the ports.", "damage", "possible"),
        ("The mayor has promised more money if the port reopens.", "promised", "asserted"),
        ("Norr refuses to stop selling the drug.", "selling", "asserted"),
        ("Norr will not stop selling the drug.", "selling", "asserted"),
        ("Peru failed to prevent rebels from crossing the river.", "crossing", "asserted"),
        ("The law will not prevent Norr from selling the drug.", "selling", "possible"),
        ("The court did not ban Norr from selling the drug.", "selling", "possible"),
        ("The court may not ban Norr from selling the drug.", "selling", "hypothetical"),
        ("Lund did not stop to help the guards.", "help", "denied"),
        # nouns
        ("During her visit to Norland, she will meet Berg.", "visit", "planned"),
        ("During her visit to Norland, she met Berg.", "visit", "asserted"),
        ("During her visit to Norland, she denied it.", "visit", "asserted"),
        ("The vote could lead to the sale of the mill.", "sale", "possible"),
        # beside clauses
        ("The court could disqualify Lund from serving as mayor.", "serving", "hypothetical"),
        ("The charter called for naming Lund as mayor.", "naming", "hypothetical"),
        ("Orbex closed the mill in case rebels attacked the town.", "attacked", "hypothetical"),
        ("The port closes in the event that rebels attack the town.", "attack", "hypothetical"),
        ("Police called on drivers to leave the road.", "leave", "hypothetical"),
        ("The judge banned Lund from flying.", "flying", "denied"),
        ("The company closed the plant to cut costs.", "cut", "planned"),
        ("The towns will get money when the war ends.", "ends", "planned"),
        ("The port will open as soon as the ice melts.", "melts", "planned"),
        ("The board promised a bonus once the plant opens.", "opens", "planned"),
        ("Berg paid for a room as soon as the inn reopens in May.", "reopens", "planned"),
        ("Holm signed a lease before the mill is sold.", "sold", "planned"),
        ("The bridge was closed until the river falls.", "falls", "hypothetical"),
        ("The mine is shut until the court hears the case.", "hears", "planned"),
        ("Orbex rejects any talks until the union drops its claim.", "drops", "hypothetical"),
        ("Orbex will not talk until the union drops its claim.", "drops", "hypothetical"),
        ("Orbex would not talk before the union apologised.", "apologised", "hypothetical"),
        ("Lund did not ask the council before she sold the mill.", "sold", "asserted"),
        ("Lund did not ask the council before selling the mill.", "selling", "asserted"),
        ("Lund will not ask the council before selling the mill.", "selling", "planned"),
        (
            "Lund is delaying the launch for a week before attacking the port.",
            "attacking",
            "planned",
        ),
        ("Lund ran the mill before moving to Oslo.", "moving", "asserted"),
        ("Orbex ended the talks until Lund admits that she sold the mill.", "sold", "hypothetical"),
        ("Clerk dies after truck hits shop.", "hits", "asserted"),
        ("Clerk was jailed after court finds him guilty", "finds", "asserted"),
        ("The guards left hours after Holm says rebels crossed the river.", "says", "asserted"),
        ("The mill burned after rebels set fire to it.", "set", "asserted"),
        ("Holm left as soon as the rain stopped.", "stopped", "asserted"),
        ("The families had no choice but to leave the town.", "leave", "planned"),
        ("The judge was accused of stealing the money.", "stealing", "possible"),
        ("The group claimed responsibility for killing two guards.", "killing", "claimed"),
        ("Holm warned against selling the harbour.", "selling", "hypothetical"),
        ("Berg pleaded not guilty to stealing the car.", "stealing", "denied"),
        ("Berg was jailed for stealing the car.", "stealing", "asserted"),
        ("A jury found that the clinic hid the letter.", "hid", "claimed"),
        ("The jury did not find that the clinic hid the letter.", "hid", "hypothetical"),
        ("The police found that Lund broke the lock.", "broke", "asserted"),
        (
            "Orbex agreed to pay a million to settle claims that it spied on its staff.",
            "spied",
            "possible",
        ),
        ("The singer never forgave Berg for leaving the band.", "leaving", "asserted"),
        ("The two sides failed to agree on how to divide the land.", "divide", "hypothetical"),
        ("A leaked memo suggests the bank knew of the fraud.", "suggests", "asserted"),
        ("A court jailed Berg for stealing the car.", "stealing", "claimed"),
        ("The council fined the plant for dumping acid.", "dumping", "claimed"),
        ("The plant was fined for dumping acid.", "dumping", "possible"),
        ("The town thanked Berg for saving the boat.", "saving", "asserted"),
        ("The team is optimistic of winning the cup.", "winning", "possible"),
        ("The veto strips the mayor of her power to dismiss judges.", "dismiss", "hypothetical"),
        ("The mayor used her power to dismiss judges.", "dismiss", "asserted"),
        # on nouns
        ("It was Lund who sold the harbour.", "sold", "asserted"),
        ("It was not Lund who sold the harbour.", "sold", "denied"),
        ("The firm could build a plant that employs fifty people.", "employs", "possible"),
        ("Peru ignored a deadline to suspend the works.", "suspend", "hypothetical"),
        ("The council plans to close a mill that employs fifty people.", "employs", "asserted"),
        ("The council will try to enact a rule banning boats.", "banning", "planned"),
        ("The council enacted a rule banning boats.", "banning", "asserted"),
        ("The council does not have the right to impose a tax.", "impose", "denied"),
        ("The town has enough water to supply the villages.", "supply", "possible"),
        ("The parliament debated a bill banning the drug.", "banning", "planned"),
        ("The verdict weakens the council's power to impose a tax.", "impose", "hypothetical"),
        ("The council has the power to impose a tax.", "impose", "possible"),
        ("A report published by the council named Lund.", "published", "asserted"),
        ("The plan to sell the harbour angered the town.", "sell", "planned"),
    ],
)
def test_status_of_a_clause(sentence, word, expected):
    assert standing_of(sentence, word).status == expected


def test_who_claims_responsibility_and_who_denies_is_kept():
    claimed = standing_of("The group claimed responsibility for killing two guards.", "killing")
    assert claimed.attribution is not None and claimed.attribution.text == "group"
    denied = standing_of("Lund denied having left the scene.", "left")
    assert denied.attribution is not None and denied.attribution.text == "Lund"


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("The minister is meeting the envoys in Oslo.", "meeting", "planned"),
        ("Norr Bank is selling its branch in Oslo.", "selling", "planned"),
        ("Police are searching the lake.", "searching", "asserted"),
        ("Two ministers are visiting Oslo next week.", "visiting", "planned"),
        ("The museum opens tomorrow.", "opens", "planned"),
        ("The storm will hit the coast on Friday.", "hit", "possible"),
        ("The economy will grow and double by 2035.", "double", "possible"),
        ("Orbex will lose ten million euros.", "lose", "possible"),
        ("The council will close the pool in May.", "close", "planned"),
        ("The plan is expected to be signed when the ministers meet in Oslo.", "meet", "planned"),
        ("Vega is excited to lead the choir.", "lead", "planned"),
        ("A study says the town's population will overtake that of Oslo.", "overtake", "possible"),
    ],
)
def test_what_is_ahead_is_planned_and_what_nobody_plans_is_possible(
    sentence: str, word: str, expected: str
):
    assert standing_of(sentence, word).status == expected


def test_what_one_vows_not_to_do_is_not_denied_with_what_one_vows_to_do():
    sentence = "Lund vowed not to yield to the banks and to sell the mill."
    assert standing_of(sentence, "yield").polarity == "negative"
    assert standing_of(sentence, "sell").polarity == "positive"
