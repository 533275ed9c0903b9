"""A graph that is kept up to date: folders, addresses, what is asked of servers, how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.cli import run
from kg.folder import read_manifest
from kg.watching import STATE, watch

ONE = "Brightwater Foods bought Coldstream Mills in May 2024. Ada Venn leads Brightwater Foods.\n"
TWO = "Ada Venn met Otto Brandt in Oslo. Halden Energy sued Brightwater Foods.\n"


def feed(texts: dict[int, str]) -> str:
    items = "".join(
        f"<item><title>Story {n}</title><description>{text * 16}</description></item>"
        for n, text in texts.items()
    )
    return f'<rss version="2.0"><channel><title>The Post</title>{items}</channel></rss>'


class Site:
    """A server on this machine: what it gives, and what it was asked."""

    def __init__(self) -> None:
        self.robots: tuple[int, str] = (404, "")
        self.body, self.etag = feed({0: ONE}), '"1"'
        self.asked: list[tuple[str, str, int]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body = site.robots if self.path == "/robots.txt" else (200, site.body)
                given = self.headers.get("If-None-Match", "")
                if self.path != "/robots.txt" and given == site.etag:
                    status, body = 304, ""
                site.asked.append((self.path, given, status))
                self.send_response(status)
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("ETag", site.etag)
                self.end_headers()
                if status != 304:
                    self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/feed.xml"


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    with made.server as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield made
        server.shutdown()


def sources(out: Path) -> list[str]:
    manifest = read_manifest(out)
    return sorted(item.source for item in manifest.articles.values()) if manifest else []


def test_a_folder_is_built_when_something_in_it_changes(tmp_path):
    news, out, lines = tmp_path / "news", tmp_path / "out", []
    news.mkdir()
    (news / "one.txt").write_text(ONE)
    rounds = iter(
        [
            lambda: None,
            lambda: (news / "two.txt").write_text(TWO),
            lambda: (news / "one.txt").write_text(ONE + TWO),
            lambda: (news / "picture.png").write_bytes(b"\x89PNG"),
        ]
    )
    watch([news], out, rounds=5, every=7, say=lines.append, wait=lambda _: next(rounds)())
    assert lines == ["new: one.txt", "new: two.txt", "changed: one.txt"]
    assert sources(out) == ["one.txt", "two.txt"]
    stores = {path.name for path in out.glob("graph-*")}
    watch([news], out, rounds=1, say=lines.append)  # started again: nothing to do
    assert len(lines) == 3
    assert {path.name for path in out.glob("graph-*")} == stores


def test_an_address_is_asked_whether_it_changed(tmp_path, site):
    out, lines = tmp_path / "out", []
    watch([site.url], out, rounds=1, say=lines.append)
    assert len(lines) == 1
    assert lines[0].startswith("new: ")
    first = len(site.asked)
    watch([site.url], out, rounds=1, say=lines.append)
    assert site.asked[first:] == [("/robots.txt", "", 404), ("/feed.xml", '"1"', 304)]
    site.body, site.etag = feed({0: ONE, 1: TWO}), '"2"'
    watch([site.url], out, rounds=1, say=lines.append)
    assert len(lines) == 2
    assert len(sources(out)) == 2


def test_what_left_a_feed_stays_in_the_graph(tmp_path, site):
    out, lines = tmp_path / "out", []
    for etag, texts in (('"1"', {0: ONE}), ('"2"', {1: TWO, 0: ONE}), ('"3"', {1: TWO})):
        site.body, site.etag = feed(texts), etag
        watch([site.url], out, rounds=1, say=lines.append)
    assert lines == [f"new: {site.url}#Story {n}" for n in (0, 1)]
    assert len(sources(out)) == 2


def test_the_same_bytes_are_no_change_though_the_server_says_so(tmp_path, site):
    out, lines = tmp_path / "out", []
    watch([site.url], out, rounds=1, say=lines.append)
    site.etag = '"another"'
    watch([site.url], out, rounds=1, say=lines.append)
    assert len(lines) == 1


@pytest.mark.parametrize(
    "robots", [(200, "User-agent: *\nDisallow: /"), (503, ""), (200, "User-agent: kg\nDisallow: /feed.xml")]
)  # fmt: skip
def test_where_robots_are_not_wanted_nothing_is_fetched(tmp_path, site, robots):
    site.robots, lines = robots, []
    watch([site.url], tmp_path / "out", rounds=1, say=lines.append)
    assert [path for path, *_ in site.asked] == ["/robots.txt"]
    assert "robots.txt" in lines[0]


def test_what_fails_is_said_and_the_rest_goes_on(tmp_path, site):
    news, lines = tmp_path / "news", []
    news.mkdir()
    (news / "one.txt").write_text(ONE)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / STATE).write_text("no json")
    gone = site.url.replace("feed.xml", "x").replace("127.0.0.1", "127.0.0.1:1/", 1)
    watch([gone, news], tmp_path / "out", rounds=1, say=lines.append)
    assert lines[0].startswith("failed: ")
    assert lines[1] == "new: one.txt"
    lines.clear()
    again = iter([lambda: (news / "two.txt").write_text(TWO)])
    (news / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
    watch([news], tmp_path / "out", rounds=2, say=lines.append, wait=lambda _: next(again)())
    assert [line.partition(":")[0] for line in lines] == ["failed", "new"]  # told once


@pytest.mark.skipif(os.name == "nt", reason="no SIGTERM there")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly(tmp_path, ending):
    news, out = tmp_path / "news", tmp_path / "out"
    news.mkdir()
    (news / "one.txt").write_text(ONE)
    command = [sys.executable, "-m", "kg", "watch", str(news), "-o", str(out), "--every", "1h"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as it:
        assert it.stdout is not None
        try:
            assert it.stdout.readline() == "new: one.txt\n"
            it.send_signal(ending)
            assert it.wait(30) == 0
            assert "goes on from here" in it.stderr.read()  # type: ignore[union-attr]
        finally:
            it.kill()
    assert json.loads((out / STATE).read_text())[str(news)]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--every", "often"], "30s, 15m"),
        (["--every", "0s"], "30s, 15m"),
        (["--every", "5s", "https://news.example/feed"], "once a minute"),
        ([], "SOURCE"),
    ],
)
def test_bad_usage_is_told(args, message, capsys):
    assert run(["watch", *args, *([] if not args else ["."])]) == 2
    assert message in capsys.readouterr().err.replace("FOLDER|ADDRESS", "SOURCE")


def test_what_ends_a_program_is_as_it_was_after_a_watch(tmp_path, capsys):
    before = signal.getsignal(signal.SIGTERM)
    assert run(["watch", str(tmp_path), "--once", "--out", str(tmp_path / "out")]) == 0
    assert signal.getsignal(signal.SIGTERM) is before
