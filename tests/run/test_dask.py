"""Runs on a Dask cluster: its scheduler and its workers are real processes."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import registry
from kg.building import build
from kg.config import load_config
from kg.errors import ConfigError, KGError
from kg.model import Article
from kg.pipeline import Worker
from kg.processing import Alike
from kg.run import dask as module
from kg.run.dask import Lost, dask
from tests.run.test_runners import die_at_three, double, fail_at_three
from tests.support.needs import needs

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", autouse=True)
def _there() -> None:
    needs("distributed")


# --- a cluster of one run ----------------------------------------------------------------------


@pytest.mark.slow
def test_what_workers_die_of_has_no_result_and_the_others_have():
    found = list(dask(die_at_three, iter(range(8)), jobs=2))
    assert [result for result in found if not isinstance(result, Lost)] == [0, 1, 2, 4, 5, 6, 7]
    assert isinstance(found[3], Lost)
    assert multiprocessing.active_children() == []


# --- a cluster that is there -------------------------------------------------------------------


class Cluster:
    """A scheduler and its workers, each a process with a log."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.started = folder, []
        told = folder / "scheduler.json"
        self.start(
            "scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            told,
        )
        wait_until(lambda: told.exists() and told.read_text().strip())
        self.address = json.loads(told.read_text())["address"]

    def start(self, *what: object, code: str = "", **environment: str) -> None:
        """A command of Dask, after some code of Python."""
        command = f"{code}\nimport sys\nfrom dask.__main__ import main\nmain()"
        own = {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
        name = what[what.index("--name") + 1] if "--name" in what else what[0]
        process = subprocess.Popen(
            [sys.executable, "-c", command, *map(str, what)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ | own | environment,
        )  # fmt: skip
        self.started.append(process)
        with (self.folder / f"log-{name}").open("w") as log:  # of a worker that may write no file
            subprocess.Popen(["cat"], stdin=process.stdout, stdout=log)

    def worker(self, name: str, **more: str) -> None:
        place = self.folder / name
        self.start(
            "worker", self.address, "--nthreads", "1", "--name", name, "--no-dashboard",
            "--local-directory", place, **more,
        )  # fmt: skip

    def stop(self) -> None:
        for process in self.started[::-1]:
            process.kill()  # a worker ends with its nanny
            process.wait()


def wait_until(holds, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    yield found
    found.stop()


#: A worker whose disk takes no more: what it would put there stays in its memory.
FULL = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))"
SPILLS = {"DASK_DISTRIBUTED__WORKER__MEMORY__TARGET": "1e-9"}


def poisoned(doc, article):
    """An extractor that some article is too much for."""
    time.sleep(0.2)
    if "arsenic" in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return ()


@pytest.mark.slow
def test_a_cluster_gives_the_bytes_of_one_process_whatever_happens_to_its_workers(
    cluster, tmp_path, monkeypatch
):
    from distributed import Client

    monkeypatch.setitem(registry._REGISTERED["extractors"], "poisoned", poisoned)
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(10):
        text = f"Netflix sued Company {number}. Ann Lee founded Brightwater in {2000 + number}.\n"
        (articles / f"{number}.txt").write_text(text)
    chosen = {"pipeline": {"extractors": ["relations", "poisoned"]}}
    build([articles], tmp_path / "alone", settings=load_config(**chosen))
    (articles / "bad.txt").write_text("Disney bought arsenic from Company 3 in May.\n")
    out = tmp_path / "out"

    def trouble() -> None:
        """A worker is killed in the middle, and another comes late."""
        wait_until(lambda: len(list((out / "results").glob("*.jsonl"))) >= 2)
        with Client(cluster.address, set_as_default=False) as client:
            for pid in client.run(os.getpid).values():
                os.kill(pid, signal.SIGKILL)
                break
        cluster.worker("late")

    cluster.worker("first")
    cluster.worker("full", code=FULL, **SPILLS)
    beside = threading.Thread(target=trouble, daemon=True)
    beside.start()
    report = build(
        [articles], out, settings=load_config(**chosen, build={"scheduler": cluster.address})
    )
    beside.join()
    assert report.processed == 10
    (failure,) = report.failures
    assert failure.source == "bad.txt"
    assert "died" in failure.error
    assert "File too large" in (cluster.folder / "log-full").read_text()
    for name in ("graph.ttl", "graph.html"):
        assert (out / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()


@pytest.mark.slow
def test_an_exception_of_the_function_is_raised_and_a_run_on_a_cluster_is_the_builtin_map(cluster):
    cluster.worker("another")
    assert list(dask(double, range(40), scheduler=cluster.address)) == list(map(double, range(40)))
    assert list(dask(double, [], scheduler=cluster.address)) == []
    with pytest.raises(ValueError, match="three"):
        list(dask(fail_at_three, range(8), scheduler=cluster.address))


# --- what cannot work --------------------------------------------------------------------------


def test_a_scheduler_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setattr(module, "_ANSWERS", 0.5)
    with pytest.raises(KGError, match=r"no Dask scheduler at 'tcp://127\.0\.0\.1:9'.*Start one"):
        list(dask(double, range(3), scheduler="tcp://127.0.0.1:9"))


def test_without_dask_its_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ConfigError, match=r"pip install 'kg\[dask\]'"):
        list(dask(double, range(3)))


def test_a_worker_with_another_kg_refuses_to_work():
    worker = Worker(load_config(), fingerprint="that of another version")
    with pytest.raises(ConfigError, match=r"has another kg.*Install the same there"):
        Alike(worker)(Article("a", "a.txt", "Netflix sued Disney."))
