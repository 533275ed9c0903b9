"""The exam of main facts: how two editors' working files become the annotation, and the gate."""

from __future__ import annotations

import pytest

from benchmarks.quality import gate
from benchmarks.quality import main_facts as exam
from kg.model import Article

TEXT = "Oslo\n\nOrvo sued Venn Ltd on Friday. The firm denies it.\n\nA judge will hear Orvo in May."
FIRST = """# press-1.jsonl:1
E | ORG | Orvo
E | ORG | Venn Ltd ; The firm
F | 3 | Orvo | sued | Venn Ltd | asserted |
F= | 5 | A judge | will hear | Orvo | planned |
F | 4 | The firm | denies | it | denied |
"""
SECOND = """# press-1.jsonl:1
E | ORG | Venn Ltd
F | 3 | Orvo | sued | Venn Ltd | asserted |
F | 1 | Orvo | sues | Venn | asserted |
"""


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> tuple[list[exam.Annotated], list[str]]:
    row = {"id": "press-1.jsonl:1", "title": "Orvo sues Venn", "text": TEXT}
    monkeypatch.setattr(exam, "_rows", lambda: [row])
    kept = Article("a", row["id"], TEXT.removeprefix("Oslo\n\n"), row["title"])
    return exam.compiled(FIRST, SECOND, {row["id"]: kept})


def test_what_both_wrote_is_one_fact_with_all_its_places(
    made: tuple[list[exam.Annotated], list[str]],
) -> None:
    (one,), problems = made
    text = TEXT.removeprefix("Oslo\n\n")
    assert not problems
    assert [(fact.editors, len(fact.places)) for fact in one.facts] == [(2, 2), (1, 1)]
    first = one.facts[0].places[0]
    assert [text[slice(*part)] for part in (first.subject, first.predicate, first.object)] == [
        "Orvo", "sued", "Venn Ltd",
    ]  # fmt: skip


def test_what_one_calls_it_the_other_may_call_it(
    made: tuple[list[exam.Annotated], list[str]],
) -> None:
    (one,), _ = made
    assert sorted(len(entity.names) for entity in one.entities) == [2, 2]


def test_words_that_are_not_there_are_told(made: object, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Article("a", "press-1.jsonl:1", TEXT, "Orvo sues Venn")
    _, problems = exam.compiled(FIRST.replace("sued", "sold"), SECOND, {"press-1.jsonl:1": kept})
    assert any("sold" in problem for problem in problems)


@pytest.mark.slow
def test_the_main_facts_pass_the_gate() -> None:
    gold, texts = exam.load(), exam.articles()
    scores = exam.figures((one for one in gold if not one.looking), texts, missed=False)
    assert gate.check("main", scores, exam.exam(gold)) == []
