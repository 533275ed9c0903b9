"""Feeds, sitemaps, mails, documents, packed files and standard input, friendly and hostile."""

import gzip
import io
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.model import Article, Failure
from kg.read import suffixes

Read = Callable[..., list[Article | Failure]]
WORDS = (
    "The ferry Alma ran aground off Tinholm on Monday, and nobody was hurt, the coast guard said."
)
PAGE = f"<!doctype html><html lang='en'><head><title>Ferry aground</title></head><body><article><h1>Ferry aground</h1><p>{WORDS}</p><p>She will be towed to Velm when the tide allows it, her owner said.</p></article></body></html>"
FEED = "<rss version='2.0'><channel><title>Sound Post</title>{}</channel></rss>"
MAIL = f"From: Ane Rask <a@r.example>\nSubject: Ferry aground\nDate: Mon, 3 Mar 2025 10:00:00 +0000\n\n{WORDS}\n"


def write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def packed(members: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def errors(items: list[Article | Failure]) -> str:
    assert items
    return " ".join(item.error for item in items if isinstance(item, Failure))


@pytest.fixture
def served() -> Iterator[tuple[str, list[str]]]:
    """A site with a feed, a sitemap of sitemaps and three pages; and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            root = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
            item = "<item><title>Ferry {0}</title><link>{1}/{0}</link><pubDate>Mon, 03 Mar 2025 10:00:00 GMT</pubDate></item>"
            kind, text = {
                "/feed": (
                    "application/rss+xml",
                    FEED.format("".join(item.format(n, root) for n in (1, 2))),
                ),
                "/all.xml": (
                    "text/xml",
                    f"<sitemapindex><sitemap><loc>{root}/some.xml</loc></sitemap></sitemapindex>",
                ),
                "/some.xml": ("text/xml", f"<urlset><url><loc>{root}/3</loc></url></urlset>"),
            }.get(self.path, ("text/html", PAGE.replace("Monday", f"Monday {self.path[1:]}")))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_feed_of_links_is_followed_when_the_user_says_so(served, read_all: Read) -> None:
    root, asked = served
    listed = read_all(f"{root}/feed")
    assert asked == ["/feed"]
    assert f"Ferry 1: only a link, {root}/1" in errors(listed)
    assert all("--follow" in item.hint for item in listed if isinstance(item, Failure))
    first, second = read_all(f"{root}/feed", follow=True)
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.url, first.date, first.publisher) == (f"{root}/1", "2025-03-03", "Sound Post")
    assert "Monday 2" in second.text


def test_sitemap_of_sitemaps_is_followed_and_bounded(served, read_all: Read) -> None:
    root, asked = served
    [found] = read_all(f"{root}/all.xml", follow=True)
    assert isinstance(found, Article)
    assert asked == ["/all.xml", "/some.xml", "/3"]
    _, more = read_all(f"{root}/feed", follow=True, follow_most=1)
    assert "1 more addresses were not fetched" in errors([more])


def test_feed_on_the_disk_sends_nobody_to_the_local_network(
    served, tmp_path, read_all: Read
) -> None:
    root, asked = served
    item = f"<item><title>Ferry</title><link>{root}/1</link></item>"
    found = read_all(write(tmp_path / "a.rss", FEED.format(item)), follow=True)
    assert "local network; refused" in errors(found)
    assert asked == []


def test_summary_in_a_feed_is_read_as_partial(tmp_path, read_all: Read) -> None:
    item = f"<item><title>Ferry aground</title><description>{WORDS}</description></item>"
    [found] = read_all(write(tmp_path / "a.xml", FEED.format(item)))
    assert isinstance(found, Article)
    assert found.text == WORDS
    assert found.partial == "only the summary that the feed gives"


def test_text_that_names_a_file_is_never_opened(tmp_path, read_all: Read) -> None:
    secret = write(tmp_path / "secret.txt", "The secret is out, the minister said on Monday.")
    hostile = (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
        + FEED.format(f"<item><title>A &x;</title><description>{WORDS} &x;</description></item>")
    )  # fmt: skip
    texts = [
        item.text
        for item in read_all(write(tmp_path / "a.xml", hostile))
        if isinstance(item, Article)
    ]
    texts += [
        item.text
        for item in read_all(write(tmp_path / "b.rss", str(secret)))
        if isinstance(item, Article)
    ]
    assert "secret is out" not in " ".join(texts)


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">' for n in range(10)
) + "]><urlset><url><loc>&k;</loc></url></urlset>"  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("laughs.xml", LAUGHS, "0 addresses"),
        ("other.xml", "<invoice><sum>3</sum></invoice>", "<invoice>"),
        ("empty.rss", FEED.format(""), "without entries"),
        ("picture.eml", b"\x89PNG\r\n\x1a\n" + bytes(200), "no mail"),
        ("empty.mbox", "no mail here\n", "no mail in it"),
        ("bare.eml", "Subject: Hello\n\n> quoted alone\n", "without text"),
        ("torn.docx", packed({"word/document.xml": "<w"})[:-30], "not a readable archive"),
        ("other.docx", packed({"a.txt": WORDS}), "no word/document.xml"),
        ("other.odt", packed({"a.txt": WORDS}), "no content.xml"),
        ("other.epub", packed({"a.txt": WORDS}), "META-INF/container.xml"),
        ("bomb.docx", packed({"word/document.xml": b" " * 30_000_000}), "unpacks to more"),
        ("bomb.txt.gz", gzip.compress(bytes(40_000_000)), "unpacks to more"),
        ("torn.txt.gz", gzip.compress(WORDS.encode())[:-12], "cannot be unpacked"),
        ("twice.gz.gz", gzip.compress(gzip.compress(WORDS.encode())), "packed twice"),
        ("bomb.zip", packed({"a.txt": bytes(30_000_000)}), "unpacks to more"),
        ("inner.zip", packed({"in.zip": packed({"a.txt": WORDS})}), "nobody reads: in.zip"),
        ("deep.html", "<div>" * 50_000 + WORDS, "parsed"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "data",
)
def test_hostile_or_empty_file_ends_in_a_clear_error(
    tmp_path, read_all: Read, name: str, data: str | bytes, reason: str
) -> None:
    found = read_all(write(tmp_path / name, data))
    if name != "deep.html":  # a parser may read it, or say that it cannot
        assert reason in errors(found)
        assert name in errors(found)


JUNK = {
    "bytes": bytes(range(256)) * 40,
    "zip": b"PK\x03\x04" + bytes(range(255, -1, -1)) * 9,
    "gzip": b"\x1f\x8b\x08\x00" + bytes(range(256)) * 9,
    "pdf": b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj" + bytes(200),
    "png": b"\x89PNG\r\n\x1a\n" + bytes(900),
    "tags": b"<" * 60_000,
    "nothing": b"",
}


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("ending", sorted(suffixes()))
def test_every_kind_of_file_that_is_junk_is_refused_with_a_reason(
    tmp_path, read_all: Read, ending: str, junk: str
) -> None:
    path = tmp_path / f"junk{ending}"
    path.write_bytes(JUNK[junk])
    found = read_all(path)
    assert found and not any(isinstance(item, Article) for item in found)
    for item in found:
        assert isinstance(item, Failure)
        assert path.name in item.error
        assert "the reader failed with" not in item.error  # a crash, and no refusal


def test_names_in_a_zip_are_no_paths(tmp_path, read_all: Read) -> None:
    inner = {"../../up.txt": WORDS, "C:\\win\\b.txt": WORDS.replace("Alma", "Ulla"), "/abs.txt": ""}
    found = read_all(write(tmp_path / "a.zip", packed(inner)))
    articles = [item.source for item in found if isinstance(item, Article)]
    assert articles == ["a.zip/up.txt", "a.zip/C:/win/b.txt"]
    assert sorted(path.name for path in tmp_path.parent.rglob("up.txt")) == []


def test_encrypted_member_costs_itself_alone(tmp_path, read_all: Read) -> None:
    data = bytearray(packed({"a.txt": WORDS, "b.txt": WORDS.replace("Alma", "Ulla")}))
    for head, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(head) + flag] |= 1
    found = read_all(write(tmp_path / "a.zip", bytes(data)))
    assert "a.txt is encrypted" in errors(found)
    assert [item.source for item in found if isinstance(item, Article)] == ["a.zip/b.txt"]


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (PAGE, ".html"), (MAIL, ".eml"), (WORDS, ".txt"), (f'{{"text": "{WORDS}"}}', ".jsonl"),
        (f"From x@y Mon\n{MAIL}", ".mbox"), (gzip.compress(PAGE.encode()), ".gz"),
        (packed({"a.txt": WORDS}), ".zip"), (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: "
        f"http://a.example/\r\nContent-Type: application/http\r\nContent-Length: {len(PAGE) + 44}\r\n"
        f"\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}", ".warc"),
        (FEED.format(f"<item><title>F</title><description>{WORDS}</description></item>"), ".xml"),
    ],
)  # fmt: skip
def test_standard_input_is_read_as_what_it_looks_like(
    read_all: Read, monkeypatch, data: str | bytes, ending: str
) -> None:
    raw = data.encode() if isinstance(data, str) else data
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    [found] = read_all("-")
    assert isinstance(found, Article)
    assert WORDS in found.text
    assert found.source.startswith("stdin-") and ending in found.source


def test_empty_and_long_standard_input_are_refused(read_all: Read, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b" \n")))
    assert "nothing came" in errors(read_all("-"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WORDS.encode())))
    assert "more than the limit" in errors(read_all("-", max_bytes=10))


@pytest.mark.parametrize(
    ("below", "kept"),
    [
        ("Best regards,\nAne Rask\nSound Ferries", False),
        ("-- \nAne Rask\n+45 1", False),
        ("On Mon, 3 Mar 2025, Desk wrote:\n> Was anybody hurt?", False),
        ("> Was anybody hurt?", False),
        ("________________________________\nFrom: Desk\nSent: Monday\n\nWas anybody hurt?", False),
        ("On Monday the owner wrote to passengers that they would be paid.", True),
        ("Regards from the islands reached the crew, the captain said.", True),
    ],
)
def test_signature_and_quoted_mail_go_and_sentences_stay(
    tmp_path, read_all: Read, below: str, kept: bool
) -> None:
    [found] = read_all(write(tmp_path / "a.eml", f"{MAIL}\n{below}\n"))
    assert isinstance(found, Article)
    assert (found.text != WORDS) is kept
    assert found.authors == ("Ane Rask",)


@pytest.mark.parametrize(
    "foot",
    [
        "You receive this mail because you signed up. Unsubscribe: https://t.example/u",
        "You are subscribed to Sound Notes as ane@sound.example.",
        "You have received this letter because you asked for it.",
        "Why am I getting this?",
        "No longer want these mails? Leave: https://t.example/l",
        "This newsletter was sent to ane@sound.example.",
    ],
)
def test_foot_of_a_newsletter_goes(tmp_path, read_all: Read, foot: str) -> None:
    text = "The Alma ran aground off Tinholm on Monday. Nobody was hurt.\n\nShe was towed to Velm."
    [found] = read_all(
        write(
            tmp_path / "a.eml",
            f"Subject: Ferry\nFrom: Sound Notes <n@s.example>\n\n{text}\n\n{foot}\n",
        )
    )
    assert found.text == text


def test_letter_that_only_speaks_of_subscribers_stays(tmp_path, read_all: Read) -> None:
    text = "You will receive the parcel on Monday.\n\nThis newspaper was sold to Kolla Group."
    [found] = read_all(
        write(tmp_path / "a.eml", f"Subject: Sale\nFrom: Ane <a@s.example>\n\n{text}\n")
    )
    assert found.text == text


def test_mail_with_a_character_set_nobody_knows_is_read(tmp_path, read_all: Read) -> None:
    head = MAIL.replace("\n\n", "\nContent-Type: text/plain; charset=x-unknown\n\n", 1)
    [found] = read_all(write(tmp_path / "a.eml", head.replace("Alma", "Ålma")))
    assert isinstance(found, Article)
    assert "Ålma" in found.text


def test_mend_of_text_that_was_encoded_twice_is_in_the_log(
    tmp_path, read_all: Read, caplog
) -> None:
    twice = WORDS.replace("Alma", "“Åse”").encode().decode("latin-1").encode()
    with caplog.at_level("INFO", logger="kg"):
        [found] = read_all(write(tmp_path / "a.txt", twice))
    assert isinstance(found, Article)
    assert "Åse" in found.text
    assert "encoded twice" in caplog.text


@pytest.mark.parametrize("text", ["São Paulo e Ângela", "ÐÑ are letters", "Ã la carte"])
def test_text_that_only_looks_encoded_twice_stays(text: str) -> None:
    from kg.read.decode import decode

    assert decode(text.encode(), "a")[0] == text
