"""A round is drawn and kept: the same draw each time, no text in what is kept."""

from __future__ import annotations

import argparse
import json

import pytest

from benchmarks.quality import rounds

TALK = {
    "id": "t",
    "title": "",
    "text": "Orla Finch founded Tarn Films in 2019. Tarn Films sued Brack Media in Dublin in May 2024. "
    "According to industry sources, Tarn Films bought Cold Harbour Studios in June 2025.",
}

PRESS = "Police arrested Orla Finch in 2024. A court in Dublin convicted Orla Finch of fraud in June 2025."


@pytest.fixture
def drawn(tmp_path, monkeypatch):
    def stories(corpora, salt, looked):
        assert "gmb-2" in looked
        return [TALK | {"id": "gmb-1"}]

    monkeypatch.setattr(rounds, "stories", stories)
    looked = tmp_path / "looked.txt"
    looked.write_text("gmb-2\n", encoding="utf-8")
    talks = tmp_path / "talks.jsonl"
    talks.write_text(json.dumps(TALK) + "\n", encoding="utf-8")
    press = tmp_path / "press.jsonl"
    press.write_text(json.dumps(TALK | {"text": PRESS}) + "\n", encoding="utf-8")
    given = argparse.Namespace(
        corpora=tmp_path, salt="s", out=tmp_path / "out", talks=talks, press=press, looked=looked,
        prose=9, pressed=1, spoken=9, hurting=9,
    )  # fmt: skip
    rounds.draw(given)
    return given


def test_a_sheet_shows_the_article_and_what_is_told_of_it(drawn):
    sheet = (drawn.out / "sheet.txt").read_text(encoding="utf-8")
    assert "=== gmb-1\nOrla Finch founded" in sheet
    assert "=== talks.jsonl:1\n" in sheet
    assert "[asserted, source: industry sources] Tarn Films" in sheet
    assert "— sued — Brack Media (" in sheet and "place: Dublin; time: May 2024" in sheet


def test_what_can_hurt_is_drawn_of_the_press_too(drawn):
    found = rounds.rows(drawn.out / "drawn.jsonl")
    press = [one for one in found if one["article"] == "press.jsonl:1"]
    assert [one["part"] for one in press].count("press") == 1
    assert "sensitive" in {one["part"] for one in press}


def test_what_is_kept_has_both_readers_marks_and_no_text(drawn, tmp_path, capsys):
    found = rounds.rows(drawn.out / "drawn.jsonl")
    files = []
    for name, mark in (("a", "+"), ("b", "~")):
        files.append(tmp_path / name)
        lines = (f"{n}\t{mark}\tclass\tU\t0\t1\n" for n in range(1, len(found) + 1))
        files[-1].write_text("".join(lines), encoding="utf-8")
    rounds.keep(argparse.Namespace(out=drawn.out, answers=files))
    kept = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(kept) == len(found) >= 2
    assert kept[0]["marks"] == ["+", "~"] and kept[0]["sensitive"] == [True, True]
    assert "Tarn" not in json.dumps(kept)


def test_a_line_that_is_no_answer_is_named(tmp_path):
    file = tmp_path / "a"
    file.write_text("1\tgood\t\tU\t0\t0\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="not an answer"):
        list(rounds.answers(file))
