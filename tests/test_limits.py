"""What must be how sure to be told: names, relations, what nobody can look up."""

import pytest

from kg.analysis import forget
from kg.config import load_config
from kg.limits import Limits, limits
from kg.model import Article, Block
from kg.nlp.load import load_pipeline
from kg.pipeline import parse, process

LIMITS = Limits(plain=0.5, relation=0.4, named=0.3, unnamed=0.7, little=0.8, sensitive=0.6)


def article(text: str) -> Article:
    return Article("a", "a", text, blocks=(Block("paragraph", 0, len(text)),))


def of(text: str, said: str, limits: Limits = LIMITS) -> float:
    """The limit of the statement whose predicate has these words."""
    from kg.extract import extract
    from kg.extract.grammar.annotations import mentions_of
    from kg.resolve.within import resolve_within

    about = article(text)
    doc = parse(about, load_pipeline())
    found = extract(doc, about)
    resolved = resolve_within(about, mentions_of(doc), found.claims, found.quotes)
    limit = limits.of(doc, resolved)
    (one,) = (one for one in resolved.claims if one.claim.predicate.text == said)
    return limit(one)


@pytest.mark.parametrize(
    ("text", "said", "limit"),
    [
        ("Netflix bought Tarn Films.", "bought", 0.3),  # two names, a relation of the ontology
        ("Netflix bought three small studios.", "bought", 0.4),  # a name and such a relation
        ("Netflix outflanked Tarn Films.", "outflanked", 0.5),  # two names, other words
        ("Netflix outflanked rival studios.", "outflanked", 0.5),
        ("Small studios outflanked large rivals.", "outflanked", 0.7),  # nobody is named
        ("Small studios bought large cameras.", "bought", 0.5),  # but a relation says what it is
        ("The firm bought three small studios.", "bought", 0.7),  # nobody knows which firm
        ("The lawyer bought three small studios.", "bought", 0.8),  # that is a person
        ("The Norwegian firm bought three small studios.", "bought", 0.5),
        ("Small studios bought the old factory.", "bought", 0.7),  # nor which factory
        ("Small studios bought the factory.", "bought", 0.8),
        ("Anna Berg visited the old factory.", "visited", 0.4),  # but Anna Berg
        ("Anna Berg visited the factory.", "visited", 0.8),  # too little: which, and when?
        ("Anna Berg visited the factory on Monday.", "visited", 0.4),
        ("Anna Berg awarded the work to Tarn Films.", "awarded", 0.4),
        ("Anna Berg visited factories on Monday.", "visited", 0.4),
        ("Netflix outflanked rivals.", "outflanked", 0.8),
        ("Netflix outflanked rivals on Monday.", "outflanked", 0.5),
        ("Netflix outflanked eleven rivals.", "outflanked", 0.5),
        ("Anna Berg is an actress.", "is", 0.8),
        ("Chairman Anna Berg left.", "Chairman", 0.4),
        ("Anna Berg denied the claim.", "denied", 0.4),
        ("Anna Berg was convicted of murder.", "was convicted of", 0.6),  # one word tells it
        ("Anna Berg died of cancer.", "died of", 0.6),
        ("Anna Berg is a Norwegian actress.", "is", 0.5),
        ("Anna Berg expressed her gratitude.", "expressed", 0.8),
        ("Anna Berg discussed the plans for a new factory.", "discussed", 0.5),  # that is not much
    ],
)
def test_the_limit_is_for_what_is_said(text: str, said: str, limit: float) -> None:
    assert of(text, said) == limit


@pytest.mark.parametrize(
    ("text", "said", "limit"),
    [
        ("Orion Motors sued Tarn Films in May.", "sued", 0.3),  # two bodies
        ("Anna Berg sued Tarn Films in May.", "sued", 0.6),  # it can hurt a person
        ("Orion Motors sued Anna Berg in May.", "sued", 0.6),
        ("Orion Motors sued three small firms in May.", "sued", 0.6),
    ],
)
def test_what_can_hurt_a_person_must_be_surer(text: str, said: str, limit: float) -> None:
    assert of(text, said) == limit


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Anna Berg said the sale would go on.", True),
        ("Officials said the sale would go on.", True),
        ("The lawyer said the sale would go on.", False),  # which?
        ("He said the sale would go on.", False),
        ("Anna Berg runs the shop. She said the sale would go on.", True),
        ("Karl Venn met Bo Dale of Acme. Later he said the sale would go on.", False),  # which?
        ("The Dane said the sale would go on.", False),
        ("“The sale will go on in spring, whatever they say.”", False),  # who says so?
        ("Anna Berg called the sale “a sham”.", False),  # says nothing without its sentence
    ],
)
def test_a_quotation_is_told_where_somebody_says_something(text: str, told: bool) -> None:
    result = process(article(text), load_pipeline(), load_config(pipeline={"worth_quoted": 0.0}))
    assert bool(result.quotes) is told
    every = load_config(pipeline={"confidence": 0.0, "confidence_sensitive": 0.0})
    assert process(article(text), load_pipeline(), every).quotes


def test_a_sentence_of_a_quotation_that_is_not_told_is_reported() -> None:
    text = "The lawyer said the sale would go on."
    result = process(article(text), load_pipeline(), load_config())
    assert [one.reason for one in result.abstentions] == ["unsure"]


def test_a_firm_that_the_article_names_is_a_name() -> None:
    text = "Tarn Films, a firm in Oslo, sold its cameras. The firm bought three small studios."
    assert of(text, "bought") == 0.4


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([("Kenyan", "NORP"), ("Tea Growers Association", "ORG")], False),
        ([("Kenyan Tea Growers Association", "ORG")], True),
        ([("Kenyan", "NORP")], True),
    ],
)
def test_of_a_name_cut_on_its_left_nothing_is_told(
    parts: list[tuple[str, str]], told: bool
) -> None:
    from kg.extract.statements.features import is_cut
    from kg.model import Argument

    doc = parse(article("The Kenyan Tea Growers Association met Lena Berg."), load_pipeline())
    doc.ents = tuple(
        span
        for text, label in parts
        if (at := doc.text.index(text)) >= 0
        and (span := doc.char_span(at, at + len(text), label)) is not None
    )
    forget(doc)
    text, _ = parts[-1]
    at = doc.text.index(text)
    end = Argument("subject", "mention", at, at + len(text), at, at + len(text), text, None)
    assert is_cut(doc, end) is not told


def test_who_says_so_must_be_somebody() -> None:
    assert of("Ida Moss runs Orvell. She said Netflix bought Tarn Films.", "bought") == 0.3
    assert of("It said Netflix bought Tarn Films.", "bought") == 0.8
    assert of("The lawyer said Netflix bought Tarn Films.", "bought") == 0.8
    assert of("Officials said Netflix bought Tarn Films.", "bought") == 0.3


def test_what_can_hurt_somebody_must_be_surer() -> None:
    assert of("Police arrested Anna Berg.", "arrested") == 0.6


def test_a_limit_of_nothing_tells_everything() -> None:
    none = limits(load_config(pipeline={"confidence": 0.0, "confidence_sensitive": 0.0}))
    assert of("The firm bought three small studios.", "bought", none) == 0.0


def test_what_is_left_out_leaves_no_thing_behind() -> None:
    text = "The firm bought three small studios. Netflix bought Tarn Films."
    settings = load_config(pipeline={"confidence": 0.1, "confidence_unnamed": 1.0})
    result = process(article(text), load_pipeline(), settings)
    assert [one.claim.predicate.text for one in result.claims] == ["bought"]
    assert {entity.label for entity in result.entities} == {"Netflix", "Tarn Films"}
    assert [one.reason for one in result.abstentions] == ["unsure"]
