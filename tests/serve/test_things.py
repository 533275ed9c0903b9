"""Things dereference: a page for people, RDF for programs, and nothing of an article runs."""

from __future__ import annotations

import http.client
import json
import re
from html.parser import HTMLParser

import pyoxigraph as ox
import pytest

from kg.serve.sparql import GRAPH_FORMATS
from tests.serve.conftest import HOSTILE

HTML = {"Accept": "text/html"}
STUDIO = "<https://kg.example/entity/Alder_Studios>"


class Page(HTMLParser):
    """What a browser would make of a page: its elements and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value for name, value in attrs if name == "href"}

    def handle_data(self, data):
        self.words += data


@pytest.mark.parametrize("media", sorted(set(GRAPH_FORMATS) - {"application/json"}))
def test_a_thing_as_rdf(server, media):
    found = server.send("GET", "/entity/Alder_Studios", Accept=media)
    assert (found.status, found.type) == (200, media)
    triples = {str(quad.triple) for quad in ox.parse(found.body, format=GRAPH_FORMATS[media])}
    used = "<https://kg.example/ontology#used> <https://kg.example/entity/CutMind_2>"
    assert f"{STUDIO} {used}" in triples
    assert any(t.endswith(f"subject> {STUDIO}") for t in triples)  # what leads to it


def test_a_statement_comes_with_its_words(server):
    page = server.send("GET", "/entity/Ada_Demir", **HTML)
    (path, *_) = sorted(link for link in Page(page.text).links if link.startswith("/statement/"))
    found = server.send("GET", path, Accept="application/n-triples")
    assert "http://www.w3.org/ns/oa#exact" in found.text
    assert "http://www.w3.org/ns/oa#start" in found.text
    assert server.send("GET", path, **HTML).status == 200


def test_the_same_thing_is_the_same_bytes(server):
    answers = {server.send("GET", "/entity/Alder_Studios").body for _ in range(4)}
    assert len(answers) == 1


def test_a_page_tells_status_passage_and_article(server):
    page = Page(server.send("GET", "/entity/Alder_Studios", **HTML).text)
    for words in (
        "denied",
        "Alder Studios did not acquire Beacon Labs.",
        "Morning Ledger",
        "also: AS",
    ):
        assert words in page.words
    assert page.elements <= set(
        "html head meta title style body form p a label input button main h1 ol li span "
        "blockquote br".split()
    )


def test_every_link_of_a_page_leads_somewhere(server):
    seen, queue = set(), ["/entity/Alder_Studios"]
    while queue:
        path = queue.pop()
        if path in seen or not path.startswith("/"):
            continue
        seen.add(path)
        found = server.send("GET", path, **HTML)
        assert found.status == 200, path
        if len(seen) < 60 and found.type == "text/html":
            queue += Page(found.text).links
    assert {path.split("/")[1] for path in seen} >= {"entity", "statement", "article", "sparql"}


def test_what_an_article_brings_stays_text(server):
    for path in ("/entity/Bad", "/entity/Alder_Studios", "/entity/Ada_Demir", "/search?q=script"):
        found = server.send("GET", path, **HTML)
        page = Page(found.text)
        assert "script" not in page.elements
        assert "onmouseover" not in page.attributes
        assert not any(link.startswith("javascript") for link in page.links)
        policy = found.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script" not in policy
        assert found.headers["x-content-type-options"] == "nosniff"
    assert HOSTILE in Page(server.send("GET", "/entity/Bad", **HTML).text).words


@pytest.mark.parametrize(
    "path", ["/entity/Caf%C3%A9_%C3%A9", "/entity/Caf%c3%a9_%c3%a9", "/entity/Zo%C3%AB"]
)
def test_an_iri_with_letters_or_escapes_is_found(server, path):
    assert server.send("GET", path, **HTML).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/entity/Nobody", "/entity/", "/statement/x", "/nothing", "/entity/../graph.html",
        "/entity/%3E%20%3Cx", "/entity/%00", "/entity/a%20b", "/../manifest.json", "/entity/..%2F..%2Fetc",
        "/neighbours/entity/Nobody", "/neighbours/statement/x",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404(server, path):
    found = raw(server, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert re.match(rb"HTTP/1.1 (404|400)", found), found[:200]


def raw(server, text: str) -> bytes:
    """What comes back for bytes as they are."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
    connection.connect()
    with connection.sock as sock:
        sock.sendall(text.encode("latin-1"))
        return sock.recv(65536)


def test_a_link_can_name_the_form(server):
    assert server.send("GET", "/entity/Ada_Demir?as=json", **HTML).type == "application/ld+json"
    assert server.send("GET", "/entity/Ada_Demir?as=turtle", **HTML).type == "text/turtle"
    assert server.send("GET", "/entity/Ada_Demir?as=pdf").status == 400
    assert server.send("GET", "/entity/Ada_Demir", Accept="image/png").status == 406


@pytest.mark.parametrize(
    ("typed", "found"),
    [("alder", "Alder Studios"), ("Demir", "Ada Demir"), ("coast ho", "The Coast Hour"), ("cafe", "Café é"),
     ("Aldre Studois", "Alder Studios")],
)  # fmt: skip
def test_things_are_found_by_name(server, typed, found):
    answer = server.get("/search", {"q": typed}).json["found"]
    assert answer[0]["label"] == found
    assert found in server.get("/search", {"q": typed}, **HTML).text


@pytest.mark.parametrize("typed", ["", "xyzzy", "?!", "\x00", "a" * 5000, "%"])
def test_what_nothing_is_called_finds_nothing(server, typed):
    found = server.get("/search", {"q": typed})
    assert (found.status, found.json) == (200, {"found": []})


def test_neighbours_come_with_status_and_passage(server):
    found = server.get("/neighbours/entity/Alder_Studios").json
    labels = {node["label"] for node in found["nodes"]}
    assert {"CutMind 2", "Beacon Labs", "Ada Demir"} <= labels
    assert {told["status"] for told in found["statements"]} >= {"asserted", "denied", "planned"}
    assert all(told["passage"] and told["source"] for told in found["statements"])
    assert (
        server.get("/neighbours/entity/Alder_Studios", {"limit": "2"}).json["left"]
        == len(found["statements"]) - 2
    )


@pytest.mark.parametrize("limit", ["-1", "x", "99999", "9" * 5000, "½"])
def test_a_limit_is_a_small_number(server, limit):
    assert server.get("/search", {"q": "alder", "limit": limit}).status == 400


def test_the_first_page_is_that_of_the_build(server):
    found = server.send("GET", "/")
    assert (found.status, found.type) == (200, "text/html")
    assert found.headers["content-security-policy"] == "frame-ancestors 'none'"
    assert "default-src &#x27;none&#x27;; connect-src &#x27;self&#x27;;" in found.text


@pytest.mark.parametrize("name", ["Alder_Studios", "Zo%C3%AB", "Café_é", "Caf%C3%A9_%C3%A9"])
def test_a_page_is_drawn_around_a_thing(server, name):
    found = server.get("/", {"focus": f"entity/{name}"})
    assert (found.status, found.type) == (200, "text/html")
    assert 'name="kg-server" content="read"' in found.text
    data = json.loads(re.search(r'id="data">(.*?)</script>', found.text, re.S)[1])
    names = {row[1] for row in data["nodes"]}
    assert ("Beacon Labs" in names) is (name == "Alder_Studios")
    assert "<script>alert" not in found.text


@pytest.mark.parametrize(
    ("focus", "status"), [("entity/Nobody", 404), ("statement/x", 400), ("..", 400)]
)
def test_nothing_is_drawn_around_what_is_not_there(server, focus, status):
    assert server.get("/", {"focus": focus}).status == status
