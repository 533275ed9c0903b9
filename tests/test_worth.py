"""What an editor wants in a graph, and what not."""

import pytest

from kg.config import load_config
from kg.limits import limits
from kg.model import Article, Block
from kg.nlp.load import load_pipeline
from kg.pipeline import parse, process
from kg.worth import Weights, Worth, load_weights

LEAD = "Tarn Films, a studio in Bergen, named Ida Moss its director on Monday. "


def article(text: str) -> Article:
    return Article("a", "a", text, blocks=(Block("paragraph", 0, len(text)),))


def read(text: str) -> tuple[list[float], list[float]]:
    """The worth of the claims and of the quotations of a text, in its order."""
    from kg.extract import extract
    from kg.extract.grammar.annotations import mentions_of
    from kg.extract.statements.confidence import rated
    from kg.resolve.within import resolve_within

    about = article(text)
    doc = parse(about, load_pipeline())
    found = extract(doc, about)
    claims = rated(doc, found.claims)
    resolved = resolve_within(about, mentions_of(doc), claims, found.quotes)
    worth = Worth(doc, resolved)
    return [*map(worth.of_claim, resolved.claims)], [*map(worth.of_quote, resolved.quotes)]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (
            "Ida Moss said Tarn Films would build a studio in Norway.",
            "“I am so very happy and truly proud, you know,” Ida Moss said.",
        ),
        (
            "Ida Moss said Tarn Films would build a studio in Norway.",
            "Visitors said it was really very nice and quiet there.",
        ),
        (
            "Police said Norway had closed the border with Sweden.",
            "“You just never know what they want, do you?” said one visitor.",
        ),
    ],
)
def test_of_two_quotations_what_tells_more_is_worth_more(better: str, worse: str) -> None:
    (more,), (less,) = read(LEAD + better)[1], read(LEAD + worse)[1]
    assert 0 < less < more < 1


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Tarn Films bought Orvell in 2019.", "Visitors discussed many new things."),
        ("Police killed three men in Oslo.", "Kongsberg is located in Norway."),
    ],
)
def test_of_two_claims_what_tells_more_is_worth_more(better: str, worse: str) -> None:
    assert max(read(worse)[0]) < max(read(better)[0])


def test_what_no_editor_wants_is_not_told_by_default() -> None:
    text = LEAD + "“I am so very happy and truly proud, you know,” Ida Moss said."
    every = load_config(pipeline={"worth_quoted": 0.0})
    assert not process(article(text), load_pipeline(), load_config()).quotes
    assert process(article(text), load_pipeline(), every).quotes


def test_a_fact_of_a_name_is_told_whatever_it_is_worth() -> None:
    text = LEAD + "Tarn Films bought Orvell in 2019. Tarn Films outflanked its many new rivals."
    highest = load_config(pipeline={"confidence": 0.1, "worth": 1.0})
    result = process(article(text), load_pipeline(), highest)
    told = {one.claim.predicate.property for one in result.claims}
    assert "bought" in told
    assert None not in told
    assert None in {
        one.claim.predicate.property
        for one in process(
            article(text), load_pipeline(), load_config(pipeline={"confidence": 0.1, "worth": 0.0})
        ).claims
    }


@pytest.mark.parametrize(
    ("speaker", "told"),
    [("Ida Moss, director of Tarn Films, said", 1), ("Ida Moss said", 0)],
)
def test_of_who_holds_a_post_one_quotation_is_told(speaker: str, told: int) -> None:
    text = f"“A good tool makes no story by itself,” {speaker}. “It is a very nice day,” she added."
    settings = load_config(pipeline={"worth_quoted": 0.55})
    assert len(process(article(text), load_pipeline(), settings).quotes) == told


def test_of_who_holds_a_post_three_quotations_are_told() -> None:
    text = (
        "Ida Moss, director of Tarn Films, said it would open a studio in Leeds. Moss said the studio would employ "
        "40 people. Moss said Leeds was cheaper than London. Moss said the film would be shown in Oslo in May."
    )
    quotes = process(
        article(text), load_pipeline(), load_config(pipeline={"worth_quoted": 0.0})
    ).quotes
    assert len(quotes) == 4
    few = process(
        article(text), load_pipeline(), load_config(pipeline={"worth_quoted": 0.7})
    ).quotes
    assert len(few) == 3


def test_who_denies_it_is_heard() -> None:
    text = "Granton Works denied that its welds were faulty."
    result = process(article(text), load_pipeline(), load_config(pipeline={"worth_quoted": 1.0}))
    assert [one.quote.polarity for one in result.quotes] == ["negative"]


def test_where_everything_is_told_nothing_is_worth_too_little() -> None:
    text = "Netflix bought Tarn Films in March. “I am so happy, you know,” Ida Moss said."
    all_of_it = load_config(pipeline={"confidence": 0.0, "confidence_sensitive": 0.0, "worth": 1.0})
    assert limits(all_of_it).least == 0
    result = process(article(text), load_pipeline(), all_of_it)
    assert result.claims
    assert result.quotes


def test_a_feature_without_a_weight_says_nothing() -> None:
    known = Weights(0.5, {"numbers": 1.0})
    assert known.chance({"numbers": 1.0, "never seen": 9.0}) == known.chance({"numbers": 1.0})
    assert 0 < known.chance({}) < known.chance({"numbers": 1.0}) < 1


def test_every_weight_is_of_a_feature_that_can_be_told() -> None:
    """A weight under a name that nobody tells would never count."""
    weights = load_weights()
    assert set(weights) == {"claims", "quotations"}
    assert {"sure", "subject named", "both named"} <= set(weights["claims"].weights)
    assert {"sure", "turn", "adjectives", "speaker named"} <= set(weights["quotations"].weights)
