"""The bench of judged precision: what is drawn, what is kept, what is reported."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from benchmarks.quality import precision
from benchmarks.quality.precision import CAUSES, EVERY, VERDICTS, Verdict
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

TEXT = (
    "The harbour was quiet. Mara Lind bought the Orla ferry in May. She said it would sail again."
)
JUDGED = sorted((Path(precision.__file__).parent / "judged").glob("*.json"))


def argument(role: str, words: str) -> Argument:
    start = TEXT.index(words)
    return Argument(role, "mention", start, start + len(words), start, start + len(words), words)


def result(number: int, claims: int, quotes: int = 0) -> ArticleResult:
    article = Article(f"wikinews-0-{number:03d}", "made", TEXT)
    verb = TEXT.index("bought")
    said = TEXT.index("it would")
    claim = [
        Claim(
            key=f"c{number}-{i}",
            subject=argument("subject", "Mara Lind"),
            predicate=Predicate("acquired", "bought", verb, verb + 6, "acquired"),
            object=argument("object", "the Orla ferry"),
            start=TEXT.index("Mara"),
            end=TEXT.index(" in May"),
            extractor="relations",
        )
        for i in range(claims)
    ]
    quote = [
        Quote(
            key=f"q{number}-{i}",
            text="it would sail again",
            start=said,
            end=len(TEXT) - 1,
            parts=((said, len(TEXT) - 1),),
            speech="indirect",
            speaker=argument("speaker", "She"),
            cue="said",
            evidence_start=TEXT.index("She"),
            evidence_end=len(TEXT),
        )
        for i in range(quotes)
    ]
    return ArticleResult(
        article,
        entities=(LocalEntity("e1", "Mara Lind", "Person"), LocalEntity("e2", "Orla", "Product")),
        claims=tuple(LinkedClaim(c, "e1", "e2") for c in claim),
        quotes=tuple(LinkedQuote(q, "e1") for q in quote),
    )


def verdict(kind: str = "claim", status: str = "asserted", given: str = "right", cause=None):
    return Verdict("wikinews-0-001", 0, 9, "k", kind, status, "relations", given, cause)


def test_one_in_eight_statements_is_a_quotation():
    drawn = precision.sample((result(n, 3, 3) for n in range(99)), 40)
    kinds = [type(one.linked) for one in drawn]
    assert len(drawn) == 40
    assert kinds.count(LinkedQuote) == 40 // EVERY


def test_a_long_article_does_not_fill_the_sample():
    drawn = precision.sample([result(0, 50), *(result(n, 1) for n in range(1, 30))], 16)
    assert sum(one.result.article.id == "wikinews-0-000" for one in drawn) == 2


def test_a_statement_keeps_its_place_when_another_one_joins_the_article():
    before = [one.key for one in precision.ranked(result(7, 5))[0]]
    after = [one.key for one in precision.ranked(result(7, 6))[0]]
    assert [key for key in after if key in before] == before


def test_articles_are_drawn_no_further_than_needed():
    seen = []

    def results():
        for number in range(100):
            seen.append(number)
            yield result(number, 2, 1)

    precision.sample(results(), 16)
    assert len(seen) < 20


def test_the_sentence_is_the_one_that_the_evidence_touches():
    drawn = precision.Drawn(result(1, 1), result(1, 1).claims[0])
    start, end = drawn.sentence
    assert TEXT[start:end] == "Mara Lind bought the Orla ferry in May."


def test_verdicts_of_a_working_file_are_kept_without_its_text():
    made = result(1, 1, 1)
    shown = [
        precision.show(1, precision.Drawn(made, made.claims[0])),
        precision.show(2, precision.Drawn(made, made.quotes[0])),
    ]
    working = "\n".join(shown).replace("V: ", "V: slip type", 1)
    working = working.replace("V: \n", "V: right\n")
    kept, problems = precision.keep(working)
    assert problems == []
    assert [(v.kind, v.verdict, v.cause) for v in kept] == [
        ("claim", "slip", "type"),
        ("quote", "right", None),
    ]
    assert "Mara" not in json.dumps([asdict(v) for v in kept])


@pytest.mark.parametrize("given", ["", "maybe", "wrong", "wrong because", "slip"])
def test_a_statement_without_a_valid_verdict_is_named(given):
    made = result(1, 1)
    working = precision.show(1, precision.Drawn(made, made.claims[0]))
    kept, problems = precision.keep(working.replace("V: ", f"V: {given}"))
    assert kept == []
    assert "c1-0" in problems[0]


def test_slips_are_forgiven_by_the_lenient_figure_only():
    got = precision.figures(
        [verdict(), verdict(given="slip", cause="type"), verdict(given="wrong", cause="parse")]
    )
    assert got["strict"] == pytest.approx(1 / 3)
    assert got["lenient"] == pytest.approx(2 / 3)


def test_wrongly_asserted_counts_faults_of_status_among_asserted_claims():
    got = precision.figures(
        [
            verdict(),
            verdict(given="slip", cause="status"),
            verdict(given="wrong", cause="parse"),
            verdict(status="planned", given="slip", cause="status"),
            verdict(kind="quote", given="wrong", cause="span"),
        ]
    )
    assert got["wrongly_asserted"] == pytest.approx(1 / 3)
    assert got["asserted_not_right"] == pytest.approx(1 / 3)


def test_the_interval_holds_the_share_and_narrows_with_more_judgements():
    low, high = precision.interval(0.8, 100)
    assert low < 0.8 < high
    wide = precision.interval(0.8, 20)
    assert wide[0] < low and high < wide[1]


@pytest.mark.parametrize("path", JUDGED, ids=lambda path: path.stem)
def test_kept_verdicts_are_ids_offsets_and_verdicts_only(path):
    verdicts = precision.load(path)
    assert len({(v.article, v.key) for v in verdicts}) == len(verdicts)
    for one in verdicts:
        assert one.verdict in VERDICTS
        assert (one.cause in CAUSES) == (one.verdict != "right")
        assert 0 <= one.start < one.end
        assert not any(" " in value for value in asdict(one).values() if isinstance(value, str))


def test_after_a_change_only_what_changed_is_judged_again():
    made = result(1, 2)
    drawn = [precision.Drawn(made, linked) for linked in made.claims]
    judged = precision.working_file(drawn).replace("V: ", "V: wrong parse")
    old, problems = precision.keep(judged)
    assert problems == []
    other = replace(made, entities=(LocalEntity("e1", "Lind", "Person"), made.entities[1]))
    again = [precision.Drawn(made, made.claims[0]), precision.Drawn(other, made.claims[1])]
    kept, left = precision.keep(precision.working_file(again, old))
    assert [(v.key, v.verdict, v.cause) for v in kept] == [("c1-0", "wrong", "parse")]
    assert len(left) == 1 and "c1-1" in left[0]


def test_rounds_share_no_article():
    articles = {str(n): result(n, 0).article for n in range(170)}
    rounds = [[a.id for a in precision.shuffled(articles, r)] for r in (1, 2, 3)]
    assert len({key for ids in rounds for key in ids}) == sum(map(len, rounds)) == 150
