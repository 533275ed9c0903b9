"""Lines with dashes, lives as told to a paper, and who has the word where marks tell little."""

from __future__ import annotations

from benchmarks.quality.settings import everything
from kg.analysis import analysis_of
from kg.extract.speech.parties import named
from kg.extract.speech.turns import turns_of
from kg.model import ArticleResult
from kg.nlp.load import load_pipeline
from kg.pipeline import parse, process
from kg.read.article import Facts, article

DASHES = (
    "The painter Ada Venn on debts and light. Venn, 70, has lived in Tarn since Bo Lund sold her a mill.",
    "— How did you begin?", "— I stole a brush. My brother Tom painted boats. He was a postman.",
    "— Did you sell them?", "— All of them. I sold the last one to Bo Lund, and he burned it.",
    "Venn gets up and opens a window.",
    "— He says that you never paid for the mill.", "— I paid in May. He lost my letter.",
    "— Will you paint this house?", "— I have painted it. You are sitting in front of it.",
)  # fmt: skip
TOLD = (
    "Inga Holt, 61, sold her ferry in April. As told to Peer Aune.",
    "I was born on the pier. My mother sold tickets, and I slept on the ropes.",
    "In 1999 we had two ferries. My brother Olav burned the first one.",
    "My daughter is an engineer. She builds bridges in Essing, and I don't use them.",
    "Olav Holt said through a lawyer that he never burned a ferry.",
)
PANEL = (
    "The committee heard Dr Ada Venn, who led the clinic of Tarn.",
    "THE CHAIR: Dr Venn, when did you hear of it?", "DR VENN: In May. I wrote a letter.",
    "CLLR LUND: Mr Aune told us that he never received it.", "DR VENN: I know that he says so.",
    "CLLR LUND: Did he lie?", "DR VENN: I don't know. I sent it.",
    "CLLR LUND: So you wrote one letter. What else did you do?", "DR VENN: I told my sister.",
    "THE CHAIR: Are you sorry?", "DR VENN: I am.",
)  # fmt: skip
HEADED = (
    "## Q&A: Who moved the boats of Tarn",
    "Ada Venn took over as harbour master in May, after Bo Lund left. The Tarn Post sat down with her. "
    "Our questions are in bold.",
    "**How many boats were moved**", "I have counted forty. We found two of them in Essing.",
    "**Whose order was it**", "It was a letter from the council. I have it here.",
    "**The council says that it sent none**", "It did. My clerk Olav opened it. He is an honest man.",
    "**Was Bo Lund warned**", "Lund said that he didn't see the letter, and I believe him.",
    "**Will you pay for the boats**", "We will not. My budget is empty.",
)  # fmt: skip


def turns(*lines: str, kind: str = "a.txt", title: str | None = None) -> list[tuple[str, str]]:
    """Each turn of the article, with the names found: who ("?" where they ask), and the words."""
    given = article("\n\n".join(lines), kind, Facts(title=title))
    found = named(parse(given, load_pipeline()), given, turns_of(given))
    return [
        ("?" if t.asks else t.speaker.name, " ".join(given.text[s:e] for s, e in t.parts))
        for t in found
    ]


def result(*lines: str) -> ArticleResult:
    given = article("\n\n".join(lines), "a.txt", Facts())
    return process(given, load_pipeline(), everything())


def asserted(found: ArticleResult, first: str) -> list[str]:
    """What the narrator states from these words on."""
    start = found.article.text.index(first)
    return [
        one.claim.predicate.label
        for one in found.claims
        if one.claim.status == "asserted" and one.claim.start >= start
    ]


def test_lines_with_dashes_take_turns_and_the_rest_is_the_narrators() -> None:
    found = turns(*DASHES)
    assert [who for who, _ in found] == ["?", "Ada Venn"] * 4
    assert all(not words.startswith("—") for _, words in found)
    assert not any("opens a window" in words for _, words in found)


def test_attention_is_read_of_pronouns_outside_turns_alone() -> None:
    for lines, read in (
        (DASHES, {"her"}),
        (("Ada Venn left. She is a painter. He lost her letter.",), {"She", "He", "her"}),
    ):
        doc = parse(article("\n\n".join(lines), "a.txt", Facts()), load_pipeline())
        assert {doc[i].text for i in analysis_of(doc).attention} == read


def test_nothing_in_a_dialogue_is_asserted_by_the_narrator() -> None:
    found = result(*DASHES)
    text = found.article.text
    window = text.index("Venn gets up")
    inside = [c.claim for c in found.claims if c.claim.start >= text.index("How did you")]
    assert inside
    assert {c.status for c in inside if not window <= c.start < window + 40} <= {
        "claimed", "possible", "planned", "hypothetical", "denied",
    }  # fmt: skip


def test_a_run_that_does_not_tell_who_asks_is_nobodys() -> None:
    lines = [*DASHES[:6], "— The bridge is closed.", "— The council closed it.", *DASHES[6:]]
    lines.insert(8, "Venn closes the window.")
    found = turns(*lines)
    assert ("?", "The bridge is closed.") in found
    assert ("?", "The council closed it.") in found


def test_a_list_with_dashes_is_no_dialogue() -> None:
    assert not turns(
        "The council met on Monday and decided three things.", "— The bridge will be closed.",
        "— The school gets a roof.", "— Who pays is open?", "— The mayor will write to Essing.",
    )  # fmt: skip


def test_a_life_as_told_to_a_reporter_is_claimed_by_who_lived_it() -> None:
    assert [who for who, _ in turns(*TOLD)] == ["Inga Holt"] * 3
    found = result(*TOLD)
    labels = {entity.key: entity.label for entity in found.entities}
    end = found.article.text.index("Olav Holt said")
    start = found.article.text.index("I was born")
    inside = [c for c in found.claims if start <= c.claim.start < end]
    assert inside
    assert {(c.claim.status == "asserted", labels[c.attribution or ""]) for c in inside} == {
        (False, "Inga Holt")
    }


def test_a_witness_answers_whom_each_member_of_a_committee_asks() -> None:
    found = turns(*PANEL)
    assert [who for who, _ in found] == ["?", "Ada Venn"] * 5


def test_two_who_answer_together_do_not_ask_each_other() -> None:
    found = turns(
        "Below is the briefing by Police Chief Ada Venn and Fire Marshal Bo Lund on the fire.",
        "CHIEF VENN: I have a statement. We arrested a man at six.",
        "MARSHAL LUND: Thank you, Chief. We found a chain.",
        "REPORTER: Chief, who is he?", "CHIEF VENN: I won't say. We know him.",
        "REPORTER: Was the door open?", "MARSHAL LUND: I can't tell you.",
        "REPORTER: When was he arrested?", "CHIEF VENN: We told you. I said six.",
    )  # fmt: skip
    assert [who for who, _ in found] == [
        "Ada Venn", "Bo Lund", "?", "Ada Venn", "?", "Bo Lund", "?", "Ada Venn",
    ]  # fmt: skip


def test_a_title_in_a_mark_is_no_post() -> None:
    found = result(
        "Below is the briefing by Police Chief Ada Venn on the fire in the harbour of Tarn.",
        "CHIEF VENN: I have a statement. We arrested a man at six.",
        "REPORTER: Chief, who is he?", "CHIEF VENN: I won't say. We know him.",
        "REPORTER: Was the door open?", "CHIEF VENN: It was. I saw it.",
    )  # fmt: skip
    mark = found.article.text.index("CHIEF VENN")
    text = found.article.text
    told = [
        text[c.claim.object.start : c.claim.object.end]
        for c in found.claims
        if c.claim.start >= mark
    ]
    assert "CHIEF" not in told


def test_hosts_who_open_a_talk_with_their_names_ask_in_it() -> None:
    found = turns(
        "[00:01] ADA: Hello, this is the show on boats. I'm Ada Venn.",
        "[00:05] BO: And I'm Bo Lund, and I have a cold.",
        "[00:09] ADA: Inga Holt is here with us, and she owns a ferry?", "[00:12] INGA: I do. I sold one.",
        "[00:15] BO: No.", "[00:17] INGA: My brother burned it.",
        "[00:20] BO: Who paid for it?", "[00:23] INGA: I did. The bank helped me.",
        "[00:25] BO: Is it working?", "[00:28] INGA: My sister says so.",
        "[00:30] BO: We will be right back.",
    )  # fmt: skip
    assert {who for who, _ in found} == {"?", "Inga Holt"}


def test_questions_in_bold_need_no_question_mark() -> None:
    found = turns(*HEADED, kind="a.md")
    assert [who for who, _ in found] == ["?", "Ada Venn"] * 5


def test_who_is_only_told_of_does_not_answer() -> None:
    found = turns(
        "Ada Venn leads the Civic List. She has been asked about one thing only: the lease of the "
        "quay to a firm whose founder, Bo Lund, gave money to the mayor. We met in her office.",
        "**Do you stand by the word?**", "I do. The mayor said that he had never met Lund. I saw it.",
        "**Do you have a proof?**", "No. I never claimed that. Lund was one of the guests.",
        "**Will you resign?**", "I will not. My list is ready.", kind="a.md",
    )  # fmt: skip
    assert {who for who, _ in found} == {"?", "Ada Venn"}


def test_questions_of_a_narrator_among_quotations_make_no_turns() -> None:
    assert not turns(
        "Bo Lund, 76, has shown films in Tarn since 1971. He met us on the stairs.",
        '"I can hear it," says Lund. "It is like rain."', "I tell him that I hear nothing.",
        '"Exactly. I heard it from here."', "And those who sit in front?", '"They come to sleep."',
        "His granddaughter is with us. She is 19 and she studies sound in Essing.",
        "Will he miss us?", "He looks at me as if I had asked him to leave.",
    )  # fmt: skip


def test_who_says_i_in_a_turn_is_a_person() -> None:
    found = result(
        "We brought together Ada Venn, head of Tessel, and Dr Priya Lund, who studies the Essing tests.",
        "**Bell:** Why did you test it?", "**Lund:** I wanted to know. My students wrote the texts.",
        "**Bell:** Who paid?", "**Venn:** We did. I signed it.", "**Bell:** And then?",
        "**Lund:** I sent the tests to Tarn in May. My university printed them.",
    )  # fmt: skip
    kinds = {e.label: e.type for e in found.entities if e.label.endswith("Lund")}
    assert set(kinds.values()) == {"Person"}
