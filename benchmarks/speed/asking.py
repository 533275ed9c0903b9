"""How long a question in plain words takes on a graph of ten times the statements, side by side.

    python -m benchmarks.speed.asking [--sizes 10000 100000] [--of OUTPUT --questions FILE]
                                     [--served] [--show]

Graphs of `benchmarks.speed.many` of the articles that the exam of questions asks about (``seeds`` and
``own``), or of an output with questions of its own, one a line. Each graph is opened in a process of
its own, as a server has it: what the first question costs (names and relations are read, once) stands apart, then each
question is asked once, so that nothing of it is remembered. Processor seconds: the median, the worst, and
how many times those of the smaller graph. ``--served``: the wall-clock time of the same over
``kg serve``, which starts anew. The status is 1 where a question takes longer than `LIMIT` on any of them.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final
from urllib.parse import quote
from urllib.request import Request, urlopen

import kg
from benchmarks.quality.asking import OWN, SEEDS
from benchmarks.speed.many import ROOT, many
from benchmarks.speed.serve import free, running

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


def main() -> int:
    """Print the figures of each size; 1 where an answer takes too long."""
    if sys.argv[1:2] == ["--alone"]:
        print(json.dumps(alone(Path(sys.argv[2]), Path(sys.argv[3]))))
        return 0
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--of", type=Path, metavar="OUTPUT")
    parser.add_argument("--questions", type=Path, metavar="FILE", help="of that output, one a line")
    parser.add_argument("--stores", type=Path, nargs="*", help="graphs that are there")
    parser.add_argument("--served", action="store_true", help="over kg serve, too")
    parser.add_argument("--show", action="store_true", help="each question")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asked = given.questions or folder / "questions.txt"
        if given.questions is None:
            asked.write_text(QUESTIONS, encoding="utf-8")
        medians, late = [], False
        for store in given.stores or made(folder, given.of, given.sizes):
            taken = asking(store.absolute(), asked.absolute(), show=given.show)
            medians.append(statistics.median(taken))
            late |= max(taken) > LIMIT
            if given.served:
                served(store, asked.read_text(encoding="utf-8").splitlines())
    for before, after in zip(medians, medians[1:], strict=False):
        print(f"so the median of the larger is {after / before:.2f} times that of the smaller")
    return int(late)
