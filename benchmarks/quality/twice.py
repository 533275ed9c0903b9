"""Precision as two readers see it, who judged the same statements without knowing each other's marks.

``judged/twice-N.jsonl`` has one statement a line: where it stands (no text), its status, and of each
reader the mark (``+``: a careful journalist would sign it; ``~``: who did what to whom, and whether
it is so, are right, a detail slips; ``-``: wrong, or says nothing), the use in a graph (U wanted,
M marginal, N noise), the cause of what is not ``+``, and whether the text asserts what is asserted.

Usage: ``python -m benchmarks.quality.twice [FILE...]``
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.precision import interval

KEPT = Path(__file__).parent / "judged"
Row = dict[str, Any]


def share(rows: Sequence[Row], holds: Callable[[Row, int], bool]) -> tuple[float, float, float]:
    """The mean of two readers, and its 95 % interval over the statements."""
    mean = sum(holds(row, reader) for row in rows for reader in (0, 1)) / max(2 * len(rows), 1)
    return (mean, *interval(mean, len(rows)))


def report(rows: Sequence[Row]) -> str:
    """A line for each kind of article, how far the readers agree, and the causes."""
    lines = []
    for part in sorted({row["part"] for row in rows}):
        found = [row for row in rows if row["part"] == part]
        told = [row for row in found if row["status"] == "asserted"]
        figures = {
            "strict": share(found, lambda row, n: row["marks"][n] == "+"),
            "core": share(found, lambda row, n: row["marks"][n] != "-"),
            "useful": share(found, lambda row, n: row["uses"][n] == "U"),
            "wrongly asserted": share(told, lambda row, n: row["not_asserted"][n]),
        }
        hurt = [row for row in found if any(row["sensitive"])]
        wrong = sum("-" in row["marks"] for row in hurt)
        agree = sum(row["marks"][0] == row["marks"][1] for row in found) / len(found)
        causes = Counter(cause for row in found for cause in row["causes"] if cause)
        lines.append(f"{part}: {len(found)} statements, same mark {agree:.2f}")
        lines += [f"  {k:17s} {m:.3f} ({a:.2f}-{b:.2f})" for k, (m, a, b) in figures.items()]
        lines.append(f"  sensitive: {len(hurt)}, wrong for a reader: {wrong}")
        lines.append("  causes: " + ", ".join(f"{k} {n}" for k, n in causes.most_common()))
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    files = [Path(name) for name in arguments] or sorted(KEPT.glob("twice-*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    print(report(rows))


if __name__ == "__main__":
    main(sys.argv[1:])
