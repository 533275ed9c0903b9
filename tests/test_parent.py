"""A process that ends with its parent, in the middle of whatever it does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

#: What a process does when its parent is killed: it sleeps in Python, or in native code that keeps
#: every other thread of Python from running.
BUSY = {
    "python": "import time; time.sleep(60)",
    "native": "import ctypes; ctypes.PyDLL(None).sleep(60)",
}
CHILD = """
import os, sys
from functools import partial
from kg.parent import end_with_parent, gone
end_with_parent(partial(gone, int(sys.argv[1])))
print(os.getpid(), flush=True)
"""
PARENT = """
import os, subprocess, sys
subprocess.Popen([sys.executable, "-c", sys.argv[1], str(os.getpid())]).wait()
"""


def is_running(pid: int) -> bool:
    """Whether there is such a process that has not ended."""
    done = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()[:1] not in ("", "Z")


@pytest.mark.skipif(os.name == "nt", reason="looks with ps")
@pytest.mark.parametrize(
    "doing",
    ["python", pytest.param("native", marks=pytest.mark.skipif(
        sys.platform != "linux", reason="elsewhere a thread looks, and native code must let it"))],
)  # fmt: skip
def test_a_process_ends_when_its_parent_is_killed(doing: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, CHILD + BUSY[doing]],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(0.2)
    assert is_running(child)
    parent.kill()
    parent.wait()
    for _ in range(100):
        if not is_running(child):
            return
        time.sleep(0.1)
    os.kill(child, 9)
    pytest.fail("it outlived its parent")
