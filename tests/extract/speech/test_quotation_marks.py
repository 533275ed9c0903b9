from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.speech.quotation_marks import quoted_spans


def contents(text: str, depth: int | None = 0) -> list[str]:
    return [text[m.start : m.end] for m in quoted_spans(text) if depth in (None, m.depth)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" and left.', ["yes"]),
        ('The comet (also "Bell 2) was seen. It left.', ["Bell 2"]),
        ("He said “yes” and left.", ["yes"]),
        ("He said «yes» and left.", ["yes"]),
        ("He said „yes“ and left.", ["yes"]),
        ("He said ``yes'' and left.", ["yes"]),
        ("He said 'yes' and left.", ["yes"]),
        ("He said ‘yes’ and left.", ["yes"]),
        ("The workers' rights and the bosses' money.", []),
        ("The workers’ rights and the bosses’ money.", []),
        ("Rock 'n' roll in the '90s isn't dead.", []),
        ("She said: ‘The workers’ choice isn’t ours.’ Then she left.",
         ["The workers’ choice isn’t ours."]),
        ("The pole is 5'10\" long.", []),
        ('"One," he said, "two."', ["One,", "two."]),
        ('("Acme")', ["Acme"]),
        ('It is a "must".', ["must"]),
        ("\"It is the dogs' house,' he said. They left.", ["It is the dogs' house,"]),
        ("Some close “with the opening mark“.", ["with the opening mark"]),
    ],
)  # fmt: skip
def test_each_kind_of_mark_is_paired_and_apostrophes_are_not(text: str, expected: list[str]):
    assert contents(text) == expected


def test_a_quotation_inside_a_quotation_is_one_deeper():
    text = "“The name ‘Alan’ shall stay,” she said."
    assert [(text[m.start : m.end], m.depth) for m in quoted_spans(text)] == [
        ("The name ‘Alan’ shall stay,", 0),
        ("Alan", 1),
    ]


def test_a_forgotten_closing_mark_does_not_turn_the_rest_inside_out():
    text = 'He said "I am here. Then he left. "Go on," she said.'
    assert contents(text) == ["I am here.", "Go on,"]
    assert [m.closed for m in quoted_spans(text)] == [False, True]


def test_a_quotation_of_several_paragraphs_opens_each_and_closes_the_last():
    text = '"First part.\n\n"Second part.\n\n"Third part," he said.'
    spans = quoted_spans(text)
    assert [text[m.start : m.end] for m in spans] == ["First part.", "Second part.", "Third part,"]
    assert [m.continues for m in spans] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the breaks between its paragraphs are lost
        ("Rain is due. 'We ran. We hid. 'Then we sang,' he said.",
         [("We ran. We hid.", True), ("Then we sang,", False)]),
        ('Bo said: "We ran. We hid. "Then we sang," he said.',
         [("We ran. We hid.", True), ("Then we sang,", False)]),
        ("'Our aunts' house is cold. 'Then we sang,' he said.",
         [("Our aunts' house is cold.", True), ("Then we sang,", False)]),
        # single marks over paragraphs
        ("'We ran.\n\n'We hid,' he said.", [("We ran.", True), ("We hid,", False)]),
        # the narrator has spoken in between: a mark was forgotten
        ('"We ran. Then Bo told us more. "Then we sang," he said.',
         [("We ran.", False), ("Then we sang,", False)]),
        ("'We ran. Then Bo told us more. 'Then we sang,' he said.", [("Then we sang,", False)]),
        # what the mark opens is no sentence of its own
        ("He is 'one of us. 'Then we sang,' he said.", [("Then we sang,", False)]),
        # closed one space too late
        ('“She was our aunt, “said Bo. “We ran.”', [("She was our aunt,", False), ("We ran.", False)]),
    ],
)  # fmt: skip
def test_a_quotation_goes_on_where_its_mark_opens_again(
    text: str, expected: list[tuple[str, bool]]
):
    assert [(text[m.start : m.end], m.continues) for m in quoted_spans(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Holm wrote:\n"She comes from another\ncountry. Then she left." He', ["She comes from another\ncountry. Then she left."]),
        ('"It is late.\nThink of it, friends." Holm left.', ["It is late.\nThink of it, friends."]),
        # what the next line opens is another one, and a mark was forgotten
        ('Holm said "it is late.\nHe went "home", he said.', ["it is late.", "home"]),
        ('A nail of 5".\nHe is a "friend".', ["friend"]),
    ],
)  # fmt: skip
def test_a_quotation_goes_on_in_the_next_line(text: str, expected: list[str]):
    assert contents(text) == expected


def test_marks_never_pair_across_paragraphs():
    assert contents('He called it "odd.\n\nIt was 5" long.') == ["odd."]


@given(st.text(alphabet="ab .,'\"“”‘’«»\n", max_size=60))
def test_any_text_gives_spans_inside_it_that_nest(text: str):
    spans = quoted_spans(text)
    for m in spans:
        assert 0 <= m.outer_start < m.start <= m.end <= m.outer_end <= len(text)
        assert "\n\n" not in text[m.start : m.end]
    assert spans == quoted_spans(text)


@pytest.mark.parametrize("piece", ["“a «b ", "“", '"a „b ', " 'a “b"])
def test_marks_within_marks_are_read_to_a_depth(piece: str) -> None:
    found = quoted_spans(piece * 400)
    assert max((span.depth for span in found), default=0) <= 8
