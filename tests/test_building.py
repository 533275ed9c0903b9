"""Builds with the shipped pipeline and the real store, on small articles."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg import registry
from kg.building import build, remove
from kg.config import load_config
from kg.errors import ConfigError, GraphError, InUse, KGError, UnknownName
from kg.folder import hold, read_manifest, read_result, write_result, writing
from kg.model import Quotation

ARTICLES = {
    "one.txt": "Netflix used software from Runway. Ted Sarandos said the company was pleased.",
    "two.txt": "Runway released Gen-4 in April. Greg Peters praised the video generation model.",
    "three.txt": "Disney sued Midjourney. Disney may adopt technology from Runway, its lawyers said.",
    "four.txt": "Ann Lee founded Brightwater in 2019. Brightwater acquired Coldstream last year.",
}


@pytest.fixture
def articles(tmp_path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text + "\n")
    return folder


def exports(out: Path) -> dict[str, str]:
    import io

    with kg.open_graph(out) as graph:
        found = {}
        for name in registry.names("exporters"):
            if name == "parquet":  # a folder of tables
                graph.export(name, out.parent / "tables")
                tables = sorted((out.parent / "tables").iterdir())
                found[name] = "".join(table.read_bytes().hex() for table in tables)
                continue
            file = io.StringIO()
            graph.export(name, file)
            found[name] = file.getvalue()
    return found | {"file": (out / "graph.ttl").read_text()}


def test_a_build_gives_graph_turtle_and_page(articles, tmp_path):
    report = build([articles], tmp_path / "out")
    assert report.articles == report.processed == 4
    assert report.failures == ()
    assert report.sentences == 8
    assert dict(report.entities)["Organization"] >= 4
    assert (tmp_path / "out/graph.ttl").stat().st_size > 1000
    assert "<html" in (tmp_path / "out/graph.html").read_text()[:2000].lower()
    with kg.open_graph(tmp_path / "out") as graph:
        facts = {
            (s.subject.label, s.predicate.label, getattr(s.object, "label", None), s.status)
            for s in graph.statements()
        }
        for statement in graph.statements():
            for piece in statement.evidence:
                text = ARTICLES[piece.source]
                assert text[piece.start : piece.end] == piece.text
    assert ("Netflix", "used", "Runway", "asserted") in facts
    assert ("Disney", "sued", "Midjourney", "asserted") in facts


def test_order_and_processes_change_no_byte(articles, tmp_path):
    files = sorted(articles.iterdir())
    build([articles], tmp_path / "a")
    build(reversed(files), tmp_path / "b")
    build(files, tmp_path / "c", settings=load_config(build={"jobs": 2}))
    first = exports(tmp_path / "a")
    assert exports(tmp_path / "b") == first
    assert exports(tmp_path / "c") == first
    pages = {(tmp_path / name / "graph.html").read_bytes() for name in "abc"}
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("said", "cores", "jobs"), [(0, 4, 2), (0, 1, 1), (3, 1, 3)], ids=["open", "one core", "said"]
)
def test_as_many_work_as_is_said_or_there_are_cores_for(tmp_path, monkeypatch, said, cores, jobs):
    asked = []

    def nothing(function, items, /, *, jobs):
        asked.append(jobs)
        return (RuntimeError("not today") for _ in items)

    monkeypatch.setitem(registry._REGISTERED["runners"], "nothing", nothing)
    for number in range(20):
        (tmp_path / f"{number}.txt").write_text(f"Company {number} sued Netflix.\n")
    chosen = load_config(build={"runner": "nothing", "jobs": said})
    with pytest.raises(KGError, match="no article"):
        build([tmp_path], tmp_path / "out", settings=chosen, cores=cores)
    assert asked == [jobs]


def test_a_second_build_works_only_on_what_is_new(articles, tmp_path):
    out = tmp_path / "out"
    files = sorted(articles.iterdir())
    build(files[:2], out)
    report = build(files, out)
    assert (report.articles, report.processed, report.kept) == (4, 2, 2)
    again = build([articles], out)
    assert (again.articles, again.processed) == (4, 0)
    loaded = (
        "import sys\nfrom kg.building import build\n"
        "build(sys.argv[1:2], sys.argv[2])\nprint('spacy' in sys.modules)"
    )
    command = [sys.executable, "-c", loaded, str(articles), str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"  # nor does it load what only new articles need
    build([articles], tmp_path / "fresh")
    assert exports(out) == exports(tmp_path / "fresh")


def test_an_article_of_which_only_the_byline_changed_is_made_anew(tmp_path):
    source, out = tmp_path / "a.jsonl", tmp_path / "out"
    line = '{"text": "Disney sued Midjourney on Friday over its pictures.", "authors": ["%s"]}'
    source.write_text(line % "Ann Lee")
    build([source], out)
    source.write_text(line % "Bo Lee")
    report = build([source], out)
    assert (report.processed, report.kept, report.replaced) == (1, 0, 1)
    with kg.open_graph(out) as graph:
        assert [article.authors for article in graph.articles()] == [("Bo Lee",)]


def test_a_changed_file_takes_the_place_of_its_older_version(articles, tmp_path):
    out = tmp_path / "out"
    build([articles], out)
    (articles / "one.txt").write_text("Netflix dropped software from Runway. It hurt.\n")
    report = build([articles / "one.txt"], out)
    assert (report.articles, report.processed, report.replaced) == (4, 1, 1)
    build([articles], tmp_path / "fresh")
    assert exports(out) == exports(tmp_path / "fresh")


def test_files_of_one_name_in_two_folders_are_two(articles, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "one.txt").write_text("Coldstream sued Brightwater in May, Ann Lee said.\n")
    out = tmp_path / "out"
    build([articles], out)
    assert build([other], out).articles == 5


def test_a_removed_article_leaves_no_trace(articles, tmp_path):
    out = tmp_path / "out"
    build([articles], out)
    (articles / "three.txt").unlink()
    report = remove(["three.txt"], out)
    assert (report.articles, report.removed) == (3, 1)
    build([articles], tmp_path / "fresh")
    assert exports(out) == exports(tmp_path / "fresh")
    assert "Midjourney" not in (out / "graph.ttl").read_text()


def test_removing_what_is_not_there_says_what_is_near(articles, tmp_path):
    build([articles], tmp_path / "out")
    with pytest.raises(KGError, match=r"did you mean 'one\.txt'"):
        remove(["ones.txt"], tmp_path / "out")


def test_all_articles_can_go(articles, tmp_path):
    build([articles / "one.txt"], tmp_path / "out")
    assert remove(["one.txt"], tmp_path / "out").articles == 0
    with kg.open_graph(tmp_path / "out") as graph:
        assert list(graph.statements()) == []


def test_seeds_of_ones_own_stay_with_the_graph(articles, tmp_path):
    seeds = tmp_path / "seeds.ttl"
    seeds.write_text(
        "@prefix kg: <https://kg.example/ontology#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "<https://example.org/b> a kg:Company ; rdfs:label 'Brightwater' .\n"
    )
    out = tmp_path / "out"
    settings = load_config(resolve={"seeds": False})
    build([articles], out, settings=settings, seeds=seeds)
    seeds.unlink()
    remove(["one.txt"], out)
    with kg.open_graph(out) as graph:
        assert {e.type for e in graph.entities() if e.label == "Brightwater"} == {"Company"}


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"pipeline": {"name": "xx_no_such"}}, UnknownName),
        ({"pipeline": {"extractors": ["relation"]}}, UnknownName),
        ({"build": {"runner": "cluster"}}, UnknownName),
    ],
)
def test_a_wrong_setting_stops_before_the_first_article(articles, tmp_path, settings, error):
    with pytest.raises(error, match=r"known|install"):
        build([articles], tmp_path / "out", settings=load_config(**settings))
    assert not (tmp_path / "out/results").exists() or not any((tmp_path / "out/results").iterdir())


def test_an_output_in_use_is_left_alone(articles, tmp_path):
    with writing(tmp_path / "out"), pytest.raises(InUse, match="another process"):
        build([articles], tmp_path / "out")


def test_a_bad_article_is_a_failure_and_the_others_are_in(articles, tmp_path, monkeypatch):
    def broken(doc, article):
        if "Disney" in article.text:
            raise RuntimeError("boom")
        return iter(())

    monkeypatch.setitem(registry._REGISTERED["extractors"], "broken", broken)
    settings = load_config(pipeline={"extractors": ["relations", "broken"]})
    report = build([articles], tmp_path / "out", settings=settings)
    (failure,) = report.failures
    assert (failure.source, failure.stage) == ("three.txt", "process")
    assert failure.error.startswith("three.txt: processing failed with RuntimeError: boom (")
    assert report.articles == 3


def test_a_build_with_nothing_to_read_says_why(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(KGError, match="without articles"):
        build([tmp_path / "empty"], tmp_path / "out")


def test_an_update_whose_sources_fail_keeps_the_graph(articles, tmp_path):
    out = tmp_path / "out"
    build([articles], out)
    before = exports(out)
    (articles / "one.txt").write_bytes(b"\x00\x01\x02binary\xff\xfe" * 50)
    report = build([articles], out)
    assert len(report.failures) == 1
    assert exports(out) == before


def test_a_missing_store_is_told(tmp_path):
    with pytest.raises(KGError, match="kg build"):
        kg.open_graph(tmp_path)


# --- killed --------------------------------------------------------------------------------------


def kg_build(articles: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "build", str(articles), "--out", str(out), "-q", *more],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(Path(kg.__file__).parent.parent)},
    )


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_that_is_killed_goes_on_where_it_stopped(articles, tmp_path, jobs):
    out = tmp_path / "out"
    build([articles / "one.txt"], out)
    before = exports(out)
    for number in range(40):
        (articles / f"more{number}.txt").write_text(f"Company {number} sued Netflix. " * 40 + "\n")
    process = kg_build(articles, out, "--jobs", jobs)
    waited = 0.0
    while len(list((out / "results").glob("*.jsonl"))) < 8 and waited < 60:
        time.sleep(0.05)
        waited += 0.05
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert exports(out) == before
    done = len(list((out / "results").glob("*.jsonl")))
    assert 8 <= done < 44
    report = build([articles], out)
    assert report.articles == 44
    assert report.processed <= 44 - done + 1
    build([articles], tmp_path / "fresh")
    assert exports(out) == exports(tmp_path / "fresh")


@pytest.mark.slow
def test_killed_at_any_moment_the_last_good_graph_is_readable(articles, tmp_path):
    out = tmp_path / "out"
    build([articles / "one.txt"], out)
    good = [exports(out)]
    build([articles], tmp_path / "fresh")
    good.append(exports(tmp_path / "fresh"))
    for delay in (0.3, 1.0, 2.0, 3.0, 3.5, 4.0, 4.5):
        process = kg_build(articles, out)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = exports(out)
        found["file"] = ""
        assert found in [state | {"file": ""} for state in good]
    build([articles], out)
    assert exports(out) == good[1]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files as Linux does")
@pytest.mark.parametrize("room", [9_000, 300_000, 1_000_000])
def test_a_full_disk_costs_nothing(articles, tmp_path, room):
    out = tmp_path / "out"
    build([articles / "one.txt"], out)
    before = exports(out)
    script = (
        f"import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}));"
        "from kg.cli import run; sys.exit(run(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "build", str(articles), "-o", str(out), "-q"],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(kg.__file__).parent.parent)},
        check=False,
    )
    assert done.returncode in (2, 3), done.stderr
    assert "last good graph" in done.stderr
    assert exports(out) == before
    assert build([articles], out).articles == 4


def test_a_disk_that_fails_is_told_and_the_old_graph_stays(articles, tmp_path, monkeypatch):
    out = tmp_path / "out"
    build([articles], out)
    before = exports(out)
    (articles / "new.txt").write_text("Mona Lund left the harbour board on Friday.\n")

    def failing(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(GraphError, match="the disk failed"):
        build([articles], out)
    monkeypatch.undo()
    assert exports(out) == before
    assert build([articles], out).articles == 5


def test_an_upgrade_parses_the_articles_of_the_graph_again(articles, tmp_path):
    out = tmp_path / "out"
    build([articles], out)
    for path in (out / "results").glob("*.jsonl"):
        write_result(out, replace(read_result(out, path.stem), pipeline="older"))
    report = build([articles / "one.txt"], out)
    assert report.processed == 4
    manifest = read_manifest(out)
    assert manifest is not None
    assert len({item.pipeline for item in manifest.articles.values()}) == 1
    with closing(hold(out)) as held:
        assert held.path.is_dir()


def test_a_config_error_in_a_worker_stops_the_run(articles, tmp_path):
    with pytest.raises(ConfigError):
        build([articles], tmp_path / "out", meta=tmp_path / "nothing.csv")


def test_the_page_of_a_build_is_the_page_of_the_view(articles, tmp_path):
    build([articles], tmp_path / "out")
    with kg.open_graph(tmp_path / "out") as graph:
        graph.view(tmp_path / "again.html")
    assert (tmp_path / "again.html").read_bytes() == (tmp_path / "out/graph.html").read_bytes()


def test_a_result_with_line_separators_of_unicode_is_read_as_it_was(tmp_path):
    from kg.model import Article, ArticleResult

    made = ArticleResult(Article("a", "a.txt", "One\u2028two\u0085three"), pipeline="p")
    write_result(tmp_path, made)
    assert read_result(tmp_path, "a") == made


def test_what_somebody_denies_is_nowhere_theirs_as_said(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text(
        "Granton Works denied that its welds were faulty. "
        "Senator Ada Prey denied that her office had pressured Belmar Energy. "
        "Ada Prey said the inquiry was fair.\n"
    )
    build([folder], tmp_path / "out", settings=load_config(pipeline={"worth_quoted": 0.0}))
    with kg.open_graph(tmp_path / "out") as graph:
        quoted = {
            (s.subject.label, s.predicate.label, s.object.text)
            for s in graph.statements()
            if isinstance(s.object, Quotation)
        }
        said = [row[2] for row in graph.query("who-said-what", about="").text_rows()]
        claimed = [" ".join(row) for row in graph.query("claimed-not-confirmed").text_rows()]
    assert quoted == {
        ("Granton Works", "denied", "its welds were faulty"),
        ("Ada Prey", "denied", "her office had pressured Belmar Energy"),
        ("Ada Prey", "said", "the inquiry was fair"),
    }
    assert said == ["the inquiry was fair"]
    assert not [row for row in claimed if "pressure" in row or "faulty" in row]


def test_a_number_that_can_be_read_two_ways_is_told_and_has_no_value(tmp_path):
    source = tmp_path / "harbour.txt"
    source.write_text(
        "Dunmore Ltd paid 2.5% more. Castell Marine paid 2,5 million, and sold 1.250 boats.\n",
        encoding="utf-8",
    )
    report = build([source], tmp_path / "out")
    assert [line.split("?")[0] for line in report.two_ways] == [
        "harbour.txt: 1.250: thousands or decimals"
    ]


def test_a_date_that_can_be_read_two_ways_is_told_and_has_no_value(tmp_path):
    source = tmp_path / "invoice.txt"
    source.write_text(
        "Dunmore Ltd paid Castell Marine $2 million on 03/04/2025.\n", encoding="utf-8"
    )
    report = build([source], tmp_path / "out")
    assert len(report.two_ways) == 1
    assert report.two_ways[0].startswith("invoice.txt: 03/04/2025: day or month first?")
    with kg.open_graph(tmp_path / "out") as graph:
        assert not any("2025-0" in str(statement) for statement in graph.statements())
    meta = tmp_path / "meta.csv"
    meta.write_text("file,url\ninvoice.txt,https://www.courier.co.uk/a\n", encoding="utf-8")
    report = build([source], tmp_path / "out", meta=meta)
    assert report.two_ways == ()
    with kg.open_graph(tmp_path / "out") as graph:
        assert any(statement.time == "2025-04-03" for statement in graph.statements())
