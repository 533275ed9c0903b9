"""Examples: what is one, and what is said of a file that has none."""

from __future__ import annotations

import json

import pytest

from kg.errors import ConfigError
from kg.teaching.examples import LEAST, MOST, example, read_examples

NAMES = ("Ada Vega", "Bo Lund", "Cy Marsh", "Di Ross", "Ed Finch", "Flo Hale")
ROWS = [{"sentence": f"{one} coached Rovers.", "subject": one, "object": "Rovers"} for one in NAMES]


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_json_lines_and_csv_say_the_same(tmp_path):
    against = {**ROWS[5], "holds": False}
    lines = write(tmp_path / "a.jsonl", [*ROWS[:5], against])
    table = tmp_path / "a.csv"
    table.write_text(
        "sentence,subject,object,holds\n"
        + "".join(f"{r['sentence']},{r['subject']},{r['object']},\n" for r in ROWS[:5])
        + f"{against['sentence']},{against['subject']},{against['object']},no\n",
        encoding="utf-8",
    )
    found = read_examples(lines)
    assert [(one.ends, one.holds) for one in found] == [
        (one.ends, one.holds) for one in read_examples(table)
    ]
    assert [one.holds for one in found] == [True] * 5 + [False]
    assert found[0].ends == ("Ada Vega", "Rovers")


def test_of_several_places_the_nearest_two_are_meant():
    row = {"sentence": "Lund met Ray. Ray coached Lund.", "subject": "Ray", "object": "Lund"}
    found = example(row, "x")
    assert (found.subject, found.object) == ((9, 12), (0, 4))


def test_a_part_of_a_word_is_no_end():
    with pytest.raises(ConfigError, match="'Rove' does not stand"):
        example({"sentence": "Ada coached Rovers.", "subject": "Ada", "object": "Rove"}, "x")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not valid JSON"),
        ("[1]", "not an object"),
        (json.dumps({"sentence": "Ada ran.", "subject": "Ada"}), "needs a text for 'object'"),
        (json.dumps({"sentence": "Ada ran.", "subject": "Bo", "object": "Ada"}), "subject 'Bo'"),
        (json.dumps({"sentence": "Ada ran.", "subject": "Ada", "object": "Ada"}), "same words"),
        (json.dumps({**ROWS[0], "holds": "perhaps"}), "'holds' is true or false"),
        (json.dumps(ROWS[1]), "the same as line 2"),
        (json.dumps({"sentence": "a " * 2000, "subject": "a", "object": "b"}), "at most"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, line, said):
    path = write(tmp_path / "a.jsonl", ROWS)
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=f":{len(ROWS) + 1}: .*{said}"):
        read_examples(path)


@pytest.mark.parametrize("count", [0, LEAST - 1, MOST + 1])
def test_too_few_and_too_many_are_refused(tmp_path, count):
    rows = [
        {"sentence": f"Ada coached team {n}.", "subject": "Ada", "object": f"team {n}"}
        for n in range(count)
    ]
    with pytest.raises(ConfigError, match=f"{LEAST}|{MOST}"):
        read_examples(write(tmp_path / "a.jsonl", rows))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.txt", "", r"\.jsonl or \.csv"),
        ("a.csv", "sentence,subject\n", "lacks object"),
        ("a.csv", 'sentence,subject,object\n"a,b\n', "not valid CSV"),
        ("b.jsonl", None, "cannot be read"),
    ],
)
def test_a_file_that_has_none_is_told(tmp_path, name, text, said):
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        read_examples(path)
