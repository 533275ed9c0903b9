"""Page furniture goes, every sentence stays, blocks are what they are."""

import time
from textwrap import fill

import pytest

from kg.read.clean import clean, clean_lines
from kg.read.markup import strip_markup

BODY = (
    "The port of Emsby will close on Friday, the harbour board said.",
    "Its chairwoman, Ann Roe, blamed the strike, which began a month ago.",
)


def blocks(text: str, **options: str) -> list[tuple[str, str]]:
    cleaned = clean(text, **options)
    return [(block.kind, cleaned.text[block.start : block.end]) for block in cleaned.blocks]


def paragraphs(text: str) -> list[str]:
    return [words for kind, words in blocks(text) if kind == "paragraph"]


@pytest.mark.parametrize(
    "line",
    [
        "Text Size",
        "Close",
        "Join us on social!",
        "Top",
        "bar_progress",
        "메뉴 닫기",
        "Read more",
        "Read more: Ferry sinks off Emsby",
        "Share this article",
        "Share on Facebook",
        "Follow us on Instagram and X for the latest news",
        "Follow @emsbynews",
        "Subscribe to our newsletter",
        "Sign up for our daily newsletter and get the news in your inbox.",
        "We use cookies to give you the best experience on our site.",
        "Advertisement",
        "4 min read",
        "12 Comments",
        "2 hours ago",
        "•",
        "* * *",
        "Tags: ports, strikes, Emsby",
        "https://www.example.com/emsby",
        "For more on the strike, you can access the full report here.",
        "What do you think of the closure? Let us know in the comments below.",
        "This article was originally published by the Emsby Gazette.",
        "Home | World | Business | Sport",
        "Terms of Use | Privacy Policy | Contact Us",
        "Image Credit: www.example.com",
        "Photo: AP",
        "(Photo by Jo Field/Getty Images)",
        "Getty Images",
        "Skip to main content",
        "Business | Innovation | Culture | Travel | Video | Live",
        "___",
        "Ann Roe and Jo Field contributed to this report.",
        "Additional reporting by Jo Field",
        "(With inputs from Velm)",
        "Ann Roe contributed to this report. Jo Field can be reached at 555-0123.",
        "<Copyright © Emsby Times, redistribution prohibited>",
    ],
)
def test_furniture_goes_wherever_it_stands(line: str) -> None:
    for text in ((line, *BODY), (BODY[0], line, BODY[1]), (*BODY, line)):
        assert clean("\n\n".join(text)).text == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices in the harbour company fell by 4% after the announcement.",
        "Close to 300 people work there.",
        "Top officials were told on Monday.",
        "Follow the money, Roe told the board.",
        "Read more carefully, the contract says something else.",
        "Cookies and milk were served to the strikers.",
        "We use cranes to unload the ships.",
        "Copyright law does not protect a harbour's name.",
        "Save the port, the strikers shouted.",
        "More from the strike fund will be paid out in May.",
        "Sign language was used at the meeting.",
        "By Friday, every ship will have left.",
        "The photo: AP says it was taken in June.",
        "NASA — the American space agency — denied it.",
        "Emsby (pop. 9,000) — a town of fishermen — is worried.",
        "Comments from the mayor were not to be had.",
        "He said: “Tell us in the morning.”",
        "Subscribers to the plan lost $5 million.",
        "Source: a court document, she wrote, and nothing else could be learned about it by us.",
        "The ( AI ) system failed.",
        "Getty Images sued the company in London.",
        "Editing genes by hand is what she does.",
        "Roe, Field and the mayor contributed to this report on the port, which costs $2 million.",
        "The reporter, Jo Field, was there.",
        "The island can be reached by ferry, and at 555 metres it is high.",
        "With inputs from Velm rising, bread costs more.",
        "Updated plans were shown on Monday.",
        "On Monday",
    ],
)
def test_sentence_that_looks_like_furniture_stays(sentence: str) -> None:
    text = "\n\n".join((BODY[0], sentence, BODY[1]))
    assert clean(text).text == text


def test_copied_page_leaves_the_article() -> None:
    page = """메뉴 바로 가기
bar_progress

Text Size

Close

Court Backs Strikers in Port Dispute

Harbour Board to Appeal
Union Speaks of "Historic" Day

A court in Emsby ruled on Monday that the strike may go on, a setback for the board.


Court Backs Strikers in Port Dispute The port of 'Emsby' on Monday

"We are relieved," said Ann Roe of the union.


Court Backs Strikers in Port Dispute Cranes stood still for a fourth week.

The board will appeal, according to its lawyer.


© The Emsby Daily(www.emsby.example). All rights reserved.


Join us on social!

Top"""
    cleaned = clean(page)
    assert cleaned.title == "Court Backs Strikers in Port Dispute"
    assert cleaned.publisher == "The Emsby Daily"
    assert blocks(page) == [
        ("headline", "Court Backs Strikers in Port Dispute"),
        ("subheading", "Harbour Board to Appeal"),
        ("subheading", 'Union Speaks of "Historic" Day'),
        (
            "paragraph",
            "A court in Emsby ruled on Monday that the strike may go on, a setback for the board.",
        ),
        ("caption", "The port of 'Emsby' on Monday"),
        ("paragraph", '"We are relieved," said Ann Roe of the union.'),
        ("caption", "Cranes stood still for a fourth week."),
        ("paragraph", "The board will appeal, according to its lawyer."),
    ]


def test_key_points_are_kept_and_marked() -> None:
    page = (
        "Port strike ends after a month\nWorkers return on Friday.\nKey Points\n"
        "- • The strike ends.\n- • Wages rise by 4%.\n- •\n"
        f"{BODY[0]} {BODY[1]} Nobody knows how much has been lost, and nobody will say.\n"
        "- A list in the body is no summary."
    )
    assert [kind for kind, _ in blocks(page)] == [
        "headline", "paragraph", "subheading", "keypoint", "keypoint", "paragraph", "paragraph",
    ]  # fmt: skip
    assert ("keypoint", "Wages rise by 4%.") in blocks(page)


@pytest.mark.parametrize("width", [40, 68, 100, 120])
def test_hard_wrapped_text_is_unwrapped(width: int) -> None:
    told = (
        "The strike in the port of Emsby has ended. Workers will return on Friday, the harbour "
        "board said, and the first of the forty-two ships that wait outside will be unloaded in "
        "the evening.",
        "Wages rise by 4%, less than the union had asked for. Ann Roe, who leads it, called the "
        "deal a beginning.",
    )
    page = "\n\n".join(["Port strike ends after a month", *(fill(t, width) for t in told)])
    assert paragraphs(page) == list(told)


def test_lines_of_an_unwrapped_text_are_not_joined() -> None:
    page = "\n".join(
        ("Port strike ends after a month", BODY[0] * 3, "Board to appeal", BODY[1] * 3)
    )
    assert [words for _, words in blocks(page)] == page.split("\n")


def test_headline_and_byline_below_each_other_are_not_joined() -> None:
    page = (
        f"Port strike in Emsby ends after more than a month\nBy Ann Roe\n\n{BODY[0]}\n\n{BODY[1]}"
    )
    cleaned = clean(page)
    assert cleaned.title == "Port strike in Emsby ends after more than a month"
    assert cleaned.authors == ("Ann Roe",)
    assert cleaned.text.split("\n\n") == [cleaned.title, *BODY]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ann Roe", ("Ann Roe",)),
        ("By Ann Roe and John van Doe, Emsby Gazette", ("Ann Roe", "John van Doe")),
        ("Written by Łucja O'Neil", ("Łucja O'Neil",)),
        ("Reporting by Ann Roe in Emsby; Editing by John Doe", ("Ann Roe",)),
        ("Ann Roe, senior political correspondent", ("Ann Roe",)),
        ("Ann Roe\nTechnology reporter, Emsby Gazette", ("Ann Roe",)),
        ("By Ann Roe\nSenior Film & Deals Reporter", ("Ann Roe",)),
        ("By Ann Roe\n\nStaff Writer, The Emsby Gazette", ("Ann Roe",)),
        ("By Ann Roe (Emsby) and Jo Field (Velm)", ("Ann Roe", "Jo Field")),
        ("By Ann Roe at the Velm Arena", ("Ann Roe",)),
        ("From Jo Field, Emsby", ("Jo Field",)),
        ("From Inés Roe in Porto Velm, Santa Ada", ("Inés Roe",)),
    ],
)
def test_byline_gives_authors(line: str, authors: tuple[str, ...]) -> None:
    cleaned = clean(f"Port strike ends at last\n\n{line}\n\n{BODY[0]}\n\n{BODY[1]}")
    assert cleaned.authors == authors
    assert cleaned.text.split("\n\n") == ["Port strike ends at last", *BODY]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published: August 6, 2025 10:15 AM EDT", "2025-08-06"),
        ("Wed, 6 Aug 2025", "2025-08-06"),
        ("2025.08.06 09:12", "2025-08-06"),
        ("Last updated on 6th August 2025 at 11:02 GMT", "2025-08-06"),
        ("2025-08-06T10:15:00+09:00", "2025-08-06"),
        ("Tarnby, 12 June 2025", "2025-06-12"),
        ("New Velm, June 12, 2025", "2025-06-12"),
    ],
)
def test_lone_date_line_gives_the_date(line: str, date: str) -> None:
    cleaned = clean(f"Port strike ends at last\n{line}\n\n{BODY[0]}\n\n{BODY[1]}")
    assert cleaned.date == date
    assert line not in cleaned.text


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("PUBLISHED: 16:42, 14 March | UPDATED: 18:07, 14 March", None),
        ("Posted Wednesday, May 7 | 11:20 a.m.", None),
        ("Updated: 03/12/2025 09:47 PM EDT", None),
        ("Published: Jul. 14, 2025 at 6:22 AM CDT | Updated: 2 hours ago", "2025-07-14"),
    ],
)
def test_a_label_is_enough_for_a_date_without_its_year(line: str, date: str | None) -> None:
    cleaned = clean(f"Port strike ends at last\n\n{line}\n\n{BODY[0]}\n\n{BODY[1]}")
    assert cleaned.date == date
    assert cleaned.text.split("\n\n") == ["Port strike ends at last", *BODY]


def test_what_an_author_is_goes_below_a_byline_that_stands_first() -> None:
    page = "\n\n".join(("By Ann Roe", "Staff Writer, The Emsby Gazette", *BODY))
    assert clean(page, title="Port strike ends").text == "\n\n".join(BODY)


def test_publication_outweighs_update_and_a_date_in_a_sentence_is_none() -> None:
    page = "Updated: 8 May 2025\nPublished: 6 May 2025\n\n" + "\n\n".join(BODY)
    assert clean(page).date == "2025-05-06"
    assert clean("The board met on 6 May 2025.\n\n" + "\n\n".join(BODY)).date is None


_STAYING = ("Velm, 4 June — ", "EMSBY COUNTY (founded 1820) - ")


@pytest.mark.parametrize(
    ("line", "date", "publisher"),
    [
        ("LONDON, Aug 6 (Reuters) — ", None, "Reuters"),
        ("NEW YORK (AP) — ", None, "AP"),
        ("Berlin, 6", None, None),
        ("SAN JOSE, Calif., Aug. 6, 2025 (GLOBE NEWSWIRE) -- ", "2025-08-06", "GLOBE NEWSWIRE"),
        ("EMSBY — ", None, None),
        ("EMSBY, Jan 8 ― ", None, None),
        ("Paris (AFP) - ", None, "AFP"),
        ("LORNE, 3 November 2025 - ", "2025-11-03", None),
        ("Velm, 4 June 2025 – ", "2025-06-04", None),
        ("Velm, June 4, 2025 — ", "2025-06-04", None),
        ("Velm, 4 June — ", None, None),
        ("EMSBY COUNTY, Ark. (KEMS) - ", None, "KEMS"),
        ("VELM (Velm News) – ", None, "Velm News"),
        ("(Reuters Markets) - ", None, "Reuters Markets"),
        ("EMSBY COUNTY (founded 1820) - ", None, None),
        ("(Emsby=Yonhap) Kim Min-ji reporter = ", None, "Yonhap"),
    ],
)
def test_dateline_is_cut_off_and_told(line: str, date: str | None, publisher: str | None) -> None:
    cleaned = clean(f"{line}{BODY[0]}\n\n{BODY[1]}")
    assert (cleaned.date, cleaned.publisher) == (date, publisher)
    cut = line.endswith(("— ", "– ", "― ", "- ", "= ")) and line not in _STAYING
    assert cleaned.text == f"{'' if cut else line}{BODY[0]}\n\n{BODY[1]}"


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("© The Emsby Daily(www.emsby.example). All rights reserved.", "The Emsby Daily"),
        ("Copyright 2025 The Associated Press. All rights reserved.", "The Associated Press"),
        ("© 2019-2025 Emsby Media Ltd", "Emsby Media Ltd"),
        ("All rights reserved.", None),
        ("© Jo Field/Getty Images", None),
        ("Image Credit: Emsby Daily", None),
    ],
)
def test_copyright_line_gives_the_publisher(line: str, publisher: str | None) -> None:
    cleaned = clean("\n\n".join((*BODY, line)))
    assert cleaned.publisher == publisher
    assert cleaned.text == "\n\n".join(BODY)


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("The court in Emsby. Photo: AP", "The court in Emsby."),
        ("Ann Roe leaves the court (Image: Jo Field)", "Ann Roe leaves the court"),
        ("“The Tide”, a new series. Picture credit score: Streamly", "“The Tide”, a new series."),
        ("Pictured: Ann Roe leaves the court.", "Ann Roe leaves the court."),
        ("— Ann Roe, union leader", "— Ann Roe, union leader"),
        ("Figure 3.1. Ships that left Emsby, by year", "Ships that left Emsby, by year"),
        ("Map 2: Where the strikers come from", "Where the strikers come from"),
    ],
)
def test_caption_is_kept_without_its_credit(line: str, caption: str) -> None:
    assert blocks("\n\n".join((BODY[0], line, BODY[1])))[1] == ("caption", caption)


def test_repeated_lines_stand_once_and_short_answers_are_kept() -> None:
    pull = "It is the end of an era for all of us"
    page = "\n\n".join((BODY[0], pull, BODY[1], pull, "“Yes.”", "“No.”", "“Yes.”"))
    words = [words for _, words in blocks(page)]
    assert words == [BODY[0], pull, BODY[1], "“Yes.”", "“No.”", "“Yes.”"]


def test_menu_of_section_names_goes_but_a_subheading_of_that_name_stays() -> None:
    menu = "Home\nWorld\nBusiness\nEmsby Life\nSport"
    page = "\n\n".join((menu, BODY[0], "Business", BODY[1]))
    assert [words for _, words in blocks(page)] == [BODY[0], "Business", BODY[1]]


def test_characters_nobody_sees_go_and_quotes_stay() -> None:
    odd = "“Cafe\u0301”\u200b  opens\u00a0in\u202e Emsby\ufeff\x07 \u00adtoday, Ann Roe’s \t board said."
    assert clean(odd).text == "“Café” opens in Emsby today, Ann Roe’s board said."


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("Ann Roe couldn ’ t attend.", "Ann Roe couldn’t attend."),
        ("Ann Roe did n ' t sign it, and Bo won 't.", "Ann Roe didn't sign it, and Bo won't."),
        ("Emsby ’ s board isn’ t sure it ' ll pay.", "Emsby’s board isn’t sure it'll pay."),
        # as words are cut in treebanks, and what is no such word
        ("Ann Roe did n't sign it.", "Ann Roe did n't sign it."),
        ("They call it ' s ' and rock ' n ' roll.", "They call it ' s ' and rock ' n ' roll."),
        ("The men ’ tall ones ’ left.", "The men ’ tall ones ’ left."),
    ],
)
def test_a_word_that_was_cut_at_its_apostrophe_is_whole(cut: str, whole: str) -> None:
    assert clean(cut).text == whole


def test_text_that_starts_with_a_paragraph_has_no_title() -> None:
    assert clean("\n\n".join(BODY)).title is None


@pytest.mark.parametrize(
    "title", ["Will the port of Emsby ever open again?", "Port of Emsby to close"]
)
def test_first_headline_like_line_is_the_title(title: str) -> None:
    assert clean("\n\n".join(("Exclusive", title, *BODY))).title == (
        None if title.endswith("?") else title
    )
    assert clean("\n\n".join((title, *BODY))).title == title


def test_known_title_is_marked_not_added() -> None:
    assert blocks("\n\n".join(BODY), title="Port to close")[0][0] == "paragraph"
    assert (
        blocks("\n\n".join(("“Port” to close", *BODY)), title="“Port” to close")[0][0] == "headline"
    )


def test_nothing_gives_nothing() -> None:
    assert clean_lines([]).blocks == clean(" \n\u200b\n•\n").blocks == ()


@pytest.mark.parametrize(
    "page",
    [
        "EMSBY (AP) — " * 20_000,
        "It ended. " + "Read more. " * 20_000,
        "Caption: " * 20_000,
        "- " * 200_000,
        "Home\nWorld\n" * 20_000,
        "Ann Roe\nReporter\n" * 5_000,
        "<script " * 50_000,
        "a" * 1_000_000,
        "." * 300_000 + "x",
        "(" * 300_000,
        "Port strike ends at last " * 10_000,
        "\n".join(f"a line of a list, number {n}" for n in range(8_000)),
    ],
    ids=lambda page: page[:12].strip(),
)
def test_hostile_page_takes_no_longer_than_a_long_one(page: str) -> None:
    start = time.process_time()
    clean(strip_markup(page))
    assert time.process_time() - start < 8


@pytest.mark.parametrize(
    ("line", "words", "bold"),
    [
        ("**Ann Roe:** We shut it.", "Ann Roe: We shut it.", "Ann Roe:"),
        ("**Ann Roe**: We shut it.", "Ann Roe: We shut it.", "Ann Roe"),
        ("__Ann Roe:__ We shut it.", "Ann Roe: We shut it.", "Ann Roe:"),
        ("'''Ann Roe:''' We shut it.", "Ann Roe: We shut it.", "Ann Roe:"),
        ("*Ann Roe:* We shut it.", "Ann Roe: We shut it.", "Ann Roe:"),
        ("_Ann Roe_: We shut it.", "Ann Roe: We shut it.", "Ann Roe"),
        ("[00:12] **Ann Roe:** We shut it.", "[00:12] Ann Roe: We shut it.", ""),
        ("*Who shut the port?*", "Who shut the port?", "Who shut the port?"),
        ("*Name changed, as *he* asked.", "*Name changed, as *he* asked.", ""),
        ("The _Emsby Star_ sank.", "The _Emsby Star_ sank.", ""),
        ("5 * 3 * 2 boats sank.", "5 * 3 * 2 boats sank.", ""),
    ],
)
def test_emphasis_written_out_is_taken_off_the_head_of_a_line(
    line: str, words: str, bold: str
) -> None:
    cleaned = clean(f"{BODY[0]}\n\n{line}\n\n{BODY[1]}")
    block = cleaned.blocks[1]
    assert cleaned.text[block.start : block.end] == words
    assert cleaned.text[block.start : block.start + block.bold] == bold
