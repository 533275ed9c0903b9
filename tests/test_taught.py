"""What stands beside a lexicon: read, checked, and refused where it does not fit."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kg.config import load_config
from kg.errors import ConfigError
from kg.fingerprint import pipeline_fingerprint
from kg.lexicon import Own
from kg.nlp.load import load_pipeline
from kg.nlp.words import network_of
from kg.results import to_json
from kg.taught import Taught, beside, lessons, read_lessons
from kg.vocabulary import Vocabulary, load_vocabulary

KNOWN = Taught(
    "sued", ((0.5,),) * 4, (0.0,) * 4, {"path:sue": 2.0}, -1.0, 0.0, ((0.0, 0.9),), ("ORG",), ("ORG",)
)  # fmt: skip
TEXT = to_json(lessons("0" * 16, {"sued": KNOWN}))


def test_it_is_read_as_it_was_written():
    found = read_lessons(TEXT, "x").of("sued")
    assert found is not None
    assert (found.states, found.words) == (KNOWN.states, KNOWN.words)
    assert (found.confidence(-0.1), found.confidence(3.0)) == (0.0, 0.9)


def test_it_is_sure_from_a_score_on_or_never():
    firm = replace(KNOWN, firm=1.5)
    assert [firm.is_sure(score) for score in (1.4, 1.5)] == [False, True]
    assert not KNOWN.is_sure(100.0)
    with_any = replace(firm, related=0.5)
    assert [with_any.is_sure(1.0, any_) for any_ in (0.9, 1.0)] == [False, True]


def test_what_is_only_told_as_a_fact_is_never_possible():
    assert KNOWN.is_told(0.0)
    firm = replace(KNOWN, least=None, firm=1.5, firm_right=0.95)
    assert not firm.is_told(100.0)
    assert (firm.confidence(3.0), firm.confidence(3.0, firm=True)) == (0.9, 0.95)
    found = read_lessons(to_json(lessons("0" * 16, {"sued": firm})), "x").of("sued")
    assert found is not None
    assert found.least is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "not what 'kg teach' wrote"),
        ("{", "not what 'kg teach' wrote"),
        (TEXT.replace('"format":2', '"format":7'), "format 7"),
        (TEXT.replace('"format":2', '"format":1'), "Teach the relations again"),
        (TEXT.replace("[0.5]", "[0.5,1]", 1), "several widths"),
    ],
)
def test_what_does_not_fit_is_refused(text, said):
    with pytest.raises(ConfigError, match=said):
        read_lessons(text, "x")


def test_it_comes_with_the_lexicon_and_is_part_of_what_a_result_depends_on(tmp_path):
    lexicon = tmp_path / "words.ttl"
    lexicon.write_text("# none\n", encoding="utf-8")
    settings = load_config(pipeline={"lexicon": str(lexicon)})
    with pytest.raises(ConfigError, match="no words"):
        load_vocabulary(settings)
    beside(lexicon).write_text(TEXT, encoding="utf-8")
    own = load_vocabulary(settings)
    assert own.lexicon is not None
    assert own.lexicon.taught == TEXT
    without = Vocabulary(None, replace(own.lexicon, taught=""))
    assert pipeline_fingerprint(settings, (), own) != pipeline_fingerprint(settings, (), without)


def test_a_relation_that_nobody_declared_is_refused(tmp_path):
    lexicon = tmp_path / "words.ttl"
    lexicon.write_text("# none\n", encoding="utf-8")
    beside(lexicon).write_text(TEXT.replace('"sued"', '"zorbled"'), encoding="utf-8")
    with pytest.raises(ConfigError, match="kg:zorbled"):
        load_vocabulary(load_config(pipeline={"lexicon": str(lexicon)}))


def test_what_another_network_learned_is_refused():
    with pytest.raises(ConfigError, match="another network"):
        load_pipeline(words=Own("words.ttl", "", TEXT))


def test_the_network_has_one_fingerprint():
    found = network_of(load_pipeline())
    assert len(found) == 16
    assert int(found, 16)
    assert json.loads(TEXT)["network"] != found
