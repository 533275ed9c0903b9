"""What holds for any text whatever."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Article, Block
from kg.read.article import article, content_id
from kg.read.clean import SEPARATOR, clean
from kg.read.front_matter import split
from kg.read.markup import strip_markup

LINES = st.sampled_from(
    [
        "",
        "Port strike ends after a month",
        "Port strike ends after a month Cranes at rest",
        "By Ann Roe",
        "LONDON, Aug 6 (Reuters) — The board said so.",
        "EMSBY — EMSBY — The board said so.",
        "The board said on Monday that the port would close.",
        "The court. Photo: AP",
        "Caption: Caption: The court",
        "- • - a point",
        "•",
        "Key Points",
        "Home",
        "World",
        "Business",
        "Published: 6 August 2025",
        "© The Emsby Daily. All rights reserved.",
        "It ended. Read more »",
        "It ended. Read more Read more",
        "메뉴",
        "Will it hold?",
        "— Ann Roe",
        "the second half of a line that somebody wrapped at a column of",
    ]
)
PAGES = st.lists(LINES | st.text(max_size=40), max_size=14).map("\n".join)
TEXTS = st.text(max_size=400) | PAGES


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_blocks_cover_the_text_but_for_separators(text: str) -> None:
    cleaned = clean(text)
    assert SEPARATOR.join(cleaned.text[b.start : b.end] for b in cleaned.blocks) == cleaned.text
    position = 0
    for block in cleaned.blocks:
        assert block.start == position < block.end <= len(cleaned.text)
        words = cleaned.text[block.start : block.end]
        assert words == words.strip() and "\n" not in words
        position = block.end + len(SEPARATOR)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


@given(st.text(max_size=200))
def test_any_text_goes_through_front_matter_and_markup(text: str) -> None:
    split(text)
    strip_markup(text)
    split(f"---\n{text}\n---\nbody")


@given(TEXTS, st.text(max_size=10))
@settings(max_examples=30, deadline=None)
def test_id_depends_on_content_and_not_on_the_name(text: str, name: str) -> None:
    page = f"The board said on Monday that the port would close.\n\n{text}"
    first, second = article(page, name), article(page, "other")
    assert first.id == second.id == content_id(first)
    assert article(page + "\n\nAnd it closed on Friday, as it had said.", name).id != first.id


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Quay"}, {"date": "2025-03-02"}, {"publisher": "Amsel Post"}, {"url": "https://a.example/"},
        {"authors": ("Ada Pell",)}, {"language": "de"}, {"partial": "a paywall"},
        {"blocks": (Block("headline", 0, 4),)}, {"blocks": (Block("paragraph", 0, 4, bold=2),)},
    ],
    ids=str,
)  # fmt: skip
def test_whatever_changes_in_an_article_changes_its_id(other: dict) -> None:
    one = Article("", "a.txt", "Quay closes.", blocks=(Block("paragraph", 0, 4),))
    assert content_id(replace(one, **other)) != content_id(one)
