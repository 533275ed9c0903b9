"""Runs what README and docs show; puts the real answers in, or with --check tells where they differ.

python docs/transcripts.py [--check] [PAGE...]

In a page, these blocks run, in order, in a folder that looks like a checkout with a built demo in
``output/`` (a page whose first command is ``kg build`` starts without one; the first ``kg build
seeds/articles`` of a page says what the build of the demo said):

- ``console``: lines after ``$ `` are commands, the lines below each are its answer, stdout and
  stderr together;
- ``pycon``: the same for Python, after ``>>>``;
- ``python``: runs, and must not fail;
- ``sparql``: a query to the graph; a ``text`` block right below holds its answer.

A block below ``<!-- file: NAME -->`` is written to that file and not run. A line ``…`` in an answer
stands for any lines; putting answers in keeps as many lines before and after it as there were.
``sh`` blocks are for a machine of one's own and don't run. A page with ``<!-- own checkout -->``
has an ontology of its own, which it may change.
"""

from __future__ import annotations

import code
import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CUT = "…"
BUILD = "kg build seeds/articles"
_FENCE = re.compile(r"```(\w*)\s*$")
_FILE = re.compile(r"<!-- file: (\S+) -->\s*$")
_OWN = "<!-- own checkout -->"
#: What a busy machine says every 30 seconds (`kg.cli.terminal`): no part of an answer.
_PROGRESS = re.compile(r"^[a-z ]+(?: [\d,]+(?: of [\d,]+)?)? \([\d,]+ s\)\n", re.MULTILINE)
_SHELL = re.compile(r"[|&;<>$`*?]|^(?!kg )")
#: What means to a shell what it means to us.
_QUOTED = re.compile(r"""'[^']*'|"[^"$`\\]*\"""")


def pages() -> list[Path]:
    """The pages that are written by hand: all but the reference that other programs make."""
    made = {"cli.md", "ontology.md"}
    found = sorted(p for p in (ROOT / "docs").rglob("*.md") if p.name not in made)
    return [ROOT / "README.md", *found]


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its lines, the index of its first line in the page, and the
    file that it is to be written to."""

    language: str
    lines: tuple[str, ...]
    first: int
    file: str | None = None


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found: list[Block] = []
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        if fence:
            end = next((i for i in range(at + 1, len(lines)) if lines[i] == "```"), None)
            if end is None:
                raise ValueError(f"line {at + 1}: a block that does not end")
            before = next((line for line in reversed(lines[:at]) if line.strip()), "")
            name = _FILE.match(before)
            found.append(
                Block(fence[1], tuple(lines[at + 1 : end]), at + 1, name[1] if name else None)
            )
            at = end
        at += 1
    return found


def runs(block: Block) -> bool:
    """Whether a block is run."""
    return block.file is None and block.language in {"console", "pycon", "python", "sparql"}


def agree(shown: list[str], real: list[str]) -> bool:
    """Whether an answer is the one that is shown; a line ``…`` stands for any lines."""
    parts: list[list[str]] = [[]]
    for line in shown:
        if line.strip() == CUT:
            parts.append([])
        else:
            parts[-1].append(line)
    if len(parts) == 1:
        return shown == real
    head, tail = parts[0], parts[-1]
    if len(real) < len(head) + len(tail):
        return False
    if real[: len(head)] != head or (tail and real[-len(tail) :] != tail):
        return False
    rest = real[len(head) : len(real) - len(tail)]
    for part in parts[1:-1]:
        at = next((i for i in range(len(rest)) if rest[i : i + len(part)] == part), None)
        if at is None:
            return False
        rest = rest[at + len(part) :]
    return True


def cut(shown: list[str], real: list[str]) -> list[str]:
    """The real answer, shortened as the shown one was."""
    marks = [i for i, line in enumerate(shown) if line.strip() == CUT]
    if not marks:
        return real
    head, tail = marks[0], len(shown) - marks[-1] - 1
    if len(real) <= head + tail:
        return real
    return [*real[:head], CUT, *(real[-tail:] if tail else [])]


def failed(answer: list[str]) -> bool:
    """Whether an answer tells of an error."""
    return any(line.startswith(("Error", "Traceback", "failed:")) for line in answer)


def tidy(text: str) -> list[str]:
    """Lines without blanks at their ends and without empty lines around them."""
    lines = [line.rstrip() for line in text.splitlines()]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines


@dataclass(slots=True)
class Place:
    """A folder where a page's blocks run."""

    folder: Path
    demo: Demo
    own: bool = False
    built: bool = False
    names: dict[str, object] = field(default_factory=dict)

    def command(self, words: str) -> str:
        """What a command writes, stdout and stderr together."""
        if words == BUILD and not self.own and not self.built:
            self.built = True
            if not (self.folder / "output").exists():
                shutil.copytree(self.demo.folder, self.folder / "output")
            return self.demo.said
        if not _SHELL.search(_QUOTED.sub("", words)):
            return self.inside(shlex.split(words)[1:])
        root = self.folder if self.own else ROOT
        environment = os.environ | {
            "PATH": f"{self.folder / '.bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(root),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        done = subprocess.run(  # noqa: S603
            ["bash", "-c", words],  # noqa: S607
            cwd=self.folder, env=environment, check=False, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return _PROGRESS.sub("", done.stdout)

    def inside(self, words: list[str]) -> str:
        """What `kg` writes, run in this process."""
        from kg.cli import run

        if self.own:
            _forget()
        with self._listening() as heard:
            run(words)
        return _PROGRESS.sub("", heard.getvalue())

    @contextlib.contextmanager
    def _listening(self) -> Iterator[io.StringIO]:
        heard = io.StringIO()
        with (
            contextlib.chdir(self.folder),
            contextlib.redirect_stdout(heard),
            contextlib.redirect_stderr(heard),
        ):
            yield heard

    def python(self, source: str, *, show: bool) -> str:
        """What Python code writes; with ``show``, the values of expressions too."""
        with self._listening() as heard:
            if show:
                console = code.InteractiveInterpreter(self.names)  # type: ignore[arg-type]
                console.runsource(source, symbol="single")
            else:
                exec(compile(source, "<page>", "exec"), self.names)  # noqa: S102
        return heard.getvalue()


@contextlib.contextmanager
def place(text: str, demo: Demo) -> Iterator[Place]:
    """A folder for a page, with the parts of a checkout."""
    own = _OWN in text
    with tempfile.TemporaryDirectory(prefix="kg-docs-") as name:
        folder = Path(name)
        for part in ("ontology", "seeds"):
            if own:
                shutil.copytree(ROOT / part, folder / part)
            else:
                (folder / part).symlink_to(ROOT / part)
        (folder / "kg").symlink_to(ROOT / "kg")
        tools = folder / ".bin"
        tools.mkdir()
        for tool, words in (("kg", "-m kg"), ("python", "")):
            path = tools / tool
            path.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n')
            path.chmod(0o755)
        first = next((b.lines[0] for b in blocks(text) if b.language == "console"), "")
        if not first.startswith("$ kg build"):
            shutil.copytree(demo.folder, folder / "output")
        with _own_ontology(folder) if own else contextlib.nullcontext(), _own_names(folder):
            try:
                yield Place(folder, demo, own)
            finally:
                _end_left(folder)


def _end_left(folder: Path) -> None:
    """End what a page started in the background (its number is in a file ``NAME.pid``) and left."""
    for file in folder.glob("*.pid"):
        with contextlib.suppress(ProcessLookupError, ValueError):
            os.kill(int(file.read_text()), signal.SIGTERM)


@contextlib.contextmanager
def _own_ontology(folder: Path) -> Iterator[None]:
    """Let the parts of kg read the ontology of this folder, and forget what they have read."""
    from kg import config

    before = config._HERE
    config._HERE = folder / "kg"
    _forget()
    try:
        yield
    finally:
        config._HERE = before
        _forget()


def _forget() -> None:
    from kg.nlp.load import load_pipeline

    for module in [m for n, m in sys.modules.items() if n.partition(".")[0] == "kg"]:
        for value in vars(module).values():
            if hasattr(value, "cache_clear") and value is not load_pipeline:
                value.cache_clear()


@contextlib.contextmanager
def _own_names(folder: Path) -> Iterator[None]:
    """Let a page import its own files, and take back what it imports and registers."""
    from kg import registry

    modules = set(sys.modules)
    before = {kind: dict(parts) for kind, parts in registry._REGISTERED.items()}
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        registry._REGISTERED.update(before)
        for name in set(sys.modules) - modules:
            if str(getattr(sys.modules[name], "__file__", "")).startswith(str(folder)):
                del sys.modules[name]


@dataclass(frozen=True, slots=True)
class Demo:
    """The built demo and what `BUILD` said."""

    folder: Path
    said: str = ""


@contextlib.contextmanager
def built_demo() -> Iterator[Demo]:
    """The demo, built once."""
    with tempfile.TemporaryDirectory(prefix="kg-docs-") as name:
        folder = Path(name)
        (folder / "seeds").symlink_to(ROOT / "seeds")
        said = Place(folder, Demo(folder)).inside(shlex.split(BUILD)[1:])
        yield Demo(folder / "output", said)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked (words), at which lines of the page the shown answer stands, and both."""

    words: str
    start: int
    end: int
    shown: list[str]
    real: list[str]


def answers(text: str, where: Place) -> Iterator[Answer]:
    """Run a page's blocks in order."""
    found = blocks(text)
    for number, block in enumerate(found):
        source = "\n".join(block.lines) + "\n"
        if block.file is not None:
            path = where.folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source, encoding="utf-8")
        elif block.language == "console":
            yield from _console(block, where)
        elif block.language == "pycon":
            yield from _pycon(block, source, where)
        elif block.language == "python":
            where.python(source, show=False)
        elif block.language == "sparql":
            real = tidy(where.inside(["query", source]))
            below = found[number + 1] if number + 1 < len(found) else None
            if below is not None and below.language == "text":
                end = below.first + len(below.lines)
                yield Answer(source, below.first, end, list(below.lines), real)


def _console(block: Block, where: Place) -> Iterator[Answer]:
    at = 0
    while at < len(block.lines):
        if not block.lines[at].startswith("$ "):
            raise ValueError(f"line {block.first + at + 1}: a console block begins with '$ '")
        words = block.lines[at][2:]
        at += 1
        while words.endswith("\\"):
            words = words[:-1] + block.lines[at].removeprefix("> ").lstrip()
            at += 1
        end = at
        while end < len(block.lines) and not block.lines[end].startswith("$ "):
            end += 1
        gap = 1 if end < len(block.lines) and end > at and not block.lines[end - 1] else 0
        shown = list(block.lines[at : end - gap])
        real = tidy(where.command(words))
        yield Answer(words, block.first + at, block.first + end - gap, shown, real)
        at = end


def _pycon(block: Block, source: str, where: Place) -> Iterator[Answer]:
    for example in doctest.DocTestParser().get_examples(source):
        real = tidy(where.python(example.source, show=True))
        start = block.first + example.lineno + example.source.count("\n")
        shown = example.want.splitlines()
        yield Answer(example.source, start, start + len(shown), shown, real)


def renewed(text: str, demo: Demo) -> str:
    """The page with the real answers in. What fails and did not is a RuntimeError."""
    lines = text.splitlines()
    with place(text, demo) as where:
        found = list(answers(text, where))
    for answer in reversed(found):
        if not agree(answer.shown, answer.real):
            if failed(answer.real) and not failed(answer.shown):
                raise RuntimeError("\n".join([answer.words, *answer.real]))
            lines[answer.start : answer.end] = cut(answer.shown, answer.real)
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    check = "--check" in arguments
    chosen = [Path(a).resolve() for a in arguments if not a.startswith("-")] or pages()
    stale = 0
    with built_demo() as demo:
        for page in chosen:
            text = page.read_text(encoding="utf-8")
            made = renewed(text, demo) if any(map(runs, blocks(text))) else text
            if made != text:
                stale += 1
                print(
                    f"{page.relative_to(ROOT)}: {'stale; run: make docs' if check else 'renewed'}"
                )
                if not check:
                    page.write_text(made, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
