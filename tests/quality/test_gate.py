"""The quality gate on our own articles, which run anywhere; and the gate and its scorers themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.quality import gate, speakers, tables, traps, values
from benchmarks.quality.articles import HERE, exam, figures, own_articles
from benchmarks.quality.facts import Scores, macro_f1, score, span_f1
from benchmarks.quality.gold import Fact, GoldArticle, GoldQuote, compile_file, load, sentences
from benchmarks.quality.tally import Tally
from kg.model import (
    Argument,
    Article,
    ArticleResult,
    Claim,
    LinkedClaim,
    LinkedQuote,
    LocalEntity,
    Predicate,
    Quote,
)

TEXT = "Netflix bought Runway in June. “It works,” said Ann Hill, who leads Netflix."


@pytest.mark.slow
def test_our_own_articles_pass_the_gate() -> None:
    gold = load(HERE / "gold" / "articles.json")
    scores = exam(gold, own_articles())
    print_id = gate.fingerprint(repr(item) for item in gold)
    assert gate.check("articles", figures(scores), print_id) == []


@pytest.mark.slow
def test_the_claims_inside_a_quotation_are_its_speakers() -> None:
    found = list(speakers.results(list(own_articles().values())))
    assert sum(1 for result in found for _ in speakers.attributed(result)) > 20
    assert [speakers.strangers(result) for result in found] == [[] for _ in found]


def test_the_annotation_holds_no_words_of_the_corpora() -> None:
    plain = (HERE / "gold" / "wikinews.json").read_text(encoding="utf-8")
    words = {word for word in plain.replace('"', " ").split() if word.isalpha()}
    assert len(plain) > 10_000
    assert not {word for word in words if len(word) > 15}


def test_a_score_below_its_floor_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "FLOORS", tmp_path)
    gate.pin("x", {"recall": 0.7129, "wrong": 0.0401}, "e1", ceilings=["wrong"])
    assert gate.check("x", {"recall": 0.712, "wrong": 0.041}, "e1") == []
    assert "below its floor 0.712" in gate.check("x", {"recall": 0.711, "wrong": 0.04}, "e1")[0]
    assert "above its ceiling" in gate.check("x", {"recall": 0.72, "wrong": 0.05}, "e1")[0]
    assert "exam has changed" in gate.check("x", {"recall": 1.0, "wrong": 0.0}, "e2")[0]


def test_a_floor_only_rises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "FLOORS", tmp_path)
    gate.pin("x", {"recall": 0.7}, "e1")
    gate.pin("x", {"recall": 0.6}, "e1")
    assert gate.check("x", {"recall": 0.65}, "e1")
    gate.pin("x", {"recall": 0.6}, "e2")
    assert not gate.check("x", {"recall": 0.65}, "e2")


def test_a_pinned_file_keeps_its_comment_and_takes_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "FLOORS", tmp_path)
    gate.pin("x", {"ewt gold LAS": 88.6, "bias": -0.5}, "e1")
    file = tmp_path / "x.toml"
    file.write_text("# why so\n" + file.read_text())
    gate.pin("x", {"ewt gold LAS": 89.6, "bias": -0.5}, "e1")
    assert file.read_text().startswith("# why so\n")
    assert gate.check("x", {"ewt gold LAS": 89.6, "bias": -0.5}, "e1") == []
    assert gate.check("x", {"ewt gold LAS": 89.5, "bias": -0.5}, "e1")
    assert gate.check("x", {"ewt gold LAS": 89.6, "bias": -0.6}, "e1")


def test_an_exam_ends_as_its_gate_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gate, "FLOORS", tmp_path)
    assert gate.settle("x", {"recall": 0.7}, "e1") == 1
    assert "nothing is pinned" in capsys.readouterr().out
    assert gate.settle("x", {"recall": 0.7}, "e1", pinning=True) == 0
    assert gate.settle("x", {"recall": 0.69}, "e1") == 1
    assert gate.settle("x", {"recall": 0.7}, "e2") == 1


def test_an_exam_without_its_corpora_ends_before_it_starts(tmp_path: Path) -> None:
    options = gate.options("The exam.\n\nMore.")
    assert gate.given(options, [str(tmp_path), "--pin"]).pin
    with pytest.raises(SystemExit) as end:
        gate.given(options, [str(tmp_path / "none")])
    assert end.value.code == 2


def test_a_file_of_the_exam_that_changes_is_another_exam(tmp_path: Path) -> None:
    one, two = tmp_path / "a", tmp_path / "b"
    one.write_bytes(b"ab")
    two.write_bytes(b"c")
    before = gate.files(one, two)
    one.write_bytes(b"a")
    two.write_bytes(b"bc")
    assert gate.files(one, two) != before


def test_a_tally_tells_what_is_found_and_what_is_right() -> None:
    tally = Tally()
    for found in (True, False, False, False):
        tally.want(found, "missed")
    for right in (True, False):
        tally.give(right, "wrong")
    assert (tally.recall, tally.precision) == (0.25, 0.5)
    assert tally.f1 == pytest.approx(1 / 3)
    assert list(tally.errors(2)) == ["MISSED missed", "MISSED missed", "WRONG wrong"]
    assert Tally().f1 == 0.0


def test_span_f1_counts_words_and_not_marks() -> None:
    assert span_f1(TEXT, (0, 21), (0, 22)) == 1.0
    assert span_f1(TEXT, (0, 7), (0, 21)) == 0.5
    assert span_f1(TEXT, (0, 7), (15, 21)) == 0.0


def test_macro_f1_weighs_labels_alike() -> None:
    assert macro_f1([("a", "a"), ("a", "a"), ("b", "a")]) == pytest.approx((0.8 + 0.0) / 2)


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def argument(words: str, role: str = "subject") -> Argument:
    start, end = at(words)
    return Argument(role, "mention", start, end, start, end, words)


def result(subject: str, predicate: str, target: str, speaker: str = "Ann Hill") -> ArticleResult:
    where = at(predicate)
    claim = Claim(
        "c", argument(subject), Predicate(predicate, predicate, *where), argument(target, "object"),
        0, 30, "relations",
    )  # fmt: skip
    start, end = at("It works,")
    quote = Quote(
        "q",
        "It works,",
        start,
        end,
        ((start, end),),
        "direct",
        argument(speaker),
        "said",
        start,
        end,
    )
    article = Article("a", "a.txt", TEXT)
    return ArticleResult(
        article, (), (LinkedClaim(claim, "x", "y"),), (LinkedQuote(quote, "x"),)
    )  # fmt: skip


GOLD = GoldArticle(
    "a", "", (), (Fact((0, 30), at("Netflix"), at("bought"), at("Runway"), "asserted"),),
    (GoldQuote(at("It works"), "direct", at("Ann Hill"), at("Ann Hill")),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("found", "facts"),
    [
        (("Netflix", "bought", "Runway"), 1),
        (("Runway", "bought", "Netflix"), 1),  # a passive is turned around
        (("Netflix", "bought", "June"), 0),
        (("Netflix", "leads", "Runway"), 0),
        (("Ann Hill", "bought", "Runway"), 0),
    ],
)
def test_a_fact_is_found_when_its_three_parts_are(found: tuple[str, str, str], facts: int) -> None:
    scores = Scores()
    score(GOLD, result(*found), scores)
    assert scores.found == facts


@pytest.mark.parametrize(("speaker", "right"), [("Ann Hill", 1), ("Netflix", 0)])
def test_a_quotation_needs_the_right_speaker(speaker: str, right: int) -> None:
    scores = Scores()
    score(GOLD, result("Netflix", "bought", "Runway", speaker), scores)
    assert (scores.quotes_span, scores.quotes_full) == (1, right)


def test_a_working_file_becomes_offsets_and_tells_what_it_cannot_place() -> None:
    working = (
        "# a\nF | 1 | Netflix | bought | Runway | asserted |\nF | 1 | Apple | x | y | asserted |\n"
    )
    (article,), problems = compile_file(working, {"a": TEXT})
    assert article.facts == GOLD.facts
    assert len(problems) == 1
    assert "Apple" in problems[0]


def test_sentences_are_numbered_over_abbreviations() -> None:
    text = "Mr. Hill left. He said “Go.” Then U.S. rules came."
    assert [text[a:b] for a, b in sentences(text)] == [
        "Mr. Hill left.", "He said “Go.”", "Then U.S. rules came.",
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("exam", traps.GOLD)
def test_traps_are_not_fallen_into_more_often(exam: str) -> None:
    scores = traps.score(exam, "looking")[0] | traps.score(exam, "scoring")[0]
    assert gate.check(exam, scores, gate.files(traps.GOLD[exam])) == []


@pytest.mark.slow
def test_tables_state_what_they_did() -> None:
    assert gate.check("tables", tables.figures(tables.score()), gate.files(tables.FILE)) == []


def test_a_trap_is_told_by_predicate_and_participant() -> None:
    claim = Claim(
        "k", Argument("subject", "mention", 0, 5, 0, 5, "Moss"), Predicate("sold", "sold", 6, 10, "sold"),
        Argument("object", "topic", 11, 16, 11, 16, "files"), 0, 16, "relations",
    )  # fmt: skip
    people = (
        LocalEntity("e1", "Dana Moss", "Person"),
        LocalEntity("e2", "Dana Moss's brother", "Person"),
    )
    result = ArticleResult(Article("a", "a", "Dana Moss sold files"), entities=people)

    def says(predicate: str, participant: str, subject: str = "e1") -> bool:
        told = traps.Told(predicate, participant)
        return traps.says(result, LinkedClaim(claim, subject, None), told, ("asserted",))

    assert says("sell", "Moss")
    assert says("kg:sold", "Dana Moss")
    assert not says("kg:stole", "Dana Moss")
    assert not says("sell", "Dana Moss", subject="e2")
    assert says("sell", "brother$", subject="e2")


@pytest.mark.slow
def test_values_in_articles_of_our_own_hold_their_floors() -> None:
    found = values.own_scores("score").shares("own ")
    pinned = gate._pinned("values")["floors"]
    assert {name: share >= pinned[name] for name, share in found.items()} == {
        "own right": True, "own precision": True,
    }  # fmt: skip


def test_marks_of_the_exam_of_values_stand_where_the_words_stand() -> None:
    text, marked = values.unmarked("He paid [$2m|MONEY|2000000 USD] in [June|DATE|2025-06].")
    assert text == "He paid $2m in June."
    assert [text[start:end] for start, end, *_ in marked] == ["$2m", "June"]
    rows = [json.loads(line) for line in values.OWN.read_text(encoding="utf-8").splitlines()]
    own = [e for row in rows for e in values.unmarked(row["marked"])[1] if e[3] != "?"]
    assert len(own) >= 300
    assert {row["half"] for row in rows} == {"look", "score"}
