from __future__ import annotations

from dataclasses import replace

import pytest
from spacy.tokens import Doc

from kg.analysis import analysis_of, keep
from kg.extract import extract
from kg.extract.statements.abstain import abstentions
from kg.extract.statements.confidence import Weights, confidence, load_weights, sure
from kg.extract.statements.features import Reader
from kg.model import Article, Claim
from kg.nlp.load import load_pipeline
from tests.extract.parsed import doc_of
from tests.support.docs import make_doc

BOUGHT = "Helvar bought the studio Brightmoor in 2019."
KILLED = "A storm hit the coast, killing 12 people."
TOOL = "The tool that Helvar uses was developed by Tessin."
SAID = "Lund said that Helvar bought Tessin."


def article(doc: Doc) -> Article:
    return Article(id="a", source="a", text=doc.text)


def claims(doc: Doc) -> tuple[Claim, ...]:
    return extract(doc, article(doc), ["relations", "nominals", "attributes", "roles"]).claims


def parsed(sentence: str, **chances: float) -> Doc:
    """The Doc with a parser that is certain of every head but of those of these words."""
    doc = doc_of(sentence)
    keep(replace(analysis_of(doc), arcs=[chances.get(token.text, 1.0) for token in doc]))
    return doc


def test_a_doubtful_arc_between_subject_and_object_lowers_the_confidence():
    certain, doubtful = parsed(BOUGHT), parsed(BOUGHT, studio=0.4)
    of = [sure(doc, claims(doc))[0] for doc in (certain, doubtful)]
    values = [max(c.confidence for c in found if c.extractor == "relations") for found in of]
    assert values[0] > values[1]


def test_a_doubtful_arc_elsewhere_in_the_sentence_does_not():
    (one,), (other,) = (
        [c for c in sure(d, claims(d))[0] if c.extractor == "relations"][:1]
        for d in (parsed(BOUGHT), parsed(BOUGHT, **{"in": 0.3, ".": 0.2}))
    )
    assert one.confidence == other.confidence


def test_a_participle_is_less_sure_than_the_verb_of_the_clause():
    doc = parsed(KILLED)
    features = {c.predicate.text: Reader(doc).features(c) for c in claims(doc)}["killing"]
    finite = {name: value for name, value in features.items() if name != "participle"}
    assert confidence(features, load_weights()) < confidence(finite, load_weights())


def test_a_relative_clause_and_a_participle_are_seen():
    features = {
        claim.predicate.text: Reader(parsed(sentence)).features(claim)
        for sentence in (TOOL, KILLED)
        for claim in claims(parsed(sentence))
    }
    assert features["uses"]["arc:acl:relcl"] == 1 and "arc:acl:relcl" not in features["hit"]
    assert features["killing"]["participle"] == 1 and "participle" not in features["hit"]


def test_a_feature_without_a_weight_counts_nothing():
    features = Reader(parsed(BOUGHT)).features(claims(parsed(BOUGHT))[0])
    known = load_weights()
    assert 0 < confidence(features, known) < 1
    assert confidence({**features, "never seen": 1.0}, known) == confidence(features, known)


def test_an_end_that_is_cut_out_of_a_longer_name_is_seen():
    doc = parsed(BOUGHT)
    (told,) = (c for c in claims(doc) if c.extractor == "relations")
    whole = Reader(doc).features(told)
    assert whole["subject:name"] == 1 and "subject:cut" not in whole
    at = BOUGHT.index("Brightmoor")
    inside = replace(told.object, start=at, end=at + 6, head_start=at, head_end=at + 6)
    assert Reader(doc).features(replace(told, object=inside))["object:long"] < whole["object:long"]


def test_an_unsure_name_is_seen():
    doc = parsed(BOUGHT)
    told = claims(doc)[0]
    keep(replace(analysis_of(doc), names=[1.0] * len(doc)))
    certain = Reader(doc).features(told)["names"]
    keep(replace(analysis_of(doc), names=[0.5] * len(doc)))
    assert Reader(doc).features(told)["names"] > certain == 0


def test_the_parser_and_coreference_write_where_confidence_reads():
    doc = load_pipeline()("Ann Lee met Bob Ray. She liked him.")
    told = analysis_of(doc)
    assert len(told.arcs) == len(told.names) == len(doc)
    assert {doc[i].lower_ for i in told.antecedents} == {"she", "him"}


def test_a_pronoun_that_may_stand_for_several_is_seen_as_vague():
    doc = make_doc("He PRON 2 nsubj\nleft VERB 0 root\nOslo PROPN 2 obj\n. PUNCT 2 punct")
    (told,) = claims(doc)
    found = {}
    for chance in (0.98, 0.4):
        keep(replace(analysis_of(doc), antecedents={0: chance}))
        found[chance] = Reader(doc).features(told)
    assert found[0.4]["antecedent"] > found[0.98]["antecedent"] > 0
    assert (found[0.98]["vague"], found[0.4]["vague"]) == (0.0, 1.0)
    keep(replace(analysis_of(doc), antecedents={}))
    untold = Reader(doc).features(told)["antecedent"]
    assert found[0.4]["antecedent"] > untold > found[0.98]["antecedent"]


def test_without_a_limit_every_claim_stays():
    doc = parsed(KILLED, hit=0.1, killing=0.1)
    found = claims(doc)
    kept, out = sure(doc, found, 0.0)
    assert [claim.key for claim in kept] == [claim.key for claim in found]
    assert out == ()


def test_what_is_below_the_limit_goes_and_the_sentence_is_reported_as_unsure():
    doc = parsed(BOUGHT)
    kept, out = sure(doc, claims(doc), 1.0)
    assert kept == () and out
    assert [a.reason for a in abstentions(doc, article(doc), kept, [], out)] == ["unsure"]


def test_a_sentence_that_still_says_something_does_not_abstain():
    doc = parsed(KILLED, killing=0.05)
    limit = sorted(claim.confidence for claim in sure(doc, claims(doc))[0])[-1]
    kept, out = sure(doc, claims(doc), limit)
    assert kept and out
    assert list(abstentions(doc, article(doc), kept, [], out)) == []


def test_a_claim_goes_with_the_claim_that_is_its_object():
    doc = parsed(SAID)
    inner = claims(doc)[0]
    outer = replace(
        inner, key="outer", object=replace(inner.object, kind="clause", claim=inner.key)
    )
    third = replace(outer, key="third", object=replace(outer.object, claim="outer"))
    unsure = replace(inner, extractor="mine", confidence=0.1)
    others = [replace(claim, extractor="mine", confidence=0.9) for claim in (outer, third)]
    assert sure(doc, [unsure, *others], 0.5)[0] == ()
    assert len(sure(doc, [replace(unsure, confidence=0.6), *others], 0.5)[0]) == 3


def test_an_argument_that_points_to_a_claim_left_out_points_nowhere():
    doc = parsed(SAID)
    inner = replace(claims(doc)[0], extractor="mine", confidence=0.1)
    aim = replace(inner.object, role="purpose", kind="clause", claim=inner.key)
    outer = replace(inner, key="outer", confidence=0.9, arguments=(aim,))
    ((kept,), _) = sure(doc, [inner, outer], 0.5)
    assert [one.claim for one in kept.arguments] == [None]


def test_an_extractor_of_ones_own_keeps_its_confidence():
    doc = parsed(BOUGHT)
    own = [replace(claim, extractor="scores", confidence=0.37) for claim in claims(doc)]
    assert {claim.confidence for claim in sure(doc, own)[0]} == {0.37}


@pytest.mark.parametrize(("role", "chance", "stays"), [
    ("amount", 0.95, True), ("amount", 0.6, False), ("instrument", 0.6, False), ("for", 0.85, True), ("for", 0.6, False),
])  # fmt: skip
def test_an_amount_or_instrument_that_may_belong_elsewhere_is_left_out(
    role: str, chance: float, stays: bool
):
    doc = parsed("The studio was bought by Helvar for $40 million.", **{"$": chance})
    (told,) = claims(doc)
    (price,) = told.arguments
    ((kept,), _) = sure(doc, [replace(told, arguments=(replace(price, role=role),))])
    assert [one.role for one in kept.arguments] == [role] * stays


def test_a_parser_that_tells_no_certainty_has_the_usual_doubt():
    doc = doc_of(BOUGHT)
    assert not analysis_of(doc).arcs
    found = claims(doc)
    weights = load_weights()
    reader = Reader(doc)
    assert reader.features(found[0], unknown=weights.doubt)["doubt"] == weights.doubt
    assert all(reader.chance(a) == 1 for c in found for a in c.arguments)
    assert sure(doc, found)[0]


def test_a_subject_in_another_sentence_is_no_obstacle():
    doc = make_doc(
        "Lund PROPN 2 nsubj\nspoke VERB 0 root\n. PUNCT 2 punct\n\n"
        "He PRON 2 nsubj\nleft VERB 0 root\nOslo PROPN 2 obj\n. PUNCT 2 punct"
    )
    one = claims(doc)[0]
    moved = replace(one, subject=replace(one.subject, start=0, end=4, head_start=0, head_end=4))
    assert Reader(doc).features(moved)["distance"] > Reader(doc).features(one)["distance"]


def test_the_weights_are_what_the_figures_say():
    weights = load_weights()
    assert isinstance(weights, Weights)
    for name in ("doubt", "participle", "arc:acl:relcl", "predicate:light", "rival", "vague"):
        assert weights.weights[name] < 0, name


def test_the_i_of_a_turn_is_known():
    doc = load_pipeline()("I mended the bridge in May. The council paid.")
    asked = [c for c in claims(doc) if c.predicate.text == "mended"] or list(
        extract(doc, article(doc)).refused
    )
    one = asked[0] if isinstance(asked[0], Claim) else asked[0].claim
    assert one is not None
    unknown = Reader(doc).features(one)
    keep(replace(analysis_of(doc), turns=((0, 27),)))
    known = Reader(doc).features(one)
    assert ("subject:self" in unknown, unknown["turn"]) == (False, 0.0)
    assert (known["subject:self"], known["turn"]) == (1.0, 1.0)
    assert known["antecedent"] < unknown["antecedent"]


def test_what_a_support_verb_tells_is_read_as_of_a_verb():
    by = []
    for verb in ("begun", "announced"):
        doc = load_pipeline()(f"Netflix has {verb} a trial of the cameras of Runway.")
        by += [
            sorted(f for f in Reader(doc).features(c) if f.startswith("by:"))
            for c in claims(doc)
            if c.extractor == "nominals"
        ]
    assert by == [["by:relations"], ["by:nominals"]]
