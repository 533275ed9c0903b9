"""The gate: scores against pinned floors, with a fingerprint of the exam.

``floors/NAME.toml`` holds ``exam`` (a fingerprint of the annotated data), ``[floors]`` (a score
must not be lower) and ``[ceilings]`` (must not be higher). A score under its floor fails; so does
an exam that is not the pinned one, because its scores cannot be compared. ``--pin`` writes
better scores into the file (three digits, rounded down; every processor gives the same score);
nothing lowers a floor but a person with an editor and a reason in the commit.

Every exam's program is the same: `options`, `given`, its scores, `settle`.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).parent / "floors"


def options(doc: str | None) -> argparse.ArgumentParser:
    """The options that every exam on the corpora has; ``doc`` is its module's docstring."""
    p = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    p.add_argument("corpora", type=Path)
    p.add_argument("--pin", action="store_true", help="raise the floors to these scores")
    return p


def given(p: argparse.ArgumentParser, arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The options as given. Ends with status 2 where the corpora are not there."""
    found = p.parse_args(arguments)
    if not found.corpora.is_dir():
        print(f"{found.corpora}: no such folder; the exam needs the corpora.", file=sys.stderr)
        raise SystemExit(2)
    return found


def settle(
    name: str,
    scores: Mapping[str, float],
    exam: str,
    *,
    pinning: bool = False,
    ceilings: Iterable[str] = (),
) -> int:
    """Print the scores beside what is pinned, pin them if asked, and give the exit status: 1 when
    the gate is not passed, or nothing is pinned."""
    if pinning:
        pin(name, scores, exam, ceilings)
    pinned = _pinned(name)
    bounds = {
        key: f"  {kind} {value}"
        for kind in ("floor", "ceiling")
        for key, value in pinned.get(f"{kind}s", {}).items()
    }
    for key, value in scores.items():
        print(f"{key:28} {value:9.4f}{bounds.get(key, '')}")
    wrong = check(name, scores, exam) if pinned else [f"{name}: nothing is pinned; see --pin"]
    print("\n".join(wrong) or "floors held")
    return 1 if wrong else 0


def settle_half(
    name: str,
    scores: Mapping[str, float],
    gold: Path,
    given: argparse.Namespace,
    wrong: Iterable[str],
) -> int:
    """`settle` for the half of an exam that is only for scoring; of the looking half (``given.part``)
    the scores, and with ``given.show`` what is wrong. ``gold`` tells in each line which half it is of."""
    if given.part == "looking":
        print("\n".join(wrong if given.show else ()))
        print("\n".join(f"{key:28} {value:9.4f}" for key, value in scores.items()))
        return 0
    exam = fingerprint([x for x in gold.read_text("utf-8").splitlines() if "scoring" in x])
    return settle(name, scores, exam, pinning=given.pin)


def fingerprint(parts: Iterable[str | bytes]) -> str:
    """16 hex digits that change when any part of the exam changes."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:16]


def files(*paths: Path) -> str:
    """The fingerprint of an exam that is made of these files."""
    return fingerprint(path.read_bytes() for path in paths)


def check(name: str, scores: Mapping[str, float], exam: str) -> list[str]:
    """What is wrong with these scores, a sentence each; empty when the gate is passed."""
    pinned = _pinned(name)
    if pinned.get("exam") != exam:
        return [f"{name}: the exam has changed ({exam}, pinned {pinned.get('exam')})"]
    wrong = []
    for key, floor in pinned.get("floors", {}).items():
        if scores[key] < floor:
            wrong.append(f"{name}: {key} is {scores[key]:.4f}, below its floor {floor}")
    for key, ceiling in pinned.get("ceilings", {}).items():
        if scores[key] > ceiling:
            wrong.append(f"{name}: {key} is {scores[key]:.4f}, above its ceiling {ceiling}")
    return wrong


def pin(
    name: str,
    scores: Mapping[str, float],
    exam: str,
    ceilings: Iterable[str] = (),
) -> None:
    """Pin these scores: floors only rise, ceilings only fall, as long as the exam is the same. A
    comment at the head of the file stays."""
    path = FLOORS / f"{name}.toml"
    old = _pinned(name)
    same = old.get("exam") == exam
    floors = old.get("floors", {}) if same else {}
    tops = old.get("ceilings", {}) if same else {}
    before = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    lines = [line for line in before if line.startswith("#")]
    lines += [f'exam = "{exam}"', "", "[floors]"]
    ceilings = list(ceilings)
    for key, value in scores.items():
        if key not in ceilings:
            floor = math.floor(value * 1000) / 1000
            lines.append(f'"{key}" = {max(floor, floors.get(key, floor))}')
    if ceilings:
        lines += ["", "[ceilings]"]
    for key in ceilings:
        top = math.ceil(scores[key] * 1000) / 1000
        lines.append(f'"{key}" = {min(top, tops.get(key, top))}')
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _pinned(name: str) -> dict[str, Any]:
    path = FLOORS / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
