"""The graph as an assistant's tools, over real processes and the protocol's own client: each answer has
status, passage and source, nothing is written, and what takes too long is ended."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.serve.conftest import ENDLESS
from tests.support.graphs import BASE, landed, small
from tests.support.needs import needs

ASKED = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return landed(tmp_path_factory.mktemp("offered"))


def talk(folder: Path, said: Callable[[Any], Awaitable[None]], *options: str) -> None:
    """One conversation with a server in a process of its own."""
    needs("mcp")
    from mcp import Client, StdioServerParameters

    words = ["-m", "kg", "mcp", "-g", str(folder), *options]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    async def whole() -> None:
        given = StdioServerParameters(command=sys.executable, args=words, env=environment)
        async with Client(given, read_timeout_seconds=60) as client:
            await said(client)

    # In a thread: a browser of other tests has its loop in this one.
    with ThreadPoolExecutor(1) as own:
        own.submit(asyncio.run, whole()).result()


def value(answer: Any) -> dict[str, Any]:
    assert not answer.is_error, answer.content
    return answer.structured_content


def why(answer: Any) -> str:
    assert answer.is_error
    return answer.content[0].text


def state(folder: Path) -> dict[str, bytes]:
    """All files of a graph, but for what a search keeps and the engine's log."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(("search.db", "LOG", "LOCK", ".lock"))
    }


def is_told(statement: dict[str, Any]) -> bool:
    return bool(statement["status"]) and all(p["passage"] and p["source"] for p in statement["passages"])  # fmt: skip


def test_every_answer_has_status_passage_and_source(folder):
    before = state(folder)

    async def said(client):
        names = {tool.name for tool in (await client.list_tools()).tools}
        assert names == {"ask", "search", "explain", "quotes", "query"}

        found = value(await client.call_tool("explain", {"subject": "Alder Studios", "limit": 3}))
        assert len(found["statements"]) == 3 and found["left"] > 0
        assert all(is_told(one) and one["passages"] for one in found["statements"])

        found = value(
            await client.call_tool(
                "explain", {"subject": "CutMind 2", "predicate": "*", "object": "crews"}
            )
        )
        (one,) = found["statements"]
        assert (one["status"], one["by"]) == ("claimed", "Omar Gallo")
        assert one["passages"][0]["passage"] == "Omar Gallo said the tool replaces crews."

        found = value(await client.call_tool("search", {"words": "acquire"}))
        told = [hit for hit in found["found"] if hit["kind"] == "statement"]
        assert {hit["status"] for hit in told} == {"asserted", "denied"}
        assert all(hit["passage"] and hit["source"] for hit in told)

        found = value(await client.call_tool("ask", {"question": "Who leads Alder Studios?"}))
        assert [one["answer"] for one in found["answers"]] == ["Ada Demir"]
        told = [s for one in found["answers"] for s in one["statements"]]
        assert told and all(is_told(one) and one["passages"] for one in told)
        found = value(await client.call_tool("ask", {"question": "Who founded Beacon Labs?"}))
        assert found["answers"] == [] and found["why"]

        found = value(await client.call_tool("quotes", {"speaker": "Ada Demir"}))
        (utterance,) = found["said"]
        assert utterance["articles"][0]["source"] == "harbour.txt"
        assert utterance["articles"][0]["status"] == "asserted"

        text = "SELECT ?s { ?s kg:status ?status ; rdf:subject ent:Beacon_Labs } ORDER BY ?s"
        found = value(await client.call_tool("query", {"query": text, "limit": 2}))
        assert len(found["rows"]) == 2 == len(found["statements"]) and found["left"] > 0
        assert all(is_told(one) and one["passages"] for one in found["statements"])
        assert value(await client.call_tool("query", {"query": "ASK { ?s ?p ?o }"}))["truth"]

    talk(folder, said)
    assert state(folder) == before


def test_what_cannot_be_is_told_and_the_next_is_answered(folder, tmp_path):
    (tmp_path / "secret.rq").write_text("SELECT ?secret { ?s ?p ?o }")

    async def said(client):
        for tool, given, told in (
            ("explain", {"subject": "Nobody At All"}, "Nobody At All"),
            ("query", {"query": "SELECT ?who {"}, "line 1"),
            ("query", {"query": "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }"}, "SERVICE"),
            ("query", {"query": "DELETE WHERE { ?s ?p ?o }"}, "line 1"),
            ("query", {"query": str(tmp_path / "secret.rq")}, ""),
            ("query", {"query": ENDLESS}, "seconds"),
            ("query", {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }", "limit": 100}, "seconds|died"),
            ("search", {"words": "x", "limit": 10_000}, "limit"),
            ("diff", {}, "diff"),
        ):  # fmt: skip
            answer = why(await client.call_tool(tool, given))
            assert re.search(told, answer) and "?secret" not in answer
        assert value(await client.call_tool("explain", {"subject": "Ada Demir"}))["statements"]

    talk(folder, said, "--timeout", "2")


def test_an_answer_is_no_longer_than_it_may_be(folder):
    async def said(client):
        assert "bytes" in why(await client.call_tool("explain", {"subject": "Alder Studios"}))
        found = value(await client.call_tool("explain", {"subject": "crews", "limit": 1}))
        assert found["statements"]

    talk(folder, said, "--kilobytes", "1")


def test_what_changed_is_told_with_its_passages(folder, tmp_path):
    parts = small()
    changed = [
        replace(s, id=f"{BASE}statement/changed0", status="asserted")
        if s.status == "planned"
        else s
        for s in parts.statements
    ]
    landed(tmp_path, replace(parts, statements=changed))

    async def said(client):
        found = value(await client.call_tool("diff", {}))
        assert found["changes"]
        told = [one for change in found["changes"] for one in change["statements"]]
        assert told and all(is_told(one) for one in told)
        assert value(await client.call_tool("diff", {"only": "merged"}))["changes"] == []

    talk(tmp_path, said, "--old", str(folder))


def test_without_the_extra_it_is_named(folder):
    hidden = "import sys; sys.modules['mcp'] = None; from kg.cli import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", hidden, "mcp", "-g", str(folder)]
    found = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert (found.returncode, "pip install 'kg[mcp]'" in found.stderr) == (2, True)
    assert found.stdout == ""
