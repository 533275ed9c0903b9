"""An ontology and a lexicon of the user's, from the command line to the graph."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import kg
from kg.building import build, remove
from kg.cli import run
from kg.config import load_config
from kg.errors import ConfigError
from kg.folder import read_manifest
from kg.graph.ontology import load_ontology
from kg.lexicon import load_lexicon
from kg.pipeline import Worker
from kg.read import read
from kg.vocabulary import load_vocabulary

HEAD = """@prefix kg: <https://kg.example/ontology#> .
@prefix lex: <https://kg.example/lexicon#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
ONTOLOGY = f"""{HEAD}
kg:complainedAbout a owl:ObjectProperty ; rdfs:subPropertyOf kg:relatedTo ;
  rdfs:label "complained about"@en .
kg:Referee a owl:Class ; rdfs:subClassOf kg:Person ; rdfs:label "referee"@en .
"""
LEXICON = f"""{HEAD}
kg:complainedAbout lex:verb "complain about", "moan about" ;
  lex:noun "complaint" ; lex:object "about", "against" .
"""
TEXT = "Gordon Fay complained about Ingrid Solheim on Sunday. Netflix acquired Coldstream.\n"


@pytest.fixture
def files(tmp_path):
    for name, text in (("own.ttl", ONTOLOGY), ("words.ttl", LEXICON), ("news.txt", TEXT)):
        (tmp_path / name).write_text(text)
    (tmp_path / "more.txt").write_text("Ann Lee moaned about Brightwater.\n")
    return tmp_path


def settings(files, **other):
    return load_config(
        graph={"ontology": str(files / "own.ttl")},
        pipeline={"lexicon": str(files / "words.ttl")},
        **other,
    )


def relations(out) -> set[str]:
    with kg.open_graph(out) as graph:
        return {s.predicate.id.rpartition("/")[2] for s in graph.statements()}


def test_a_relation_of_ones_own_is_made_of_two_files(files):
    out = files / "out"
    code = run(
        ["build", str(files / "news.txt"), "--out", str(out), "-q",
         "--ontology", str(files / "own.ttl"), "--lexicon", str(files / "words.ttl")]
    )  # fmt: skip
    assert code == 0
    assert "ontology#complainedAbout" in relations(out)
    with kg.open_graph(out) as graph:
        answer = graph.query("SELECT ?l WHERE { kg:complainedAbout rdfs:label ?l }")
        assert [row["l"] for row in answer] == ["complained about"]
        assert graph.query("ASK { kg:complainedAbout rdfs:subPropertyOf kg:relatedTo }")
        assert not graph.check()


def test_the_shipped_words_stay_and_the_next_build_without_files_knows_no_others(files):
    build([files / "news.txt"], files / "out", settings=settings(files))
    assert {"ontology#acquired", "ontology#complainedAbout"} <= relations(files / "out")
    report = build([files / "news.txt"], files / "out")
    assert report.processed == 1
    assert "ontology#complainedAbout" not in relations(files / "out")
    assert "complain_about" in relations(files / "out")


def test_changed_words_process_the_articles_again_and_a_moved_file_does_not(files):
    build([files / "news.txt"], files / "out", settings=settings(files))
    (files / "elsewhere").mkdir()
    for name in ("own.ttl", "words.ttl"):
        shutil.copy(files / name, files / "elsewhere" / name)
    moved = load_config(
        graph={"ontology": str(files / "elsewhere/own.ttl")},
        pipeline={"lexicon": str(files / "elsewhere/words.ttl")},
    )
    assert build([files / "news.txt"], files / "out", settings=moved).processed == 0
    (files / "words.ttl").write_text(LEXICON.replace('"moan about"', '"moan about", "moan at"'))
    assert build([files / "news.txt"], files / "out", settings=settings(files)).processed == 1


def test_two_processes_know_the_words_too(files):
    given = [files / "news.txt", files / "more.txt"]
    build(given, files / "one", settings=settings(files))
    build(given, files / "two", settings=settings(files, build={"jobs": 2}))
    one, two = ((files / name / "graph.ttl").read_text() for name in ("one", "two"))
    assert one == two
    assert one.count("kg:complainedAbout ent:") == 2


def test_an_article_is_removed_after_the_files_are_gone(files):
    build([files / "news.txt", files / "more.txt"], files / "out", settings=settings(files))
    build([files / "news.txt"], files / "fresh", settings=settings(files))
    (files / "own.ttl").unlink()
    (files / "words.ttl").unlink()
    remove(["more.txt"], files / "out")
    assert (files / "out/graph.ttl").read_text() == (files / "fresh/graph.ttl").read_text()
    manifest = read_manifest(files / "out")
    assert manifest is not None and manifest.vocabulary.lexicon is not None
    assert manifest.vocabulary.lexicon.text == LEXICON


def test_a_seed_may_have_a_class_of_ones_own(files):
    (files / "seeds.ttl").write_text(
        HEAD + '<https://my.example/solheim> a kg:Referee ; rdfs:label "Ingrid Solheim" .\n'
    )
    with pytest.raises(ConfigError, match="Referee"):
        build([files / "news.txt"], files / "out", seeds=files / "seeds.ttl")
    build([files / "news.txt"], files / "out", settings=settings(files), seeds=files / "seeds.ttl")
    with kg.open_graph(files / "out") as graph:
        assert {e.type for e in graph.entities() if e.label == "Ingrid Solheim"} == {"Referee"}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("words.ttl", 'kg:sued lex:verb "sue"', r"words\.ttl:1:\d+: not valid Turtle"),
        ("words.ttl", f'{HEAD}kg:sued lex:verbs "sue" .', r"unknown term lex:verbs"),
        ("words.ttl", HEAD, r"no words for any relation"),
        ("words.ttl", f'{HEAD}kg:acquird lex:verb "buy up" .', r"did you mean kg:acquired\?"),
        ("own.ttl", f"{HEAD}\nkg:x a owl:Class", r"own\.ttl:\d+:\d+: not valid Turtle"),
        ("own.ttl", f'{HEAD}<urn:x> rdfs:label "x" .', r"declares no class and no relation"),
        ("own.ttl", None, r"own\.ttl: cannot be read"),
    ],
)
def test_a_broken_file_stops_the_build_before_the_first_article(files, capsys, name, text, message):
    if text is None:
        (files / name).unlink()
        (files / name).mkdir()
        with pytest.raises(ConfigError, match=message):
            load_vocabulary(settings(files))
        return
    (files / name).write_text(text)
    with pytest.raises(ConfigError, match=message):
        build([files / "news.txt"], files / "out", settings=settings(files))
    assert not (files / "out").exists()
    given = ["--ontology", str(files / "own.ttl"), "--lexicon", str(files / "words.ttl")]
    assert run(["build", str(files / "news.txt"), "--out", str(files / "out"), *given]) == 2
    assert str(files / name) in capsys.readouterr().err


LEXICONS = {
    "complainedAbout": f'{HEAD}kg:complainedAbout lex:verb "complain about", "moan about" .',
    "accused": f'{HEAD}kg:accused lex:verb "complain about", "moan about" .',
}


def test_two_lexicons_work_beside_each_other_in_two_threads(files):
    (article,) = read([files / "news.txt"], settings=load_config())
    workers = {}
    for name, text in LEXICONS.items():
        (files / "words.ttl").write_text(text)
        given = settings(files, resolve={"seeds": False})
        workers[name] = Worker(given, vocabulary=load_vocabulary(given))
    ready = threading.Barrier(len(workers))

    def made(name: str) -> list[set[str | None]]:
        ready.wait(timeout=60)
        results = [workers[name](article) for _ in range(9)]
        return [{linked.claim.predicate.property for linked in r.claims} for r in results]

    with ThreadPoolExecutor(len(workers)) as threads:
        for name, found in zip(workers, threads.map(made, workers), strict=True):
            assert found == [{name, "acquired"}] * 9


def test_nothing_of_a_vocabulary_stays_in_the_process(files):
    build([files / "news.txt"], files / "out", settings=settings(files))
    assert "moan about" not in load_lexicon().verbs
    assert "complainedAbout" not in load_ontology().terms
    (article,) = read([files / "news.txt"], settings=load_config())
    shipped = Worker(load_config())(article)
    assert "complainedAbout" not in {c.claim.predicate.property for c in shipped.claims}
