"""Web archives: crawls written with warcio, and such as nobody should write."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Article, Failure
from tests.support.needs import needs

needs("warcio")
from warcio.statusandheaders import StatusAndHeaders  # noqa: E402
from warcio.warcwriter import WARCWriter  # noqa: E402

Read = Callable[..., list[Article | Failure]]
PAGE = (
    "<html><head><title>{0}</title><meta property='article:published_time' content='2025-03-0{1}'>"
    "</head><body><article><h1>{0}</h1><p>The ferry Alma ran aground off Tinholm on Monday, and "
    "nobody was hurt.</p><p>Sound Ferries said that number {1} of its ships would take over.</p>"
    "</article></body></html>"
)
HTML = "text/html; charset=utf-8"


class Crawl:
    """A crawl in the making."""

    def __init__(self, *, packed: bool = True) -> None:
        self.file = io.BytesIO()
        self.writer = WARCWriter(self.file, gzip=packed)
        self.writer.write_record(self.writer.create_warcinfo_record("x", {"software": "t"}))

    def add(
        self, url: str, body: bytes | str, kind: str = HTML, *, status: str = "200 OK",
        type: str = "response", more: tuple[tuple[str, str], ...] = (), **warc: str,
    ) -> "Crawl":  # fmt: skip
        data = body.encode() if isinstance(body, str) else body
        http = StatusAndHeaders(status, [("Content-Type", kind), *more], protocol="HTTP/1.1")
        names = {"WARC-Date": "2026-01-05T10:00:00Z"} | {
            name.replace("_", "-"): value for name, value in warc.items()
        }
        self.writer.write_record(
            self.writer.create_warc_record(
                url, type, payload=io.BytesIO(data), http_headers=http, warc_headers_dict=names
            )
        )
        return self

    def save(self, path: Path) -> Path:
        path.write_bytes(self.file.getvalue())
        return path


def page(number: int, title: str = "Ferry aground") -> str:
    return PAGE.format(f"{title} {number}", number)


def errors(found: list[Article | Failure]) -> str:
    return "\n".join(item.error for item in found if isinstance(item, Failure))


def articles(found: list[Article | Failure]) -> list[Article]:
    return [item for item in found if isinstance(item, Article)]


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_each_page_is_an_article_with_its_own_address_and_date(
    tmp_path, read_all: Read, packed: bool
) -> None:
    crawl = Crawl(packed=packed)
    for number in (1, 2):
        crawl.add(f"https://sound.example/{number}#top", page(number))
    crawl.add("https://sound.example/a.png", b"\x89PNG", "image/png")
    name = "week.warc.gz" if packed else "week.warc"
    found = read_all(crawl.save(tmp_path / name))
    assert [(a.source, a.url, a.date, a.title) for a in articles(found)] == [
        (f"{name}:{n}", f"https://sound.example/{n}", f"2025-03-0{n}", f"Ferry aground {n}")
        for n in (1, 2)
    ]
    assert errors(found) == ""


def test_the_day_of_the_crawl_is_not_the_date(tmp_path, read_all: Read) -> None:
    undated = page(1).replace("article:published_time", "other")
    [found] = read_all(Crawl().add("https://a.example/", undated).save(tmp_path / "a.warc.gz"))
    assert isinstance(found, Article) and found.date is None


def test_what_may_be_a_page_and_is_not_read_is_counted(tmp_path, read_all: Read) -> None:
    crawl = Crawl().add("https://a.example/1", page(1))
    crawl.add("https://a.example/2", page(2), status="404 Not Found")
    crawl.add("https://a.example/3", "", status="301 Moved", more=(("Location", "/1"),))
    crawl.add("https://a.example/4", "", type="revisit")
    crawl.add("https://a.example/5.png", "", "image/png", type="revisit")
    found = read_all(crawl.save(tmp_path / "a.warc.gz"))
    assert len(articles(found)) == 1
    assert errors(found).endswith("pages that were not read: revisit (1), status 404 (1).")


@pytest.mark.parametrize(
    ("more", "body"),
    [
        ((("Content-Encoding", "gzip"),), gzip.compress(page(1).encode())),
        ((("Content-Encoding", "gzip"),), page(1).encode()),
        (
            (("Transfer-Encoding", "chunked"),),
            b"".join(
                b"%x\r\n%s\r\n" % (len(part), part)
                for part in (page(1).encode()[:99], page(1).encode()[99:], b"")
            ),
        ),
    ],
    ids=["gzip", "gzip that the crawler took out", "chunked"],
)
def test_coded_pages_are_read(tmp_path, read_all: Read, more, body: bytes) -> None:
    crawl = Crawl().add("https://a.example/1", body, more=more)
    [found] = read_all(crawl.save(tmp_path / "a.warc.gz"))
    assert isinstance(found, Article) and "number 1 of its ships" in found.text


def test_encoding_of_the_header_is_taken(tmp_path, read_all: Read) -> None:
    body = (
        page(1, "Жalma").replace("nobody was hurt", "Łódź was told").encode("iso-8859-2", "replace")
    )
    crawl = Crawl().add("https://a.example/1", body, "text/html; charset=iso-8859-2")
    [found] = read_all(crawl.save(tmp_path / "a.warc.gz"))
    assert isinstance(found, Article) and "Łódź was told" in found.text


def test_page_that_the_crawl_cut_is_in_part(tmp_path, read_all: Read) -> None:
    crawl = Crawl().add("https://a.example/1", page(1), WARC_Truncated="length")
    [found] = read_all(crawl.save(tmp_path / "a.warc.gz"))
    assert isinstance(found, Article) and found.partial == "the archive holds only its beginning"


def test_page_that_is_no_article_is_refused_under_its_address(tmp_path, read_all: Read) -> None:
    crawl = Crawl().add(
        "https://a.example/gone", "<html><h1>Page not found</h1><p>Sorry.</p></html>"
    )
    crawl.add("https://a.example/1", page(1))
    wrong, right = read_all(crawl.save(tmp_path / "a.warc.gz"))
    assert isinstance(right, Article)
    assert "a.warc.gz: https://a.example/gone: an error page" in errors([wrong])


def wacz(crawl: Crawl, *urls: str) -> bytes:
    made = io.BytesIO()
    lines = [json.dumps({"format": "json-pages-1.0", "id": "pages"})]
    lines += [json.dumps({"url": url, "ts": "2026-01-05T10:00:00Z"}) for url in urls]
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("archive/data.warc.gz", crawl.file.getvalue())
        archive.writestr("pages/pages.jsonl", "\n".join(lines))
        archive.writestr("datapackage.json", "{}")
    return made.getvalue()


def test_frames_of_a_page_are_no_articles_where_the_pages_are_listed(
    tmp_path, read_all: Read
) -> None:
    crawl = Crawl().add("https://a.example/1", "", status="301 Moved", more=(("Location", "/one"),))
    crawl.add("https://a.example/one", page(1)).add("https://ads.example/", page(2))
    (tmp_path / "a.wacz").write_bytes(wacz(crawl, "https://a.example/1"))
    found = read_all(tmp_path / "a.wacz")
    assert [(a.source, a.url) for a in articles(found)] == [
        ("a.wacz/data.warc.gz:1", "https://a.example/one")
    ]
    assert "not in its list of pages (1)" in errors(found)
    (tmp_path / "b.wacz").write_bytes(wacz(crawl))
    assert len(articles(read_all(tmp_path / "b.wacz"))) == 2


def damaged(change: Callable[[bytes], bytes], *, packed: bool = False) -> bytes:
    crawl = Crawl(packed=packed).add("https://a.example/1", page(1))
    return change(crawl.add("https://a.example/2", page(2)).file.getvalue())


BROTLI = Crawl().add("https://a.example/1", b"\x8b\x02", more=(("Content-Encoding", "br"),))
BOMB = Crawl().add(
    "https://a.example/1", gzip.compress(bytes(30_000_000)), more=(("Content-Encoding", "gzip"),)
)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.warc", b"\r\n\r\n", "the file is empty"),
        ("other.warc", b"<html>no crawl</html>", "no web archive"),
        ("other.warc.gz", gzip.compress(b"filedesc://old.arc 0.0.0.0 2001 text/plain 1\n"), "no web"),
        ("torn.warc.gz", damaged(lambda data: data[:-40], packed=True), "unpacked further"),
        ("torn.warc", damaged(lambda d: d[: d.rindex(b"WARC/1.0") + 10]), "record 3"),
        ("cut.warc", damaged(lambda data: data[:-100]), "cut off within record 3"),
        ("length.warc", damaged(lambda d: d.replace(b"Content-Length: ", b"Content-Length: x")), "damaged"),
        ("none.warc", damaged(lambda d: d.replace(b"Content-Length", b"Content-Lengt")), "its length"),
        ("head.warc", b"WARC/1.0\r\n" + b"a: b\r\n" * 400_000, "headers of more than"),
        ("line.warc", b"WARC/1.0\r\na: " + b"b" * 3_000_000, "headers of more than"),
        ("bomb.warc.gz", gzip.compress(b"WARC/1.0\r\nWARC-Type: x\r\nContent-Length: 90000000\r\n\r\n"
         + bytes(30_000_000)), "unpacks to more than"),
        ("page.warc.gz", BOMB.file.getvalue(), "https://a.example/1: more than the limit"),
        ("brotli.warc.gz", BROTLI.file.getvalue(), "stored as 'br'"),
        ("info.warc.gz", Crawl().file.getvalue(), "no page in it, only warcinfo (1)"),
        ("other.wacz", b"PK\x05\x06" + bytes(18), "no web archive"),
        ("torn.wacz", wacz(Crawl())[:-40], "not a readable archive"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "data",
)  # fmt: skip
def test_hostile_crawl_ends_in_a_clear_error(
    tmp_path, read_all: Read, name: str, data: bytes, reason: str, capfd
) -> None:
    (tmp_path / name).write_bytes(data)
    found = read_all(tmp_path / name)
    assert reason in errors(found)
    assert name in errors(found)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("packed", "lost"), [(True, 40), (False, 100)], ids=["packed", "plain"])
def test_what_stands_before_the_damage_is_read(
    tmp_path, read_all: Read, packed: bool, lost: int
) -> None:
    path = tmp_path / ("torn.warc.gz" if packed else "torn.warc")
    path.write_bytes(damaged(lambda data: data[:-lost], packed=packed))
    found = articles(read_all(path))
    assert (found[0].url, found[0].partial) == ("https://a.example/1", None)
    assert (
        [one.partial for one in found[1:]] == []
        if packed
        else ["the archive holds only its beginning"]
    )


def test_crawl_without_warcio_says_what_to_install(tmp_path, read_all: Read, monkeypatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "warcio.bufferedreaders", None)
    found = read_all(Crawl().save(tmp_path / "a.warc.gz"))
    assert "kg[warc]" in errors(found)
