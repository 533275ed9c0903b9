"""A knowledge base from files of four forms, what names mean in it, and what a build makes of it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

import kg
from kg.cli import run
from kg.errors import ConfigError
from kg.kb.entries import Entry, entries
from kg.kb.index import KnowledgeBase, name_key, write_index
from kg.kb.keeping import base_in, take_base
from kg.kb.linking import is_elsewhere, link

TABLE = """id\tlabel\taliases\tclass\tdescription\twithin\trank\tcode
q:velden\tVelden\tRepublic of Velden|VEL\tcountry\ta country\t\t9000000\tVE
q:norrland\tNorrland\t\tcountry\ta country\t\t8000000\tNO
q:aard1\tAard\t\tcity\ta town\tVE\t700000\t
q:aard2\tAard\tOld Aard\tcity\ta town\tNO\t600000\t
q:ann\tAnn Lee\tAnn M. Lee\thuman\ta minister\t\t40\t
q:mill\tHarwick Mill\t\twindmill\tno class of ours\t\t4\t
"""


def item(number, label, kind, wikis, **claims):
    """An item as a line of a dump has it."""

    def snak(q):
        return {"mainsnak": {"datavalue": {"value": {"id": q}}}, "rank": "normal"}

    return json.dumps({
        "id": f"Q{number}", "type": "item", "labels": {"en": {"value": label}},
        "aliases": {"en": [{"value": f"Old {label}"}]}, "descriptions": {"en": {"value": "what it is"}},
        "claims": {"P31": [snak(kind)], **{p: [snak(q)] for p, q in claims.items()}},
        "sitelinks": {f"{n}wiki": {} for n in range(wikis)} | {"commonswikiquote": {}},
    })  # fmt: skip


@pytest.fixture
def base(tmp_path):
    (tmp_path / "a.tsv").write_text(TABLE, encoding="utf-8")
    assert write_index(entries(tmp_path / "a.tsv"), tmp_path / "a.sqlite") == 5
    with KnowledgeBase(tmp_path / "a.sqlite") as found:
        yield found


def test_a_wikidata_dump_is_read_line_by_line_packed_or_not(tmp_path):
    lines = ["[", item(1, "Velden", "Q6256", 90) + ",", item(2, "Aard", "Q515", 7, P17="Q1") + ",",
             item(3, "A feeling", "Q9415", 50) + ",", '{"id": "P31", "type": "property", "labels": {}}', "]"]  # fmt: skip
    (tmp_path / "d.json").write_text("\n".join(lines), encoding="utf-8")
    with gzip.open(tmp_path / "d.json.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(lines))
    plain, packed = (list(entries(tmp_path / name)) for name in ("d.json", "d.json.gz"))
    assert plain == packed
    assert plain[1] == Entry(
        "http://www.wikidata.org/entity/Q2", "Aard", "Place", ("Old Aard",), "what it is", ("Q1",),
        7.0, "Q2",
    )  # fmt: skip
    assert [e.label for e in plain] == ["Velden", "Aard"]
    (tmp_path / "bad.json").write_text("[\n{oops\n")
    with pytest.raises(ConfigError, match="line 2"):
        list(entries(tmp_path / "bad.json"))


def test_a_table_of_geonames_and_one_of_wikidata(tmp_path):
    row = [
        "12",
        "Aard",
        "Aard",
        "Old Aard,Ард",
        "1",
        "2",
        "P",
        "PPL",
        "VE",
        "",
        "",
        "",
        "",
        "",
        "700",
    ]
    country = [
        "13",
        "Velden",
        "Velden",
        "",
        "1",
        "2",
        "A",
        "PCLI",
        "VE",
        "",
        "",
        "",
        "",
        "",
        "9000",
    ]
    hill = ["14", "Hill", "Hill", "", "1", "2", "T", "HLL", "VE", "", "", "", "", "", "0"]
    rows = ["\t".join([*each, "", "", "", ""]) for each in (row, country, hill)]
    (tmp_path / "places.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    aard, velden = entries(tmp_path / "places.txt")
    assert (aard.id, aard.aliases, aard.within) == (
        "https://sws.geonames.org/12/",
        ("Aard", "Old Aard"),
        ("VE",),
    )
    assert (velden.code, velden.rank) == ("VE", 9000.0)
    (tmp_path / "w.tsv").write_text("qid\tname\tpopulation\nQ5\tAda Demir\t3\n", encoding="utf-8")
    (ada,) = entries(tmp_path / "w.tsv", default="Person")
    assert (ada.id, ada.type) == ("http://www.wikidata.org/entity/Q5", "Person")


def test_turtle(tmp_path):
    (tmp_path / "b.ttl").write_text(
        '@prefix s: <https://schema.org/> . @prefix r: <http://www.w3.org/2000/01/rdf-schema#> .\n'
        '<q:1> a s:City ; r:label "Aard" ; s:alternateName "Old Aard" ; s:description "a town" .\n'
    )  # fmt: skip
    assert list(entries(tmp_path / "b.ttl")) == [
        Entry("q:1", "Aard", "Place", ("Old Aard",), "a town")
    ]


@pytest.mark.parametrize("name", ["none.tsv", "empty.tsv", "word.tsv", "broken.ttl"])
def test_what_is_no_base_is_refused(name, tmp_path):
    (tmp_path / "empty.tsv").write_text("")
    (tmp_path / "word.tsv").write_text("hello\nworld\n")
    (tmp_path / "broken.ttl").write_text("<q:1> a")
    with pytest.raises(ConfigError, match=name):
        list(entries(tmp_path / name))


@pytest.mark.parametrize(
    ("name", "family", "around", "meant", "sure"),
    [
        ("Velden", "place", (), "q:velden", True),
        ("Republic of Velden", "place", (), "q:velden", False),
        ("Aard", "place", (), None, False),
        ("Aard", "place", ("norrland",), "q:aard2", True),
        ("Aard", "place", ("velden",), "q:aard1", True),
        ("Aard", "organization", (), None, False),
        ("Brill", "place", (), None, False),
    ],
)
def test_what_a_name_means(name, family, around, meant, sure, base):
    found = link(base, name_key(name, "Place"), family, lambda: around)
    assert (found.entry.id if found else None) == meant
    if found and sure:
        assert found.sure
    elif found:
        assert not found.sure or found.score >= 0.9


def test_the_later_of_two_with_one_id_counts(tmp_path):
    two = [Entry("q:1", "Aard", "Place"), Entry("q:1", "Brill", "Place")]
    assert write_index(two, tmp_path / "i") == 1
    with KnowledgeBase(tmp_path / "i") as base:
        assert not base.candidates("aard") and base.candidates("brill")
    (tmp_path / "no").write_text("SQLite format 3\x00 and no more")
    with pytest.raises(ConfigError, match="no knowledge base"):
        KnowledgeBase(tmp_path / "no")


@pytest.fixture
def news(tmp_path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "The United States sued Halden Motors in Paris. Ann Lee visited France.\n"
    )
    (folder / "b.txt").write_text("The USA praised Halden Motors. Tom Rae visited Georgia.\n")
    return folder


def test_a_build_with_the_shipped_places(news, tmp_path):
    graph = kg.build([news], tmp_path / "out", kb="places")
    things = {e.label: e for e in graph.entities()}
    assert things["United States"].same_as == ("https://sws.geonames.org/6252001/",)
    assert len(things["United States"].articles) == 2  # two names with one id are one
    assert {"USA", "U.S."} <= {*things["United States"].aliases}
    georgia = things["Georgia"]
    assert not georgia.same_as and [near.score < 0.9 for near in georgia.near] == [True]
    assert not graph.check()
    # The graph keeps its base, in any order of its articles, and lets go of it when told.
    first = (tmp_path / "out" / "graph.ttl").read_bytes()
    kg.build([news / "b.txt"], tmp_path / "two", kb="places")
    kg.build([news / "a.txt"], tmp_path / "two")
    assert (tmp_path / "two" / "graph.ttl").read_bytes() == first
    plain = kg.build([news], tmp_path / "out", kb="none")
    assert not any(e.same_as or e.near for e in plain.entities())


def test_the_commands(tmp_path, capsys):
    (tmp_path / "a.tsv").write_text(TABLE, encoding="utf-8")
    assert run(["kb", "make", str(tmp_path / "a.tsv"), "--to", str(tmp_path / "a.sqlite")]) == 0
    assert "5 things" in capsys.readouterr().err
    assert run(["kb", "find", "aard", "--kb", str(tmp_path / "a.sqlite")]) == 0
    out = capsys.readouterr().out
    assert "q:aard1" in out and "q:aard2" in out
    assert run(["kb", "find", "Nowhere"]) == 0
    assert run(["kb", "find", "x", "--kb", str(tmp_path / "none")]) == 2


def test_a_country_among_words_of_sport_is_never_sure(base):
    assert link(base, "velden", "place").sure
    assert not link(base, "velden", "place", elsewhere=lambda: True).sure
    assert is_elsewhere(["Ann Lee", "the qualifying match"]) and not is_elsewhere(
        ["Ann Lee", "a bank"]
    )


def test_a_country_among_words_of_times_long_past_is_another_one_and_one_word_of_many_is_none():
    assert is_elsewhere(["the Byzantine court", "Velden", "Norrland"])
    assert not is_elsewhere(["the tennis club", *(f"firm {n}" for n in range(20))])


def test_a_province_that_is_called_as_its_town_is_never_sure_without_a_word_for_it(tmp_path):
    rows = (
        "id\tlabel\tclass\tdescription\twithin\trank\tcode\n"
        "q:v\tVelden\tcountry\tcountry\t\t9000000\tVE\n"
    )
    for number, kind in enumerate(("province", "state")):
        text = f"{rows}q:p\tHarwick\tplace\t{kind}\tVE\t900000\t\n"
        (tmp_path / "a.tsv").write_text(text, encoding="utf-8")
        write_index(entries(tmp_path / "a.tsv"), tmp_path / f"{number}.sqlite")
        with KnowledgeBase(tmp_path / f"{number}.sqlite") as base:
            alone = link(base, "harwick", "place", lambda: ["velden"])
            assert alone.sure is (kind == "state")
            assert link(base, f"{kind} of harwick", "place", lambda: ["velden"]).sure


def test_a_name_with_a_word_of_its_kind_is_the_thing_of_that_kind(tmp_path):
    (tmp_path / "a.tsv").write_text(
        TABLE + "q:skar\tSkar\t\tPlace\tcounty\tVE\t5\t\nq:skar2\tSkar\t\tPlace\ttown\tVE\t9\t\n",
        encoding="utf-8",
    )
    write_index(entries(tmp_path / "a.tsv"), tmp_path / "a.sqlite")
    with KnowledgeBase(tmp_path / "a.sqlite") as found:
        assert link(found, "skar county", "place").entry.id == "q:skar"
        assert link(found, "skar province", "place") is None
        assert link(found, "skar county", "person") is None


def test_the_base_of_the_world_that_comes_along_knows_bodies_and_places(tmp_path):
    take_base("world", tmp_path)
    with base_in(tmp_path) as found:
        for name, kind in (
            ("NATO", "organization"),
            ("U.S. Air Force", "organization"),
            ("France", "place"),
        ):
            assert link(found, name_key(name, kind.title()), kind).sure
