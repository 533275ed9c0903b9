"""How long `kg check` takes beside the build of the same graph.

    python -m benchmarks.speed.check [--stories 500]

Stories of one paragraph, made up as in `benchmarks.speed.growth`: where articles are many and short,
the check has most to look up for each. Processor seconds of both, in one process; 1 when the check
takes more than half of the build.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import kg
from benchmarks.speed.growth import report

#: The share of the build that the check may take.
MOST = 0.5


def main() -> int:
    """Build, check, and compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=500)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        source, out = Path(name) / "stories.jsonl", Path(name) / "out"
        stories = islice(report(), given.stories)
        source.write_text("".join(json.dumps({"text": text}) + "\n" for text in stories))
        start = time.process_time()
        kg.build([source], out).close()
        built = time.process_time()
        with kg.open_graph(out) as graph:
            wrong = len(graph.damage()) + len(graph.check())
        checked = time.process_time()
    share = (checked - built) / (built - start)
    print(
        f"build {built - start:.1f} s, check {checked - built:.1f} s, {wrong} violations; "
        f"share {share:.2f}  at most {MOST:g}{'' if share <= MOST else '   MISSED'}"
    )
    return int(share > MOST)


if __name__ == "__main__":
    sys.exit(main())
