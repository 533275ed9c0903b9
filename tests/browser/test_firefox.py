"""The page in Firefox: the same file, the same policy, by clicking and typing."""

from __future__ import annotations

import pytest

from tests.support.browser import axe_source
from tests.support.firefox import firefox

pytestmark = pytest.mark.browser


def test_a_reader_finds_reads_judges_and_filters_in_firefox(pages):
    with firefox() as page:
        page.open(pages("small"))
        page.run("window.requests = () => performance.getEntriesByType('resource').length")
        assert page.text("#panel-details h2") == "In brief"
        assert page.run("document.getElementById('canvas').view.lastScene.points.length") == 7
        page.type("#search", "ten faster\ue007")
        assert "Ada Demir said" in page.text("#panel-details h2")
        page.click("#panel-details .verdict button")
        assert "1 of 11 statements checked" in page.text("#panel-details")
        page.click("#tab-read")
        assert page.text(".said.current") == "said"
        page.type("body", "j")
        assert page.text(".said.current") == "leads"
        page.click("#tab-claims")
        assert "disputed" in page.text(".claim")
        page.click("#tab-timeline")
        assert page.run("document.querySelectorAll('.histogram rect').length") > 20
        page.click("#status-5")
        assert page.text("#passing") == "1 of 11 statements"
        page.click("#show-tour")
        page.click("#add-step")
        page.type("#tour-say", "What is denied\ue007")
        assert "tour=" in page.run("location.hash")
        assert page.run("requests()") == 0


def test_axe_finds_nothing_serious_in_firefox(pages):
    source = axe_source()
    with firefox() as page:
        for fragment in ("", "#theme=dark", "#tab=read", "#tab=claims", "#tab=statements"):
            page.open(pages("small"), fragment)
            found = page.run(
                f"(function () {{ {source}\n return axe.run(document).then((all) => all.violations"
                ".filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => [v.id, v.nodes[0].html]).concat(all.passes.length > 10 ? [] : ['not looked at'])); })()"
            )
            assert found == [], fragment
