"""How long a question in plain words takes on a graph of ten times the statements, side by side.

    python -m benchmarks.speed.asking [--sizes 13000 137000] [--of OUTPUT --questions FILE]
                                     [--folder FOLDER] [--served] [--show]

Outputs of as many copies, as `benchmarks.speed.many` makes them, of the articles that the exam of questions
asks about (``seeds`` and ``own``; of so many claims about three quarters are statements of their own: 137,000 make
100,000), or of those of OUTPUT, with questions of its own in FILE, one a line. Each graph
is opened in a process of its own. Two questions come first, of which the figures stand apart: names, relations and the words
of quotations are read once. Then each question is asked once, so that nothing of it is remembered. Processor
seconds: the median, the worst, and how many times those of the smaller graph. ``--served``: the same over ``kg serve``,
in seconds on the clock. The status is 1 where a question takes longer than `LIMIT`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import quote
from urllib.request import Request, urlopen

import kg
from benchmarks.quality.asking import OWN, SEEDS
from benchmarks.speed.many import ROOT
from benchmarks.speed.serve import free, running
from benchmarks.speed.update import grown
from kg.folder import read_manifest, read_result

#: Seconds that an answer may take after the first.
LIMIT: Final = 0.3
#: Names that are there and names that are not, of all that can be asked for.
QUESTIONS: Final = """\
Who sued Lysander Biotech?
Whom did Hester Quayle sue?
What did Aerovia buy from Skylark?
Which company did Corvane agree to buy?
Who is the chief executive of Corvane?
Who runs the company that owns Eyeline Studios?
Which companies released a video model?
Who owns Fennimore Books?
Where is Lysander Biotech based?
When was Quillon Labs founded?
When did Rosa Delgado win the election?
How many people does Penrose Bank employ?
How much did Aerovia pay for the planes?
How old is Milica Vukovic?
How long did the strike in Marvale last?
Did Skylark file for bankruptcy?
Did Aerovia sue Skylark?
Was Mikko Saarela dismissed by Tarn Systems?
What did Pablo Ontiveros say about the strike?
What did the leader of the union say about wages?
Who said that the shareholders were robbed?
Who accused Imre Kosztka of copying a novel?
Who criticised the central bank?
Who works for Leiden University?
Which newspaper reported on Cobresur?
What is known about Desmond Pike?
Who is the mayor of Brackwater?
Who was sentenced to two years in prison?
Who sued Hollenbeck Mills?
What did Rosalind Achterberg announce in Vienna?
Which minister resigned after the fire?
"""
#: What is asked before, for all that is read once.
FIRST: Final = ("Who sued Nobody Mills?", "Who said that nobody of the mill wants a contract?")


def articles(source: Path, statements: int) -> int:
    """As many copies of the articles of an output as have so many statements, about."""
    manifest = read_manifest(source)
    assert manifest is not None
    results = [read_result(source, key) for key in manifest.articles]
    said = sum(len(one.claims) + len(one.quotes) for one in results)
    return max(1, round(len(results) * statements / said))


def taken(ask: Callable[[str], object], questions: list[str], clock: Callable[[], float]) -> list[float]:  # fmt: skip
    """Seconds of each question."""
    seconds = []
    for question in questions:
        start = clock()
        ask(question)
        seconds.append(clock() - start)
    return seconds


def told(title: str, questions: list[str], seconds: list[float], *, show: bool) -> float:
    """Print the figures of one graph; the median."""
    first, rest = seconds[: len(FIRST)], seconds[len(FIRST) :]
    middle = statistics.median(rest)
    print(
        f"{title}: median {middle:.3f} s, worst {max(rest):.3f} s, over {LIMIT:g} s: "
        f"{sum(one > LIMIT for one in rest)} of {len(rest)}; before: {first[0]:.1f} and {first[1]:.1f} s",
        flush=True,
    )
    slowest = sorted(zip(rest, questions[len(FIRST) :], strict=True), reverse=True)
    for one, question in slowest if show else slowest[:2]:
        print(f"  {one:.3f} s  {question}")
    return middle


def one(out: Path, questions: list[str]) -> None:
    """Print the seconds of each question, and how many statements there are."""
    with kg.open_graph(out) as graph:
        seconds = taken(graph.ask, questions, time.process_time)
        rows = graph.query("SELECT (COUNT(?s) AS ?n) WHERE { ?s a kg:Statement }")
        print(json.dumps([seconds, next(iter(rows))["n"]]))


def served(out: Path, questions: list[str]) -> list[float]:
    """Seconds on the clock over HTTP."""
    port = free()
    words = [sys.executable, "-m", "kg", "serve", "-g", str(out), "--port", str(port)]

    def ask(question: str) -> None:
        address = f"http://127.0.0.1:{port}/ask?q={quote(question)}"
        with urlopen(
            Request(address, headers={"Accept": "application/json"}), timeout=120
        ) as reply:
            reply.read()

    with running(words, port, "kg", "/ask"):
        return taken(ask, questions, time.monotonic)


def main() -> int:
    """Print the figures of each size; 1 where an answer takes too long."""
    if sys.argv[1:2] == ["--one"]:
        one(Path(sys.argv[2]), json.loads(sys.stdin.read()))
        return 0
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[13_000, 137_000])
    parser.add_argument("--of", type=Path, metavar="OUTPUT")
    parser.add_argument("--questions", type=Path, metavar="FILE")
    parser.add_argument("--folder", type=Path, help="where the graphs stay")
    parser.add_argument("--served", action="store_true", help="over kg serve, too")
    parser.add_argument("--show", action="store_true", help="each question")
    given = parser.parse_args()
    asked = given.questions.read_text(encoding="utf-8") if given.questions else QUESTIONS
    questions = [*FIRST, *asked.splitlines()]
    medians, late = [], False
    with tempfile.TemporaryDirectory() as name:
        folder = (given.folder or Path(name)).absolute()
        source = given.of.absolute() if given.of else folder / "source"
        if not source.exists():
            kg.build([SEEDS, OWN], source).close()
        for size in given.sizes:
            out = grown(folder, source, articles(source, size))
            command = [sys.executable, "-m", "benchmarks.speed.asking", "--one", str(out)]
            done = subprocess.run(
                command, input=json.dumps(questions), capture_output=True, text=True, check=True,
                cwd=ROOT,
            )  # fmt: skip
            seconds, statements = json.loads(done.stdout)
            medians.append(told(f"{statements} statements", questions, seconds, show=given.show))
            late |= max(seconds[len(FIRST) :]) > LIMIT
            if given.served:
                told("  served", questions, served(out, questions), show=given.show)
    for size, before, after in zip(given.sizes[1:], medians, medians[1:], strict=False):
        print(f"{size:,} statements over those before: {after / before:.2f} times the median")
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
