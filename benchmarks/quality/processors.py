"""Whether other processors read the same: this one against older ones that qemu emulates.

    python -m benchmarks.quality.processors [--cpu Haswell --cpu EPYC] [--pipeline FOLDER]
                                            [--more FILE.jsonl.gz --words 4000]
                                            [--python COMMAND --texts 2]

Texts of our own (the demo articles, and the sentences of ``tests/extract``) go through the whole
language pipeline, in a process of this processor and in one of each emulated (``qemu-x86_64``, of
Debian's qemu-user; some 40 times slower). Compared are the numbers that leave the network, bit by
bit, and every decision for every word: sentence start, tags, morphology, lemma, head, label, name,
how sure the head is, and the mentions with their clusters. ``--more`` adds articles (JSON lines
with a ``text``). ``--python`` is a command that starts a Python of another kind of machine
(docs/decisions/same-on-every-processor.md) and takes the place of ``--cpu``; ``--texts`` takes only
the first of our own texts. 1 if anything differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
QEMU = "qemu-x86_64"
#: Intel's first processor with AVX2 and AMD's first of the Zen line, both without VNNI.
PROCESSORS = ("Haswell", "EPYC")
KINDS = ("start", "tag", "pos", "morph", "lemma", "head", "label", "iob", "type", "sure")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one processor made of the texts.

    ``bits``: a digest of the network's numbers for each window; ``words``: the decisions for each
    word, in the order of `KINDS`; ``mentions`` of all texts, each with its cluster.
    """

    bits: list[str]
    words: list[list[object]]
    mentions: list[list[object]]


def own_texts() -> list[str]:
    """The demo articles, and our sentences about single constructions, eight a paragraph."""
    from benchmarks.quality.articles import own_articles

    lines = [
        line.removeprefix("> ")
        for name in ("clauses.txt", "mended.txt")
        for line in (ROOT / "tests" / "extract" / name).read_text(encoding="utf-8").splitlines()
        if line.startswith("> ")
    ]
    packed = [" ".join(lines[i : i + 8]) for i in range(0, len(lines), 8)]
    return [*(a.text for a in own_articles().values()), "\n\n".join(packed)]


def read_with(cpu: str | None, texts: list[str], pipeline: str | None = None) -> Reading:
    """What this processor (None) or an emulated one reads in the texts, in a process of its own."""
    python = [*([QEMU, "-cpu", cpu] if cpu else []), sys.executable]
    return read_by(python, texts, pipeline, cpu or "this processor")


def read_by(python: list[str], texts: list[str], pipeline: str | None, name: str) -> Reading:
    """What the Python of this command reads in the texts."""
    done = subprocess.run(
        [*python, "-m", "benchmarks.quality.processors", "--child"],
        input=json.dumps({"texts": texts, "pipeline": pipeline}),
        capture_output=True, text=True, check=False, cwd=ROOT,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"reading as {name} failed:\n{done.stderr[-2000:]}")
    return Reading(**json.loads(done.stdout))


def differences(one: Reading, other: Reading) -> dict[str, int]:
    """How many of each kind differ: windows (``bits``), words by decision, mentions."""
    if len(one.words) != len(other.words):
        raise ValueError("the two read different words")
    found = {"bits": sum(a != b for a, b in zip(one.bits, other.bits, strict=False))}
    found["bits"] += abs(len(one.bits) - len(other.bits))
    for i, kind in enumerate(KINDS):
        found[kind] = sum(a[i] != b[i] for a, b in zip(one.words, other.words, strict=True))
    mine, theirs = ({json.dumps(m) for m in r.mentions} for r in (one, other))
    return found | {"mentions": len(mine ^ theirs)}


def _child() -> None:
    """Read what stands on stdin, print the `Reading`."""
    from kg.analysis import analysis_of
    from kg.nlp.encoder import Encoder, Scores
    from kg.nlp.load import load_pipeline

    given = json.load(sys.stdin)
    out = Reading([], [], [])
    chunk = Encoder.chunk

    def watched(self: Encoder, words: list[str], glued: list[bool], asking: list[int]) -> Scores:
        scores = chunk(self, words, glued, asking)
        digest = hashlib.sha256()
        for name in Scores.__slots__:
            digest.update(getattr(scores, name).tobytes())
        out.bits.append(digest.hexdigest()[:16])
        return scores

    Encoder.chunk = watched  # type: ignore[assignment, method-assign]
    nlp = load_pipeline(given["pipeline"])
    nlp.get_pipe("kg_parser").threads = 1  # type: ignore[attr-defined]
    for number, doc in enumerate(nlp.pipe(given["texts"])):
        out.words.extend(
            [t.is_sent_start, t.tag_, t.pos_, str(t.morph), t.lemma_, t.head.i, t.dep_,
             t.ent_iob_, t.ent_type_, analysis_of(doc).arcs[t.i]]
            for t in doc
        )  # fmt: skip
        out.mentions.extend([number, m.start, m.end, m.label, m.cluster] for m in doc._.kg_mentions)
    json.dump({name: getattr(out, name) for name in Reading.__slots__}, sys.stdout)


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 if anything differs."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--cpu", action="append", help="as `qemu-x86_64 -cpu help` names it")
    p.add_argument("--python", metavar="COMMAND", help="a Python of another machine")
    p.add_argument("--texts", type=int, metavar="N", help="only the first texts of our own")
    p.add_argument("--pipeline", help="a folder with weights (default: the shipped)")
    p.add_argument("--more", type=Path, action="append", default=[])
    p.add_argument("--words", type=int, default=4000, help="at most so many words of --more")
    p.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    a = p.parse_args(arguments)
    if a.child:
        _child()
        return 0
    from benchmarks.speed.pipeline import texts

    all_texts = [*own_texts()[: a.texts], *(texts(a.more, a.words) if a.more else [])]
    here = read_with(None, all_texts, a.pipeline)
    starts = sum(word[0] is True for word in here.words)
    print(f"{starts} sentences, {len(here.words)} words, {len(here.bits)} windows of the network")
    others = {cpu: [QEMU, "-cpu", cpu, sys.executable] for cpu in a.cpu or PROCESSORS}
    if a.python:
        others = {a.python.split()[-1]: a.python.split()}
    worst = 0
    for name, python in others.items():
        found = differences(here, read_by(python, all_texts, a.pipeline, name))
        worst = max(worst, *found.values())
        told = ", ".join(f"{kind} {n}" for kind, n in found.items() if n) or "nothing"
        print(f"{name:12} differs in: {told}", flush=True)
    return int(worst > 0)


if __name__ == "__main__":
    raise SystemExit(main())
