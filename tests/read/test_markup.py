import pytest

from kg.read.markup import fewer_attributes


@pytest.mark.parametrize(
    "page",
    [
        "<p class=\"a\" id='b' hidden>The <b>boat</b> left.</p>",
        '<img src="data:image/png;base64,' + "A" * 5000 + '" alt="a > b">',
        "x < y and <" + "a" * 900 + ">",
        '<a href="x' + " a=1" * 300,
        "<p " + "a " * 200 + ">",
    ],
)
def test_tags_as_people_write_them_stay(page: str) -> None:
    assert fewer_attributes(page) == page


@pytest.mark.parametrize("one", [' a{}="b"', " a{}='<>'", " a{}", " a{}=b", "\n/a{} = 'x'"])
def test_a_tag_keeps_its_first_attributes(one: str) -> None:
    attributes = [one.format(n) for n in range(1000)]
    page = "<p" + "".join(attributes) + ">The boat left.</p>"
    assert fewer_attributes(page) == "<p" + "".join(attributes[:200]) + ">The boat left.</p>"
