"""Older processors read the same as this one, to the last bit of the network's numbers.

Needs ``qemu-x86_64`` (Debian's qemu-user).
"""

from __future__ import annotations

import platform

import numpy as np
import onnxruntime as ort
import pytest

from benchmarks.quality.processors import (
    PROCESSORS,
    Reading,
    differences,
    own_texts,
    read_with,
)
from kg.nlp.encoder import signed, signed_is_exact
from kg.nlp.load import SHIPPED
from tests.support.needs import needs


def needs_emulator() -> None:
    if platform.machine() != "x86_64" or platform.system() != "Linux":
        pytest.skip("older processors are compared on Linux on x86-64 only")
    needs("qemu-user")


@pytest.mark.slow
@pytest.mark.parametrize("cpu", PROCESSORS)
def test_an_older_processor_reads_the_same(cpu: str) -> None:
    needs_emulator()
    texts = own_texts()
    here = read_with(None, texts)
    assert sum(word[0] is True for word in here.words) > 300
    assert not {k: n for k, n in differences(here, read_with(cpu, texts)).items() if n}


def test_every_kind_of_difference_is_counted() -> None:
    word: list[object] = [True, "NN", "NOUN", "", "dog", 0, "ROOT", "O", "", 1.0]
    one = Reading(["a", "b"], [word, word], [[0, 0, 3, "ORG", 0]])
    for i in range(len(word)):
        other = Reading(one.bits, [word, [*word[:i], "?", *word[i + 1 :]]], one.mentions)
        assert sum(differences(one, other).values()) == 1
    assert differences(one, Reading(["a", "c"], one.words, one.mentions))["bits"] == 1
    assert differences(one, Reading(["a"], one.words, one.mentions))["bits"] == 1
    assert differences(one, Reading(one.bits, one.words, [[0, 0, 3, "ORG", 1]]))["mentions"] == 2


def test_a_missing_emulator_fails_in_ci_and_is_named_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="qemu-user"):
        needs_emulator()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="qemu-user"):
        needs_emulator()


def test_signed_and_unsigned_bytes_are_the_same_numbers() -> None:
    model = (SHIPPED / "kg_parser" / "encoder.onnx").read_bytes()
    changed = signed(model)
    assert len(changed) == len(model) and changed != model
    assert signed(changed) == changed
    both = [
        ort.InferenceSession(m, providers=["CPUExecutionProvider"]) for m in (model, changed)
    ]  # fmt: skip
    one = {"ids": [101, 2000, 102], "shapes": [16, 0, 16], "first": [1], "last": [1]}
    given = {name: np.array(values, np.int64) for name, values in one.items()}
    first, second = (session.run(None, given) for session in both)
    same = all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))
    assert same == signed_is_exact()
