"""Bodies that every country has: which one an article means."""

from __future__ import annotations

import pytest

from kg.model import Article, LocalEntity, Mention
from kg.resolve.across import group_key
from kg.resolve.national import with_country
from kg.resolve.within import resolve_within


def entities(text: str, *names: tuple[str, str]) -> dict[str, str]:
    """What the names (with their labels) of a text are called, by the name."""
    mentions, at = [], 0
    for number, (name, label) in enumerate(names):
        start = text.index(name, at)
        at = start + len(name)
        mentions.append(Mention(start, at, name, "name", label, number))
    found = resolve_within(Article("a1", "a1.txt", text), mentions, (), ())
    return {
        text[start:end]: entity.label for entity in found.entities for start, end in entity.mentions
    }


@pytest.mark.parametrize(
    ("text", "names", "label"),
    [
        ("Parliament in Samoa met.", [("Parliament", "ORG"), ("Samoa", "GPE")], "Parliament of Samoa"),
        ("The Samoan Parliament met.", [("Samoan", "NORP"), ("Parliament", "ORG")], "Parliament of Samoa"),
        ("Samoa's Senate met.", [("Samoa", "GPE"), ("Senate", "ORG")], "Senate of Samoa"),
        (
            "Floods hit Samoa. Samoans fled. The Ministry of Health sent help.",
            [("Samoa", "GPE"), ("Samoans", "NORP"), ("Ministry of Health", "ORG")],
            "Ministry of Health of Samoa",
        ),
        (
            "The Securities Board (SC) met. The Samoan Fish Trust met. Parliament met.",
            [("SC", "ORG"), ("Samoan Fish Trust", "ORG"), ("Parliament", "ORG")],
            "Parliament of Samoa",
        ),
        ("The U.S. voted. The Senate met.", [("U.S.", "GPE"), ("Senate", "ORG")], "US Senate"),
        # The U.S. has departments.
        ("The U.S. voted. The Transport Ministry met.", [("U.S.", "GPE"), ("Transport Ministry", "ORG")],
         "Transport Ministry"),
        # Two countries, and nothing that tells which.
        (
            "Peru and Chile spoke. The Foreign Ministry agreed.",
            [("Peru", "GPE"), ("Chile", "GPE"), ("Foreign Ministry", "ORG")],
            "Foreign Ministry",
        ),
        # A town's is not its country's.
        ("Fire in Peru. The Police Department came.", [("Peru", "GPE"), ("Police Department", "ORG")], "Police Department"),
        # Another story goes on in the same text.
        ("He chose his Cabinet. Zimbabwe has milk. Zimbabwe sold it.",
         [("Cabinet", "ORG"), ("Zimbabwe", "GPE"), ("Zimbabwe", "GPE")], "Cabinet"),
        # Armed forces are at work abroad.
        (
            "Peruvians fled. A Peruvian was hurt in Chile. The Coast Guard came.",
            [("Peruvians", "NORP"), ("Peruvian", "NORP"), ("Chile", "GPE"), ("Coast Guard", "ORG")],
            "Coast Guard",
        ),
        ("Peruvians fled. The Navy came.", [("Peruvians", "NORP"), ("Navy", "ORG")], "Navy of Peru"),
        # A body's letters are no state's, and its people's name tells where it is.
        (
            "The Samoan Salt Commission (SC) paid. The SC was right. Parliament met.",
            [("Samoan Salt Commission", "ORG"), ("SC", "ORG"), ("SC", "ORG"), ("Parliament", "ORG")],
            "Parliament of Samoa",
        ),
        ("Peru met. The World Bank paid.", [("Peru", "GPE"), ("World Bank", "ORG")], "World Bank"),
    ],
)  # fmt: skip
def test_a_body_is_called_by_its_country(text, names, label):
    assert label in entities(text, *names).values()


def test_what_stands_for_a_country_owns_its_bodies():
    text = "Peru voted. Its Senate met. Chile and Chile's army watched Chile."
    names = [("Peru", 0), ("Its", 0), ("Senate", 1), ("Chile", 2), ("Chile", 2), ("Chile", 2)]
    mentions, at = [], 0
    for name, number in names:
        at = text.index(name, at)
        kind, label = ("pronoun", None) if name == "Its" else ("name", "GPE")
        label = "ORG" if name == "Senate" else label
        mentions.append(Mention(at, at + len(name), name, kind, label, number))
        at += len(name)
    found = resolve_within(Article("a1", "a1.txt", text), mentions, (), ())
    assert "Senate of Peru" in {entity.label for entity in found.entities}


@pytest.mark.parametrize(
    "names",
    [
        ("Parliament of Iraq", "Iraqi Parliament", "the Iraqi parliament"),
        ("Defence Ministry of Ukraine", "Ukrainian Ministry of Defense", "Ukraine's Defense Ministry"),
        ("US Supreme Court", "Supreme Court of the United States", "American Supreme Court"),
        ("Senate of the Philippines", "Philippine Senate"),
    ],
)  # fmt: skip
def test_however_it_is_put(names):
    keys = {group_key(LocalEntity("e1", name, "Organization"), "a1") for name in names}
    assert len(keys) == 1
    assert keys.pop()[2] == ""


@pytest.mark.parametrize(
    "name", ["Parliament", "Health Ministry", "City Council", "Court of Appeal"]
)
def test_without_its_country_it_is_its_articles_own(name):
    keys = set()
    for article in ("a1", "a2"):
        found = resolve_within(
            Article(article, f"{article}.txt", f"The {name} met."),
            [Mention(4, 4 + len(name), name, "name", "ORG", 0)],
            (),
            (),
        )
        (entity,) = found.entities
        assert entity.apart
        keys.add(group_key(entity, article))
    assert len(keys) == 2


@pytest.mark.parametrize(
    "name", ["british airways", "bank of england", "air india", "russian railways"]
)
def test_other_names_stay(name):
    assert with_country(name) == name
