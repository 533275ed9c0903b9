"""The gate: scores against pinned floors, with a fingerprint of the exam.

``floors/NAME.toml`` holds ``exam`` (a fingerprint of the annotated data), ``[floors]`` (a score
must not be lower) and ``[ceilings]`` (must not be higher). A score under its floor fails; so does
an exam that is not the pinned one, because its scores cannot be compared. ``--raise`` writes
better scores into the file (three digits, rounded down); nothing lowers a floor but a person with
an editor and a reason in the commit.
"""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

FLOORS = Path(__file__).parent / "floors"


def fingerprint(parts: Iterable[str | bytes]) -> str:
    """16 hex digits that change when any part of the exam changes."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:16]


def check(name: str, scores: Mapping[str, float], exam: str) -> list[str]:
    """What is wrong with these scores, a sentence each; empty when the gate is passed."""
    pinned = tomllib.loads((FLOORS / f"{name}.toml").read_text(encoding="utf-8"))
    if pinned["exam"] != exam:
        return [f"{name}: the exam has changed ({exam}, pinned {pinned['exam']})"]
    wrong = []
    for key, floor in pinned.get("floors", {}).items():
        if scores[key] < floor:
            wrong.append(f"{name}: {key} is {scores[key]:.4f}, below its floor {floor}")
    for key, ceiling in pinned.get("ceilings", {}).items():
        if scores[key] > ceiling:
            wrong.append(f"{name}: {key} is {scores[key]:.4f}, above its ceiling {ceiling}")
    return wrong


def pin(name: str, scores: Mapping[str, float], exam: str, ceilings: Iterable[str] = ()) -> None:
    """Pin these scores: floors only rise, ceilings only fall, as long as the exam is the same."""
    path = FLOORS / f"{name}.toml"
    old = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    same = old.get("exam") == exam
    floors = old.get("floors", {}) if same else {}
    tops = old.get("ceilings", {}) if same else {}
    lines = [f'exam = "{exam}"', "", "[floors]"]
    for key, value in scores.items():
        if key not in ceilings:
            lines.append(f"{key} = {max(math.floor(value * 1000) / 1000, floors.get(key, 0.0))}")
    lines += ["", "[ceilings]"]
    for key in ceilings:
        lines.append(f"{key} = {min(math.ceil(scores[key] * 1000) / 1000, tops.get(key, 1e9))}")
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
