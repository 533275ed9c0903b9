"""The commands, over one small graph built with the shipped pipeline."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kg
import kg.knowledge_graph
from kg import registry
from kg.cli import run, terminal
from kg.cli.terminal import plain
from kg.folder import writing

TEXT = (
    "Netflix used software from Runway. Ted Sarandos said the company was pleased. "
    "Disney sued Midjourney."
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    (folder / "one.txt").write_text(TEXT + "\n")
    (folder / "two.txt").write_text(
        "Greg Peters praised Runway. Netflix acquired Coldstream in May 2024.\n"
    )
    assert run(["build", str(folder), "--out", str(folder / "out"), "-q", "--sure", "0.7"]) == 0
    return folder / "out"


@pytest.fixture
def call(capsys):
    def called(*args: object) -> tuple[int, str, str]:
        code = run([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return code, out, err

    return called


def test_a_build_tells_what_it_did_on_stderr_only(tmp_path, call):
    (tmp_path / "one.txt").write_text(TEXT + "\n")
    code, out, err = call("build", tmp_path / "one.txt", "--out", tmp_path / "out")
    assert (code, out) == (0, "")
    assert "sentences" in err
    assert "statements asserted" in err
    assert "graph.html" in err
    assert "\x1b" not in err


def test_a_build_report_as_json(tmp_path, call):
    (tmp_path / "one.txt").write_text(TEXT + "\n")
    _, out, _ = call("build", tmp_path / "one.txt", "--out", tmp_path / "out", "--json")
    report = json.loads(out)
    assert report["articles"] == report["processed"] == 1


def test_a_query_in_every_format(graph, call):
    query = "SELECT ?what WHERE { ent:Netflix kg:used ?what }"
    assert call("query", query, "-g", graph, "-f", "csv") == (
        0,
        "what\nhttps://kg.example/entity/Runway\n",
        "",
    )
    for form in ("table", "tsv", "json", "markdown"):
        code, out, _ = call("query", query, "-g", graph, "-f", form)
        assert code == 0
        assert "Runway" in out
    assert call("query", "ASK { ent:Netflix kg:used ent:Runway }", "-g", graph)[1] == "true\n"
    _, out, _ = call("query", "CONSTRUCT WHERE { ent:Netflix kg:used ?o }", "-g", graph)
    assert "ent:Netflix" in out


def test_a_query_from_a_file_and_by_name(graph, call, tmp_path):
    file = tmp_path / "q.rq"
    file.write_text("ASK { ent:Netflix kg:used ent:Runway }")
    assert call("query", file, "-g", graph)[1] == "true\n"
    code, out, _ = call("query", "who-used-what", "who=Netflix", "-g", graph)
    assert code == 0
    assert "Runway" in out
    assert "who-used-what" in call("query", "--list")[1]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["query", "SELECT ?x WHERE {\n ?x }"], "line 2"),
        (["query", "who-used-wat"], "did you mean 'who-used-what'"),
        (["query", "nothing.rq"], "nothing.rq"),
        (["query", "who-used-what", "Netflix"], "NAME=VALUE"),
        (["query"], "--list"),
        (["explain", "Runwy"], "Did you mean: Runway"),
        (["export", "--format", "turtel"], "did you mean 'turtle'"),
        (["remove", "on.txt"], "did you mean 'one.txt'"),
        (["view", "--since", "yesterday"], "date"),
        (["view", "--focus", "Nobody Here"], "Nobody Here"),
    ],
)
def test_a_wrong_word_is_told_with_the_right_one(graph, call, args, message):
    code, out, err = call(*args, "--graph", graph)
    assert (code, out) == (2, "")
    assert message in err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["biuld"], "Did you mean 'build'"),
        (["build"], "SOURCE"),
        (["build", "x", "--job", "2"], "--jobs"),
        (["stats", "--graph", "/nowhere/at/all"], "kg build"),
    ],
)
def test_bad_usage_is_exit_code_2(call, args, message):
    code, _, err = call(*args)
    assert code == 2
    assert message in err


def test_explain_shows_status_words_and_source(graph, call):
    code, out, _ = call("explain", "Runway", "-g", graph)
    assert code == 0
    assert "asserted" in out
    assert "Netflix used software from Runway" in out
    assert "one.txt" in out
    _, out, _ = call("explain", "Netflix", "used", "Runway", "-g", graph)
    assert out.count("asserted") == 1
    code, _, err = call("explain", "Netflix", "sold", "Runway", "-g", graph)
    assert code == 0 and err.startswith("No statement says that. There is: used.")
    _, out, _ = call("explain", "ted sarandos", "--names", "-g", graph)
    assert "Ted Sarandos" in out
    _, out, _ = call("explain", "Coldstream", "--names", "-g", graph)
    assert "Coldstream: its only name, in two.txt" in out
    _, out, _ = call("explain", "Runway", "--json", "-g", graph)
    assert {json.loads(line)["status"] for line in out.splitlines()} <= {"asserted", "claimed"}


def test_parquet_is_a_folder_of_tables(graph, call, tmp_path):
    assert call("export", "-f", "parquet", "-g", graph, "--to", tmp_path / "t")[0] == 0
    assert sorted(path.stem for path in (tmp_path / "t").iterdir()) == [
        "articles", "entities", "evidence", "statements",
    ]  # fmt: skip
    code, _, err = call("export", "-f", "parquet", "-g", graph)
    assert code == 2
    assert "--to" in err


@pytest.mark.parametrize("form", sorted({*registry.names("exporters")} - {"parquet"}))
def test_every_format_to_stdout_and_to_a_file(graph, call, tmp_path, form):
    code, out, _ = call("export", "--format", form, "-g", graph)
    assert code == 0
    assert "Netflix" in out
    assert call("export", "--format", form, "-g", graph, "--to", tmp_path / "x")[0] == 0
    assert (tmp_path / "x").read_text() == out


def test_csv_to_a_folder_is_nodes_and_relationships(graph, call, tmp_path):
    assert call("export", "--format", "csv", "-g", graph, "--to", tmp_path)[0] == 0
    assert "Netflix" in (tmp_path / "nodes.csv").read_text()
    assert "USED" in (tmp_path / "relationships.csv").read_text()
    code, _, err = call("export", "--format", "nt", "-g", graph, "--to", tmp_path)
    assert code == 2
    assert str(tmp_path) in err


def test_the_articles_export_has_the_text_that_offsets_count_in(graph, call):
    _, lines, _ = call("export", "--format", "articles", "-g", graph)
    texts = {a["id"]: a["text"] for a in map(json.loads, lines.splitlines())}
    _, lines, _ = call("export", "--format", "jsonl", "-g", graph)
    pieces = [e for line in lines.splitlines() for e in json.loads(line)["evidence"]]
    assert pieces
    for piece in pieces:
        assert texts[piece["article"]][piece["start"] : piece["end"]] == piece["text"]


def test_view_stats_check_components(graph, call, tmp_path):
    code, out, _ = call("view", "-g", graph, "--focus", "Netflix", "--to", tmp_path / "v.html")
    assert code == 0
    assert out.strip() == str(tmp_path / "v.html")
    assert "Netflix" in (tmp_path / "v.html").read_text()
    code, out, _ = call("stats", "-g", graph, "--json")
    assert json.loads(out)["articles"] == 2
    assert call("check", "-g", graph)[0] == 0
    _, out, _ = call("components")
    for kind in registry.KINDS:
        for name in registry.names(kind):
            assert name in out


@pytest.mark.parametrize("args", [["export"], ["query", "ASK {}"], ["stats"], ["view"]])
def test_the_folder_to_write_to_is_made(graph, call, tmp_path, args):
    place = tmp_path / "a/new/folder/x"
    assert call(*args, "-g", graph, "--to", place)[0] == 0
    assert place.read_text(encoding="utf-8").strip()


def test_control_characters_of_an_article_do_not_reach_the_terminal(tmp_path, call):
    assert plain("a\x1b[31mb\u202ec\td\n") == "a[31mbc\td\n"
    (tmp_path / "one.jsonl").write_text(
        json.dumps({"text": "Netflix\x1b[2J used Runway. \u202eAnn Lee\x07 praised it."}) + "\n"
    )
    call("build", tmp_path / "one.jsonl", "--out", tmp_path / "out")
    for args in (["explain", "Runway"], ["query", "SELECT ?o WHERE { ?s rdfs:label ?o }"]):
        _, out, err = call(*args, "-g", tmp_path / "out")
        assert not set(out + err) & {"\x1b", "\x07", "\u202e"}


# --- bad input ---------------------------------------------------------------------------------

GOOD = "Netflix used software from Runway.\n"


def bad_sources(folder: Path) -> dict[str, tuple[bytes, str]]:
    return {
        "empty.txt": (b"", "empty"),
        "binary.txt": (bytes(range(256)) * 40, "binary"),
        "huge.txt": (b"Netflix used Runway. " * 2_500_000, "bytes"),
        "lines.jsonl": (
            b'{"text": "Disney sued Midjourney in June."}\n{"text": \n',
            "lines.jsonl:2",
        ),
        "notes.xyz": (b"what is this", "no reader"),
    }


@pytest.mark.parametrize("name", ["empty.txt", "binary.txt", "huge.txt", "lines.jsonl"])
def test_a_bad_file_is_a_failure_and_the_rest_is_built(tmp_path, call, name):
    content, message = bad_sources(tmp_path)[name]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(content)
    (tmp_path / "in/good.txt").write_text(GOOD)
    code, _, err = call("build", tmp_path / "in", "--out", tmp_path / "out")
    assert code == 3
    assert message in err
    assert call("query", "ASK { ent:Netflix kg:used ent:Runway }", "-g", tmp_path / "out")[1] == (
        "true\n"
    )


@pytest.mark.parametrize("name", ["empty.txt", "binary.txt", "notes.xyz", "missing.txt"])
def test_nothing_but_a_bad_file_is_exit_code_2(tmp_path, call, name):
    content, message = (bad_sources(tmp_path) | {"missing.txt": (b"", "no such file")})[name]
    if name != "missing.txt":
        (tmp_path / name).write_bytes(content)
    code, _, err = call("build", tmp_path / name, "--out", tmp_path / "out")
    assert code == 2
    assert message in err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "latin.txt",
            "Der Café used Netflix. Netflix used software from Runway.".encode("latin-1"),
        ),
        ("cut.html", b"<html><body><article><p>" + GOOD.encode() * 8 + b"</p><p>Disney <b"),
        (
            "script.html",
            b"<html><body><script>alert('x')</script><article><p>"
            + b"Netflix used software from Runway. The tool <img src=x onerror=alert(1)> is quick. "
            * 6
            + b"</p></article></body></html>",
        ),
        ("markup.txt", GOOD.encode() + b"The tag <script>alert(1)</script> was in the text.\n"),
    ],
)
def test_odd_input_is_read_and_nothing_of_it_runs(tmp_path, call, name, content):
    (tmp_path / name).write_bytes(content)
    code, _, err = call("build", tmp_path / name, "--out", tmp_path / "out")
    assert code in (0, 3), err
    page = (tmp_path / "out/graph.html").read_text()
    assert "<script>alert(" not in page
    assert "onerror=alert" not in page
    ask = call("query", "ASK { ent:Netflix kg:used ent:Runway }", "-g", tmp_path / "out")
    assert ask[1] == "true\n"


def test_a_folder_without_articles(tmp_path, call):
    code, _, err = call("build", tmp_path, "--out", tmp_path / "out")
    assert code == 2
    assert "without articles" in err


def test_an_output_in_use_by_another_process(tmp_path, call):
    (tmp_path / "one.txt").write_text(GOOD)
    with writing(tmp_path / "out"):
        code, _, err = call("build", tmp_path / "one.txt", "--out", tmp_path / "out")
    assert code == 2
    assert "another process" in err


def test_an_output_that_is_a_file(tmp_path, call):
    (tmp_path / "one.txt").write_text(GOOD)
    code, _, err = call("build", tmp_path / "one.txt", "--out", tmp_path / "one.txt")
    assert code == 2
    assert "one.txt" in err


def test_a_broken_ontology_or_seeds_file_is_told_with_its_line(tmp_path, call):
    (tmp_path / "one.txt").write_text(GOOD)
    seeds = tmp_path / "seeds.ttl"
    seeds.write_text("@prefix kg: <https://kg.example/ontology#> .\n<x> a kg:Company ;; .\n")
    code, _, err = call("build", tmp_path / "one.txt", "--out", tmp_path / "out", "--seeds", seeds)
    assert code == 2
    assert "seeds.ttl" in err
    assert "2" in err


def test_an_unknown_pipeline_says_what_to_install(tmp_path, call):
    (tmp_path / "one.txt").write_text(GOOD)
    code, _, err = call(
        "build", tmp_path / "one.txt", "--out", tmp_path / "out", "--pipeline", "en_core_web_xl"
    )
    assert code == 2
    assert "en_core_web_xl" in err
    assert "download" in err


def test_an_unknown_setting_is_told_with_the_nearest(tmp_path, call):
    (tmp_path / "one.txt").write_text(GOOD)
    (tmp_path / "kg.toml").write_text("[build]\njob = 2\n")
    code, _, err = call(
        "build", tmp_path / "one.txt", "--out", tmp_path / "out", "--config", tmp_path / "kg.toml"
    )
    assert code == 2
    assert "did you mean 'jobs'" in err


# --- light to start ------------------------------------------------------------------------------


def seconds(code: str) -> float:
    """Processor time of a fresh interpreter, above what an empty one takes; the best of five."""
    import resource

    root = Path(kg.__file__).parent.parent

    def once(program: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env=os.environ | {"PYTHONPATH": str(root)},
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    once(code)
    return min(once(code) for _ in range(5)) - min(once("pass") for _ in range(5))


def test_import_kg_is_light():
    heavy = "import sys, kg; bad = {'spacy','rdflib','click','rich','numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", f"{heavy}; assert not bad, bad"], check=True)
    assert seconds("import kg") < 0.2


def test_help_is_light():
    code = "import sys; sys.argv = ['kg', '--help']\nfrom kg.cli import main\nmain()"
    assert seconds(code) < 0.3


# --- when something goes wrong ------------------------------------------------------------------


@pytest.fixture
def log():
    """The log of kg, as it was before ``--debug``."""
    found = logging.getLogger("kg")
    handlers, level = list(found.handlers), found.level
    yield found
    found.handlers[:] = handlers
    found.setLevel(level)


def test_a_fault_of_an_added_part_is_told_with_its_place_and_debug_shows_it(
    tmp_path, call, log, monkeypatch
):
    def broken(doc: object, article: object, /) -> object:
        return {}["claims"]

    monkeypatch.setitem(registry._REGISTERED["extractors"], "broken", broken)
    (tmp_path / "one.txt").write_text(GOOD)
    (tmp_path / "kg.toml").write_text('[pipeline]\nextractors = ["broken"]\n')
    args = ["build", tmp_path / "one.txt", "-o", tmp_path / "out", "--config", tmp_path / "kg.toml"]
    code, _, err = call(*args)
    assert code == 2
    assert "one.txt: processing failed with KeyError: 'claims' (" in err
    assert "test_commands.py:" in err
    assert "--debug" in err
    assert "Traceback" not in err
    code, out, err = call("--debug", *args)
    assert (code, out) == (2, "")
    assert 'return {}["claims"]' in err
    assert "WARNING kg.pipeline: one.txt: processing failed" in err


@pytest.mark.parametrize("debug", [["--debug", "stats"], ["stats", "--debug"]])
def test_debug_shows_the_traceback_of_what_stopped_the_command(call, log, debug):
    code, _, err = call(*debug, "--graph", "/nowhere/at/all")
    assert code == 2
    assert "Traceback" in err
    assert err.rstrip().endswith("--out /nowhere/at/all")


def test_quiet_by_default_and_open_to_handlers(tmp_path, call, caplog):
    (tmp_path / "one.txt").write_bytes("Caf\xe9 Runway closed on Monday.".encode("latin-1"))
    with caplog.at_level("INFO", logger="kg"):
        _, _, err = call("build", tmp_path / "one.txt", "--out", tmp_path / "out", "-q")
    assert "cp1252" in caplog.text
    assert err == ""


def test_an_error_nobody_foresaw_is_a_message(graph, call, log, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(kg.knowledge_graph.Graph, "stats", broken)
    code, _, err = call("stats", "-g", graph)
    assert code == 1
    assert err.startswith("Error: KeyError: 'x' (")
    assert "fault of kg" in err
    assert "Traceback" not in err
    assert "Traceback" in call("stats", "-g", graph, "--debug")[2]


@pytest.mark.parametrize(
    "args",
    [["export", "--to"], ["export", "-f", "csv", "--to"], ["query", "ASK {}", "--to"],
     ["stats", "--to"], ["view", "--to"]],
)  # fmt: skip
@pytest.mark.parametrize("place", ["a_file/x", "a_file/x/", "x" * 300])
def test_a_place_that_cannot_be_written_is_told(graph, call, tmp_path, args, place):
    (tmp_path / "a_file").write_text("")
    code, out, err = call(*args, f"{tmp_path}/{place}", "-g", graph)
    assert (code, out) == (2, "")
    assert "cannot be written" in err or "is a folder" in err
    assert place.strip("/") in err
    assert "Traceback" not in err


def test_a_device_is_written_to_and_not_replaced(graph, call, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reader = subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE, text=True)
    assert call("query", "ASK {}", "-g", graph, "--to", tmp_path / "pipe")[0] == 0
    assert reader.communicate(timeout=20)[0] == "true\n"
    assert not (tmp_path / "pipe").is_file()
    if Path("/dev/full").exists():
        code, _, err = call("export", "-g", graph, "--to", "/dev/full")
        assert code == 2
        assert "/dev/full: cannot be written" in err
        assert not Path("/dev/full").is_file()


def test_csv_to_a_name_that_ends_in_a_slash_makes_the_folder(graph, call, tmp_path):
    assert call("export", "-f", "csv", "-g", graph, "--to", f"{tmp_path}/new/deep/")[0] == 0
    assert (tmp_path / "new/deep/nodes.csv").is_file()
    code, _, err = call("export", "-f", "nt", "-g", graph, "--to", f"{tmp_path}/other/")
    assert code == 2
    assert "is a folder" in err


def test_formulas_in_csv_are_defused_and_said_unless_raw(tmp_path, call):
    (tmp_path / "one.txt").write_text(
        "Netflix sued @Runway. Ann Lee, 61, said it cost -4 dollars.\n"
    )
    out = tmp_path / "out"
    assert call("build", tmp_path / "one.txt", "--out", out, "-q")[0] == 0
    query = 'SELECT ?a ?b { VALUES (?a ?b) { ("=1+1" -4.5) ("@x" "fine") } }'
    code, text, err = call("query", query, "-g", out, "-f", "csv")
    assert (code, text) == (0, "a,b\n'=1+1,-4.5\n'@x,fine\n")
    assert "--raw" in err
    _, text, err = call("query", query, "-g", out, "-f", "csv", "--raw")
    assert (text, err) == ("a,b\n=1+1,-4.5\n@x,fine\n", "")
    assert call("query", 'SELECT ?a { VALUES ?a { "b" } }', "-g", out, "-f", "csv")[2] == ""


def test_a_line_of_progress_from_time_to_time_where_stderr_is_no_terminal(
    tmp_path, call, monkeypatch
):
    monkeypatch.setattr(terminal, "EVERY", 0.02)
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / f"in/{number}.txt").write_text(GOOD.replace("Runway", f"Run{number}"))
    code, out, err = call("build", tmp_path / "in", "--out", tmp_path / "out")
    assert (code, out) == (0, "")
    assert re.search(r"^(articles|merging|drawing|reading)( \d+( of 3)?)? \(\d+ s\)$", err, re.M)
    monkeypatch.setattr(terminal, "EVERY", 30.0)
    assert "s)\n" not in call("build", tmp_path / "in", "--out", tmp_path / "out")[2]
    monkeypatch.setattr(terminal, "EVERY", 0.001)
    assert call("build", tmp_path / "in", "--out", tmp_path / "out", "-q")[2] == ""


def test_kinds_of_files_that_nobody_reads_are_named(tmp_path, call):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/one.txt").write_text(GOOD)
    for name in ("a.pptx", "b.pptx", "c.rtf"):
        (tmp_path / "in" / name).write_text("x")
    code, _, err = call("build", tmp_path / "in", "--out", tmp_path / "out")
    assert code == 0
    assert "nobody reads, passed over: .pptx (2), .rtf (1)" in err
    _, out, _ = call("build", tmp_path / "in", "--out", tmp_path / "out", "--json")
    assert json.loads(out)["unread"] == [[".pptx", 2], [".rtf", 1]]


@pytest.mark.parametrize(
    ("text", "message"),
    [("[build]\njobs = -5", "jobs goes from 0 to 256"),
     ("[graph]\nbase = 'javascript:alert(1)'", "does not start with http://"),
     ("[pipeline]\nconfidence = 1e999", "goes from 0.0 to 1.0")],
)  # fmt: skip
def test_a_wrong_setting_stops_before_the_first_article(tmp_path, call, text, message):
    (tmp_path / "one.txt").write_text(GOOD)
    (tmp_path / "kg.toml").write_text(text)
    out = tmp_path / "out"
    code, _, err = call("build", tmp_path, "--out", out, "--config", tmp_path / "kg.toml")
    assert code == 2
    assert message in err
    assert not out.exists()


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        (["search", "runway"], "asserted  Netflix used Runway"),
        (["search", "praised"], "Greg Peters praised Runway."),
        (["search", "runway", "--status", "asserted"], "asserted  Netflix used Runway"),
        (["search", "coldstream", "--json"], '"kind": "name"'),
        (["people"], "Greg Peters"),
        (["people", "sarandos", "-f", "csv"], "Ted Sarandos,"),
        (["sources"], "one.txt"),
        (["sources", "two", "--articles"], "two.txt"),
    ],
)
def test_what_there_is_to_find(graph, call, args, shown):
    code, out, _ = call(*args, "--graph", graph)
    assert code == 0
    assert shown in out


def test_nothing_found_is_said_and_no_word_is_bad_usage(graph, call):
    assert call("search", "zeppelin", "-g", graph) == (0, "", "Nothing has these words.\n")
    assert call("search", "??", "-g", graph)[0] == 2
    _, out, err = call("people", "-g", graph, "--limit", "1")
    assert "Greg Peters" in out
    assert "1 more; see --limit" in err


QUOTED = {
    "monday.txt": "“We will not close the harbour at Brandvik,” said Ada Demir, the mayor, on Monday.\n",
    "tuesday.txt": "“We will not close the harbour,” said Ada Demir. Disney sued Midjourney.\n",
}


@pytest.fixture(scope="module")
def quoted(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("quoted")
    for name, text in QUOTED.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert run(["build", str(folder), "--out", str(folder / "out"), "-q", "--sure", "0"]) == 0
    return folder / "out"


def test_quotes_lists_what_somebody_said_once_with_its_articles(quoted, call):
    code, out, err = call("quotes", "-g", quoted, "--speaker", "Ada Demir")
    assert (code, err) == (0, "")
    assert out.count("Ada Demir") == 1
    assert "(2 articles)" in out
    (said,) = map(
        json.loads, call("quotes", "-g", quoted, "--shared", "-f", "json")[1].splitlines()
    )
    assert len({variant["article"] for variant in said["variants"]}) == len(QUOTED)
    assert call("quotes", "airport", "-g", quoted)[1:] == ("", "No quotations.\n")
    assert "harbour" in call("quotes", "harbour", "-g", quoted, "-f", "markdown")[1]


def test_diff_tells_what_two_graphs_hold_differently(graph, quoted, call):
    code, out, _ = call("diff", graph, quoted)
    assert code == 1
    assert "Runway" in out
    changes = [
        json.loads(line) for line in call("diff", graph, quoted, "-f", "json")[1].splitlines()
    ]
    assert {change["what"] for change in changes} >= {"came", "went"}
    assert call("diff", graph, graph, "-f", "json") == (0, "", "Nothing differs.\n")


def test_review_says_what_there_is_to_review(graph, call):
    assert call("review", "-g", graph)[0] == 2
    code, out, _ = call("review", "--names", "-g", graph, "-f", "csv")
    assert code == 0
    assert out.splitlines()[0].count(",") > 1


def test_teaching_tells_first_and_writes_with_yes(graph, tmp_path, call):
    rows = [
        {"sentence": f"{one} grumbled about Acme.", "subject": one, "object": "Acme"}
        for one in ("Nils Grey", "Vera Holt", "Ole Dahl", "Ida Moss", "Al Bond")
    ]
    examples = tmp_path / "examples.jsonl"
    examples.write_text("".join(json.dumps(row) + "\n" for row in rows))
    words, terms = tmp_path / "words.ttl", tmp_path / "terms.ttl"
    given = ("teach", "grumbled at", examples, "--ontology", terms, "--lexicon", words)
    code, out, err = call(*given, "--graph", graph)
    assert code == 0
    assert "grumble about" in out
    assert "--yes" in err
    assert not words.exists()
    code, out, err = call(*given, "--yes")
    assert code == 0
    assert "kg build SOURCE" in err
    assert 'lex:verb "grumble about"' in words.read_text()
    assert "kg:grumbledAt" in terms.read_text()
    examples.write_text("{}\n")
    code, out, err = call(*given)
    assert code == 2
    assert "examples.jsonl:1" in err


def test_suggestions_are_told_and_words_that_nobody_uses_refused(graph, call):
    code, _, _ = call("suggest", "--graph", graph, "--least", "1")
    assert code == 0
    code, _, err = call("suggest", "zorble about", "--graph", graph)
    assert code == 2
    assert "zorble about" in err
