"""Coreference: what is joined, and above all what is not. Parses by hand, no model."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.analysis import analysis_of
from kg.nlp.coreference import find_clusters, first_person, names
from kg.nlp.coreference.lexicon import given_names, labels_of
from kg.nlp.load import load_pipeline
from kg.nlp.mentions import antecedent_of_relative
from tests.support.docs import Entities, make_doc


def clusters(rows: str, ents: Entities) -> list[list[str]]:
    return [[m.text for m in c] for c in find_clusters(make_doc(rows, ents))._.kg_clusters]


def together(rows: str, ents: Entities, *words: str) -> bool:
    return any(all(w in c for w in words) for c in clusters(rows, ents))


SAYS = "{0} PROPN 2 nsubj\nspoke VERB 0 root speak Tense=Past|VerbForm=Fin\n. PUNCT 2 punct\n\n"
TED = (
    "Ted PROPN 3 nsubj\nSarandos PROPN 1 flat\nspoke VERB 0 root speak Tense=Past|VerbForm=Fin\n"
    ". PUNCT 3 punct\n\n"
)


def test_surname_means_the_full_name() -> None:
    rows = TED + SAYS.format("Sarandos")
    assert clusters(rows, [(0, 2, "PERSON"), (4, 5, "PERSON")]) == [["Ted Sarandos", "Sarandos"]]


def test_surname_of_two_persons_is_left_alone() -> None:
    rows = (
        "Ann PROPN 3 nsubj\nHill PROPN 1 flat\nmet VERB 0 root meet\nBob PROPN 3 obj\n"
        "Hill PROPN 4 flat\n\n" + SAYS.format("Hill")
    )
    found = clusters(rows, [(0, 2, "PERSON"), (3, 5, "PERSON"), (5, 6, "PERSON")])
    assert found == [["Ann Hill"], ["Bob Hill"], ["Hill"]]


def test_acronym_in_brackets_is_the_body() -> None:
    rows = (
        "The DET 4 det\nScreen PROPN 4 compound\nActors PROPN 4 compound\nGuild PROPN 8 nsubj\n"
        "( PUNCT 6 punct\nSAG PROPN 4 appos\n) PUNCT 6 punct\nstruck VERB 0 root strike\n\n"
        + SAYS.format("SAG")
    )
    found = clusters(rows, [(1, 4, "ORG"), (5, 6, "ORG"), (8, 9, "ORG")])
    assert found == [["Screen Actors Guild", "SAG", "SAG"]]


def test_title_in_another_language_is_the_work() -> None:
    rows = (
        "El PROPN 7 nsubj\nEternauta PROPN 1 flat\n( PUNCT 5 punct\nThe DET 5 det\n"
        "Eternaut PROPN 1 appos\n) PUNCT 5 punct\naired VERB 0 root air"
    )
    found = clusters(rows, [(0, 2, "WORK_OF_ART"), (3, 5, "WORK_OF_ART")])
    assert found == [["El Eternauta", "The Eternaut"]]


def test_actor_in_brackets_is_not_the_character() -> None:
    rows = (
        "Juan PROPN 7 nsubj\nSalvo PROPN 1 flat\n( PUNCT 4 punct\nRicardo PROPN 1 appos\n"
        "Darín PROPN 4 flat\n) PUNCT 4 punct\nfled VERB 0 root flee"
    )
    assert not together(rows, [(0, 2, "PERSON"), (3, 5, "PERSON")], "Juan Salvo", "Ricardo Darín")


@pytest.mark.parametrize(
    ("first", "second", "label", "same"),
    [
        ("Netflix", "Netflix", "ORG", True),
        ("Britain", "UK", "GPE", True),
        ("Sony", "Disney", "ORG", False),
        ("Austria", "Australia", "GPE", False),
    ],
)
def test_short_and_other_names(first: str, second: str, label: str, same: bool) -> None:
    found = clusters(SAYS.format(first) + SAYS.format(second), [(0, 1, label), (3, 4, label)])
    assert (len(found) == 1) is same


def test_company_ending_is_dropped_but_another_company_is_not() -> None:
    rows = (
        "Netflix PROPN 2 compound\nInc. PROPN 3 nsubj\ngrew VERB 0 root grow\n\n"
        + SAYS.format("Netflix")
        + "Sony PROPN 2 compound\nPictures PROPN 3 nsubj\ngrew VERB 0 root grow\n\n"
        + SAYS.format("Sony")
    )
    ents = [(0, 2, "ORG"), (3, 4, "ORG"), (6, 8, "ORG"), (9, 10, "ORG")]
    assert clusters(rows, ents) == [["Netflix Inc.", "Netflix"], ["Sony Pictures"], ["Sony"]]


HE = "{0} PRON 2 nsubj\nleft VERB 0 root leave Tense=Past|VerbForm=Fin\n"


def test_pronoun_takes_the_person_of_its_gender() -> None:
    rows = (
        "Ted PROPN 3 nsubj\nSarandos PROPN 1 flat\nmet VERB 0 root meet\nMary PROPN 3 obj\n"
        "Barra PROPN 4 flat\n. PUNCT 3 punct\n\n" + HE.format("She")
    )
    ents = [(0, 2, "PERSON"), (3, 5, "PERSON")]
    assert together(rows, ents, "Mary Barra", "She")
    assert not together(rows, ents, "Ted Sarandos", "She")


def test_he_is_no_company_and_it_is_no_person() -> None:
    rows = SAYS.format("Netflix") + HE.format("He")
    assert not together(rows, [(0, 1, "ORG")], "Netflix", "He")
    assert not together(TED + HE.format("It"), [(0, 2, "PERSON")], "Ted Sarandos", "It")


def test_possessive_takes_the_subject() -> None:
    rows = (
        "Runway PROPN 2 nsubj\nunveiled VERB 0 root unveil\nits PRON 4 nmod:poss\n"
        "model NOUN 2 obj\n. PUNCT 2 punct"
    )
    assert together(rows, [(0, 1, "ORG")], "Runway", "its")


def test_object_is_not_its_own_subject_but_a_reflexive_is() -> None:
    rows = "Ted PROPN 2 nsubj\nsaw VERB 0 root see\n{0} PRON 2 obj\n. PUNCT 2 punct"
    assert not together(rows.format("him"), [(0, 1, "PERSON")], "Ted", "him")
    assert together(rows.format("himself"), [(0, 1, "PERSON")], "Ted", "himself")


def test_expletive_stands_for_nothing() -> None:
    rows = (
        SAYS.format("Netflix") + "It PRON 3 nsubj\nis AUX 3 cop be\nclear ADJ 0 root\n"
        "that SCONJ 6 mark\ncosts NOUN 6 nsubj cost Number=Plur\nfall VERB 3 csubj\n"
    )
    assert not together(rows, [(0, 1, "ORG")], "Netflix", "It")


def test_relative_pronoun_takes_its_noun() -> None:
    rows = (
        "Google PROPN 2 nsubj\nshowed VERB 0 root show\nSora PROPN 2 obj\n, PUNCT 6 punct\n"
        "which PRON 6 nsubj which PronType=Rel\nworks VERB 3 acl:relcl work"
    )
    doc = find_clusters(make_doc(rows, {"Google": "ORG", "Sora": "PRODUCT"}))
    assert ["Sora", "which"] in [[m.text for m in c] for c in doc._.kg_clusters]
    assert antecedent_of_relative(doc[4]) == doc[2]


def test_apposed_noun_is_the_name_and_types_it() -> None:
    rows = (
        "Runway PROPN 6 nsubj\n, PUNCT 4 punct\na DET 4 det\nstartup NOUN 1 appos\n, PUNCT 4 punct\n"
        "grew VERB 0 root grow"
    )
    doc = find_clusters(make_doc(rows, {"Runway": "PRODUCT"}))
    assert [(m.text, m.label) for m in doc._.kg_mentions] == [
        ("Runway", "ORG"),
        ("a startup", None),
    ]


def test_the_company_is_the_one_named_before() -> None:
    rows = (
        SAYS.format("Netflix")
        + "The DET 2 det\ncompany NOUN 3 nsubj\ngrew VERB 0 root grow Tense=Past|VerbForm=Fin\n"
    )
    assert together(rows, [(0, 1, "ORG")], "Netflix", "The company")
    assert not together(rows.replace("Netflix", "Rome"), [(0, 1, "GPE")], "Rome", "The company")


def test_a_plain_noun_takes_up_the_one_body_that_was_named() -> None:
    rows = (
        "Netflix PROPN 2 nsubj\ngrew VERB 0 root grow\n. PUNCT 2 punct\n\n"
        "Ann PROPN 2 nsubj\nsaid VERB 0 root say\nthe DET 4 det Definite=Def|PronType=Art\n"
        "streamer NOUN 5 nsubj _ Number=Sing\ngrew VERB 2 ccomp grow\n. PUNCT 2 punct\n\n"
    )
    ents = [(0, 1, "ORG"), (3, 4, "PERSON")]
    assert together(rows, ents, "Netflix", "the streamer")
    assert not together(rows.replace("streamer", "weather"), ents, "Netflix", "the weather")


def test_each_named_entity_is_a_mention_and_mentions_are_sorted() -> None:
    doc = find_clusters(
        make_doc(TED + SAYS.format("Rome"), {"Ted Sarandos": "PERSON", "Rome": "GPE"})
    )
    mentions = doc._.kg_mentions
    assert [m.text for m in mentions] == ["Ted Sarandos", "Rome"]
    assert [m.cluster for m in mentions] == [0, 1]
    assert all(doc.text[m.start : m.end] == m.text for m in mentions)


def test_first_person_gives_the_pronouns_of_a_stretch() -> None:
    doc = make_doc("We PRON 2 nsubj\nuse VERB 0 root\nour PRON 4 nmod:poss\ntools NOUN 2 obj")
    assert [m.text for m in first_person(doc, 0, 6)] == ["We"]
    assert [m.text for m in first_person(doc, 0, len(doc.text))] == ["We", "our"]


def test_same_parse_same_clusters_and_an_empty_doc_has_none() -> None:
    rows = TED + SAYS.format("Netflix") + HE.format("He")
    ents = {"Ted Sarandos": "PERSON", "Netflix": "ORG"}
    one, two = (find_clusters(make_doc(rows, ents))._.kg_mentions for _ in range(2))
    assert one == two
    empty = Doc(make_doc("a X 0 root").vocab)
    assert find_clusters(empty)._.kg_clusters == ()


def test_word_lists_hold_together() -> None:
    assert given_names()["mary"] == "f" and given_names()["greg"] == "m"
    assert labels_of("streamer") >= {"ORG"} and labels_of("xyzzy") == frozenset()


def test_how_probable_the_antecedent_of_a_pronoun_is_can_be_asked() -> None:
    doc = find_clusters(
        make_doc(TED + SAYS.format("He").replace("PROPN", "PRON"), [(0, 2, "PERSON")])
    )
    chances = {doc[i].text: chance for i, chance in analysis_of(doc).antecedents.items()}
    assert 0 < chances["He"] < 1
    assert "Sarandos" not in chances


def test_the_company_is_the_one_that_the_sentence_before_is_about() -> None:
    nlp = load_pipeline()
    doc = nlp(
        "Netflix has begun to try software from Runway, a startup with new video models. "
        "Runway unveiled its Gen-4 model in April. In July, the company released Act-2."
    )
    company = next(m for m in doc._.kg_mentions if m.text == "the company")
    assert "Runway" in {m.text for m in doc._.kg_mentions if m.cluster == company.cluster}


def test_it_is_the_body_that_says_it() -> None:
    doc = load_pipeline()(
        "Norway denies the claim, saying it attacked no ship. Sweden says it is snowing in Malmö."
    )
    by_start = {m.start: m for m in doc._.kg_mentions}
    it = by_start[doc.text.index("it attacked")]
    assert by_start[0].cluster == it.cluster
    snow = by_start.get(doc.text.index("it is"))
    assert snow is None or snow.cluster != by_start[doc.text.index("Sweden")].cluster


def test_full_names_are_not_compared_all_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: dict[int, int] = {}
    same = names._same_person
    for count in (40, 80):
        asked: list[int] = []
        monkeypatch.setattr(
            names, "_same_person", lambda a, b, to=asked: (to.append(1), same(a, b))[1]
        )
        keys = [(first, f"bara{n}") for n in range(count) for first in ("ada", "edda")]
        names._merge_full_names([names.Name(key, " ".join(key), True) for key in keys])
        compared[count] = len(asked)
    assert compared[80] <= 2 * compared[40]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jane roe", "jane roe smith"),
        ("jane roe smith", "jane roe"),
        ("j. roe", "jane roe"),
        ("jane roe", "j. roe"),
        ("jane a. roe", "jane ann roe"),
        ("jane roe", "jane ann roe"),
        ("jane roe", "john roe"),
        ("jane roe", "jane doe"),
    ],
)
def test_names_find_all_that_can_be_the_same(one: str, other: str) -> None:
    first, second = tuple(one.split()), tuple(other.split())
    found = bool(set(names._shown(first)) & set(names._asked(second)))
    assert found >= names._same_person(first, second)


@pytest.mark.parametrize(
    ("first", "second", "label", "same"),
    [
        ("Harbour Falcons", "Falcons", "ORG", True),
        ("General Assembly of Norvik", "General Assembly", "ORG", True),
        ("White House", "House", "ORG", False),
        ("Bank and Loan", "Loan", "ORG", False),
        ("Republic of Corvia", "Corvia", "GPE", True),
        ("Port Corvia", "Corvia", "GPE", False),
        ("Yucatán", "Yucatan", "GPE", True),
        ("Zoë Hart", "Zoe Hart", "PERSON", True),
    ],
)
def test_short_forms_of_a_longer_name(first: str, second: str, label: str, same: bool) -> None:
    def says(name: str) -> str:
        *before, last = name.split()
        head = len(before) + 1
        parts = [f"{word} PROPN {head} compound" for word in before]
        return (
            "\n".join([*parts, f"{last} PROPN {head + 1} nsubj", "spoke VERB 0 root speak"])
            + "\n\n"
        )

    long, short = len(first.split()), len(second.split())
    ents = [(0, long, label), (long + 1, long + 1 + short, label)]
    assert (len(clusters(says(first) + says(second), ents)) == 1) is same


def test_a_short_form_of_two_bodies_is_neither() -> None:
    rows = (
        "Harbour PROPN 2 compound\nFalcons PROPN 3 nsubj\nmet VERB 0 root meet\n"
        "Valley PROPN 5 compound\nFalcons PROPN 3 obj\n\n" + SAYS.format("Falcons")
    )
    found = clusters(rows, [(0, 2, "ORG"), (3, 5, "ORG"), (5, 6, "ORG")])
    assert ["Falcons"] in found


def test_an_adjective_of_a_people_names_nobody() -> None:
    rows = (
        "Corvian ADJ 2 amod\nartists NOUN 3 nsubj artist Number=Plur\nlove VERB 0 root love\n"
        "Corvian ADJ 5 amod\nwine NOUN 3 obj\n\n"
        "Corvians PROPN 2 nsubj _ Number=Plur\nagree VERB 0 root agree\n\n"
    )
    found = clusters(rows, [(0, 1, "NORP"), (3, 4, "NORP"), (5, 6, "NORP")])
    assert found == [["Corvian"], ["Corvian"], ["Corvians"]]


@pytest.mark.parametrize(
    ("names", "noun", "meant"),
    [
        (("Samoa",), "country", "Samoa"),
        (("Apia",), "country", None),
        (("Apia",), "city", "Apia"),
        (("Samoa",), "city", None),
        (("Samoa", "Apia"), "country", "Samoa"),
        (("Samoa", "Apia"), "city", "Apia"),
    ],
)
def test_the_country_is_no_city(names: tuple[str, ...], noun: str, meant: str | None) -> None:
    rows = "".join(
        f"{name} PROPN 2 nsubj _ Number=Sing\nvoted VERB 0 root vote\n\n" for name in names
    )
    rows += (
        f"The DET 2 det Definite=Def|PronType=Art\n{noun} NOUN 3 nsubj {noun} Number=Sing\n"
        "grew VERB 0 root grow\n\n"
    )
    ents = [(2 * n, 2 * n + 1, "GPE") for n in range(len(names))]
    found = [c for c in clusters(rows, ents) if f"The {noun}" in c]
    assert found == ([[meant, f"The {noun}"]] if meant else [])


def test_a_river_says_nothing() -> None:
    rows = SAYS.format("Norva") + "It PRON 2 nsubj\nsaid VERB 0 root say\n\n"
    assert not together(rows, [(0, 1, "LOC")], "Norva", "It")
    assert together(rows, [(0, 1, "ORG")], "Norva", "It")


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ("Mayor Brook met Judge Ann Lane. The mayor said the judge was right.", "Brook", "The mayor"),
        ("Mayor Brook met Judge Ann Lane. The mayor said the judge was right.", "Ann Lane", "the judge"),
        ("Ida Moss flew to Samoa on Monday. She said the country was calm.", "Samoa", "the country"),
        ("The lawyer Ann Berg left Oslo on Monday. The lawyer resigned.", "Ann Berg", "The lawyer"),
        ("Netflix grew in May. Ann Hill said the streamer raised prices.", "Netflix", "the streamer"),
        ("Fees will fall, said its minister, Datuk Seri Ronald Kane. He left on Monday.", "Datuk Seri Ronald Kane", "He"),
        ("Ida Moss met her counterpart, Vicente Fox. He left on Monday.", "Vicente Fox", "He"),
        ("Police identified the driver on Monday as Bo Dale.", "Bo Dale", "the driver"),
        ("The driver, whom police named as Bo Dale, fled.", "Bo Dale", "The driver"),
        ("The victim was identified as Ida Moss. The victim was 30.", "Ida Moss", "The victim"),
    ],
)  # fmt: skip
def test_a_noun_is_who_the_article_calls_so(text: str, who: str, what: str) -> None:
    found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
    assert [who in c for c in found if what in c] == [True]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "Ann Lane left Rome. Ivo Lund and Bo Dale stayed in Norvik. The suspect fled.",
            "The suspect",
        ),
        ("Sweden says it is snowing in Malmö.", "it"),
        ("Ida told Ruth that she had lost the case.", "she"),
        ('Singer Bo Dale tweeted: "He was a rebel, a harsh critic."', "He"),
        ('Singer Bo Dale grumbled: "He was a rebel, a harsh critic."', "He"),
        ('"He was a rebel," grumbled Bo Dale.', "He"),
        ("Minister Ida Moss flew to Norvik on Monday. Police identified the gunman.", "the gunman"),
        ("A witness identified the gunman as Bo Dale.", "the gunman"),
        ("Police wrongly identified the gunman as Bo Dale.", "the gunman"),
        ("Police have not identified the driver as Bo Dale.", "the driver"),
        ("Corvia lost the match. The government resigned.", "The government"),
        ("The lawyer Ann Berg left Oslo on Monday. The minister resigned.", "The minister"),
        ("Speaking to Reuters on Monday, its engineer Ben Reed blamed the rain.", "its"),
        (
            "Night Harbour was shot in May. Anna Berg will star in the sequel to Iron Lane.",
            "the sequel to Iron Lane",
        ),
    ],
)
def test_what_could_be_somebody_else_is_nobody(text: str, what: str) -> None:
    found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
    assert not any(what in c for c in found)


def test_nobody_is_a_company() -> None:
    rows = (
        "Ann PROPN 9 nsubj\nHill PROPN 1 flat\n, PUNCT 5 punct\nthe DET 5 det\nsinger NOUN 1 appos singer\n"
        ", PUNCT 8 punct\nthe DET 8 det\ncompany NOUN 1 appos company\nspoke VERB 0 root speak\n\n"
        "The DET 2 det\ncompany NOUN 3 nsubj company\nspoke VERB 0 root speak"
    )
    assert not together(rows, [(0, 2, "PERSON")], "Ann Hill", "The company")


def test_who_has_just_been_told_of_is_meant() -> None:
    doc = load_pipeline()(
        "Vale Steel paid a company in Rome. The company’s director is Bo Dale. The company is new."
    )
    found = [[m.text for m in c] for c in doc._.kg_clusters]
    assert not any("Vale Steel" in c and "The company" in c for c in found)


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ("Ruth Moss, who was the aide of Mayor Alasdair Venn, said that in May she had left.", "Ruth Moss", "she"),
        ("Ida Moss met Karl Venn and his son in Rome.", "Karl Venn", "his"),
        ("Bo Dale saw Ida Moss and his son in Rome.", "Bo Dale", "his"),
    ],
)  # fmt: skip
def test_a_pronoun_is_of_whom_its_own_words_tell(text: str, who: str, what: str) -> None:
    found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
    assert [who in c for c in found if what in c] == [True]


def test_one_of_a_people_is_no_name_of_the_people() -> None:
    doc = load_pipeline()("A Dane met Bo Dale and Karl Venn in Rome. The Danes left.")
    assert [m.text for m in doc._.kg_mentions if m.label == "NORP"] == ["Danes"]


def test_a_surname_is_not_that_of_a_bearer_who_is_still_to_come() -> None:
    text = (
        "Karl Berg died on Monday. Berg, the chairman of the Harbour Union, was 68. "
        "Maya Berg, chairwoman of the Coast League, praised him. Berg was born in Leeds."
    )
    found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
    assert any(c[:2] == ["Karl Berg", "Berg"] for c in found)
    assert not any("Maya Berg" in c and "Berg" in c for c in found)


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ("Ida Moss left the town of Norvik. Rain fell.", "Norvik", "the town"),
        ("Ida Moss read the novel Glass Harbour. Rain fell.", "Glass Harbour", "the novel"),
        ("On Monday, Time magazine announced its choice.", "Time", "its"),
        (
            "Parliament passed the Clean Rivers Bill 2019 on Monday. The bill was drafted by Ann Hill.",
            "Clean Rivers Bill 2019",
            "The bill",
        ),
        ("COVID-19 killed nine people in May. Doctors say the disease spreads.", "COVID-19", "the disease"),
        ("Tests found SARS-CoV-2 in nine people. Masks stop the virus.", "SARS-CoV-2", "the virus"),
        (
            "Wildfires spread in Argentina on Monday. Schools closed in the South American country.",
            "Argentina",
            "the South American country",
        ),
        ("Fires burn in Ohio. Ann Hill said the state needs help.", "Ohio", "the state"),
        (
            "Ida Moss was charged with theft on Monday. Her lawyer said the defendant was ill.",
            "Ida Moss",
            "the defendant",
        ),
        (
            "Prime Minister of Fiji Ana Rabe spoke on Monday. Workers booed the minister.",
            "Ana Rabe",
            "the minister",
        ),
        (
            "The U.S. Congress met on Monday. The United States Congress voted on Tuesday.",
            "The U.S. Congress".removeprefix("The "),
            "United States Congress",
        ),
        ("Her past made Ida Moss a danger to herself.", "Ida Moss", "herself"),
        ("Orion Motors grew in May. Ann Hill is on the board of the company.", "Orion Motors", "the company"),
        ("Ida Moss was elected mayor of Norvik. On Monday the mayor resigned.", "Ida Moss", "the mayor"),
        ("Bo Dale works as a nurse in Norvik. On Monday the nurse was charged.", "Bo Dale", "the nurse"),
        ("Ivo Lund left on Monday. He became a judge in May. Lawyers praised the judge.", "Ivo Lund", "the judge"),
        ("Trade commissioner Ivo Lund left. The commissioner said more would come.", "Ivo Lund", "The commissioner"),
        ("Vale Steel, which is a producer of pipes, fell 5%. The producer cut jobs.", "Vale Steel", "The producer"),
        ("Ida Moss, 43, and Bo Dale, 52, left Rome. The 43-year-old drove the car.", "Ida Moss", "The 43-year-old"),
        ("Ida Moss scored twice on Sunday. The 19-year-old has signed for Norvik.", "Ida Moss", "The 19-year-old"),
        ("Thousands walked to the Tallis Memorial. The memorial was built in 1921.", "Tallis Memorial", "The memorial"),
        ("Homes fell in Salan district on Monday. The district was shelled.", "Salan", "The district"),
        ("Vale Steel closed a mine. It told Reuters the company was sorry.", "Vale Steel", "the company"),
        ("Ida Moss fell. Her partner, Bo Dale, saw it. \"It was bad,\" he said.", "Bo Dale", "he"),
        ("Ida Moss won on Sunday. The Swede has signed for Norvik.", "Ida Moss", "Swede"),
        ("Bo Dale, a Danish keeper, met Karl Venn in Rome. The Dane has signed for Norvik.", "Bo Dale", "Dane"),
        ("A driver was held on Friday. The 34-year-old called his lawyer. Bo Dale, 34, and Karl Venn, 51, "
         "will be in court.", "Bo Dale", "The 34-year-old"),
        ("Former mayor Bo Dale met Ida Moss in Rome. The former mayor drove the car.", "Bo Dale", "The former mayor"),
        ("A regulator fined Vale Pipes Ltd on Monday. Judges said the company was late.", "Vale Pipes Ltd",
         "the company"),
    ],
)  # fmt: skip
def test_a_thing_is_taken_up_by_the_noun_of_its_kind(text: str, who: str, what: str) -> None:
    found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
    assert [who in c for c in found if what in c] == [True]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Ida Moss works for Equal Futures. The government of Samoa sent a letter.", "The government"),
        ("Parliament passed the Clean Rivers Bill 2019. The current law is weak.", "The current law"),
        ("Ida Moss flew to Samoa. Fires spread in the other country.", "the other country"),
        ("Ida Moss flew to Aleppo on Monday. Little was rebuilt by the state.", "the state"),
        ("Ida Moss works for Orion Motors. The owner of a shop complained.", "The owner"),
        ("The Second Court of Appeals met on Monday. The district court had ruled.", "The district court"),
        ("Ida Moss spoke on Monday. The planet circles the star.", "the star"),
        ("Rescuers asked the Tidewatch tracker. The crew left the vessel.", "the vessel"),
        ("Samoa ended the state of emergency on Monday. Ida Moss praised the state.", "the state of emergency"),
        ("Vale Steel sells pipes to the navy.", "the navy"),
        ("Ida Moss worked at Vale Steel. She was arrested by the police.", "the police"),
        ("Ida Moss met Bo Dale in Rome. The 43-year-old drove the car.", "The 43-year-old"),
        ("Ida Moss and Bo Dale, 52, left Rome. The 43-year-old drove the car.", "The 43-year-old"),
        ("Ida Moss may become mayor. On Monday the mayor resigned.", "the mayor"),
        ("Ida Moss was at the conservatory. The conservatory burned in May.", "The conservatory"),
        ("The Moss film was shown in Rome. Ida Moss praised the film.", "the film"),
        ("Vice President Ida Moss flew to Rome. The president resigned.", "The president"),
        ("Ida Moss read about the Rivers Act. Nurses left before it was too late.", "it"),
        ("Vale Steel grew in May. Judges stopped the exchange of letters.", "the exchange"),
        ("Former mayor Bo Dale met Ida Moss in Rome. The mayor drove the car.", "The mayor"),
        ("Nurses praised an inquiry, saying that it was fair. She wept.", "She"),
        ("Bo Dale saw Karl Venn in Rome. The Dane has signed for Norvik.", "Dane"),
        ("Karl Venn of Norway spoke in Rome. The Dane has signed for Norvik.", "Dane"),
        ("Police raided Vale Pipes Ltd on Monday. The agency declined to comment.", "The agency"),
        ("Ida Moss, who came to Norvik from Vale Steel in 2019, resigned. The company praised her.", "The company"),
    ],
)  # fmt: skip
def test_a_thing_of_another_kind_is_not_taken_up(text: str, what: str) -> None:
    found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
    assert not any(what in c for c in found)


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("A sweet drink called Rasmussen is sold. Senator Pia Rasmussen drank it.", True),
        ("A book titled Rasmussen is sold. Senator Pia Rasmussen bought it.", True),
        ("A woman called Rasmussen left. Senator Pia Rasmussen met nobody.", False),
    ],
)
def test_what_a_thing_is_called_is_nobody_of_that_name(text: str, apart: bool) -> None:
    doc = load_pipeline()(text)
    of = {m.start: m.cluster for m in doc._.kg_mentions if m.kind == "name"}
    thing, person = text.index("Rasmussen"), text.index("Pia")
    assert (of.get(thing) != of[person]) == apart


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ("Ida Moss is the mayor of Norvik.", "Ida Moss", "the mayor"),
        ("The winner of the race was Ida Moss.", "Ida Moss", "The winner"),
        ("Ida Moss left. She became the first woman in the post.", "Ida Moss", "the first woman"),
        ("Bo Dale worked as the clerk of the court.", "Bo Dale", "the clerk"),
    ],
)
def test_what_somebody_is_said_to_be_is_of_the_cluster_and_no_mention(
    text: str, who: str, what: str
) -> None:
    doc = load_pipeline()(text)
    assert [who in c for c in ([m.text for m in c] for c in doc._.kg_clusters) if what in c] == [
        True
    ]
    assert what not in {m.text for m in doc._.kg_mentions}


@pytest.mark.parametrize(
    "text",
    [
        "Ida Moss is not the mayor of Norvik.",
        "Ida Moss would be the mayor of Norvik.",
        "Ida Moss is at the mayor of Norvik's house.",
    ],
)
def test_who_is_not_said_to_be_it_is_not(text: str) -> None:
    found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
    assert not any("Ida Moss" in c and "the mayor" in c for c in found)


def test_a_place_in_a_name_is_the_place_and_no_mention() -> None:
    doc = load_pipeline()("Rain fell in Oslo on Monday. The Oslo City Museum was closed.")
    oslo = next(c for c in doc._.kg_clusters if c[0].text == "Oslo")
    assert [m.text for m in oslo] == ["Oslo", "Oslo"]
    assert [m.text for m in doc._.kg_mentions].count("Oslo") == 1


def test_a_surname_of_two_is_that_of_the_last_one_only_in_its_paragraph() -> None:
    text = (
        "Karl Brook attacked a bus driver in Leeds on Friday. Passengers stopped Brook, and police arrested "
        "Brook an hour later.\n\nThe bus was on its way to York. It was nearly full. Nobody else was hurt.\n\n"
        "“The passengers were brave,” said the mayor of Leeds, Ann Brook, who is not related to him.{}"
        "Brook was convicted of robbery in 2014."
    )
    for between, joined in (("\n\n", False), (" ", True)):
        doc = load_pipeline()(text.format(between))
        found = [[m.text for m in c] for c in doc._.kg_clusters]
        assert any("Ann Brook" in c and "Brook" in c for c in found) is joined


def test_one_has_what_is_ones_own() -> None:
    doc = load_pipeline()(
        "Peru confirmed its first case of the virus and Chile had its first death."
    )
    assert [m.text for m in doc._.kg_clusters[-1]] == ["Chile", "its"]


def test_what_one_takes_for_ones_own_is_ones_own() -> None:
    doc = load_pipeline()("Norland regards the self-ruled island as part of its territory.")
    assert [[m.text for m in c] for c in doc._.kg_clusters] == [["Norland", "its"]]


def test_a_name_in_another_name_is_not_that_one() -> None:
    doc = load_pipeline()(
        "Shell was angry. The Norvik Alliance to Stop Shell met. The alliance went to Vienna."
    )
    found = [[m.text for m in c] for c in doc._.kg_clusters]
    whole = next(c for c in found if c[0] == "Norvik Alliance to Stop Shell")
    assert "Shell" not in whole and "The alliance" in whole


def test_a_country_is_not_its_senate_whatever_label_it_got() -> None:
    rows = (
        "US PROPN 2 compound\nPresident PROPN 3 nmod:desc\nLane PROPN 4 nsubj\nmet VERB 0 root meet\n"
        "the DET 7 det\nUS PROPN 7 compound\nSenate PROPN 4 obj\n"
    )
    assert not together(rows, [(0, 1, "ORG"), (2, 3, "PERSON"), (5, 7, "ORG")], "US", "US Senate")


@pytest.mark.parametrize(
    "told",
    [
        "Karl Brook ran as the nominee of the Greens.",
        "Karl Brook ran first as a rival, and then as the nominee of the Greens.",
    ],
)
def test_as_what_somebody_runs_is_nobody_else(told: str) -> None:
    doc = load_pipeline()(f"Ida Lane became the nominee of the Reds. {told}")
    found = [[m.text for m in c] for c in doc._.kg_clusters]
    assert next(c for c in found if "Ida Lane" in c).count("the nominee") == 1


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Lumo parted with producers Ida and Karl Brook, the duo behind Tide. Ida Brook sued it.", "PERSON"),
        ("They bought shares of Ambrook, a duo from Leeds. Ambrook played on.", "ORG"),
    ],
)  # fmt: skip
def test_what_two_are_together_neither_is(text: str, label: str) -> None:
    doc = load_pipeline()(text)
    found = [m for m in doc._.kg_mentions if m.text in ("Ida Brook", "Ambrook")]
    assert found and {m.label for m in found} == {label}


@pytest.mark.parametrize(("between", "joined"), [(3, True), (0, False)])
def test_a_surname_of_two_is_that_of_the_one_who_is_called_so_throughout(
    between: int, joined: bool
) -> None:
    text = (
        "Karl Brook runs for mayor of Leeds. Brook opened a shop in 2001. Brook wants lower rents. Last week "
        "Brook met tenants. His wife, Ann Brook, came to the rally, too."
        + " Some tenants were angry." * between
        + " Brook spoke for an hour."
    )
    found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
    karl = next(c for c in found if "Karl Brook" in c)
    assert karl.count("Brook") == 3 + joined
    assert not any("Ann Brook" in c and "Brook" in c for c in found)


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ("The watchdog has fined the music service Tarnify 4 million euros because it sold names.",
         "Tarnify", "it"),
        ("The judge fined Ida Roth because she had lied.", "Ida Roth", "she"),
        ("The mayor, Ann Vale, criticised Lena Moor after she had closed the school.", "Lena Moor", "she"),
        ("Tarn Films was sued by Orion Motors because it used the name.", "Tarn Films", "it"),
    ],
)  # fmt: skip
def test_who_is_blamed_or_praised_did_it(text: str, who: str, what: str) -> None:
    found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
    assert any(who in c and what in c for c in found)


def test_a_journal_is_no_team_and_a_firm_no_federation() -> None:
    text = (
        "The study was published in the journal Tarn Letters on Thursday. The team was led by Ida Roth. "
        "The sports firm Velmar paid him $300,000 a year. The federation has banned eleven runners."
    )
    found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
    assert not any("Tarn Letters" in c and "The team" in c for c in found)
    assert not any("Velmar" in c and "The federation" in c for c in found)


def test_who_says_it_of_himself_is_not_whom_the_words_for_him_name() -> None:
    told = "A former student of Ada Venn says she is writing a book on it."
    asked = "A lawyer for Ada Venn says she is writing a book on it."
    for text, joined in ((told, False), (asked, True)):
        found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
        assert any("Ada Venn" in c and "she" in c for c in found) is joined


def test_the_island_is_a_country_only_where_that_is_known_or_said() -> None:
    text = "Peru and Malta spoke on Monday. Ships came near the island. Peru closed its ports."
    found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
    assert not any("Peru" in c and "the island" in c for c in found)


def test_a_place_so_far_from_a_town_is_not_the_town() -> None:
    text = (
        "The fire began near the town of Vell, 120 kilometers south Port Rosk. The town was empty."
    )
    found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
    assert not any("Port Rosk" in c and "the town" in c for c in found)


def test_who_said_what_stands_before_goes_on() -> None:
    text = "Cleric Karl Holm said on Monday that Peer Vega had lost the town. He said he would build a school."
    found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
    assert any("Karl Holm" in c and "He" in c for c in found)
    assert not any("Peer Vega" in c and "He" in c for c in found)


@pytest.mark.parametrize(
    ("noun", "same"), [("The African nation", True), ("The Baltic nation", False)]
)
def test_a_nation_is_of_the_region_that_it_is_said_to_be(noun: str, same: bool) -> None:
    found = [
        [m.text for m in c]
        for c in load_pipeline()(f"Kenya has a law. {noun} is calm.")._.kg_clusters
    ]
    assert any({"Kenya", noun} <= {*c} for c in found) is same


@pytest.mark.parametrize(
    ("text", "who", "whose"),
    [
        ("On Monday Una Hale met Ivo Lund, a lawyer who lost his job in May.", "Ivo Lund", "his"),
        ("The court heard Ada Venn, a nurse who sold her house to pay the bank.", "Ada Venn", "her"),
        ("Una Hale praised the mayor, Ivo Lund, who had given his savings to the town.", "Ivo Lund", "his"),
        ("Norvik Group bought Orbit, a firm that had closed its yard.", "Orbit", "its"),
        ("Una Hale saw Ada Venn. The sister of Ada Venn sold her car.", "Ada Venn", "her"),
    ],
)  # fmt: skip
def test_who_is_told_of_in_a_clause_of_its_own_can_own_what_stands_there(
    text: str, who: str, whose: str
) -> None:
    found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
    assert [who in c for c in found if whose in c] == [True]


def told(text: str, *words: str) -> bool:
    """Whether words of a text mean one thing."""
    found = [[m.text for m in c] for c in load_pipeline()(text)._.kg_clusters]
    return any(all(word in cluster for word in words) for cluster in found)


def test_new_speaker_goes_on_and_not_whom_he_speaks_of() -> None:
    text = "A ministry spokesman says President Karl Holm wants more rain. He said Holm will visit Malmö on Monday."
    assert told(text, "A ministry spokesman", "He")
    assert not told(text, "Karl Holm", "He")


def test_body_that_denied_something_goes_on() -> None:
    text = (
        "The rights group, Amnesty International, accused Sweden of neglect on Monday. The Swedish power company, Vattenfall, "
        "denied the charges. It said it has built more lines than it promised."
    )
    assert told(text, "Vattenfall", "It", "it")
    assert not told(text, "Amnesty International", "It")


def test_statement_says_what_its_giver_did() -> None:
    text = (
        "The Estrel newspaper published a Greenpeace statement saying it blocked two ships in May."
    )
    assert told(text, "Greenpeace", "it")
    assert not told(text, "Estrel", "it")


def test_words_of_somebody_tell_of_him() -> None:
    text = (
        "Swedish President Karl Holm opened a bridge in Malmö on Monday. A radio station aired a recording "
        "of Norway's ambassador to Chile, in which he says he was robbed by two men."
    )
    assert told(text, "Norway's ambassador", "he")
    assert not told(text, "Karl Holm", "he")


def test_who_is_asked_to_do_it_does_it() -> None:
    assert told("Ida Roth asked Karl Holm to help her.", "Ida Roth", "her")
    assert told("Karl Holm persuaded Ida Roth to wait and to train him.", "Karl Holm", "him")
    assert not told("Karl Holm asked Ida Roth to help her.", "Ida Roth", "her")
    assert not told("Ida Roth came in May and wanted to help her.", "Ida Roth", "her")


def test_of_joined_verbs_the_nearest_subject_does_it() -> None:
    rows = (
        "Ida PROPN 3 nsubj\nRoth PROPN 1 flat\nfell VERB 0 root fall\nKarl PROPN 6 nsubj\n"
        "Holm PROPN 4 flat\nstopped VERB 3 conj stop\nand CCONJ 8 cc\ncarried VERB 3 conj carry\n"
        "her PRON 8 obj\n"
    )
    assert together(rows, [(0, 2, "PERSON"), (3, 5, "PERSON")], "Ida Roth", "her")
