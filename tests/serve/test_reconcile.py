"""The Reconciliation Service API 0.2: what OpenRefine asks, and what it gets."""

from __future__ import annotations

import json
from urllib.parse import urlencode, urlsplit

import pytest

FORM = {"Content_Type": "application/x-www-form-urlencoded"}


def asked(server, **queries):
    """The candidates for each query, by POST and by GET: the same."""
    given = {"queries": json.dumps(queries)}
    posted = server.send("POST", "/reconcile", urlencode(given), **FORM)
    assert posted.status == 200, posted.text
    assert server.get("/reconcile", given).json == posted.json
    return {key: found["result"] for key, found in posted.json.items()}


def test_the_manifest_says_what_there_is(server):
    found = server.send("GET", "/reconcile").json
    assert found["versions"] == ["0.2"]
    for name in ("name", "identifierSpace", "schemaSpace"):
        assert isinstance(found[name], str)
    assert {"id": "Person", "name": "person"} in found["defaultTypes"]
    assert set(found["suggest"]) == {"entity", "property", "type"}


def test_what_the_manifest_names_is_there(server):
    found = server.send("GET", "/reconcile").json
    view = found["view"]["url"].replace("{{id}}", "Ada_Demir")
    preview = found["preview"]["url"].replace("{{id}}", "Ada_Demir")
    for url in (view, preview):
        assert url.startswith(server.url)
        page = server.send("GET", url.removeprefix(server.url), Accept="text/html")
        assert (page.status, page.type) == (200, "text/html")
        assert "Ada Demir" in page.text
    for suggest in found["suggest"].values():
        url = urlsplit(suggest["service_url"] + suggest["service_path"])
        assert server.get(url.path, {"prefix": "a"}).json["result"] is not None


@pytest.mark.parametrize(
    ("name", "best", "match"),
    [
        ("Alder Studios", "Alder_Studios", True),
        ("ALDER  STUDIOS", "Alder_Studios", True),
        ("AS", "Alder_Studios", True),  # an alias
        ("Beacon Labs Inc", "Beacon_Labs", True),
        ("Labs, Beacon", "Beacon_Labs", False),
        ("Alder Studio", "Alder_Studios", False),
        ("Omar Galo", "Omar_Gallo", False),
    ],
)
def test_a_name_finds_its_thing(server, name, best, match):
    (first, *_) = asked(server, q0={"query": name})["q0"]
    assert (first["id"], first["match"]) == (best, match)
    assert (first["score"] == 100) is match
    assert {"id", "name", "type", "score", "match"} <= set(first)


def test_a_batch_is_answered_name_by_name(server):
    found = asked(
        server, a={"query": "Ada Demir"}, b={"query": "nobody of that name"}, c={"query": ""}
    )
    assert found["a"][0]["id"] == "Ada_Demir"
    assert found["b"] == [] and found["c"] == []


@pytest.mark.parametrize(
    ("kind", "there"),
    [("Company", True), ("Organization", True), (["Person", "Company"], True), ("Thing", True),
     ("https://kg.example/ontology#Company", True), ("Person", False), ("Nonsense", False), ("a b", False)],
)  # fmt: skip
def test_a_class_takes_in_those_below_it(server, kind, there):
    found = asked(server, q={"query": "Alder Studios", "type": kind})["q"]
    assert ([one["id"] for one in found][:1] == ["Alder_Studios"]) is there


def test_a_property_of_the_row_speaks_for_or_against(server):
    def first(value):
        given = [{"pid": "used", "v": value}]
        return asked(server, q={"query": "Alder Studios", "properties": given})["q"][0]

    for value in ("CutMind 2", "cutmind 2", {"id": "CutMind_2"}, ["other", "CutMind 2"]):
        assert (first(value)["match"], first(value)["features"]) == (
            True,
            [{"id": "used", "value": 100}],
        )
    against = first("Paper and pencil")
    assert (against["match"], against["score"]) == (False, 70)
    unknown = [{"pid": "bornIn", "v": "1990"}]
    assert asked(server, q={"query": "Alder Studios", "properties": unknown})["q"][0]["match"]


def test_the_limit_is_kept(server):
    assert len(asked(server, q={"query": "Alder Studios Beacon Labs Demir", "limit": 2})["q"]) <= 2


@pytest.mark.parametrize(
    "queries",
    ["", "x", "[]", '{"q": 1}', '{"q": {"query": 5}}', '{"q": {"limit": "x"}}', '{"q":' * 5000],
)
def test_a_batch_that_is_none_is_400(server, queries):
    found = server.send("POST", "/reconcile", urlencode({"queries": queries}), **FORM)
    assert found.status == 400


def test_a_batch_has_an_end(server):
    many = {f"q{n}": {"query": "x"} for n in range(501)}
    found = server.send("POST", "/reconcile", urlencode({"queries": json.dumps(many)}), **FORM)
    assert (found.status, "500" in found.text) == (400, True)


@pytest.mark.parametrize(
    ("what", "prefix", "found"),
    [
        ("entity", "alder", "Alder_Studios"),
        ("type", "comp", "Company"),
        ("property", "use", "used"),
    ],
)
def test_suggestions_while_somebody_types(server, what, prefix, found):
    rows = server.get(f"/reconcile/suggest/{what}", {"prefix": prefix}).json["result"]
    assert found in [row["id"] for row in rows]
    assert all(row["name"] for row in rows)
    assert (
        server.get(f"/reconcile/suggest/{what}", {"prefix": prefix, "cursor": "400"}).json["result"]
        == []
    )


def test_a_preview_may_be_framed_by_the_pages_that_are_told(server):
    found = server.get("/reconcile/preview", {"id": "Ada_Demir"})
    assert "frame-ancestors https://table.example" in found.headers["content-security-policy"]
    assert server.get("/reconcile/preview", {"id": "Nobody"}).status == 404
    bad = server.get("/reconcile/preview", {"id": "Bad"}).text
    assert "<script" not in bad
