"""How many processes this machine has cores and memory for."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

#: What a process with the language pipeline takes: 270 MB, and room for a long article.
MEGABYTES: Final = 300
#: So much of the machine's memory may go to them.
_SHARE: Final = 0.5
#: Below this number of articles a process is not worth its start.
_ARTICLES: Final = 10
_CGROUP: Final = Path("/sys/fs/cgroup")


def usable(cgroup: Path = _CGROUP) -> int:
    """The cores that this process may use (of a container: its share of them), but no more than
    half of the memory has room for; at least 1."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    found = [cores or 1, _quota(cgroup), int(_memory(cgroup) * _SHARE / MEGABYTES)]
    return max(1, min(found))


def worth(articles: int, cores: int) -> int:
    """How many of these cores so many articles are worth, each with a process that loads the
    language pipeline first."""
    return max(1, min(cores, articles // _ARTICLES))


def _quota(cgroup: Path) -> int:
    """The cores that a container's limit amounts to."""
    with suppress(OSError, ValueError):
        quota, period = (cgroup / "cpu.max").read_text(encoding="ascii").split()
        return max(1, round(int(quota) / int(period)))
    return 1 << 20


def _memory(cgroup: Path) -> float:
    """Megabytes of memory: of the container, or of the machine."""
    found = [float("inf")]
    with suppress(OSError, ValueError, AttributeError):
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e6)
    with suppress(OSError, ValueError):
        found.append(int((cgroup / "memory.max").read_text(encoding="ascii")) / 1e6)
    return min(*found, 1e9)
