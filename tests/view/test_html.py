from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Article, Block, Evidence, Node, Relation, Statement
from kg.view import ViewOptions, inline, render, write_view
from kg.view.data import safe_url
from kg.view.html import show_graph
from kg.view.rows import to_json
from kg.view.select import Head
from kg.view.texts import Texts, inside
from tests.support.graphs import graph, small


def data_of(page: str) -> dict:
    return json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])


def test_the_same_graph_is_the_same_bytes_whatever_the_order_and_hash_seed():
    code = (
        "import hashlib; from tests.support.graphs import graph; from kg.view import render;"
        "g = graph(60); g.entities.reverse(); g.statements.reverse(); g.articles.reverse();"
        "print(hashlib.sha256(render(*g.parts()).encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True, check=True, text=True,
        ).stdout.strip()
        for seed in ("3", "4")
    }  # fmt: skip
    assert runs == {hashlib.sha256(render(*graph(60).parts()).encode()).hexdigest()}


def test_only_the_page_s_own_scripts_and_styles_may_run():
    page = render(*small().parts())
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "connect-src" not in policy
    blocks = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    blocks += re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_the_page_links_to_nothing():
    page = render(*small().parts())
    assert not re.search(r"<link[^>]*href=\"(?!data:)|<script[^>]*src|@import|url\(", page)


def test_which_graph_a_page_shows_can_be_told_afterwards(tmp_path):
    known = write_view(tmp_path / "known.html", *small().parts(), ViewOptions(graph="f" * 64))
    later = write_view(tmp_path / "later.html", *small().parts())
    assert later.read_bytes() != known.read_bytes()
    show_graph(later, "f" * 64)
    assert later.read_bytes() == known.read_bytes()


@pytest.mark.parametrize(("size", "count"), [(0, 0), (1, 0), (300, 1200)])
def test_a_file_is_at_most_270_kilobytes_and_one_a_statement(size, count):
    parts = graph(size)
    assert len(parts.statements) == count
    assert len(render(*parts.parts()).encode()) <= 270_000 + 1_000 * count


def test_a_passage_is_a_place_in_the_text_that_the_page_holds_whole():
    parts = small()
    page = data_of(render(*parts.parts()))
    assert [[text for _, _, text in blocks] for blocks in page["texts"]] == [
        [a.text] for a in sorted(parts.articles, key=lambda a: a.date)
    ]
    read = {page["texts"][article][0][2][start:end] for article, start, end in page["passages"]}
    assert "Omar Gallo said the tool replaces crews." in read


def test_excerpts_leave_out_what_no_statement_stands_in():
    parts = small()
    parts.articles = [
        replace(a, text=f"{a.text}\n\nThe end.", blocks=(Block("paragraph", 0, len(a.text)),
                Block("paragraph", len(a.text) + 2, len(a.text) + 10)))
        for a in parts.articles
    ]  # fmt: skip
    assert "The end." in render(*parts.parts())
    assert "The end." not in render(*parts.parts(), options=ViewOptions(excerpts=True))


def texts_of(article, where, **options):
    said = Statement(
        "s", Node("n", "N", "Thing"), Relation("r", "r"), "c", "asserted", evidence=(where,)
    )
    return Texts([Head.of(article)], [article], [said], **options)


def test_of_texts_too_long_for_a_page_the_blocks_with_passages_stay():
    text = "Ada came.\n\nNobody saw it.\n\nOmar left."
    blocks = tuple(Block("paragraph", *span) for span in ((0, 9), (11, 25), (27, 37)))
    where = Evidence("e", "a", "a.txt", 27, 36, "Omar left", "Omar", "left", "", "relations")
    texts = texts_of(Article("a", "a.txt", text, blocks=blocks), where, most=len(text) - 1)
    assert not texts.whole
    assert texts.passage(where) == [0, 27, 36]
    assert list(texts.rows()) == [[["paragraph", 27, "Omar left."]]]


@pytest.mark.parametrize(
    ("start", "end", "text", "kind"),
    [
        (0, 15, "Ada came.\n\nNobo", "paragraph"),  # across blocks
        (11, 17, "Someone", "paragraph"),  # not what stands there
        (0, 3, "Ada", "headline"),  # of another kind than its block
    ],
)
def test_a_passage_that_is_no_place_in_a_block_brings_its_words(start, end, text, kind):
    blocks = (Block("paragraph", 0, 9), Block("paragraph", 11, 25))
    where = Evidence("e", "a", "a.txt", start, end, text, "", "", "", "relations", kind)
    texts = texts_of(Article("a", "a.txt", "Ada came.\n\nNobody saw it.", blocks=blocks), where)
    assert texts.passage(where) == [0, start, end, text, kind]


@given(st.text(max_size=30), st.text(max_size=5))
def test_words_are_told_by_their_first_place_or_in_full(text, words):
    told = inside(text, words)
    if isinstance(told, int):
        at, length = divmod(told, 1000)
        assert text[at : at + length] == words
    else:
        assert told == words
        assert not words or words not in text


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://news.example/a?b=c#d", True),
        ("http://news.example", True),
        ("HTTPS://NEWS.EXAMPLE/", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("//news.example/a", False),
        ("https:///no-host", False),
        ("file:///etc/passwd", False),
        ("https://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_become_links(address, safe):
    assert safe_url(address) == (address if safe else None)


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
@settings(max_examples=300)
def test_data_cannot_leave_its_block(value):
    text = to_json(value).decode()
    assert not re.search("[<>&\u2028\u2029]", text)
    assert json.loads(text) == value


def test_half_characters_do_not_stop_a_page():
    assert json.loads(to_json("a\ud800b")) == "a?b"


def test_a_view_is_written_in_one_step_as_utf_8(tmp_path):
    path = write_view(tmp_path / "new" / "graph.html", *graph(20).parts())
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [p.name for p in path.parent.iterdir()] == ["graph.html"]


def test_a_written_view_shows_itself_in_a_notebook(tmp_path):
    path = write_view(tmp_path / "graph.html", *graph(5).parts())
    assert path._repr_html_() == inline(path.read_text(encoding="utf-8"))
    assert path.parent._repr_html_() is None


def test_a_title_is_text():
    page = render(*small().parts(), options=ViewOptions(title="</title><script>alert(1)</script>"))
    assert "<script>alert(1)" not in page


def test_a_notebook_gets_a_frame_that_reaches_nothing_around_it():
    frame = inline(render(*small().parts()), height=500)
    assert frame.startswith("<iframe ")
    assert 'sandbox="allow-scripts allow-downloads allow-popups"' in frame
    assert "allow-same-origin" not in frame
    assert "height:500px" in frame
    assert frame.count("<") == 2
