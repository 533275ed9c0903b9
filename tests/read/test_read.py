"""Files, folders and addresses in; articles and failures out, in order, nothing lost."""

import gzip
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import registry
from kg.config import data_folder
from kg.errors import ConfigError
from kg.model import Article, Failure
from kg.read import jsonl, suffixes, unread

TEXT = (
    "Port strike ends after a month\n\n"
    "The strike in the port of Emsby has ended, the harbour board said on Monday.\n\n"
    "Ann Roe, who leads the union, called the deal a beginning.\n"
)


def write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def page(text: str) -> str:
    body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return f"<!DOCTYPE html><html><body><nav>x</nav><article>{body}</article></body></html>"


def failure(found: list[Article | Failure]) -> Failure:
    [only] = found
    assert isinstance(only, Failure), only
    assert only.stage == "read"
    return only


def test_folder_is_read_to_the_bottom_in_order(tmp_path, read_all) -> None:
    for name in ("b.txt", "a.md", "deep/er/c.html", ".hidden/x.txt", "picture.png", ".y.txt"):
        text = page(TEXT) if "html" in name else TEXT
        write(tmp_path / name, text.replace("Emsby", name[:1].upper() + "ville"))
    assert [item.source for item in read_all(tmp_path)] == ["a.md", "b.txt", "deep/er/c.html"]


def test_same_article_under_two_names_has_one_id(tmp_path, read_all) -> None:
    first, second = read_all(write(tmp_path / "a.txt", TEXT), write(tmp_path / "b.txt", TEXT))
    assert first.id == second.id
    assert (first.source, second.source) == ("a.txt", "b.txt")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("bom.txt", b"\xef\xbb\xbf", "empty"),
        ("menu.txt", b"Home\nShare\nTop\n", "no text"),
        ("program.txt", bytes(range(256)) * 20, "binary"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "PNG"),
        ("report.txt", b"%PDF-1.7\n%\xe2\xe3", "rename it to .pdf"),
        ("page.html", b"<html><head><title>Strike", "no article text"),
        ("page.html", b"", "empty"),
        ("broken.pdf", b"%PDF-1.4\nnothing of the kind", "not a readable PDF"),
        ("data.xyz", b"text", "no reader"),
    ],
)
def test_bad_file_is_a_failure_with_a_reason(tmp_path, read_all, name, data, message) -> None:
    path = write(tmp_path / name, data)
    good = write(tmp_path / "good.txt", TEXT)
    bad, other = read_all(path, good)
    assert isinstance(bad, Failure)
    assert message in bad.error
    assert str(path) in bad.error or name in bad.error
    assert isinstance(other, Article)


def test_large_file_is_refused_unread(tmp_path, read_all) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "50 MB is more than the limit of 20 MB" in failure(read_all(path)).error


def test_long_article_is_refused(tmp_path, read_all) -> None:
    found = failure(read_all(write(tmp_path / "a.txt", TEXT), max_characters=100))
    assert "more than the limit of 100" in found.error
    assert "max_characters" in found.hint


def test_missing_file_and_folder_without_articles_are_failures(tmp_path, read_all) -> None:
    assert "no such file" in failure(read_all(tmp_path / "none.txt")).error
    write(tmp_path / "folder" / "picture.png", b"x")
    found = failure(read_all(tmp_path / "folder"))
    assert "a folder without articles" in found.error
    assert ".jsonl" in found.hint


@pytest.mark.parametrize("done", [True, False])
def test_what_a_build_wrote_is_no_article(tmp_path, read_all, done) -> None:
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "out/manifest.json" if done else tmp_path / "out/.lock", '{"sha256": "x"}')
    for name in ("results/1.jsonl", "graph.html", "graph-2/x.txt"):
        write(tmp_path / "out" / name, TEXT)
    write(tmp_path / "out/mine.txt", TEXT + "One more line.\n")
    for name in ("other/manifest.json", "other/results/b.txt"):  # somebody else's manifest
        write(tmp_path / name, TEXT + "Another line.\n")
    found = [item.source for item in read_all(tmp_path)]
    assert found == ["a.txt", "other/results/b.txt", "out/mine.txt"]
    assert dict(unread([tmp_path])) == {".json": 1} | ({"an output of kg": 1} if done else {})


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_a_failure(tmp_path, read_all) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    path.chmod(0)
    assert "cannot be read" in failure(read_all(path)).error


def test_foreign_article_is_skipped_with_a_reason(tmp_path, read_all) -> None:
    german = (
        "Der Streik im Hafen ist beendet\n\nDie Arbeiter kehren am Freitag zurück, teilte die "
        "Hafenbehörde am Montag mit. Die Löhne steigen um vier Prozent.\n"
    )
    found = failure(read_all(write(tmp_path / "a.txt", german)))
    assert "written in 'de'" in found.error
    [taken] = read_all(tmp_path, languages=["en", "de"])
    assert taken.language == "de"


def test_foreign_menu_above_an_english_article_is_no_foreign_article(tmp_path, read_all) -> None:
    menu = "문서 바로 가기\n정치\n경제\n사회\n국제\n문화\n스포츠\n오피니언\n구독 신청하기\n전체 메뉴 보기\n"
    [found] = read_all(write(tmp_path / "a.txt", menu + TEXT))
    assert found.text.startswith("Port strike ends")
    assert found.language == "en"


@pytest.mark.parametrize(
    "sentence", ["Merkel met Macron in Berlin.", "Netflix used Runway.", "Ok."]
)
def test_short_english_is_english(tmp_path, read_all, sentence) -> None:
    [found] = read_all(write(tmp_path / "a.txt", sentence))
    assert found.text == sentence


def test_language_can_be_told(tmp_path, read_all) -> None:
    page = "---\nlanguage: en-GB\n---\nEl gobierno de Emsby anunció ayer un plan para el puerto."
    [found] = read_all(write(tmp_path / "a.txt", page))
    assert found.language == "en"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings(tmp_path, read_all, encoding) -> None:
    text = TEXT.replace("a beginning", "“a beginning” – for the café")
    [found] = read_all(write(tmp_path / "a.txt", text.encode(encoding)))
    assert found.text.endswith("“a beginning” – for the café.")


def test_truncated_utf8_loses_no_more_than_the_torn_character(tmp_path, read_all) -> None:
    data = (TEXT + "“Strikes – ‘all’ of them” – are over at the café").encode()[:-1]
    [found] = read_all(write(tmp_path / "a.txt", data))
    assert "“Strikes – ‘all’ of them” – are over at the caf" in found.text


def test_markup_and_script_in_a_text_go(tmp_path, read_all) -> None:
    page = TEXT.replace("has ended", "has <b>ended</b><script>alert('x')</script> (5 < 6)")
    [found] = read_all(write(tmp_path / "a.txt", page))
    assert "has ended (5 < 6), the harbour board" in found.text
    assert "alert" not in found.text


def test_page_in_a_text_file_is_read_as_a_page(tmp_path, read_all) -> None:
    [found] = read_all(write(tmp_path / "a.txt", page(TEXT)))
    assert found.text == TEXT.strip()


@pytest.mark.parametrize(
    "head",
    [
        '---\ntitle: "Strike: over"\ndate: 2025-05-06\nauthor: Ann Roe and Jo Field\n'
        "source: https://www.example.com/a\npublisher: Emsby Gazette\nmood: calm\n---\n",
        "---\r\nheadline: Strike: over\r\npublished: May 6, 2025\r\nauthors:\r\n  - Ann Roe\r\n"
        "  - Jo Field\r\nurl: https://www.example.com/a\r\nsite: Emsby Gazette\r\n---\r\n",
        "Title: Strike: over\nDate: 6 May 2025\nBy: Ann Roe, Jo Field\nPublisher: Emsby Gazette\n"
        "Link: https://www.example.com/a\n\n",
    ],
)
@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_front_matter(tmp_path, read_all, head, ending) -> None:
    [found] = read_all(write(tmp_path / f"a{ending}", head + TEXT.split("\n\n", 1)[1]))
    assert (found.title, found.date, found.publisher) == (
        "Strike: over",
        "2025-05-06",
        "Emsby Gazette",
    )
    assert found.authors == ("Ann Roe", "Jo Field")
    assert found.url == "https://www.example.com/a"
    assert found.text.startswith("The strike in the port")


def test_sentence_with_a_colon_is_no_front_matter(tmp_path, read_all) -> None:
    page = "By Monday: the end.\n\n" + TEXT
    [found] = read_all(write(tmp_path / "a.txt", page))
    assert found.text.startswith("By Monday: the end.")


def test_reader_from_elsewhere_is_used_and_its_crash_costs_one_article(
    tmp_path, read_all, monkeypatch
) -> None:
    def read_note(
        source: str | Path, /, *, max_bytes: int, timeout: float
    ) -> Iterator[Article | Exception]:
        if "bad" in str(source):
            raise ZeroDivisionError("oh")
        yield Article(id="x", source=Path(source).name, text="A note.")

    monkeypatch.setitem(registry._REGISTERED["readers"], "note", read_note)
    assert suffixes()[".note"] == "note"
    found = read_all(write(tmp_path / "bad.note", "x"), write(tmp_path / "good.note", "x"))
    assert isinstance(found[0], Failure) and "ZeroDivisionError: oh" in found[0].error
    assert found[1].text == "A note."


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("m.csv", "file,date,publisher\na.txt,2025-05-06,Emsby Gazette\n"),
        ("m.jsonl", '{"file": "a.txt", "date": "6 May 2025", "publisher": "Emsby Gazette"}\n'),
        ("m.toml", '["a.txt"]\ndate = 2025-05-06\npublisher = "Emsby Gazette"\n'),
    ],
)
def test_table_of_metadata_outweighs_the_text(tmp_path, read_all, name, table) -> None:
    source = write(tmp_path / "a.txt", "Published: 1 May 2025\n\n" + TEXT)
    [plain] = read_all(source)
    [told] = read_all(source, meta=write(tmp_path / name, table))
    assert (plain.date, told.date, told.publisher) == ("2025-05-01", "2025-05-06", "Emsby Gazette")
    assert told.text == plain.text
    assert told.id != plain.id


@pytest.mark.parametrize(
    ("name", "table", "message"),
    [
        ("m.csv", "file,dat\na.txt,2025\n", "did you mean 'date'"),
        ("m.csv", "date\n2025-05-06\n", "no 'file'"),
        ("m.csv", "file,date\na.txt,2025-05-06,x\n", "m.csv:2: more values"),
        ("m.jsonl", '{"file": "a.txt"}\n{"file": "b.txt"\n', "m.jsonl:2: not JSON"),
        (
            "m.jsonl",
            '{"file": "a.txt"}\n{"file": "a.txt"}\n',
            "m.jsonl:2: 'a.txt' is there a second",
        ),
        ("m.toml", "[a.txt\n", "line 1, column"),
        ("m.toml", "date = 2025-05-06\n", "is no table"),
        ("m.xls", "x", ".csv, .jsonl or .toml"),
        ("m.csv", "", "empty"),
    ],
)
def test_wrong_table_stops_before_the_first_article(
    tmp_path, read_all, name, table, message
) -> None:
    with pytest.raises(ConfigError, match=message.replace("'", ".")):
        read_all(tmp_path / "none.txt", meta=write(tmp_path / name, table))


def test_shipped_articles_are_read_whole(read_all) -> None:
    found = read_all(data_folder("seeds") / "articles")
    assert all(isinstance(item, Article) for item in found)
    assert len({item.id for item in found}) == len(found) >= 8
    for item in found:
        assert item.title and item.date and item.language == "en"
        assert 120 < len(item.text.split()) < 400
        assert "rights reserved" not in item.text
        assert "Credit" not in item.text
    assert sum(item.publisher is not None for item in found) >= 6


def test_jsonl_gz_is_unpacked(tmp_path, read_all) -> None:
    data = gzip.compress(b'{"text": "The port of Emsby has closed."}\n')
    [found] = read_all(write(tmp_path / "a.jsonl.gz", data))
    assert (found.source, found.text) == ("a.jsonl.gz:1", "The port of Emsby has closed.")
    bad = failure(read_all(write(tmp_path / "b.jsonl.gz", data[:20])))
    assert "cannot be read" in bad.error


# --- what is small and hostile -----------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["pipe.txt", "pipe.html", "pipe.jsonl", "pipe.jsonl.gz", "pipe.pdf"]
)
def test_pipe_is_refused_and_not_waited_for(tmp_path, read_all, name) -> None:
    os.mkfifo(tmp_path / name)
    assert "no regular file" in failure(read_all(tmp_path / name)).error


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/tty", "/dev/null"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.jsonl.gz"])
def test_device_behind_a_link_is_refused(tmp_path, read_all, name, device) -> None:
    (tmp_path / name).symlink_to(device)
    assert "no regular file" in failure(read_all(tmp_path / name)).error


def test_pipe_in_a_folder_costs_nothing_but_itself(tmp_path, read_all) -> None:
    os.mkfifo(tmp_path / "a.txt")
    write(tmp_path / "b.txt", TEXT)
    bad, good = read_all(tmp_path)
    assert isinstance(bad, Failure) and isinstance(good, Article)


def test_table_of_metadata_that_is_a_pipe_stops_the_run(tmp_path, read_all) -> None:
    os.mkfifo(tmp_path / "m.csv")
    with pytest.raises(ConfigError, match="no regular file"):
        read_all(tmp_path / "none.txt", meta=tmp_path / "m.csv")


@pytest.mark.parametrize(
    ("lines", "message"),
    [(b"{}\n" * 300_000, "10,001 of the first 10,001 lines"), (b" \n" * 2_000_000, "10,001 of the first"),
     (b'{"text": "' + b"a" * 3_000_000, "unpacks to more")],
)  # fmt: skip
def test_packed_bomb_ends_early(tmp_path, read_all, lines, message) -> None:
    """A few kB that unpack to as many errors, or to nothing at all, without end."""
    path = write(tmp_path / "a.jsonl.gz", gzip.compress(lines))
    assert path.stat().st_size < 20_000
    found = read_all(path)
    assert len(found) <= 101
    assert message in found[-1].error


def test_bad_lines_are_told_up_to_a_hundred_and_then_counted(tmp_path, read_all) -> None:
    good = b'{"text": "The port of Emsby has closed."}\n'
    path = write(tmp_path / "a.jsonl", good + b"{}\n" * 250 + good.replace(b"closed", b"opened"))
    found = read_all(path)
    assert [item.source for item in found if isinstance(item, Article)] == [
        "a.jsonl:1",
        "a.jsonl:252",
    ]
    assert "a.jsonl:101" in found[100].error
    assert "150 more lines are no articles" in found[-1].error
    assert len(found) == 103


def test_long_honest_file_with_many_bad_lines_is_read_to_the_end(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(jsonl, "HOPELESS", 50)
    good = b'{"text": "The port of Emsby has closed."}\n'
    path = write(tmp_path / "a.jsonl", (good + b"{}\n" * 9) * 20)
    assert sum(isinstance(item, Article) for item in jsonl.read_jsonl(path)) == 20


def test_honest_packed_file_is_read_whole(tmp_path, read_all) -> None:
    text = " ".join(f"The harbour of town {n} closed on day {n % 28}." for n in range(40))
    names = (hashlib.sha256(b"%d" % n).hexdigest() for n in range(800))
    data = b"".join(b'{"text": "%s %s"}\n' % (name.encode(), text.encode()) for name in names)
    packed = gzip.compress(data)
    assert len(data) > 1_000_000 and len(data) < 100 * len(packed)
    assert len(list(jsonl.read_jsonl(write(tmp_path / "a.jsonl.gz", packed)))) == 800


def test_unread_kinds_of_files_are_counted(tmp_path, read_all) -> None:
    for name in ("a.pptx", "deep/b.PPTX", "c.png", "README", "d.txt", ".hidden.pptx"):
        write(tmp_path / "in" / name, TEXT)
    assert unread([tmp_path / "in", "https://example.com/"]) == (
        (".pptx", 2),
        (".png", 1),
        ("no ending", 1),
    )
    write(tmp_path / "none" / "a.pptx", "x")
    assert "It holds .pptx (1)." in failure(read_all(tmp_path / "none")).error


def test_reader_that_fails_says_how_and_where_and_the_log_has_the_traceback(
    tmp_path, read_all, monkeypatch, caplog
) -> None:
    def read_note(
        source: str | Path, /, *, max_bytes: int, timeout: float
    ) -> Iterator[Article | Exception]:
        yield {}["title"]

    monkeypatch.setitem(registry._REGISTERED["readers"], "note", read_note)
    with caplog.at_level("INFO", logger="kg"):
        found = failure(read_all(write(tmp_path / "a.note", "x")))
    assert "a.note: the reader failed with KeyError: 'title' (" in found.error
    assert "test_read.py:" in found.error
    assert "--debug" in found.error
    assert "Traceback" in caplog.text and "read_note" in caplog.text
