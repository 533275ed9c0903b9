"""Settings: what is out of range, of the wrong type or no address stops before the first article."""

from __future__ import annotations

import tomllib
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

import kg
from kg.building import build
from kg.config import load_config
from kg.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[build]\njobs = -5", r"\[build\] jobs goes from 1 to 256; -5 does not"),
        ("[build]\njobs = 0", "goes from 1"),
        ("[build]\njobs = true", "takes a value like 1"),
        ("[pipeline]\nconfidence = 1e999", "goes from 0.0 to 1.0; inf does not"),
        ("[pipeline]\nconfidence = nan", "nan does not"),
        ("[pipeline]\nconfidence = 7", "goes from 0.0 to 1.0"),
        ("[pipeline]\nconfidence = '0.5'", "takes a value like 0.9"),
        ("[pipeline]\nextractors = [1]", "takes a value like"),
        ("[read]\nmax_bytes = -1", "goes from 1"),
        ("[read]\nmax_characters = 0", "goes from 1"),
        ("[read]\ntimeout = 0", "goes from 1"),
        ("[read]\nlanguages = ['en', '']", "takes a value like"),
        ("[graph]\nbase = 'javascript:alert(1)//'", "does not start with http://"),
        ("[graph]\nbase = 'data:text/html,'", "does not start with http://"),
        ("[graph]\nbase = 'file:///tmp/'", "does not start with http://"),
        ("[graph]\nbase = 'no iri at all'", "cannot stand in an IRI"),
        ("[graph]\nbase = 'https://a.example/<b>/'", "cannot stand in an IRI"),
        (
            "[graph]\nbase = 'https://a.example/\\u0007'",
            "is no address|not valid TOML|cannot stand",
        ),
        ("[graph]\nbase = 'https:///x/'", "no host"),
        ("[graph]\nbase = 'https://[::1/'", "no address"),
        ("[graph]\nbase = 'https://a.example:port/'", "no address"),
        ("[graph]\nbase = ''", "does not start with"),
        ("[graph]\nbase = '/graph/'", "does not start with"),
        ("[graph]\nassert = ['asserted', 'claimd']", "did you mean 'claimed'"),
    ],
)
def test_wrong_value_is_told_with_file_and_key(tmp_path, text, message) -> None:
    file = tmp_path / "kg.toml"
    file.write_text(text + "\n")
    with pytest.raises(ConfigError, match=message) as caught:
        load_config(file)
    assert "kg.toml" in str(caught.value)


@pytest.mark.parametrize(
    "base",
    ["https://kg.example/", "http://localhost:8000/graph/", "urn:news:", "https://é.example/"],
)
def test_address_of_ones_own_is_taken(base) -> None:
    assert load_config(graph={"base": base}).graph.base == base


def test_whole_number_for_a_share() -> None:
    assert load_config(pipeline={"confidence": 1}).pipeline.confidence == 1.0


def test_settings_changed_by_hand_are_looked_at_too(tmp_path) -> None:
    known = load_config()
    settings = replace(known, build=replace(known.build, jobs=-5))
    with pytest.raises(ConfigError, match="jobs goes from 1"):
        build([tmp_path], tmp_path / "out", settings=settings)
    assert not (tmp_path / "out").exists()


def test_settings_have_every_key_of_the_file_and_do_not_change_in_place() -> None:
    file = Path(kg.__file__).with_name("default_config.toml")
    assert load_config().plain() == tomllib.loads(file.read_text(encoding="utf-8"))
    assert load_config(**load_config(graph={"assert": ["denied"]}).plain()).graph.facts == (
        "denied",
    )
    with pytest.raises(FrozenInstanceError):
        load_config().build.jobs = 2


@pytest.mark.parametrize("kind", ["folder", "missing"])
def test_settings_file_that_cannot_be_read(tmp_path, kind) -> None:
    with pytest.raises(ConfigError, match=r"cannot be read|no such"):
        load_config(tmp_path if kind == "folder" else tmp_path / "no.toml")
