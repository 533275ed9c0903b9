"""What is found, doubted, denied, dropped or withdrawn, and what only sounds so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from spacy.tokens import Doc

from benchmarks.quality.settings import everything
from kg.extract.factuality.evidence import signatures
from kg.extract.factuality.status import Standing, status
from kg.extract.grammar.repair import mend
from kg.extract.words.load import word_lists
from kg.model import Article
from kg.nlp.load import load_pipeline
from kg.pipeline import process

SENTENCES = Path(__file__).with_name("evidence.txt")
HOW = {
    "so": {"asserted"},
    "not so": {"denied", "hypothetical"},
    "unsure": {"claimed", "possible", "planned", "hypothetical", "denied"},
    "open": {"asserted", "claimed", "possible", "hypothetical"},
}


@cache
def parsed(sentence: str) -> Doc:
    doc = load_pipeline()(sentence)
    mend(doc)
    return doc


def standing_of(sentence: str, word: str) -> Standing:
    *_, token = [t for t in parsed(sentence) if t.text == word]
    return status(token)


def written() -> list[tuple[str, str, str]]:
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    return [(how, word, sentence) for how, word, sentence in rows]


def shown() -> Iterator[tuple[str, str, str]]:
    """Each entry of the table with the sentence that shows it."""
    for table in word_lists("evidence").values():
        for entry in table if isinstance(table, list) else [table]:
            if "sentence" in entry:
                yield entry["sentence"], entry["word"], entry["becomes"]


@pytest.mark.parametrize(("how", "word", "sentence"), written())
def test_nobody_is_said_to_have_done_what_a_sentence_does_not_say(
    how: str, word: str, sentence: str
):
    assert standing_of(sentence, word).status in HOW[how]


@pytest.mark.parametrize(("sentence", "word", "becomes"), list(shown()))
def test_every_entry_of_the_table_does_what_its_sentence_shows(
    sentence: str, word: str, becomes: str
):
    assert standing_of(sentence, word).status == becomes


def test_every_entry_of_the_table_has_a_sentence():
    entries = [entry for table in word_lists("evidence").values() if isinstance(table, list)
               for entry in table]  # fmt: skip
    assert [entry["name"] for entry in entries if not entry.get("sentence")] == []


@pytest.mark.parametrize("table", ["verbs", "adjectives", "nouns", "acts", "qualities"])
def test_no_word_is_in_two_entries_of_a_table(table: str):
    entries = word_lists("evidence")[table]
    assert len(signatures(table)) == sum(len(entry["words"]) for entry in entries)


@pytest.mark.parametrize(
    ("sentence", "word", "expected", "speaker"),
    [
        ("The clerk denied that she kept the key.", "kept", "denied", "clerk"),
        ("The jury doubted that Aune pushed the guard.", "pushed", "hypothetical", "jury"),
        ("A judge dropped the charge that Aune pushed the guard.", "pushed", "denied", "judge"),
        ("The coach does not think that Rell hid the ball.", "hid", "denied", "coach"),
        ("Nobody believes that Rell hid the ball.", "hid", "denied", None),
        ("Police never said that Rell hid the ball.", "hid", "hypothetical", None),
        ("Prosecutors said they had no proof that Holm hid it.", "hid", "denied", "Prosecutors"),
        ("The court heard claims that Rell hid the ball.", "hid", "possible", None),
    ],
)
def test_a_denial_is_of_the_one_who_denies(
    sentence: str, word: str, expected: str, speaker: str | None
):
    found = standing_of(sentence, word)
    assert found.status == expected
    assert (found.attribution.text if found.attribution else None) == speaker


def statuses(sentence: str, subject: str, verb: str) -> set[str]:
    """The statuses of the claims of ``subject`` whose predicate has the word."""
    found = process(Article("a", "a", sentence), load_pipeline(), everything())
    labels = {entity.key: entity.label for entity in found.entities}
    return {
        linked.claim.status
        for linked in found.claims
        if labels[linked.subject] == subject
        and verb in f"{linked.claim.predicate.text} {linked.claim.predicate.label}"
    }


@pytest.mark.parametrize(
    ("sentence", "subject", "verb", "expected"),
    [
        ("Neither Lars Berg nor his wife sold the yard.", "Lars Berg", "sold", {"denied"}),
        ("Neither Lars Berg nor his wife sold the yard.", "Lars Berg's wife", "sold", {"denied"}),
        ("The mayor, not Lars Berg, sold the yard.", "Lars Berg", "sold", set()),
        ("The mayor, not Lars Berg, sold the yard.", "mayor", "sold", {"asserted"}),
        ("Lars Berg rather than his wife sold the yard.", "Lars Berg's wife", "sold", set()),
        ("It was Odd Berg, not Lena Marsh, who killed the guard.", "Lena Marsh", "killed",
         {"denied"}),
        ("Lena Marsh is not the woman who sold the files.", "Lena Marsh", "sold", {"denied"}),
        ("All but Lars Berg signed the letter.", "Lars Berg", "signed", set()),
        ("The sale of the yard by Lars Berg was never proved.", "Lars Berg", "sold",
         {"hypothetical"}),
        ("The attack on the guard by Lars Berg did not happen.", "Lars Berg", "attack", {"denied"}),
        ("There is no proof of a sale of the yard by Lars Berg.", "Lars Berg", "sold", {"denied"}),
        ("Reports of the purchase of the yard by Lars Berg are false.", "Lars Berg", "bought",
         {"denied"}),
        ("The paper wrongly called Lars Berg a thief.", "Lars Berg", "known", set()),
        ("The paper wrongly called Lars Berg a thief.", "paper", "call", {"denied"}),
        ("Lars Berg was cleared of selling the yard.", "Lars Berg", "cleared", {"asserted"}),
        ("Lars Berg was cleared of selling the yard.", "Lars Berg", "sold", {"denied"}),
        ("Ida Thorn was convicted of robbing a bank.", "Ida Thorn", "convicted", {"asserted"}),
        ("Lars Berg sold the yard, or so the paper claimed.", "Lars Berg", "sold", {"claimed"}),
    ],
)  # fmt: skip
def test_claims_say_who_did_it_and_who_did_not(
    sentence: str, subject: str, verb: str, expected: set[str]
):
    assert statuses(sentence, subject, verb) == expected


@pytest.mark.parametrize(
    ("sentence", "subject", "verb", "expected"),
    [
        ("The council announced no plans to close the pool.", "council", "close", {"hypothetical"}),
        ("Guards came to keep the smugglers from crossing the river.", "smuggler", "cross",
         {"hypothetical"}),
        ("Guards kept the smugglers from crossing the river.", "smuggler", "cross", {"denied"}),
        ("The village has sufficient water to supply the clinic.", "village", "supply", {"possible"}),
        ("The village has to supply the clinic.", "village", "supply", {"hypothetical"}),
        ("The assembly voted to extend the curfew.", "assembly", "extend", {"planned"}),
        ("Tarn is not the only town that closed a school.", "Tarn", "close", {"asserted"}),
        ("Tarn is not a town that closed a school.", "Tarn", "close", {"denied"}),
        ("The clerk did not open the vault until guards came.", "clerk", "open", {"asserted"}),
        ("The clerk will not open the vault until guards come.", "clerk", "open", set()),
        ("The assembly debated a bill banning plastic bags.", "bill", "ban", {"planned"}),
        ("The assembly passed a law banning plastic bags.", "law", "ban", {"asserted"}),
        ("The crew barely reached the harbour.", "crew", "reach", {"asserted"}),
        ("The crew never reached the harbour.", "crew", "reach", {"denied"}),
        ("The clerk was told not to publish the figures.", "clerk", "publish", {"hypothetical"}),
        ("The clerk did not publish the figures.", "clerk", "publish", {"denied"}),
        ("The rule, which is to replace the old tax, hurts bakers.", "rule", "replace", {"planned"}),
        ('Anna Rask said, "May the sailors find the shore."', "sailor", "find", {"hypothetical"}),
        ('Anna Rask said, "I want to express regret."', "Anna Rask", "express", {"claimed"}),
        ('Anna Rask said, "I want to sell the boat."', "Anna Rask", "sell", {"hypothetical"}),
        ("Anna Rask called the bridge a disgrace.", "bridge", "is", set()),
        ("Anna Rask called the bridge a disgrace.", "Anna Rask", "call", {"asserted"}),
        ("Anna Rask said Mayor Peer Holm sold the boat.", "Peer Holm", "role", {"asserted"}),
        ('Anna Rask said: "Peer Holm, the mayor of Tarn, sold it."', "Peer Holm", "role", {"claimed"}),
    ],
)  # fmt: skip
def test_what_is_only_wished_ordered_or_judged_is_no_fact(
    sentence: str, subject: str, verb: str, expected: set[str]
):
    assert statuses(sentence, subject, verb) == expected


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The report says Norway lacks the ships.", "claimed"),
        ("Norway lacks the ships, this document said.", "claimed"),
        ("Reports say Norway lacks the ships.", "asserted"),
    ],
)
def test_one_report_that_was_told_of_says_so_itself(sentence: str, status: str) -> None:
    assert statuses(sentence, "Norway", "lack") == {status}
