"""Pages that are no article, and articles that look like one of those."""

import pytest

from kg.errors import ReadError
from kg.read.html import page_articles
from kg.read.page import prepared
from kg.read.tree import parse

TEXT = [
    "The council of Amsel voted on Monday to build a tram line to the hospital, which opened in 2019.",
    "Mayor Rike Thorn said the first trams would run in four years, and that fares would not rise.",
    "Shopkeepers on Mill Street fear for their custom while the street is dug up, their speaker said.",
    "The state pays half of the 90 million euros; the rest comes from a loan over thirty years.",
]
SHORT = "".join(f"<p>{text}</p>" for text in TEXT[:2])
WHOLE = "".join(f"<p>{text}</p>" for text in TEXT)
EXTRA = "The first tram of Amsel ran from 1898 until the winter of 1963, when its rails were sold."


def page(body: str, *, title: str = "Tram for Amsel", head: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"</head><body>{body}</body></html>"
    )


def texts(html: str) -> list[str]:
    return [
        article.text[block.start : block.end]
        for article in page_articles(html, "a.html")
        for block in article.blocks
        if block.kind != "headline"
    ]


@pytest.mark.parametrize(
    ("reason", "html"),
    [
        ("error page", page("<h1>Page not found</h1><p>Amsel News has 40 writers. Try again.</p>")),
        (
            "error page",
            page("<p>Try again in an hour, the editors ask.</p>", title="502 Bad Gateway"),
        ),
        ("error page", page("<h1>Sorry, this page is gone</h1><p>We moved house on Monday.</p>")),
        ("error page", page("<h1>Site under maintenance</h1><p>Come back at noon, please.</p>")),
        ("search page", page(f"<h1>Search results for tram</h1>{SHORT}")),
        ("search page", page(f"<p>41 results for tram</p>{SHORT}")),
        ("JavaScript", page("<div>JavaScript is required to read Amsel News.</div>")),
        (
            "consent",
            page(
                "<p>We and our partners store cookies on your device. Amsel News asks for your "
                "consent to personalised ads. You may manage your choices at any time.</p>"
                "<p>Some partners claim a legitimate interest in your personal data.</p>"
            ),
        ),
        (
            "index page",
            page(
                "".join(
                    f"<div><h3><a href='/{n}'>{text[:30]}</a></h3><p>{text[:60]}.</p></div>"
                    for n, text in enumerate(TEXT)
                )
            ),
        ),
    ],
)
def test_page_that_is_no_article_is_refused_with_the_reason(reason: str, html: str) -> None:
    with pytest.raises(ReadError, match=reason):
        list(page_articles(html, "a.html"))


@pytest.mark.parametrize(
    "title",
    [
        "Search for missing hikers goes on",
        "Police widen hunt – search goes on",
        "Results for the third quarter please the bank",
        "500 gone in the flood",
        "Bridge under maintenance until May",
        "Sorry state of the roads: how it all went wrong",
        "Something went wrong at the mill, miners say",
        "Court file is missing",
        "404 Group fined over exhaust fumes",
    ],
)
def test_headline_that_sounds_like_an_error_or_a_search_is_an_article(title: str) -> None:
    assert texts(page(f"<article><h1>{title}</h1>{WHOLE}</article>", title=title)) == TEXT


@pytest.mark.parametrize(
    "sentence",
    [
        "The club is for members only, he said.",
        "Residents must register to view the plans at the town hall by Friday.",
        "Readers may subscribe to the gazette of Amsel for nine euros.",
        "The bakers use cookies to bring new customers to the shop, one said.",
        "The new law asks websites to say which personal data their partners hold.",
        "JavaScript is the language that most pupils learn first, the survey found.",
    ],
)
def test_sentence_that_sounds_like_a_wall_stays_in_the_article(sentence: str) -> None:
    [article] = page_articles(page(f"<h1>Tram</h1>{WHOLE}<p>{sentence}</p>"), "a.html")
    assert sentence in article.text
    assert article.partial is None


@pytest.mark.parametrize(
    "part",
    [
        "<div class='article-teaser'><p>{}</p></div>",
        "<div class='cookie-story'><p>{}</p></div>",
        "<p class='lead promo'>{}</p>",
        "<p><b>Listen</b> {}</p>",
    ],
)
def test_part_with_a_name_of_furniture_stays_when_it_is_text(part: str) -> None:
    words = "The line will end at the harbour, where a ferry leaves for the islands each hour."
    found = texts(page(f"<article><h1>Tram</h1>{part.format(words)}{WHOLE}</article>"))
    assert words in " ".join(found)


@pytest.mark.parametrize(
    ("aside", "taken"),
    [
        (f"<aside class='facts'><h3>The tram</h3><p>{EXTRA}</p></aside>", True),
        (f"<aside><p><a href='/1'>{EXTRA}</a></p></aside>", False),
        (f"<aside class='author-bio'><p>{EXTRA}</p></aside>", False),
        (f"<aside><p>{TEXT[0]}</p></aside>", False),
        ("<aside><p>Read on</p></aside>", False),
    ],
    ids=["facts", "links", "author", "pull quote", "few words"],
)
def test_what_an_aside_tells_is_read_once(aside: str, taken: bool) -> None:
    found = texts(page(f"<article><h1>Tram for Amsel</h1>{WHOLE}{aside}</article>"))
    assert (EXTRA in found) is taken
    assert found.count(TEXT[0]) == 1


def test_a_brief_keeps_its_paragraphs_apart() -> None:
    body = "<article><h1>Tram late</h1><div class='by'>By Ann Roe</div><p>The tram is late.</p>" \
        "<p>Nobody in Amsel knows why it never comes.</p></article>"  # fmt: skip
    assert texts(page(body)) == ["The tram is late.", "Nobody in Amsel knows why it never comes."]


def test_cards_below_an_article_do_not_make_it_an_index() -> None:
    cards = "".join(
        f"<div class='card'><h3><a href='/{n}'>Other story {n}</a></h3><p>Short of it.</p></div>"
        for n in range(8)
    )
    found = texts(
        page(f"<main><article><h1>Tram</h1>{WHOLE}</article><section>{cards}</section></main>")
    )
    assert found[:4] == TEXT


def test_times_beside_an_article_do_not_make_it_a_live_blog() -> None:
    side = "".join(
        f"<div class='live-item post'><time datetime='2025-03-0{n}'>now</time><p>Goal {n}.</p></div>"
        for n in (1, 2, 3)
    )
    found = list(
        page_articles(page(f"<article><h1>Tram</h1>{WHOLE}</article><div>{side}</div>"), "a.html")
    )
    assert len(found) == 1
    assert TEXT[0] in found[0].text


def test_gate_in_a_long_page_was_opened_by_a_subscriber() -> None:
    long = WHOLE + "".join(f"<p>{text} It is {n} of them.</p>" for n in range(5) for text in TEXT)
    gate = "<div class='offer'><p>Subscribe to continue reading</p></div>"
    [short] = page_articles(page(f"<article><h1>Tram</h1>{SHORT}{gate}</article>"), "a.html")
    [whole] = page_articles(page(f"<article><h1>Tram</h1>{long}{gate}</article>"), "a.html")
    assert short.partial == "the page stops at a paywall"
    assert whole.partial is None
    assert "Subscribe" not in short.text + whole.text


def test_text_that_only_json_ld_holds_is_read() -> None:
    told = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Tram for Amsel",'
        f'"datePublished":"2025-03-01","articleBody":"{" ".join(TEXT)}"}}</script>'
    )
    html = page("<div id='app'></div><noscript>Please enable JavaScript.</noscript>", head=told)
    [article] = page_articles(html, "a.html")
    assert article.text.endswith(TEXT[-1])
    assert (article.title, article.date) == ("Tram for Amsel", "2025-03-01")


@pytest.mark.parametrize(
    "told",
    [
        "{", "[[[[[[[[[[]]]]]]]]]]", '{"@type":["NewsArticle",{}],"author":[[],{"name":3}],"headline":[]}',
        '{"@type":"LiveBlogPosting","liveBlogUpdate":[null,{"articleBody":7},"x"]}',
        '{"@graph":{"@graph":{"@graph":{}}},"mainEntity":[{"@type":"NewsArticle","publisher":[]}]}',
    ],
)  # fmt: skip
def test_json_ld_of_any_shape_costs_no_article(told: str) -> None:
    head = f'<script type="application/ld+json">{told}</script>'
    assert texts(page(f"<article><h1>Tram</h1>{WHOLE}</article>", head=head)) == TEXT


def test_table_that_only_places_parts_is_no_data() -> None:
    cells = "".join(f"<tr><td></td><td><p>{text}</p></td></tr>" for text in TEXT)
    article = next(iter(page_articles(page(f"<h1>Tram</h1><table>{cells}</table>"), "a.html")))
    assert {block.kind for block in article.blocks} <= {"headline", "paragraph"}


def test_private_marks_in_a_page_are_no_marks() -> None:
    [article] = page_articles(page(f"<h1>Tram</h1><p>\ue0c1A | B</p>{WHOLE}"), "a.html")
    assert "table" not in {block.kind for block in article.blocks}


@pytest.mark.parametrize("holder", ["p", "div", "li", "td"])
def test_hundreds_of_links_in_a_paragraph_keep_their_words(holder: str) -> None:
    names = [f"<a href='/{n}'>Stop {n}</a> <b>lies</b> at {n} Mill Street. " for n in range(300)]
    crowd = "<h1>Tram</h1><{0}>{1}</{0}>" + WHOLE
    bare = "".join(names).replace("</a>", "")
    for number in range(300):
        bare = bare.replace(f"<a href='/{number}'>", "")
    assert texts(page(crowd.format(holder, "".join(names)))) == texts(
        page(crowd.format(holder, bare))
    )


@pytest.mark.parametrize(("links", "left"), [(200, 200), (201, 0)])
def test_links_of_a_crowded_paragraph_are_plain_words_in_one_piece(links: int, left: int) -> None:
    root = parse(page(f"<h1>Tram</h1><p>{'See <a href=x>here</a>. ' * links}</p>{WHOLE}"))
    paragraph = next(prepared(root).root.iter("p"))
    assert len(paragraph.findall("a")) == left
    assert len(paragraph.xpath("text()")) == (left + 1 if left else 1)
