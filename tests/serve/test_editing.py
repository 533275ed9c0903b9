"""Corrections by HTTP: who may, what is taken, and that the graph has it at once and after a build."""

from __future__ import annotations

import json
import re
import threading
import time

import pytest

import kg
from kg import corrections
from kg.corrections import from_lines
from kg.errors import ConfigError
from kg.folder import writing
from kg.serve import Options
from tests.corrections.test_folder import stored
from tests.serve.conftest import serving

SECRET = "a-token-of-our-own-42"
BEARER = {"Authorization": f"Bearer {SECRET}"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return stored(tmp_path_factory.mktemp("edited") / "out")


@pytest.fixture(scope="module")
def server(folder):
    with serving(folder, "--edit", "--workers", "1", KG_SERVE_TOKEN=SECRET) as running:
        yield running


def post(server, plain, **headers):
    sent = {"Content_Type": "application/json", **BEARER, **headers}
    body = plain if isinstance(plain, bytes) else json.dumps(plain)
    return server.send("POST", "/corrections", body, **sent)


def names(folder) -> list[str]:
    with kg.open_graph(folder) as graph:
        return [e.label for e in graph.entities() if e.type == "Organization"]


def kept(folder) -> set[str]:
    path = folder / "corrections.jsonl"
    return {c.id for c in from_lines(path.read_text())} if path.exists() else set()


def test_a_correction_is_in_the_graph_when_it_is_answered(server, folder):
    (name, *_) = names(folder)
    with kg.open_graph(folder) as graph:
        made = corrections.rename(graph, name, "Of Our Own", editor="Ann")
        first, second, *_ = graph.statements()
    found = post(server, {"what": "rename", "name": name, "to": "Of Our Own", "editor": "Ann"})
    assert found.status == 200, found.text
    (told,) = found.json["corrections"]
    assert (told["id"], told["state"]) == (made.id, "applied")
    again = server.get("/search", {"q": "Of Our Own"}, **BEARER)
    assert again.headers["x-graph"] == found.json["graph"]
    assert again.json["found"][0]["label"] == "Of Our Own"
    lines = [
        json.dumps({"what": "confirm", "statement": first.id}),
        json.dumps({"what": "reject", "statement": f"stmt:{second.id.rpartition('/')[2]}"}),
    ]
    more = post(server, "\n".join(lines).encode(), Content_Type="application/jsonl")
    assert [one["state"] for one in more.json["corrections"]] == ["applied", "applied"]
    listed = server.get("/corrections", **BEARER).json
    assert {one["id"] for one in listed["corrections"]} == kept(folder)
    assert listed["pending"] == 0
    undone = server.send("DELETE", f"/corrections/{made.id}", **BEARER)
    assert undone.status == 200
    assert made.id not in kept(folder)
    assert server.send("DELETE", f"/corrections/{made.id}", **BEARER).status == 404


def test_what_the_page_saves_is_what_the_command_makes(server, folder):
    (_, name, *_) = names(folder)
    with kg.open_graph(folder) as graph:
        made = corrections.alias(graph, name, "Another Name Of It")
    line = corrections.to_lines([made])
    found = post(server, line.encode(), Content_Type="application/x-ndjson")
    assert [one["id"] for one in found.json["corrections"]] == [made.id]
    assert made.id in kept(folder)


@pytest.mark.parametrize(
    ("plain", "told"),
    [
        ({"what": "merge", "keep": "Nobody At All", "other": "x"}, "Nobody At All"),
        ({"what": "merge", "keep": "Vanta"}, "'other'"),
        ({"what": "merge", "keep": "Vanta", "other": ["x"]}, "other"),
        ({"what": "drop", "name": "Vanta"}, "drop"),
        ({"what": "rename", "name": "Vanta", "to": "x", "graph": "/etc"}, "graph"),
        ({"what": "rename", "name": "Vanta", "to": "x", "date": "tomorrow"}, "tomorrow"),
        ({"what": "rename", "things": [{"name": "Vanta"}]}, "to"),
        ({"what": "rename", "things": "Vanta", "to": "x"}, "rename|things|array|list"),
        ({"what": None}, "None"),
        ({}, "correction"),
        ([], "one"),
        (["x"], "objects"),
        (3, "objects"),
    ],
)
def test_what_is_no_correction_changes_nothing(server, folder, plain, told):
    before = kept(folder)
    found = post(server, plain)
    assert found.status == 422, found.text
    assert re.search(told, found.text, re.I), found.text
    assert kept(folder) == before


def test_what_contradicts_another_correction_is_not_kept(server, folder):
    one, other, *_ = names(folder)
    assert post(server, {"what": "distinct", "one": one, "other": other}).status == 200
    before = kept(folder)
    found = post(server, {"what": "merge", "keep": one, "other": other})
    assert (found.status, "contradicts" in found.text) == (409, True)
    assert kept(folder) == before


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": ""}, 401),
        ({"Authorization": "Bearer nothing-of-the-kind"}, 401),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content_Type": "text/plain"}, 415),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Host": "evil.example"}, 421),
    ],
)
def test_only_who_may_corrects(server, folder, headers, status):
    before = kept(folder)
    found = post(server, {"what": "rename", "name": names(folder)[0], "to": "Mine"}, **headers)
    assert found.status == status
    assert kept(folder) == before
    if status == 403:
        refused = server.send("DELETE", f"/corrections/{before.pop()}", **{**BEARER, **headers})
        assert refused.status == 403


def test_a_body_that_is_none_is_told(server):
    assert post(server, b"{").status == 400
    assert post(server, b"\xff").status == 400
    assert post(server, b" " * (2 << 20)).status == 413
    assert server.send("PUT", "/corrections", "{}", **BEARER).status == 405


def test_while_another_process_writes_it_is_told_to_wait(server, folder):
    with writing(folder):
        found = post(server, {"what": "alias", "name": names(folder)[0], "to": "Later"})
    assert found.status == 503
    assert int(found.headers["retry-after"]) > 0


def test_many_at_once_are_all_kept(server, folder):
    name, found = names(folder)[0], []

    def send(number: int) -> None:
        found.append(post(server, {"what": "alias", "name": name, "to": f"Number {number} Ltd"}))

    threads = [threading.Thread(target=send, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status for answer in found} <= {200, 202}  # 202: on a slow machine, later
    while server.get("/corrections", **BEARER).json["pending"]:
        time.sleep(0.5)
    with kg.open_graph(folder) as graph:
        aliases = {alias for e in graph.entities() for alias in e.aliases}
    assert {f"Number {number} Ltd" for number in range(3)} <= aliases


def test_a_server_that_was_not_told_to_takes_none(folder):
    with serving(folder, "--workers", "1", KG_SERVE_TOKEN=SECRET) as running:
        found = post(running, {"what": "alias", "name": "x", "to": "y"})
        assert (found.status, "--edit" in found.text) == (403, True)
        assert running.get("/corrections", **BEARER).status == 200


def test_without_a_token_nobody_edits():
    with pytest.raises(ConfigError, match="--token-file"):
        Options(edit=True)
    assert Options(edit=True, token=SECRET).edit
