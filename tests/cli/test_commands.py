"""The commands, over one small graph built with the shipped pipeline."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg import registry
from kg.cli import run
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
    assert run(["build", str(folder), "--out", str(folder / "out"), "-q"]) == 0
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
    _, out, _ = call("explain", "ted sarandos", "--names", "-g", graph)
    assert "Ted Sarandos" in out
    _, out, _ = call("explain", "Coldstream", "--names", "-g", graph)
    assert "Coldstream: its only name, in two.txt" in out
    _, out, _ = call("explain", "Runway", "--json", "-g", graph)
    assert {json.loads(line)["status"] for line in out.splitlines()} <= {"asserted", "claimed"}


@pytest.mark.parametrize("form", registry.names("exporters"))
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


def test_a_file_that_cannot_be_written_is_told(graph, call, tmp_path):
    code, _, err = call("export", "-g", graph, "--to", tmp_path / "no/such/folder/x.ttl")
    assert code == 2
    assert "cannot be written" in err


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
