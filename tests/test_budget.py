import contextlib
import pickle
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from spacy.tokens import Doc

from kg import registry
from kg.budget import check, limited
from kg.building import build
from kg.config import Settings, load_config
from kg.errors import TooSlow
from kg.model import Article, Claim, Failure
from kg.pipeline import Worker
from kg.read import read
from kg.read.article import article


def within(seconds: float) -> Settings:
    known = load_config()
    return replace(known, build=replace(known.build, seconds_per_article=seconds))


def for_ever() -> None:
    while True:
        pass


def test_work_without_end_is_ended() -> None:
    with pytest.raises(TooSlow, match=r"longer than 0\.02 s of processor time"), limited(0.02):
        for_ever()


def test_an_alarm_that_is_swallowed_rings_again_and_is_told() -> None:
    with pytest.raises(TooSlow), limited(0.02), contextlib.suppress(Exception):
        for_ever()  # in the hands of somebody who passes over every error


def test_nothing_is_left_behind() -> None:
    with limited(60):
        assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)
    assert signal.getsignal(signal.SIGPROF) == signal.SIG_DFL
    check()


def test_no_limit_is_no_limit() -> None:
    with limited(0):
        check()
        assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_in_another_thread_the_checks_end_it() -> None:
    told: list[Exception] = []

    def work() -> None:
        try:
            with limited(0.02):
                while True:
                    check()
        except TooSlow as error:
            told.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert [type(error) for error in told] == [TooSlow]


def test_the_error_travels_between_processes() -> None:
    again = pickle.loads(pickle.dumps(TooSlow(2.5)))
    assert (again.seconds, str(again)) == (2.5, str(TooSlow(2.5)))


def test_an_article_that_takes_too_long_is_a_failure_that_says_what_to_do() -> None:
    settings = within(0.05)
    text = "The mayor of the town sold the old harbour to the bank on Friday. " * 40
    found = Worker(settings)(article(text, "long.txt"))
    assert isinstance(found, Failure)
    assert "longer than 0.05 s" in found.error
    assert "seconds_per_article" in found.hint


def test_a_page_that_takes_too_long_is_a_failure(tmp_path: Path) -> None:
    settings = within(0.01)
    page = "<html><body>" + "<p>The boat left the harbour on Sunday.</p>" * 2000
    (tmp_path / "long.html").write_text(page, encoding="utf-8")
    (found,) = read([tmp_path / "long.html"], settings=settings)
    assert isinstance(found, Failure)
    assert "seconds_per_article" in found.error


def test_the_other_articles_are_in_the_graph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("The mayor of the town sold the harbour.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("The bank bought the old harbour.", encoding="utf-8")

    def extractor(doc: Doc, article: Article) -> Iterator[Claim]:
        while article.source == "b.txt":
            pass
        return iter(())

    Worker(load_config())(article("The mayor left.", "warm.txt"))  # tables are read once
    monkeypatch.setitem(registry._REGISTERED["extractors"], "slow", extractor)
    settings = load_config(
        pipeline={"extractors": ["relations", "slow"]}, build={"seconds_per_article": 1}
    )
    report = build([tmp_path], tmp_path / "out", settings=settings)
    assert report.articles == 1
    (failure,) = report.failures
    assert failure.source == "b.txt"
