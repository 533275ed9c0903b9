"""What README and docs show is what happens: blocks run, links lead somewhere, nothing is left out."""

from __future__ import annotations

import re
import runpy
import shutil
import unicodedata
from pathlib import Path

import pytest
from pyoxigraph import Literal

import kg
from kg.cli import COMMANDS
from kg.graph import shipped_queries
from kg.graph.query import shipped_query

HERE = Path(__file__).parent
ROOT = Path(__file__).parents[2]
TOOL = runpy.run_path(str(ROOT / "docs/transcripts.py"))
PAGES = TOOL["pages"]()
EVERY = sorted([*ROOT.glob("*.md"), *ROOT.glob("*/README.md"), *(ROOT / "docs").rglob("*.md")])
RUN = [page for page in PAGES if any(map(TOOL["runs"], TOOL["blocks"](page.read_text("utf-8"))))]


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture(scope="session")
def demo():
    with TOOL["built_demo"]() as out:
        yield out


@pytest.mark.slow
@pytest.mark.xdist_group("docs")
@pytest.mark.parametrize("page", RUN, ids=name)
def test_what_a_page_shows_is_what_happens(page, demo):
    text = page.read_text(encoding="utf-8")
    with TOOL["place"](text, demo) as where:
        for answer in TOOL["answers"](text, where):
            assert TOOL["agree"](answer.shown, answer.real), (
                f"{name(page)}:{answer.start}: {answer.words}\n"
                + "\n".join(answer.real)
                + "\nIf that is right: make docs"
            )


# --- links --------------------------------------------------------------------------------------


def prose(page: Path) -> str:
    """A page without its code."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    found = set()
    for heading in re.findall(r"^#+\s+(.*)$", page.read_text(encoding="utf-8"), flags=re.M):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        kept = [c for c in plain if c in " -_" or unicodedata.category(c)[0] in "LN"]
        found.add("".join(kept).strip().replace(" ", "-"))
    return found


@pytest.mark.parametrize("page", EVERY, ids=name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        other = (page.parent / path).resolve() if path else page
        assert other.exists(), f"{name(page)}: {target}"
        if anchor:
            assert anchor in anchors(other), f"{name(page)}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_page_can_be_reached_from_the_readme(page):
    seen, queue = set(), [ROOT / "README.md"]
    while queue:
        here = queue.pop()
        if here in seen or here.suffix != ".md" or not here.is_file():
            continue
        seen.add(here)
        for target in re.findall(r"\]\(([^)\s#]+)", prose(here)):
            if not re.match(r"[a-z]+:", target):
                queue.append((here.parent / target).resolve())
    assert page in seen


# --- nothing left out ---------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_run_in_a_page(command):
    shown = "\n".join(page.read_text(encoding="utf-8") for page in RUN)
    assert re.search(rf"^\$ kg {command}\b", shown, flags=re.M)


@pytest.mark.parametrize("query", [query.name for query in shipped_queries()])
def test_every_shipped_query_is_run_in_the_cookbook(query):
    page = (ROOT / "docs/how-to/queries.md").read_text(encoding="utf-8")
    assert re.search(rf"^\$ kg query {query}\b", page, flags=re.M)


@pytest.mark.slow
@pytest.mark.xdist_group("docs")
@pytest.mark.parametrize(
    "old", sorted((HERE / "queries_before").glob("*.rq")), ids=lambda p: p.stem
)
@pytest.mark.parametrize("given", ["", "netflix", "in", "harbour", "nobody of that name"])
def test_a_query_written_anew_gives_the_same_rows(old, given, demo):
    new = shipped_query(old.stem)
    text = re.sub(r"\$(who|about)\b", str(Literal(given)), old.read_text(encoding="utf-8"))
    if given == "" and new.needed:
        return
    with kg.open_graph(demo.folder) as graph:
        before = graph.query(text).text_rows()
        after = graph.query(old.stem, **{name: given for name, _ in new.parameters}).text_rows()
    assert after == before


def test_every_setting_is_told():
    import tomllib

    text = (ROOT / "kg/default_config.toml").read_text(encoding="utf-8")
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    for section, values in tomllib.loads(text).items():
        for key in values:
            assert f"`{section}.{key}`" in page


# --- the tool itself ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "real", "same"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a"], ["a", "b"], False),
        (["a", "…"], ["a", "b", "c"], True),
        (["…", "c"], ["a", "b", "c"], True),
        (["a", "…", "c", "…", "e"], ["a", "b", "c", "d", "e"], True),
        (["a", "…", "x", "…", "e"], ["a", "b", "c", "d", "e"], False),
        (["a", "…", "b"], ["a"], False),
        (["…"], [], True),
        (["a", "…", "a"], ["a"], False),
    ],
)
def test_a_shortened_answer_agrees_with_the_whole_one(shown, real, same):
    assert TOOL["agree"](shown, real) is same


def test_progress_of_a_busy_machine_is_no_answer(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.cli.terminal.EVERY", 0.001)
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    where = TOOL["Place"](tmp_path, TOOL["Demo"](tmp_path / "output"))
    said = where.command("kg build seeds/articles/agency-briefs.jsonl --out small")
    assert said.startswith("Articles read whole:")
    assert " s)" not in said


def test_a_wrong_answer_is_renewed_as_short_as_it_was(tmp_path):
    (tmp_path / "output").mkdir()
    demo = TOOL["Demo"](tmp_path / "output")
    text = "```console\n$ kg components\n wrong\n…\n wrong\n```\n"
    made = TOOL["renewed"](text, demo).splitlines()
    assert made[:2] == text.splitlines()[:2]
    assert "readers" not in made[2]
    assert made[3] == "…"
    assert made[4].split() == ["exporters", "parquet", "kg"]
    assert made[5] == "```"


def test_an_answer_that_turns_into_an_error_is_not_put_in(tmp_path):
    (tmp_path / "output").mkdir()
    for shown in (" 8 articles\n", ""):
        text = f"```console\n$ kg stats\n{shown}```\n"
        with pytest.raises(RuntimeError, match="no graph here"):
            TOOL["renewed"](text, TOOL["Demo"](tmp_path / "output"))
