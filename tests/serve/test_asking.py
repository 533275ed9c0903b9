"""Questions in plain words over a real server: what is answered, what is not, and within which limits."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.serve.conftest import HOSTILE, Server, hostile, serving
from tests.serve.test_things import HTML, Page
from tests.support.graphs import landed


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with time to load the pipeline, which the first question pays for."""
    folder = landed(tmp_path_factory.mktemp("asked"), hostile())
    with serving(folder, "--workers", "1", "--megabytes", "1") as running:
        yield running


def answer(server: Server, question: str, **more: str):
    found = server.get("/ask", {"q": question, **more}, Accept="application/json")
    assert (found.status, found.type) == (200, "application/json"), found.text
    return found.json


def test_an_answer_comes_with_status_passage_and_what_is_said_against_it(asked):
    found = answer(asked, "Who acquired Beacon Labs?")
    (one,) = found["answers"]
    assert (one["answer"], one["iri"]) == (
        "Alder Studios",
        "https://kg.example/entity/Alder_Studios",
    )
    assert {s["status"] for s in one["statements"]} == {"asserted"}
    assert {s["status"] for s in one["against"]} == {"denied"}
    for statement in one["statements"] + one["against"]:
        assert all(passage["passage"] and passage["source"] for passage in statement["passages"])
    assert found["understood"] and found["told"] == "1 answer"


def test_the_query_it_ran_gives_the_answer_at_the_endpoint(asked):
    found = answer(asked, "Who acquired Beacon Labs?")
    rows = asked.query(found["sparql"], Accept="text/csv")
    assert rows.status == 200
    assert "Alder_Studios" in rows.text


def test_yes_and_no_are_told_in_a_line(asked):
    found = answer(asked, "Did Alder Studios acquire Beacon Labs?")
    assert (found["verdict"], found["told"][:4]) == ("yes", "Yes:")


@pytest.mark.parametrize("question", ["Who founded Beacon Labs?", "Colourless green ideas"])
def test_what_is_not_known_or_not_understood_says_so(asked, question):
    found = answer(asked, question)
    assert found["answers"] == [] and found["verdict"] in (None, "silent")
    assert found["why"] and found["why"] in found["told"]


def test_the_same_question_is_the_same_bytes(asked):
    assert len({asked.get("/ask", {"q": "Who leads Alder Studios?"}).body for _ in range(3)}) == 1


@pytest.mark.parametrize(
    "question", ["Who acquired Beacon Labs?", "Who founded Beacon Labs?", HOSTILE, "What did Ada Demir say?"]
)  # fmt: skip
def test_a_page_shows_words_and_runs_nothing(asked, question):
    found = asked.get("/ask", {"q": question}, **HTML)
    page = Page(found.text)
    assert (found.status, found.type) == (200, "text/html")
    assert question in page.words
    assert "script" not in page.elements and "onmouseover" not in page.attributes
    assert not any(link.startswith("javascript") for link in page.links)
    assert "default-src 'none'" in found.headers["content-security-policy"]
    for link in page.links:
        if link.startswith("/"):
            assert asked.send("GET", link, **HTML).status == 200, link


def test_what_an_article_brings_stays_text_in_an_answer(asked):
    found = asked.get("/ask", {"q": "What replaced crews?"}, **HTML)
    assert HOSTILE in Page(found.text).words
    assert HOSTILE not in found.text


def test_a_page_without_a_question_asks_for_one(asked):
    page = Page(asked.send("GET", "/ask", **HTML).text)
    assert {"input", "button"} <= page.elements


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"q": ""}, "Ask something"),
        ({"q": "Who?" * 200}, "characters"),
        ({"q": "Who leads Alder Studios?", "limit": "x"}, "limit"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked, given, told):
    found = asked.get("/ask", given, Accept="application/json")
    assert (found.status, bool(re.search(told, found.text))) == (400, True)


def test_other_types_and_methods_are_refused(asked):
    assert asked.send("GET", "/ask?q=x", Accept="text/csv").status == 406
    assert asked.send("POST", "/ask?q=x").status == 405


def test_a_question_that_takes_too_long_is_ended_and_the_next_job_is_answered(tmp_path):
    with serving(landed(tmp_path), "--workers", "1", "--timeout", "0.2") as running:
        found = running.get("/ask", {"q": "Who leads Alder Studios?"})
        assert (found.status, "seconds" in found.text) == (503, True)
        assert running.get("/search", {"q": "alder"}).status == 200
