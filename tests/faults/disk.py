"""A disk that keeps only what it was told to keep, fed with the system calls of a real build.

`record` runs a build under strace, which also sees what the store's library writes. `replay` plays
the calls again, one by one, on a model of a disk: content counts when its file was synced, a name
when its folder was. After each step a power cut can be tried: `Disk.after_a_cut` says what is left.
"""

from __future__ import annotations

import pickle
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CALLS = (
    "openat,open,creat,write,writev,pwrite64,ftruncate,fallocate,fsync,fdatasync,rename,renameat,"
    "renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,copy_file_range,sendfile,syncfs,sync"
)
_SCRIPT = (
    "import pickle, sys; from pathlib import Path; from tests.faults.attack import *; "
    "build_where_it_is(pickle.load(open(sys.argv[1], 'rb')), Path(sys.argv[2]))"
)


def record(world: object, out: Path, trace: Path) -> None:
    """Build all articles into ``out``, and write the system calls to ``trace``."""
    given = trace.with_suffix(".world")
    given.write_bytes(pickle.dumps(world))
    subprocess.run(
        [
            "strace", "-f", "-y", "-xx", "-s", "10000000", "--seccomp-bpf", "-o", str(trace),
            "-e", f"trace={_CALLS}", "-e", "signal=none",
            sys.executable, "-c", _SCRIPT, str(given), str(out),
        ],
        check=True,
        cwd=ROOT,
    )  # fmt: skip


@dataclass
class File:
    """What programs see in a file, and what a power cut leaves of it."""

    seen: bytearray = field(default_factory=bytearray)
    kept: bytes = b""


@dataclass
class Disk:
    """Names (paths below ``root``) of files and folders, as programs see them and as kept."""

    root: Path
    seen: dict[str, File | None] = field(default_factory=dict)
    kept: dict[str, File | None] = field(default_factory=dict)

    def load(self) -> Disk:
        """Take what lies there as kept."""
        for path in sorted(self.root.rglob("*")):
            file = None if path.is_dir() else File(bytearray(path.read_bytes()), path.read_bytes())
            self.seen[str(path)] = self.kept[str(path)] = file
        self.seen[str(self.root)] = self.kept[str(self.root)] = None
        return self

    def sync(self, path: str) -> None:
        file = self.seen.get(path)
        if file is not None:
            file.kept = bytes(file.seen)
            return
        inside = re.compile(re.escape(path) + "/[^/]*")
        for name in [name for name in self.kept if inside.fullmatch(name)]:
            if name not in self.seen:
                del self.kept[name]
        self.kept |= {name: it for name, it in self.seen.items() if inside.fullmatch(name)}

    def after_a_cut(self, how: str, rng: random.Random) -> dict[str, bytes | None]:
        """What is left: of ``synced`` only what was synced, of ``names`` also all names (as file
        systems leave that write names first), of ``some`` any of what was not synced."""
        left: dict[str, bytes | None] = {}
        for name in sorted({*self.seen, *self.kept}):
            if how == "synced":
                held = self.kept
            elif how == "names":
                held = self.seen
            else:
                held = rng.choice((self.kept, self.seen))
            if name not in held:
                continue
            file = held[name]
            if file is None:
                left[name] = None
            elif how == "some" and bytes(file.seen) != file.kept:
                both = (file.kept, bytes(file.seen), bytes(file.seen[: len(file.seen) // 2]))
                left[name] = rng.choice(both)
            else:
                left[name] = file.kept
        # What is in a folder that was not kept is not there.
        return {n: c for n, c in left.items() if self._reached(n, left)}

    def _reached(self, name: str, left: dict[str, bytes | None]) -> bool:
        parents = [str(p) for p in Path(name).parents if p.is_relative_to(self.root)]
        return all(parent in left for parent in parents if parent != str(self.root))

    def make(self, left: dict[str, bytes | None], at: Path) -> Path:
        """Write what is left as a folder."""
        shutil.rmtree(at, ignore_errors=True)
        at.mkdir()
        for name in sorted(left):
            path = at / Path(name).relative_to(self.root)
            found = left[name]
            if found is None:
                path.mkdir(exist_ok=True)
            else:
                path.write_bytes(found)
        return at


_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FD = re.compile(r"^(?:\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2}|[^>\\])*)>")


def _calls(trace: Path) -> Iterator[tuple[str, str, int]]:
    """Name, arguments and result of each call that went well, in the order they ended."""
    waiting: dict[str, str] = {}
    with trace.open() as lines:
        for line in lines:
            tid = line.split(" ", 1)[0]
            if line.rstrip().endswith("<unfinished ...>"):
                waiting[tid] = line.rstrip().removesuffix("<unfinished ...>")
                continue
            resumed = "resumed>" in line[:80]
            whole = waiting.pop(tid) + line.partition("resumed>")[2] if resumed else line
            if (match := _LINE.match(whole)) and int(match[4]) >= 0:
                yield match[2], match[3], int(match[4])


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _path(text: str) -> str:
    return _bytes(text).decode() if text.startswith("\\x") else text


def replay(trace: Path, disk: Disk) -> Iterator[str]:
    """Play the calls on the disk; after each that changes it, its name and what it was about."""
    for name, given, result in _calls(trace):
        paths = [_path(text) for text in _TEXT.findall(given)] if "write" not in name else []
        about = _FD.match(given)
        own = _path(about[1]) if about else ""
        if name.endswith(("at", "at2")) and name != "openat" and own and paths:
            paths = [p if p.startswith("/") else f"{own}/{p}" for p in paths]
        told = _play(disk, name, given, result, own, paths)
        if told:
            yield f"{name} {told.removeprefix(str(disk.root))}"


def _play(disk: Disk, name: str, given: str, result: int, own: str, paths: list[str]) -> str:
    inside = str(disk.root)
    if name in ("fsync", "fdatasync") and own.startswith(inside):
        disk.sync(own)
        return own
    if name in ("syncfs", "sync", "copy_file_range", "sendfile", "writev"):
        assert inside not in own, f"{name} is not played"
        return ""
    if name in ("write", "pwrite64", "ftruncate", "fallocate"):
        file = disk.seen.get(own)
        if file is None:
            return ""
        if name == "fallocate":
            assert "KEEP_SIZE" in given, given
            return ""
        if name == "ftruncate":
            size = int(given.rsplit(",", 1)[1])
            file.seen[:] = file.seen[:size].ljust(size, b"\0")
            return own
        text = _TEXT.search(given)
        assert text
        start = int(given.rsplit(",", 1)[1]) if name == "pwrite64" else len(file.seen)
        file.seen[start : start + result] = _bytes(text[1])[:result]
        return own
    if not paths or not any(p.startswith(inside) for p in paths):
        return ""
    if name in ("open", "openat", "creat"):
        if "O_CREAT" in given and paths[0] not in disk.seen:
            disk.seen[paths[0]] = File()
        elif "O_TRUNC" in given and (file := disk.seen[paths[0]]) is not None:
            file.seen.clear()
        else:
            return ""
    elif name.startswith("rename"):
        disk.seen[paths[1]] = disk.seen.pop(paths[0])
    elif name.startswith("link"):
        disk.seen[paths[1]] = disk.seen[paths[0]]
    elif name.startswith("mkdir"):
        disk.seen[paths[0]] = None
    else:
        disk.seen.pop(paths[0], None)
    return paths[-1]
