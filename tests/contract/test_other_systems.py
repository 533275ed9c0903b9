"""Rules of Windows and macOS that can be kept, and tested, on any system: names, files, processes."""

from __future__ import annotations

import ast
import io
import os
import re
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest

import kg
from kg import folder, knowledge_graph
from kg.errors import KGError
from tests.support.graphs import landed

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "kg").rglob("*.py"))
#: Modules that only POSIX systems have.
POSIX = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "termios", "tty", "uvloop"}
#: Functions of `os` that only POSIX systems have, or that do something else on Windows.
POSIX_CALLS = {"fork", "forkpty", "getuid", "geteuid", "killpg", "mkfifo", "setsid", "wait"}
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def nodes(kind: type[ast.AST]) -> Iterator[tuple[Path, ast.AST]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, kind):
                yield path, node


def keywords(call: ast.Call) -> set[str]:
    return {word.arg for word in call.keywords if word.arg}


def mode(call: ast.Call, place: int) -> str:
    given = [w.value for w in call.keywords if w.arg == "mode"] or call.args[place : place + 1]
    if not given:
        return "r"
    return str(given[0].value) if isinstance(given[0], ast.Constant) else "of something else"


def text_files() -> Iterator[tuple[str, ast.Call, str]]:
    """Each call that opens a file for text, with its mode."""
    for path, call in nodes(ast.Call):
        assert isinstance(call, ast.Call)
        name = (
            call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        )
        owner = getattr(getattr(call.func, "value", None), "id", "")
        where = f"{path.relative_to(ROOT)}:{call.lineno}"
        if name in ("write_text", "read_text"):
            yield where, call, "w" if name == "write_text" else "r"
        elif name == "open" and owner not in ("os", "tarfile", "zipfile", "gzip", "webbrowser"):
            given = mode(call, 0 if isinstance(call.func, ast.Attribute) else 1)
            if "b" not in given and re.fullmatch(r"[rwax+t]+", given):
                yield where, call, given


def test_text_is_read_and_written_in_an_encoding_that_is_named():
    assert [
        where
        for where, call, _ in text_files()
        if "encoding" not in keywords(call)
        and not (
            isinstance(call.func, ast.Attribute) and call.func.attr == "read_text" and call.args
        )
        and not _is_no_file(call)
    ] == []


def _is_no_file(call: ast.Call) -> bool:
    """A method of the same name of something else: a store, a member of an archive."""
    return isinstance(call.func, ast.Attribute) and not call.args and not call.keywords


def test_a_line_ends_the_same_way_in_whatever_is_written():
    assert [
        where
        for where, call, given in text_files()
        if given[0] in "wx" and "newline" not in keywords(call) and not _is_no_file(call)
    ] == []


def test_what_only_posix_has_is_imported_where_it_is_used_and_asked_for():
    top = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in SOURCES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module]
        )
        if name in POSIX
    ]
    assert top == []


def test_nothing_forks():
    called = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.attr}"
        for path, node in nodes(ast.Attribute)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
        and node.attr in POSIX_CALLS
    ]
    assert called == []
    methods = [
        node.args[0].value
        for _, node in nodes(ast.Call)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("get_context", "set_start_method")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ]
    assert methods
    assert set(methods) == {"spawn"}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    where = tmp_path_factory.mktemp("systems")
    (where / "in" / "Below").mkdir(parents=True)
    text = "Harbour Rovers beat Alder City 3-1 on Saturday. Dunmore Ltd sued Castell Marine.\n"
    (where / "in" / "Below" / "match.txt").write_text(text, encoding="utf-8")
    kg.build(where / "in", where / "out").close()
    return where / "out"


def test_every_name_in_a_graph_is_one_that_windows_takes(built):
    names = [path.relative_to(built) for path in built.rglob("*")]
    assert len(names) > 10
    for name in names:
        assert not PureWindowsPath(name).is_absolute()
        for part in name.parts:
            assert not re.search(r'[<>:"|?*\\\x00-\x1f]', part), name
            assert not RESERVED.fullmatch(part), name
            assert part[-1] not in ". ", name
        assert len(str(name)) < 100, name


def test_no_two_names_in_a_graph_differ_in_case_alone(built):
    names = [str(path.relative_to(built)) for path in built.rglob("*")]
    assert len({name.casefold() for name in names}) == len(names)


def test_an_article_is_named_with_slashes_on_every_system(built):
    with kg.open_graph(built) as graph:
        assert [article.source for article in graph.articles()] == ["Below/match.txt"]
    (where,) = [
        node
        for path, node in nodes(ast.Call)
        if path.parts[-2:] == ("read", "__init__.py")
        and isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "as_posix"
    ]
    assert where


def _refused(self: Path, target: object) -> Path:
    """What Windows says of a file that another program holds open."""
    raise PermissionError(13, "The process cannot access the file", str(target))


def test_an_export_over_a_file_that_is_held_open_is_told_and_leaves_it(
    tmp_path, tmp_path_factory, monkeypatch
):
    made = landed(tmp_path_factory.mktemp("held"))
    target = tmp_path / "graph.ttl"
    target.write_text("the old one", encoding="utf-8")
    with knowledge_graph.Graph(made) as graph:
        with monkeypatch.context() as windows:
            windows.setattr(Path, "replace", _refused)
            with pytest.raises(KGError, match="cannot be written"):
                graph.export("turtle", target)
        assert target.read_text(encoding="utf-8") == "the old one"
        assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
        graph.export("turtle", target)
    assert target.read_text(encoding="utf-8").startswith("@prefix")


def test_a_build_that_cannot_replace_a_file_is_told_and_goes_on_the_next_time(
    tmp_path, monkeypatch
):
    source = tmp_path / "match.txt"
    source.write_text("Dunmore Ltd sued Castell Marine.\n", encoding="utf-8")
    kg.build(source, tmp_path / "out").close()
    source.write_text("Dunmore Ltd sued Castell Marine. Petra Haas joined Dunmore Ltd.\n", "utf-8")
    real = Path.replace

    def refused(self: Path, target: object) -> Path:
        if str(target).endswith("graph.html"):
            return _refused(self, target)
        return real(self, target)  # type: ignore[arg-type]

    with monkeypatch.context() as windows:
        windows.setattr(Path, "replace", refused)
        with pytest.raises(KGError, match=r"graph\.html|cannot"):
            kg.build(source, tmp_path / "out")
    with kg.build(source, tmp_path / "out") as graph:
        assert any(entity.label == "Petra Haas" for entity in graph.entities())
        assert graph.check() == ()
    assert "Petra Haas" in (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")


def test_the_lock_of_windows_holds_out_a_second_writer_and_no_reader(tmp_path, monkeypatch):
    held: set[str] = set()

    class Msvcrt(types.ModuleType):
        LK_NBLCK = 2

        @staticmethod
        def locking(number: int, how: int, length: int) -> None:
            name = str(os.fstat(number).st_ino)
            if name in held:
                raise OSError(36, "Resource deadlock avoided")
            held.add(name)

    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt("msvcrt"))
    with (tmp_path / ".lock").open("a+", encoding="utf-8") as one:
        assert folder._locked(one)
        with (tmp_path / ".lock").open("a+", encoding="utf-8") as other:
            assert not folder._locked(other)
            assert folder._locked(other, shared=True)


def test_text_is_utf_8_where_the_system_prefers_something_else(tmp_path):
    (tmp_path / "coin.txt").write_text("Petra Håas sold the café for €2,5 million.\n", "utf-8")
    script = (
        "import warnings; warnings.filterwarnings('error', category=EncodingWarning, module=r'kg(\\.|$)')\n"
        "from kg.cli import run\n"
        "raise SystemExit(run(['build', 'coin.txt', '-q']) or run(['export', '--to', 'a.ttl']))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-X", "utf8=0", "-c", script], cwd=tmp_path,
        env=os.environ | {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(ROOT)},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Petra Håas" in (tmp_path / "a.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands_and_options(shell):
    def ask(**told: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", "from kg.cli import main; main()"], capture_output=True, text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | told, check=False,
        ).stdout  # fmt: skip

    assert "_KG_COMPLETE" in ask(_KG_COMPLETE=f"{shell}_source")
    words = {"COMP_WORDS": "kg exp", "COMP_CWORD": "exp" if shell == "fish" else "1"}
    found = ask(_KG_COMPLETE=f"{shell}_complete", **words)
    assert {"export", "explain"} <= set(re.split(r"[\s,]+", found))
    words = {"COMP_WORDS": "kg export --fo", "COMP_CWORD": "--fo" if shell == "fish" else "2"}
    assert "--format" in ask(_KG_COMPLETE=f"{shell}_complete", **words)


def test_cells_of_csv_end_as_on_every_system():
    from kg.graph.cells import Rows

    out = io.StringIO()
    Rows(out).writerow(["a", "b\rc"])
    assert out.getvalue() == 'a,"b\rc"\n'
