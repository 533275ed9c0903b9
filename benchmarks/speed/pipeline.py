"""How fast the language pipeline is, and what it weighs.

    python -m benchmarks.speed.pipeline [FILE.jsonl.gz ...] [--words 20000] [--threads N]

Reads articles (JSON lines with a ``text``), by default those of `benchmarks.speed.texts`; prints words
(white space apart) a second for the whole pipeline and each component, the time from a fresh
interpreter to the first parse, the size of the folder and the peak resident memory. Two pipelines
on a busy machine are compared by words a second of processor time.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.speed.texts import default_files

FIRST = """
import time; start = time.perf_counter()
from kg.nlp.load import load_pipeline
load_pipeline()("The first sentence of the day was short.")
print(time.perf_counter() - start)
"""


def texts(paths: list[Path], words: int) -> list[str]:
    """Articles until there are enough words."""
    out: list[str] = []
    count = 0
    for path in paths:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
        for line in text.splitlines():
            if count >= words:
                return out
            article = json.loads(line)["text"]
            out.append(article)
            count += len(article.split())
    return out


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("files", type=Path, nargs="*")
    p.add_argument("--words", type=int, default=20_000)
    p.add_argument("--threads", type=int, default=0, help="0: one a processor")
    p.add_argument("--pipeline")
    a = p.parse_args(arguments)
    articles = texts(a.files or list(default_files()), a.words)
    if not articles:
        print("no articles to read", file=sys.stderr)
        return 2
    from kg.nlp.load import SHIPPED, load_pipeline

    nlp = load_pipeline(a.pipeline)
    if "kg_parser" in nlp.pipe_names:
        nlp.get_pipe("kg_parser").threads = a.threads  # type: ignore[attr-defined]
    words = sum(len(t.split()) for t in articles)
    list(nlp.pipe(articles[:2]))
    runs, busy = [], []
    for _ in range(3):
        start, worked = time.perf_counter(), time.process_time()
        list(nlp.pipe(articles, batch_size=16))
        runs.append(time.perf_counter() - start)
        busy.append(time.process_time() - worked)
    print(f"{len(articles)} articles, {words} words, best of three runs")
    print(
        f"whole pipeline       {words / min(runs):9.0f} words/s (median {words / statistics.median(runs):.0f})"
    )
    print(f"  of processor time  {words / min(busy):9.0f} words/s")
    start = time.perf_counter()
    docs = [nlp.make_doc(t) for t in articles]
    print(f"  tokenizer          {words / (time.perf_counter() - start):9.0f} words/s")
    for name, component in nlp.pipeline:
        start = time.perf_counter()
        docs = (
            list(component.pipe(docs, batch_size=16))
            if hasattr(component, "pipe")
            else [component(d) for d in docs]
        )
        print(f"  {name:18} {words / (time.perf_counter() - start):9.0f} words/s")
    first = min(
        float(
            subprocess.run(
                [sys.executable, "-c", FIRST], capture_output=True, text=True, check=True
            ).stdout
        )
        for _ in range(2)
    )
    print(f"start to first parse {first:9.2f} s")
    size = sum(f.stat().st_size for f in SHIPPED.rglob("*") if f.is_file())
    print(f"folder               {size / 1e6:9.1f} MB")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory          {peak:9.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
