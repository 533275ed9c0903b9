from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import LocalEntity
from kg.resolve import within
from kg.resolve.across import group_key
from kg.resolve.within import Resolved, named_things, resolve_within
from kg.seeds import Seed, Seeds
from tests.support.written import argument, article, claim, mentions, quote


def resolve(text, found, claims=(), quotes=(), **more) -> Resolved:
    return resolve_within(article(text), mentions(text, *found), claims, quotes, **more)


def by_label(resolved: Resolved) -> dict[str, LocalEntity]:
    return {entity.label: entity for entity in resolved.entities}


def test_a_translated_title_in_brackets_is_the_same_series():
    text = (
        "The sequence appears in El Eternauta (The Eternaut), an Argentine series. "
        "The Eternaut series is out. Netflix owns the series The Eternaut."
    )
    found = by_label(
        resolve(
            text,
            [
                ("El Eternauta", "WORK_OF_ART", 1),
                ("The Eternaut", "WORK_OF_ART", 2),
                ("The Eternaut", "WORK_OF_ART", 3),
                ("Netflix", "ORG", 4),
            ],
        )
    )
    assert set(found) == {"El Eternauta", "Netflix"} or set(found) == {"The Eternaut", "Netflix"}
    series = next(entity for entity in found.values() if entity.label != "Netflix")
    assert series.type == "Series"
    assert {name.text for name in series.names} == {"El Eternauta", "The Eternaut"}
    assert any(name.reason == "bracket" for name in series.names)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Ada Venn KC", "Ada Venn"),
        ("headman Ado Lal Venn", "Ado Lal Venn"),
        ("van der Venn", "van der Venn"),
        ("Ada KC", "Ada KC"),
    ],
)
def test_what_stands_around_a_persons_name_is_no_part_of_it(name: str, label: str):
    (person,) = resolve(f"They met {name} there.", [(name, "PERSON", 1)]).entities
    assert person.label == label


@pytest.mark.parametrize(
    ("long", "then", "label"),
    [
        ("Ada Venn Cruises", "Ada Venn won. Venn left.", "Ada Venn"),
        ("Ada Venn Torres", "Ada Venn won. Ada left.", "Ada Venn Torres"),
        ("Ada Venn Quell", "Ada Venn won. Venn left.", "Ada Venn Quell"),
    ],
)
def test_a_headlines_verb_is_no_part_of_a_name(long: str, then: str, label: str):
    names = [(name, "PERSON", 1) for name in (long, "Ada Venn", then.split()[3])]
    (person,) = resolve(f"{long} again. {then}", names).entities
    assert person.label == label


def test_a_bracketed_title_needs_no_mention_of_its_own():
    text = "The series “El Eternauta” (The Eternaut) opened."
    (series,) = resolve(text, [("El Eternauta", "WORK_OF_ART", 1)]).entities
    assert [(n.text, n.reason) for n in series.names] == [
        ("El Eternauta", "full name"),
        ("The Eternaut", "bracket"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Jane Roe (Labour) won.",
            [("Jane Roe", "PERSON", 1), ("Labour", "ORG", 2)],
        ),
        (
            "Paris (Texas) voted.",
            [("Paris", "GPE", 1), ("Texas", "GPE", 2)],
        ),
        (
            "The film Alien (Ridley Scott) opened.",
            [("Alien", "WORK_OF_ART", 1), ("Ridley Scott", "PERSON", 2)],
        ),
    ],
)
def test_other_brackets_join_nothing(text, found):
    assert len(resolve(text, found).entities) == 2


def test_a_surname_goes_to_the_one_person_it_can_be():
    text = "Ted Sarandos spoke. CEO Sarandos was pleased. Greg Peters agreed."
    found = by_label(
        resolve(
            text,
            [
                ("Ted Sarandos", "PERSON", 1),
                ("Sarandos", "PERSON", 2),
                ("Greg Peters", "PERSON", 3),
            ],
        )
    )
    assert set(found) == {"Ted Sarandos", "Greg Peters"}
    assert ("Sarandos", "surname") in [(n.text, n.reason) for n in found["Ted Sarandos"].names]


def test_a_surname_of_two_people_goes_to_the_one_the_article_is_about():
    text = "Ginger Baker died. His daughter Nettie Baker said so. Baker lived in Kent."
    people = [("Ginger Baker", "PERSON", 1), ("Nettie Baker", "PERSON", 2)]
    *full, _, _, last = mentions(text, *people, *[("Baker", "PERSON", 3)] * 3)
    found = by_label(resolve_within(article(text), (*full, last), (), ()))
    assert set(found) == {"Ginger Baker", "Nettie Baker"}
    assert ("Baker", "surname") in [(n.text, n.reason) for n in found["Ginger Baker"].names]


def test_named_things_serve_several_resolutions():
    text = "Ginger Baker died. Baker led Lionsgate, the studio."
    found = mentions(
        text, ("Ginger Baker", "PERSON", 1), ("Baker", "PERSON", 1), ("Lionsgate", "ORG", 2)
    )
    told = claim(text, "Baker", "led", "Lionsgate")
    named = named_things(article(text), found)
    for claims in ((told,), (), (told,)):
        anew = resolve_within(article(text), found, claims, ())
        assert resolve_within(article(text), found, claims, (), named=named) == anew


@pytest.mark.parametrize(
    ("full", "short", "kind", "label"),
    [
        ("Marlow Wanderers", "Wanderers", "ORG", "Marlow Wanderers"),  # the end of a name says less
        ("Fellmark Progress Party", "Progress Party", "ORG", "Fellmark Progress Party"),
        ("U.S. Progress Party", "Progress Party", "ORG", "Progress Party"),  # nor does a country
        ("East Fellmark Senate", "Senate", "ORG", "Senate"),  # many have one
        ("The Fellmark Ledger", "The Fellmark Ledger", "ORG", "The Fellmark Ledger"),
        ("Orrin Pictures", "Orrin", "ORG", "Orrin"),  # its beginning is what it is known by
        ("Greater Quay", "Quay", "GPE", "Quay"),
    ],
)
def test_a_body_is_called_by_its_whole_name(full, short, kind, label):
    text = f"{short} said so. {short} said more. {full} said no."
    found = [(short, kind, 1), (short, kind, 1), (full, kind, 1)]
    names = {entity.label for entity in resolve(text, found).entities}
    assert names == {label}


def test_a_pronoun_is_labelled_as_the_noun_that_it_stands_for():
    text = "State officials met Ann Lee. They left Runway."
    found = [
        ("Ann Lee", "PERSON", 1), ("Runway", "ORG", 2), ("State officials", None, 3),
        ("They", None, 3),
    ]  # fmt: skip
    met, left = (
        claim(text, "State officials", "met", "Ann Lee"),
        claim(text, "They", "left", "Runway"),
    )
    met = replace(met, subject=replace(met.subject, label="state official", type="Group"))
    resolved = resolve(text, found, [met, left])
    assert [c.subject for c in resolved.claims] == ["t:state official"] * 2
    assert by_label(resolved)["state official"].type == "Group"


def test_a_surname_of_two_people_goes_to_neither():
    text = "Bill Clinton and Hillary Clinton spoke. Clinton left."
    found = resolve(
        text,
        [("Bill Clinton", "PERSON", 1), ("Hillary Clinton", "PERSON", 2), ("Clinton", "PERSON", 3)],
    )
    assert len(found.entities) == 3


def test_an_acronym_goes_to_the_name_it_spells():
    text = "The Screen Actors Guild (SAG) struck. SAG won."
    (guild,) = resolve(
        text, [("Screen Actors Guild", "ORG", 1), ("SAG", "ORG", 2), ("SAG", "ORG", 3)]
    ).entities
    assert guild.label == "Screen Actors Guild"
    assert ("SAG", "acronym") in [(n.text, n.reason) for n in guild.names]


def test_a_name_given_two_types_is_one_entity():
    text = "Runway grew. Runway released Gen-4. Runway, a startup gaining fame, hired."
    (runway, *_) = resolve(
        text,
        [
            ("Runway", "PRODUCT", 1),
            ("Runway", "ORG", 2),
            ("Gen-4", "PRODUCT", 3),
            ("Runway", "ORG", 4),
        ],
    ).entities
    assert (runway.label, runway.type) == ("Runway", "Organization")
    assert len(runway.mentions) == 3


@pytest.mark.parametrize(
    ("text", "name", "label", "kind"),
    [
        ("He made the series “El Eternauta” there.", "El Eternauta", "WORK_OF_ART", "Series"),
        ("He made the series El Eternauta there.", "El Eternauta", "PERSON", "Series"),
        ("Its Gen-4 video generation model is out.", "Gen-4", "PRODUCT", "AIModel"),
        ("They like Midjourney, an AI firm in court.", "Midjourney", "PRODUCT", "Product"),
        ("Sora is a video generation model that grew.", "Sora", "PRODUCT", "AIModel"),
        ("The actor Tom Hanks left.", "Tom Hanks", "PERSON", "Person"),
        ("It is the Netflix series that counts.", "Netflix", "ORG", "Organization"),
        ("Typhoon Haiyan made landfall.", "Typhoon Haiyan", "GPE", "Disaster"),
        ("The tanker Amoco Cadiz sank.", "Amoco Cadiz", "GPE", "Product"),
        ("The USS Nimitz sailed.", "USS Nimitz", "PERSON", "Product"),
        ("The USS Nimitz sailed.", "USS Nimitz", "ORG", "Product"),
        ("The district of Groom voted.", "Groom", "PERSON", "Place"),
        ("The son of Groom voted.", "Groom", "PERSON", "Person"),
        ("The rebels shelled the Palmer Complex.", "Palmer Complex", "ORG", "Place"),
        ("They ratified the Ottawa Treaty.", "Ottawa Treaty", "ORG", "Law"),
        ("Sister Act opened.", "Sister Act", "WORK_OF_ART", "CreativeWork"),
        ("They won the Asian Cup.", "Asian Cup", "ORG", "Event"),
        ("He left the Summit of the Isles.", "Summit of the Isles", "ORG", "Event"),
        ("They signed the Compact of Tarn Bay.", "Compact of Tarn Bay", "ORG", "Law"),
        ("She heads the Council of the Isles.", "Council of the Isles", "ORG", "Organization"),
        ("The Hubble Space Telescope is old.", "Hubble Space Telescope", "ORG", "Product"),
        ("The Pathet movement grew.", "Pathet", "ORG", "Organization"),
        ("She fears AI.", "AI", "ORG", "Technology"),
        ("Lyme borne disease (LBD) spread.", "LBD", "ORG", "Topic"),
    ],
)
def test_words_around_a_name_tell_its_class(text, name, label, kind):
    (entity,) = resolve(text, [(name, label, 1)]).entities
    assert entity.type == kind


@pytest.mark.parametrize(("label", "joined"), [("GPE", True), ("PERSON", False)])
def test_the_bare_name_of_a_storm_is_the_storm(label: str, joined: bool):
    text = "Typhoon Berta killed four. Berta left in May."
    found = resolve(text, [("Typhoon Berta", "EVENT", 1), ("Berta", label, 2)])
    assert (len(found.entities) == 1) is joined
    assert "Disaster" in {entity.type for entity in found.entities}


def test_a_role_is_no_group_though_the_article_has_one():
    text = "Omar Tal is a senator. Rosa Lind met a senator."
    has = claim(text, "Omar Tal", "is", "senator")
    has = replace(has, predicate=replace(has.predicate, property="hasRole"))
    met = claim(text, "Rosa Lind", "met", "senator")
    met = replace(met, object=replace(met.object, type="Group"))
    names = [("Omar Tal", "PERSON", 1), ("Rosa Lind", "PERSON", 2)]
    found = resolve(text, names, [has, met])
    kinds = {one.key: one.type for one in found.entities}
    assert [kinds[c.object or ""] for c in found.claims] == ["Topic", "Group"]


def test_pronouns_and_nouns_mean_the_name_of_their_cluster():
    text = "Netflix grew. The company used Runway."
    found = [("Netflix", "ORG", 1), ("The company", None, 1), ("Runway", "ORG", 2)]
    (linked,) = resolve(text, found, [claim(text, "The company", "used", "Runway")]).claims
    assert (linked.subject, linked.object) == ("e1", "e2")


def test_a_pronoun_that_nothing_explains_costs_its_claim():
    text = "They used Runway."
    resolved = resolve(text, [("Runway", "ORG", 1)], [claim(text, "They", "used", "Runway")])
    assert resolved.claims == ()


def test_a_pronoun_of_a_plain_noun_is_that_topic():
    text = "The producers had a plan. They used Runway."
    found = [("The producers", None, 1), ("They", None, 1), ("Runway", "ORG", 2)]
    resolved = resolve(text, found, [claim(text, "They", "used", "Runway")])
    assert resolved.claims[0].subject == "t:producers"
    assert by_label(resolved)["producers"].named is False


def test_names_that_coreference_threw_together_are_parted():
    text = "Sony Pictures grew. Lionsgate shrank. It left."
    found = [("Sony Pictures", "ORG", 1), ("Lionsgate", "ORG", 1), ("It", None, 1)]
    resolved = resolve(text, found, [claim(text, "It", "left", "shrank")])
    assert {e.label for e in resolved.entities if e.named} == {"Sony Pictures", "Lionsgate"}
    assert resolved.claims[0].subject == "e2"


def test_what_relates_a_thing_to_itself_is_no_claim():
    text = "El Eternauta means El Eternauta."
    found = [("El Eternauta", "WORK_OF_ART", 1), ("El Eternauta", "WORK_OF_ART", 1)]
    assert resolve(text, found, [claim(text, "El Eternauta", "means", "El Eternauta")]).claims == ()


def test_topics_of_one_label_are_one_and_a_class_counts():
    text = "Studios use AI. Unions fear AI."
    claims = [
        claim(text, "Studios", "use", "AI"),
        claim(text, "Unions", "fear", "AI"),
    ]
    resolved = resolve(text, [], claims)
    assert [e.key for e in resolved.entities] == ["t:ai", "t:studios", "t:unions"]


def test_speakers_and_the_names_in_a_quote_are_linked():
    text = "“Runway is quick,” he said. Ted Sarandos left."
    found = [("Runway", "ORG", 1), ("he", None, 2), ("Ted Sarandos", "PERSON", 2)]
    (linked,) = resolve(text, found, (), [quote(text, "Runway is quick,", "he")]).quotes
    assert (linked.speaker, linked.about) == ("e2", ("e1",))


def test_i_in_a_quote_is_its_speaker():
    text = "“I like Runway,” Ann Lee said."
    found = [("Runway", "ORG", 1), ("Ann Lee", "PERSON", 2)]
    speaker = argument(text, "speaker", "Ann Lee")
    made = claim(text, "I", "like", "Runway")
    (linked,) = resolve(text, found, [made], first_person={1: speaker}).claims
    assert (linked.subject, linked.object) == ("e2", "e1")


def test_a_seed_settles_the_class_unless_two_seeds_claim_the_name():
    text = "Sora is new."
    seed = Seed("s1", "Sora", "AIModel")
    other = Seed("s2", "Sora", "Place")
    found = [("Sora", "ORG", 1)]
    assert resolve(text, found, seeds=Seeds([seed])).entities[0].type == "AIModel"
    assert resolve(text, found, seeds=Seeds([seed, other])).entities[0].type == "Organization"


def test_also_known_as_joins():
    text = "Alphabet Inc., formerly Google Group, grew."
    (one,) = resolve(text, [("Alphabet Inc.", "ORG", 1), ("Google Group", "ORG", 2)]).entities
    assert {(n.text, n.reason) for n in one.names} >= {("Google Group", "apposition")}


def test_what_is_now_another_that_was_told_of_before_is_owned_by_it():
    text = "Orbex makes games. Bell Studio (now Orbex) made one."
    found = resolve(text, [("Orbex", "ORG", 1), ("Bell Studio", "ORG", 2)])
    assert [e.label for e in found.entities] == ["Orbex", "Bell Studio"]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("They made The Eternaut there.", "Eternaut", "The Eternaut"),
        ("They made “The Eternaut” there.", "Eternaut", "The Eternaut"),
        ("The Eternaut came out.", "Eternaut", "Eternaut"),
        ("It ended. The Eternaut came out.", "Eternaut", "Eternaut"),
        ("They made the Eternaut there.", "Eternaut", "Eternaut"),
    ],
)
def test_a_capital_the_inside_a_sentence_is_part_of_the_name(text, name, label):
    (entity,) = resolve(text, [(name, "WORK_OF_ART", 1)]).entities
    assert entity.label == label


def test_a_translated_title_joins_whatever_class_the_names_were_given():
    text = "It runs in El Eternauta (The Eternaut), an Argentine series."
    (series,) = resolve(text, [("El Eternauta", "GPE", 1), ("Eternaut", "ORG", 2)]).entities
    assert {name.text for name in series.names} == {"El Eternauta", "The Eternaut"}


def test_a_noun_before_a_name_is_no_thing_of_its_own():
    text = "Apple sued AI firm Midjourney."
    found = [("Apple", "ORG", 1), ("Midjourney", "ORG", 2)]
    made = claim(text, "Apple", "sued", "AI firm", head="firm")
    (linked,) = resolve(text, found, [made]).claims
    assert (linked.subject, linked.object) == ("e1", "e2")


def test_the_company_that_nobody_names_is_a_thing_of_this_article_only():
    text = "The company released tools."
    made = claim(text, "The company", "released", "tools")
    made = replace(made, subject=replace(made.subject, label="company"))
    resolved = resolve(text, [], [made])
    assert [e.key for e in resolved.entities] == ["d:company", "t:tools"]
    company, tools = resolved.entities
    assert group_key(company, "a1") != group_key(company, "a2")
    assert group_key(tools, "a1") == group_key(tools, "a2")


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [("It released Act-2 in July.", "Act", "Act-2"), ("It had Apollo-11.", "Apollo", "Apollo-11"),
     ("A Boeing-made jet.", "Boeing", "Boeing")],
)  # fmt: skip
def test_a_number_tied_by_a_hyphen_belongs_to_the_name(text, name, whole):
    (entity,) = resolve(text, [(name, "PRODUCT", 1)]).entities
    assert entity.label == whole


def test_coreference_of_an_acronym_and_its_long_form_keeps_the_long_form_as_label():
    text = "The World Health Organization met. WHO spoke. WHO left."
    found = [("World Health Organization", "ORG", 1), ("WHO", "ORG", 1), ("WHO", "ORG", 1)]
    (who,) = resolve(text, found).entities
    assert who.label == "World Health Organization"
    assert ("WHO", "acronym") in [(n.text, n.reason) for n in who.names]


def test_part_of_a_name_of_another_kind_is_another_thing():
    text = "Ohio was pleased. The Ohio Senate met."
    resolved = resolve(text, [("Ohio", "GPE", 1), ("Ohio Senate", "ORG", 1)])
    assert [e.label for e in resolved.entities] == ["Ohio", "Ohio Senate"]


def test_an_article_alone_is_no_name_and_a_conjunction_no_part_of_one():
    text = "The Adobe and Runway deal."
    found = [("The", "ORG", 1), ("Adobe and", "ORG", 2), ("Runway", "ORG", 3)]
    assert [e.label for e in resolve(text, found).entities] == ["Adobe", "Runway"]


def test_who_launches_a_thing_makes_a_product_of_it():
    text = "Orbex launched Quill. The city launched Aurora, a language model."
    found = [("Orbex", "ORG", 1), ("Quill", "ORG", 2), ("Aurora", "ORG", 3)]
    made = [
        claim(text, "Orbex", "launched", "Quill"),
        claim(text, "The city", "launched", "Aurora"),
    ]
    made = [replace(c, predicate=replace(c.predicate, property="launched")) for c in made]
    entities = by_label(resolve(text, found, made))
    assert (entities["Quill"].type, entities["Aurora"].type) == ("Product", "AIModel")
    assert entities["Orbex"].type == "Organization"


def test_people_are_released_and_stay_people():
    text = "Cairo released Alaa."
    made = claim(text, "Cairo", "released", "Alaa")
    made = replace(made, predicate=replace(made.predicate, property="released"))
    assert by_label(resolve(text, [("Alaa", "PERSON", 1)], [made]))["Alaa"].type == "Person"


def test_what_a_thing_is_said_to_be_tells_its_class():
    text = "The carrier sent Beagle. Beagle is a space probe. Beagle landed."
    made = claim(text, "Beagle", "is", "a space probe")
    made = replace(made, predicate=replace(made.predicate, property="isA"))
    found = [("Beagle", "PRODUCT", 1), ("Beagle", "WORK_OF_ART", 1), ("Beagle", "WORK_OF_ART", 1)]
    assert by_label(resolve(text, found, [made]))["Beagle"].type == "Product"


def test_a_phrase_that_is_a_name_of_the_article_is_that_name():
    text = "Firms use AI. Use of AI grew."
    made = claim(text, "Firms", "use", "AI")
    made = replace(made, object=replace(made.object, start=40, end=42, head_start=40, head_end=42))
    resolved = resolve(
        "Use of AI grew, and in the end firms, that use AI, won.", [("AI", "ORG", 1)], [made]
    )
    (linked,) = resolved.claims
    assert linked.object == "e1"


def test_words_of_a_technology_are_one_class_without_a_mention():
    text = "Firms use generative AI."
    (linked,) = (
        resolved := resolve(text, [], [claim(text, "Firms", "use", "generative AI")])
    ).claims
    kinds = {e.key: e.type for e in resolved.entities}
    assert linked.object is not None and kinds[linked.object] == "Technology"


@pytest.mark.parametrize(
    ("short", "label", "one"), [("Volnat", "ORG", True), ("Bonn", "GPE", False)]
)
def test_a_short_form_in_brackets_is_the_body_and_a_town_is_not(short, label, one):
    text = f"The Volcano Institute of Nature and Bonn ({short}) spoke. {short} warned of tremors."
    name = "Volcano Institute of Nature and Bonn"
    found = resolve(text, [(name, "ORG", 1), (short, label, 2), (short, label, 3)])
    assert (len(found.entities) == 1) is one


@pytest.mark.parametrize(
    ("text", "name", "label", "kind"),
    [
        ("The German airline Orbex grew.", "German", "NORP", "Group"),
        ("He met the former model Jane Roe.", "Jane Roe", "PERSON", "Person"),
        ("It broke the Arvian Constitution.", "Arvian Constitution", "ORG", "Law"),
        ("They joined the Belm Accords.", "Belm Accords", "ORG", "Law"),
        ("She was given the Orbex Prize.", "Orbex Prize", "EVENT", "Award"),
        ("Crowds saw Mardi Gras.", "Mardi Gras", "ORG", "Event"),
        ("The African Union sent men.", "African Union", "GPE", "Organization"),
        ("He has the Arvian Legion of Honour.", "Arvian Legion of Honour", "ORG", "Award"),
    ],
)
def test_the_class_of_a_name_is_told_by_the_right_words(text, name, label, kind):
    entities = resolve(text, [(name, label, 1)]).entities
    assert [e.type for e in entities if e.label == name] == [kind]


def people(count: int) -> tuple[str, list[tuple[str, str, int]]]:
    names = [f"Ada{n} Kim Bara{n}" for n in range(count)]
    return " met ".join(names), [(name, "PERSON", n) for n, name in enumerate(names)]


def test_people_are_not_compared_all_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: dict[int, int] = {}
    known = within.is_short_for
    for count in (50, 100):
        asked: list[int] = []
        monkeypatch.setattr(
            within, "is_short_for", lambda a, b, to=asked: (to.append(1), known(a, b))[1]
        )
        text, found = people(count)
        assert len(resolve(text, found).entities) == count
        compared[count] = len(asked)
    assert compared[100] <= 2 * compared[50]


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        (("roe",), ("jane", "roe"), True),
        (("van", "gogh"), ("vincent", "van", "gogh"), True),
        (("robert", "downey"), ("robert", "john", "downey"), True),
        (("jane", "roe"), ("jane", "roe"), True),
        (("jane",), ("jane", "roe"), False),
        (("john", "roe"), ("jane", "ann", "roe"), False),
    ],
)
def test_who_can_be_meant_by_a_name(
    short: tuple[str, ...], full: tuple[str, ...], fits: bool
) -> None:
    assert (1 in within._longer({0: short, 1: full})[short]) == fits


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Foreign Secretary Ada Venn", "Ada Venn"),
        ("U.S. Secretary of State Ada Venn", "Ada Venn"),
        ("Commodore Ada Venn", "Ada Venn"),
        ("Ada Mayor", "Ada Mayor"),
        ("Ada Chancellor Venn", "Ada Chancellor Venn"),
    ],
)
def test_a_post_is_no_part_of_a_persons_name(name: str, label: str):
    text = f"{name} sold the yard."
    assert set(by_label(resolve(text, [(name, "PERSON", 1)]))) == {label}


def test_a_post_alone_is_nobodys_name():
    text = "The Foreign Secretary sold the yard."
    sold = claim(text, "The Foreign Secretary", "sold", "yard")
    found = resolve(text, [("The Foreign Secretary", "PERSON", 1)], [sold])
    assert not any(entity.named for entity in found.entities)


def test_its_lawyer_is_not_whom_its_means():
    text = "Tessin won. Its lawyer, Ada Venn, sold the yard."
    owned = claim(text, "Its", "sold", "yard")
    found = resolve(text, [("Its lawyer", None, 2), ("Ada Venn", "PERSON", 2)], [owned])
    assert "Ada Venn" not in {
        e.label for e in found.entities for c in found.claims if e.key == c.subject
    }


def test_father_and_son_of_one_name_are_two() -> None:
    text = "Benigno Holm, Jr., died in Oslo. His son, Benigno Holm III, won the vote."
    names = [("Benigno Holm", "PERSON", 1), ("Benigno Holm III", "PERSON", 1)]
    found = resolve(text, names).entities
    assert [one.label for one in found] == ["Benigno Holm, Jr.", "Benigno Holm III"]
    assert sum(bool(one.apart) for one in found) == 1


def test_a_body_is_not_called_by_the_last_word_of_its_name_alone():
    text = "The Tarn Post grew. The Post won. The Post lost."
    found = resolve(text, [("Tarn Post", "ORG", 1), ("Post", "ORG", 1), ("Post", "ORG", 1)])
    assert [entity.label for entity in found.entities] == ["Tarn Post"]


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        (
            "The Labour and Democratic Union (Lado) met in Lowick. Lado won. Lowick Lado chief Ida Venn left.",
            [
                ("Lado", "ORG", 1),
                ("Lowick", "GPE", 2),
                ("Lado", "ORG", 1),
                ("Lowick Lado", "ORG", 1),
            ],
            {"Lado", "Lowick", "Lowick Lado"},
        ),
        (
            "Rovers met in Lowick. Lowick Rovers won.",
            [("Rovers", "ORG", 1), ("Lowick", "GPE", 2), ("Lowick Rovers", "ORG", 1)],
            {"Lowick", "Lowick Rovers"},
        ),
    ],
)
def test_a_branch_is_not_the_body_that_the_article_has_named_before(text, found, whole):
    assert set(by_label(resolve(text, found))) == whole
