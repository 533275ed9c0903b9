"""Who has the turn, by the layout of an article alone; and what follows for what is extracted."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality import gate
from benchmarks.quality.settings import everything
from benchmarks.quality.turns import GOLD, exam, figures
from kg.config import load_config
from kg.extract.speech.turns import turns_in, turns_of
from kg.model import Article, ArticleResult, Block
from kg.nlp.load import load_pipeline
from kg.pipeline import process
from kg.read import read
from kg.read.article import Facts, article


def said(*lines: str, publisher: str | None = None) -> list[tuple[str, str]]:
    """The turns of an article of these lines: who ("?" where they ask), and the words."""
    given = article("\n\n".join(lines), "a.txt", Facts(publisher=publisher))
    return [
        ("?" if turn.asks else turn.speaker.name, " ".join(given.text[s:e] for s, e in turn.parts))
        for turn in turns_of(given)
    ]


def result(*lines: str, publisher: str | None = None) -> ArticleResult:
    given = article("\n\n".join(lines), "a.txt", Facts(publisher=publisher))
    return process(given, load_pipeline(), everything())


def stated(found: ArticleResult) -> set[tuple[str, str, str, str | None]]:
    """Status, subject, predicate and speaker of each statement."""
    labels = {entity.key: entity.label for entity in found.entities}
    return {
        (
            one.claim.status,
            labels[one.subject],
            one.claim.predicate.label,
            labels.get(one.attribution or ""),
        )
        for one in found.claims
    }


INTRO = "The bridge over the Sorrel was closed in June. The Harbour Post spoke to Anna Rask."
ASKED = "Were the bolts too thin, and did the council know of it?"
ANSWER = "They were the wrong size, and I told the council in May."
NEXT = "Who paid for them?"
LAST = "The council did. My firm only ordered them."


@pytest.mark.parametrize(
    ("asker", "speaker"),
    [
        ("((HP)) ", "((Anna Rask)) "),
        ("((HP)) : ", "((Anna Rask)) : "),
        ("Q: ", "Anna Rask: "),
        ("HP: ", "AR: "),
        ("Harbour Post: ", "Rask: "),
        ("HARBOUR POST: ", "ANNA RASK: "),
        ("The Harbour Post — ", "Anna Rask — "),
        ("HP – ", "AR – "),
        ("[00:12] Host: ", "[00:20] Anna Rask: "),
        ("Host (00:12): ", "Anna Rask (00:20): "),
        ("Tom Bell: ", "Anna Rask, engineer: "),
        ("- Interviewer: ", "- Dr. Rask: "),
    ],
)
def test_a_mark_tells_who_speaks(asker: str, speaker: str) -> None:
    found = said(
        INTRO, asker + ASKED, speaker + ANSWER, asker + NEXT, speaker + LAST,
        publisher="The Harbour Post",
    )  # fmt: skip
    assert [words for _, words in found] == [ASKED, ANSWER, NEXT, LAST]
    assert [who.split()[-1] for who, _ in found] == ["?", "Rask", "?", "Rask"]


def test_letters_alone_name_nobody() -> None:
    found = said("Q: " + ASKED, "A: " + ANSWER, "Q: " + NEXT, "A: " + LAST)
    assert [who for who, _ in found] == ["?", "interviewee", "?", "interviewee"]


def test_a_name_can_stand_on_a_line_of_its_own() -> None:
    found = said(
        "The islanders met on Thursday.", "Inga Holt", "I have counted forty letters.",
        "Peer Aune", "My daughter missed her exam.", "Inga Holt", "Did they answer you?",
        "Peer Aune", "I burned the voucher.",
    )  # fmt: skip
    assert [who for who, _ in found] == ["Inga Holt", "Peer Aune", "Inga Holt", "Peer Aune"]


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("a.md", "# A look back\n\nThe Post met Ada Venn.\n\n**The Post** Why did you sell?\n\n"
         "**Ada Venn** I am seventy.\n\n**The Post** Who buys?\n\n**Ada Venn:** My cousin does.\n"),
        ("a.html", "<html><body><article><h1>A look back</h1><p>The Post met Ada Venn, who sold "
         "the steelworks of Orra after forty years in the trade.</p>"
         "<p><b>The Post</b> Why did you sell?</p><p><b>Ada Venn</b> I am seventy.</p>"
         "<p><strong>The Post</strong> Who buys?</p><p><strong>Ada Venn:</strong> My cousin does."
         "</p></article></body></html>"),
    ],
)  # fmt: skip
def test_a_name_in_bold_is_a_mark(tmp_path: Path, name: str, page: str) -> None:
    path = tmp_path / name
    path.write_text(page, encoding="utf-8")
    (found,) = read([path], settings=load_config())
    assert isinstance(found, Article)
    turns = turns_of(found)
    assert [t.speaker.name for t in turns if not t.asks] == ["Ada Venn", "Ada Venn"]
    assert [found.text[slice(*t.parts[0])] for t in turns if not t.asks] == [
        "I am seventy.",
        "My cousin does.",
    ]


def test_questions_and_answers_alternate_without_a_mark() -> None:
    found = said(
        "The Harbour Post spoke to Elin Dahl, a baker in Porthaven.", "What does flour cost?",
        "Forty crowns a sack. I pay at once.", "Why is that?", "The mill raised the price.",
        "My husband has sold our van.", "The mill did not answer the questions of the Post.",
    )  # fmt: skip
    assert [who for who, _ in found] == ["?", "interviewee", "?", "interviewee"]
    assert found[3][1] == "The mill raised the price. My husband has sold our van."


def test_a_stage_direction_is_not_said() -> None:
    found = said(
        INTRO, "HP: " + ASKED, "Anna Rask: (laughs) " + ANSWER, "HP: " + NEXT, "Anna Rask: " + LAST,
        publisher="Harbour Post",
    )  # fmt: skip
    assert found[1] == ("Anna Rask", ANSWER)


def test_a_paragraph_without_a_mark_goes_on_until_the_narrator_is_back() -> None:
    found = said(
        INTRO, "HP: " + ASKED, "Anna Rask: " + ANSWER, "Nine bolts broke in a test.",
        "HP: " + NEXT, "Anna Rask: " + LAST, "I will write a report.",
        "Rask will leave the firm in May.", publisher="Harbour Post",
    )  # fmt: skip
    assert found[1][1].endswith("Nine bolts broke in a test.")
    assert found[3][1].endswith("I will write a report.")


@pytest.mark.parametrize(
    "lines",
    [
        ["Result: the council approved it.", "Next: you can comment.", "Result: I lost.", "Next: go."],
        ["Anna Rask: the director has led the zoo.", "Jon Ekes: the curator bought it."],
        ["Step 1: Do you have leeks?", "Tip: I never boil it.", "Step 2: Serve it.", "Tip: Freeze it."],
        ['"Who sold it?" asks the elder.', '"I did," says the younger.', '"You never wrote."'],
        ["What happened?", "Water entered the tunnel.", "Who built it?", "Delmore did.", "When?", "In May."],
        ["TARN — The mill burned down.", "ESSING — Who will pay?", "TARN — The police found it."],
        ['"I cried." — Inga Holt', '"Who will warn the boats?" — Dag Ruud', '"My father did." — Peer Aune'],
        ["Open: 9 to 5", "Open: 9 to 5", "Tickets: 12 crowns"],
    ],
)  # fmt: skip
def test_what_only_looks_like_turns_stays_the_narrators(lines: list[str]) -> None:
    assert said("The town council met on Monday to hear the owners.", *lines) == []


def test_prose_has_no_turns() -> None:
    folder = Path(__file__).parents[3] / "seeds" / "articles"
    found = [a for a in read([folder], settings=load_config()) if isinstance(a, Article)]
    assert len(found) == 8
    assert [turns_of(one) for one in found] == [()] * 8


def test_the_turns_of_an_article_are_looked_for_once() -> None:
    text = "Lena Ort: The yard closes.\n\nBo Kranz: When do you leave?\n\nLena Ort: I leave in May."
    starts = [0, text.index("Bo"), text.rindex("Lena")]
    ends = [start - 2 for start in starts[1:]] + [len(text)]
    blocks = tuple(Block("paragraph", *place) for place in zip(starts, ends, strict=True))
    talk = Article("a", "a", text, blocks=blocks)
    doc = load_pipeline().make_doc(text)
    found = turns_in(doc, talk)
    assert [turn.speaker.name for turn in found] == ["Lena Ort", "Bo Kranz", "Lena Ort"]
    assert turns_in(doc, talk) is found
    assert turns_in(doc, Article("a", "a", text)) == turns_of(Article("a", "a", text))


# --- what follows ------------------------------------------------------------------------------

TALK = (
    "The bridge over the Sorrel was closed in June. The Harbour Post spoke to Anna Rask of Delmore.",
    "((HP)) Did the council close the bridge?",
    "((Anna Rask)) Yes. The foundry sold the bolts. I read the report.",
    "((HP)) Did the mayor answer the letter?",
    "((Anna Rask)) No. The mayor burned the letter.",
    "((HP)) Who else knows of the bridge that Castell Marine built?",
    "((Anna Rask)) My sister called the police.",
)


def test_an_answer_is_claimed_by_its_speaker_and_quoted() -> None:
    found = result(*TALK, publisher="Harbour Post")
    facts = stated(found)
    assert ("claimed", "Anna Rask", "read", "Anna Rask") in facts
    inside = {fact for fact in facts if fact[1] in ("foundry", "mayor", "Anna Rask")}
    assert {(fact[0] == "asserted", fact[3]) for fact in inside} == {(False, "Anna Rask")}
    labels = {entity.key: entity.label for entity in found.entities}
    quotes = [(labels.get(q.speaker or ""), q.quote.cue, q.quote.text) for q in found.quotes]
    assert quotes[0] == (
        "Anna Rask", "((Anna Rask))", "Yes. The foundry sold the bolts. I read the report.",
    )  # fmt: skip
    for linked in found.quotes:
        words = " ".join(found.article.text[s:e] for s, e in linked.quote.parts)
        assert words == linked.quote.text


def test_a_mark_after_white_space_is_a_mark() -> None:
    text = "\n\n\n".join(TALK)
    places = [(text.index(part), len(part)) for part in TALK]
    blocks = tuple(Block("paragraph", max(at - 1, 0), at + size) for at, size in places)
    found = turns_of(Article("a", "a", text, blocks=blocks))
    assert [turn.speaker.name for turn in found if not turn.asks] == ["Anna Rask"] * 3
    assert all(not text[slice(*part)].startswith(("\n", "((")) for t in found for part in t.parts)


def test_we_means_the_speaker_and_others() -> None:
    talk = (
        *TALK[:1],
        "((HP)) What did you do then?",
        "((Anna Rask)) We mended the bridge.",
        *TALK[5:],
    )
    facts = stated(result(*talk, publisher="Harbour Post"))
    assert any(fact[:2] == ("claimed", "Anna Rask and others") for fact in facts)


def test_what_others_said_of_the_speaker_is_not_the_speakers() -> None:
    talk = (
        *TALK[:1],
        "((HP)) What did people say?",
        "((Anna Rask)) My sister said I had sold the bridge. I said I would buy the foundry.",
        *TALK[5:],
    )
    facts = stated(result(*talk, publisher="Harbour Post"))
    assert ("claimed", "Anna Rask", "sold", "Anna Rask's sister") in facts
    assert ("planned", "Anna Rask", "bought", "Anna Rask") in facts


def test_who_asks_states_nothing_and_is_no_entity() -> None:
    found = result(*TALK, publisher="Harbour Post")
    start = found.article.text.index("Who else knows")
    end = found.article.text.index("((Anna Rask)) My sister")
    assert not [c for c in found.claims if start <= c.claim.predicate.start < end]
    assert "HP" not in {name.text for e in found.entities for name in e.names}
    reasons = {a.reason for a in found.abstentions if start <= a.start < end}
    assert reasons == {"question"}


def test_yes_and_no_take_over_what_was_asked() -> None:
    facts = stated(result(*TALK, publisher="Harbour Post"))
    assert any(
        fact[0] == "claimed" and fact[1] == "council" and fact[3] == "Anna Rask" for fact in facts
    )
    assert any(
        fact[0] == "denied" and fact[1] == "mayor" and fact[3] == "Anna Rask" for fact in facts
    )


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Did the mayor or the clerk burn the letter?", "Yes."),
        ("Could the mayor burn the letter?", "Yes."),
        ("Why did the mayor burn the letter?", "Yes."),
        ("Didn't the mayor burn the letter?", "No."),
        ("Did the mayor burn the letter?", "Yes. But not all of it."),
        ("Did the mayor burn the letter?", "Not really."),
    ],
)
def test_where_it_is_not_safe_nothing_is_taken_over(question: str, answer: str) -> None:
    talk = (*TALK[:1], f"((HP)) {question}", f"((Anna Rask)) {answer}", *TALK[5:])
    facts = stated(result(*talk, publisher="Harbour Post"))
    assert not {fact for fact in facts if fact[1] in ("mayor", "clerk")}


def test_an_interviewee_without_a_name_is_somebody_of_this_article() -> None:
    found = result(
        "Q: Who runs the clinic now?", "A: My sister bought the building. I sold the beds.",
        "Q: Why?", "A: I am old.",
    )  # fmt: skip
    (somebody,) = [e for e in found.entities if e.label == "interviewee"]
    assert (somebody.type, somebody.named) == ("Person", False)
    assert [name.reason for name in somebody.names] == ["definite"]
    assert ("claimed", "interviewee", "sold", "interviewee") in stated(found)


def test_whom_the_lead_names_has_the_answers() -> None:
    found = result(
        "The Harbour Post spoke to Elin Dahl, a baker in Porthaven.", "What does flour cost?",
        "I sold our van. The mill raised the price.", "Why is that?", "My cousin bought the mill.",
    )  # fmt: skip
    claimed = {fact[3] for fact in stated(found) if fact[0] == "claimed"}
    assert claimed == {"Elin Dahl"}


def test_whom_the_talk_was_about_does_not_have_the_answers() -> None:
    found = result(
        "The Harbour Post interviewed the owner of a bar about Olav Stene, the fisherman.",
        "What did he drink?", "I sold him rum. My cousin paid the bill.",
        "What did Peer Aune drink?", "I sold him milk. My cousin broke the glass.",
    )  # fmt: skip
    assert "Olav Stene" not in {fact[3] for fact in stated(found)}


KEEPER = "Radio Tarn spoke to the lighthouse keeper Ulla Rein about the winter."


@pytest.mark.parametrize(
    "question",
    [
        "How did you reach the mainland",
        "Tell us how the boat was lost.",
        "The storm was the worst since 1962. Please describe that night.",
        "I wanted to know what you did for food.",
        "You lost a boat that night.",
        "2. What did you eat?",
    ],
)
def test_who_asks_needs_no_question_mark(question: str) -> None:
    found = said(
        KEEPER, "When did the storm begin?", "At nine. I lit the lamp myself.", question,
        "I radioed my brother. He sent the tug.", "Did you fear for your life?", "I did not.",
    )  # fmt: skip
    asked = [words for who, words in found if who == "?"]
    assert question in asked
    assert len(asked) == 3


def test_what_a_no_answers_is_no_statement_of_who_says_no() -> None:
    prompt = "The county never paid for the lamp."
    found = said(
        KEEPER, "Who paid for the oil?", "I did. My wife sold her ring.", prompt,
        "No, it never did, and I stopped asking.", "And today?", "We have a battery now.",
    )  # fmt: skip
    assert ("?", prompt) in found


def test_headings_and_pictures_do_not_cut_an_answer() -> None:
    found = said(
        KEEPER, "Who built the tower?", "The lamp of 1880. Image: Radio Tarn", "A mason from Orra.",
        "He cut the stone on the island, as my father told me.", "Who will keep it?", "I shall.",
    )  # fmt: skip
    assert [who for who, _ in found] == ["?", "interviewee", "?", "interviewee"]
    assert found[1][1].startswith("A mason")


def test_answers_go_on_after_the_last_question() -> None:
    found = said(
        KEEPER, "Are you lonely?", "I was. My sister writes to me.", "Who else writes?",
        "A school in Belmar does. I answer each letter.", "The teacher has visited us.",
        "The ministry will close the tower in May.",
    )  # fmt: skip
    assert "The teacher has visited us." in found[-1][1]
    assert "ministry" not in " ".join(words for _, words in found)


@pytest.mark.parametrize(
    ("title", "lead", "speaker"),
    [
        ("Cold light: Radio Tarn interviews Ulla Rein on her tower", "The tower is old.", "Rein"),
        ("Ulla Rein: an interview with the last keeper", "The tower is old.", "Rein"),
        ("Biologist Ulla Rein tells Radio Tarn of the seals", "The seals are back.", "Rein"),
        ("The tower", "Radio Tarn spoke to Ulla Rein, the head of the League of Keepers.", "Rein"),
        ("The tower", "For Radio Tarn, Bo Lind talked to Ulla Rein.", "Rein"),
        ("The tower", '"I have never let the lamp go out in all those years." — Ulla Rein', "Rein"),
        ("The tower", "Radio Tarn spoke to Ulla Rein and Odd Vik.", "interviewees"),
        ("Radio Tarn interviews two keepers on the winter", "The towers are old.", "interviewees"),
        ("The tower", "Radio Tarn sat down with the owners of the tower.", "interviewees"),
        ("Radio Tarn interviews a keeper on storms", "The tower is old.", "interviewee"),
        ("Two keepers answer our questions", "The towers are old.", "interviewees"),
        ("We ask the owners of the tower", "The tower is old.", "interviewees"),
        ("The owners of the tower talk to Radio Tarn about ice", "It is old.", "interviewees"),
    ],
)
def test_headline_lead_and_quotation_tell_who_answers(title: str, lead: str, speaker: str) -> None:
    lines = (
        lead, "What do you do in a storm?",
        "I have never let the lamp go out in all those years. My brother carried the oil.",
        "Who sends the oil?", "The county sends it to me. My brother sold the boat to a bank.",
        "Do you like it?", "I do. My brother hates it.",
    )  # fmt: skip
    given = article("\n\n".join(lines), "a.txt", Facts(publisher="Radio Tarn", title=title))
    found = process(given, load_pipeline(), everything())
    by = {fact[3] for fact in stated(found) if fact[0] == "claimed"}
    assert {who.split()[-1] for who in by if who} == {speaker}


def test_where_nothing_tells_whose_a_talk_is_the_narrator_asserts_nothing_of_it() -> None:
    found = result(
        "Radio Tarn met them at the kitchen table for an interview about the inn.",
        "We bought it from a bank.", "From a bank in Orra.", "So who cooks here?",
        "My husband cooks. A butcher from Essing sends us the meat.", "No, I send it back.",
        "The butcher owns a horse, I think.", "The horse won a race in Belmar, as my aunt says.",
    )  # fmt: skip
    start = found.article.text.index("So who cooks")
    later = [c for c in found.claims if c.claim.predicate.start > start]
    assert later
    assert not [c for c in later if c.claim.status == "asserted"]


def test_what_is_left_of_an_answer_is_not_the_narrators() -> None:
    found = said(
        "The Harbour Post spoke to Anna Rask, a candidate.", "((HP)) Why do you stand?",
        "((HP)) What is wrong with the harbour?", "The harbour is full of old ships and of oil.",
        "((HP)) Who should pay?", "((HP)) Have you met voters?", "((HP)) Will you win?",
        publisher="Harbour Post",
    )  # fmt: skip
    assert ("interviewee", "The harbour is full of old ships and of oil.") in found


@pytest.mark.parametrize("host", ["TOVE LIND, HOST:", "TOVE LIND, reporter:"])
def test_a_host_is_who_asks_also_by_surname(host: str) -> None:
    found = said(
        f"{host} The ferry stops in May. With us is Bo Eide, the grocer.", "LIND: What will you do?",
        "BO EIDE: I will close. My supplier left.", "LIND: When?", "EIDE: My shop closes in June.",
    )  # fmt: skip
    assert [who for who, _ in found] == ["?", "?", "Bo Eide", "?", "Bo Eide"]


def test_a_reply_of_two_words_is_no_quotation() -> None:
    found = result(*TALK, publisher="Harbour Post")
    assert found.quotes
    assert all(len(one.quote.text.split()) > 3 for one in found.quotes)


def answered(question: str, answer: str) -> list[tuple[str | None, str]]:
    """The quotation of an answer, with its occasion."""
    talk = (*TALK[:3], f"((HP)) {question}", f"((Anna Rask)) {answer}", *TALK[5:])
    found = result(*talk, publisher="Harbour Post")
    return [(q.quote.occasion, q.quote.text) for q in found.quotes if q.quote.text in answer]


@pytest.mark.parametrize(
    "answer",
    [
        "I sure do, I sure do.",
        "Well, that is a great question.",
        "Right, I would love that, of course.",
        "Thank you so much. Have a good day.",
        "...than for the other one.",
        "I would not hire them -- I hire --",
    ],
)
def test_an_answer_that_says_nothing_is_no_quotation(answer: str) -> None:
    assert answered("Do you remember the lamp?", answer) == []


@pytest.mark.parametrize(
    ("question", "answer", "occasion"),
    [
        ("When did the ferry stop?", "About two years ago.", "asked “When did the ferry stop?”"),
        (
            "You kept a log. Was it the ferry that sank? Or was it the barge?",
            "The barge sank in May.",
            "asked “Was it the ferry that sank? Or was it the barge?”",
        ),
        (
            "The ferry sank in 1998. Right?",
            "It sank off the cape in May.",
            "asked “The ferry sank in 1998. Right?”",
        ),
        ("Tell us of the ferry.", "The ferry sank in May.", None),
    ],
)
def test_an_answer_is_told_with_its_question(
    question: str, answer: str, occasion: str | None
) -> None:
    assert answered(question, answer) == [(occasion, answer)]


PODCAST = (
    "[00:00] Host: Welcome to Tidewater. With us is Runa Skog, who runs the Moen Observatory.",
    "[00:09] Runa Skog: Thanks for having me.",
    "[00:12] Host: You named a comet after your dog. Did the Moen Observatory pay for the mirror?",
    "[00:19] Runa Skog: No. The Lind Foundation gave us 40,000 euros, and we built it in Bergen.",
    "[00:27] Host: What comes next?",
    "[00:29] Runa Skog: In March I will fly to Chile. Our second mirror opens there in 2027.",
)
BRIEFING = (
    "Transcript of the press conference of Minister Tova Brandt in Tarn on Monday.",
    "MINISTER BRANDT: Good morning. The government bought the Sorrel ferry for 3 million euros.",
    "QUESTION: Minister, why did the ministry hide the report on the ferry Alma?",
    "MINISTER BRANDT: The report was never hidden. We gave it to the Coast Guard in May.",
    "QUESTION: Will you resign?",
    "MINISTER BRANDT: I will not resign. My deputy Olof Sand leads the inquiry.",
)
BOLD = (
    "# Five questions for Ivo Marek",
    "The Harbour Post spoke to Ivo Marek, the founder of Quayside Books.",
    "**Harbour Post:** Why does a small shop like yours fear the Corvid chain?",
    "**Ivo Marek:** Corvid opened a shop in Porthaven in 2021. I lost half of my customers.",
    "**Harbour Post:** Who helped you?",
    "**Ivo Marek:** The city council lowered my rent. I founded the Tarn Reading Club in 2022.",
)


@pytest.mark.parametrize(
    ("name", "lines", "guest", "told", "asked"),
    [
        ("a.txt", PODCAST, "Runa Skog", ("Lind Foundation", "40,000 euros"), "dog"),
        ("b.txt", BRIEFING, "Brandt", ("government", "Sorrel ferry"), "hide"),
        ("c.md", BOLD, "Ivo Marek", ("Corvid", "shop"), "fear"),
    ],
)
def test_what_a_guest_tells_is_the_guests_and_what_a_host_asks_is_nobodys(
    tmp_path: Path, name: str, lines: tuple[str, ...], guest: str, told: tuple[str, str], asked: str
) -> None:
    path = tmp_path / name
    path.write_text("\n\n".join(lines), encoding="utf-8")
    (given,) = read([path], settings=load_config())
    assert isinstance(given, Article)
    found = process(given, load_pipeline(), everything())
    labels = {entity.key: entity.label for entity in found.entities}
    first = min(q.quote.start for q in found.quotes)
    inside = [c for c in found.claims if c.claim.start >= first and c.claim.extractor != "roles"]
    assert {labels.get(c.attribution or "", "")[-len(guest) :] for c in inside} == {guest}
    assert all(c.claim.status != "asserted" for c in inside)
    assert told in {(c.claim.subject.label, c.claim.object.label) for c in inside}
    assert not any(asked in c.claim.predicate.text for c in found.claims)
    assert all(labels[q.speaker or ""].endswith(guest) for q in found.quotes)


def test_a_passage_in_another_language_says_nothing() -> None:
    found = result(
        "Fisherman Olav Stene won the coast prize on Friday. The jury gave him a medal and a net.",
        "Juryen ga ham en medalje og et nytt garn. Stene fikk prisen for sitt lange liv på havet.",
        "The prize was founded by the bank of Tarn in 1950, and it goes every year to a sailor.",
    )  # fmt: skip
    start = found.article.text.index("Juryen")
    end = found.article.text.index("The prize was founded")
    assert not [c for c in found.claims if start <= c.claim.start < end]
    reasons = {a.reason for a in found.abstentions if start <= a.start < end}
    assert reasons == {"other language"}
    assert len(found.claims) > 1


@pytest.mark.parametrize(
    ("asker", "speaker"),
    [
        ("**Tom Bell:** ", "**Anna Rask:** "),
        ("'''Tom Bell:''' ", "'''Anna Rask:''' "),
        ("_Tom Bell:_ ", "_Anna Rask:_ "),
        ("<b>Tom Bell:</b> ", "<b>Anna Rask:</b> "),
        ("[00:12] **TOM BELL:** ", "[00:20] **ANNA RASK:** "),
        ("((HP)) ", "'''Anna Rask:''' "),
    ],
)
def test_a_mark_may_be_emphasised_in_plain_text(tmp_path: Path, asker: str, speaker: str) -> None:
    lines = [INTRO, asker + ASKED, speaker + ANSWER, asker + NEXT, speaker + LAST]
    (tmp_path / "talk.txt").write_text("\n\n".join(lines))
    (given,) = read([tmp_path / "talk.txt"], settings=load_config())
    assert isinstance(given, Article)
    turns = turns_of(given)
    assert [" ".join(given.text[s:e] for s, e in t.parts) for t in turns] == [
        ASKED, ANSWER, NEXT, LAST,
    ]  # fmt: skip
    assert [t.asks or t.speaker.name for t in turns] == [True, "Anna Rask", True, "Anna Rask"]


def test_a_question_in_italics_parts_the_answers() -> None:
    found = said(
        "Half of the prize goes to Olga Stern. Professor Ada Venn leads a group in Tarn.",
        "*Professor Venn, where were you on Monday?*", "I was in the cellar with a student.",
        "*Your rivals say that you are finished.*", "My dean asked me that over coffee.",
        "*What would you buy?*", "I would buy a second lamp.",
    )  # fmt: skip
    assert [words for who, words in found if who == "?"] == [
        "Professor Venn, where were you on Monday?",
        "Your rivals say that you are finished.",
        "What would you buy?",
    ]


def test_whom_a_question_calls_by_name_has_the_answers() -> None:
    found = result(
        "Half of the prize goes to Olga Stern of the Tarn Institute. Ada Venn leads a small group "
        "of chemists near Emsby.",
        "*Professor Venn, where were you on Monday?*", "I was in the cellar with a student.",
        "*Two prizes in two days. Is that one too many for you?*", "I would not say so of my own.",
        "*What would you buy?*", "I would buy a second lamp for my laboratory.",
    )  # fmt: skip
    labels = {entity.key: entity.label for entity in found.entities}
    assert {labels[q.speaker or ""] for q in found.quotes} == {"Ada Venn"}


def test_a_surname_takes_turns_with_who_asks() -> None:
    found = said(
        "Three people talked in Tarn on Tuesday. Below is what was said.",
        "Moderator: Welcome. Ms Holm, you train cooks. Are there enough of them?",
        "Holm (head of the Tarn Kitchen School): No. I have a waiting list.",
        "Moderator: Will the prices go up?",
        "Abara (a baker in Emsby): They will. I pay more for flour.",
        "Moderator: Is it the war?",
        "Abara: I think it is the drought.",
        "Holm: My cooks say the same.",
    )  # fmt: skip
    assert [who for who, _ in found] == ["?", "Holm", "?", "Abara", "?", "Abara", "Holm"]


def test_a_list_beside_a_talk_names_nobody() -> None:
    assert not said(
        "Dr. Holm wrote to the council on Tuesday about the harbour.",
        "Holm: the report came in May.",
        "Depth: nine metres.",
        "Cost: four million pounds.",
        "Depth: ten metres at high water.",
        "Cost: six million with the tug.",
    )


OFFICE = [
    "Reporter: Minister, is the bridge safe?",
    "Minister: It is safe for the traffic. I asked our engineers to look at the bolts.",
    "Reporter: Who pays for the bolts?",
    "Minister: The council does. I wrote to the council in May about the bolts.",
]


@pytest.mark.parametrize(
    ("intro", "speaker"),
    [
        ("Ada Venn, minister for ports in Tarn, met reporters in Emsby.", "Ada Venn"),
        ("The minister for ports, Ada Venn, met reporters in Emsby.", "Ada Venn"),
        ("Transport Minister Ada Venn met reporters in Emsby.", "Ada Venn"),
        ("Ada Venn, the former minister for ports, was not in Emsby.", "minister"),
        ("Ada Venn, minister for ports, and Olga Stern, minister for trade, came.", "minister"),
        ("Reporters asked about the bridge over the Sorrel in Emsby.", "minister"),
    ],
)
def test_an_office_in_a_mark_is_its_one_holder(intro: str, speaker: str) -> None:
    found = result(intro, *OFFICE)
    labels = {entity.key: entity.label for entity in found.entities}
    spoken = {labels[q.speaker or ""] for q in found.quotes if q.quote.extractor == "turns"}
    assert spoken == {speaker}


def test_the_number_of_a_question_is_not_asked() -> None:
    found = result(
        "The Harbour Post put three questions to Anna Rask, an engineer in Tarn.",
        "1. Were you asked about the bolts?", "I was, in May, by the council of Tarn.",
        "2. What did you tell them?", "I told them that the bolts were the wrong size.",
        "3. Who will pay for your work?", "My firm will send the council a bill in June.",
    )  # fmt: skip
    assert [q.quote.occasion for q in found.quotes if q.quote.extractor == "turns"] == [
        "asked “Were you asked about the bolts?”",
        "asked “What did you tell them?”",
        "asked “Who will pay for your work?”",
    ]


TOLD = [
    "Sigrid Moen apologised for the noise. She was speaking from her sister's house in Tarn.",
    '"We felt it for two weeks," she said. "My husband, Olav, said that we would stay."',
    "Mrs Moen, 52, has a shop with four employees. Had she been back?",
    '"Three times. First they gave us five minutes. I have seen the kitchen."',
    "I asked whether she blamed the council. There was a pause.",
    '"No, I do not. My husband says that he will stay."',
    "The mayor, Bo Lund, has said that the town will buy the houses. Would she sell?",
    '"Everybody asks me that. I think we would."',
]


def test_answers_told_in_prose_are_of_the_one_who_is_asked() -> None:
    assert [words for _, words in said(*TOLD)] == [TOLD[i].strip('"') for i in (3, 5, 7)]
    found = result(*TOLD)
    labels = {entity.key: entity.label for entity in found.entities}
    direct = [q for q in found.quotes if q.quote.speech == "direct"]
    assert {labels[q.speaker or ""] for q in direct} == {"Sigrid Moen"}
    assert not any("There was a pause" in q.quote.text for q in found.quotes)
    assert not any("speaking" in c.claim.predicate.text for c in found.claims)


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (2, "Mr Moen, 55, has a shop. Had he been back?"),  # two are asked
        (0, "Sigrid Moen lost her house in Tarn."),  # nothing tells of a talk
    ],
)
def test_quotations_in_prose_are_no_turns_where_it_may_be_several(place: int, line: str) -> None:
    assert not said(*TOLD[:place], line, *TOLD[place + 1 :])


def test_that_there_was_an_interview_is_not_told() -> None:
    found = result(
        "The bridge over the Sorrel was closed in June. Anna Rask, who designed the bridge, talked "
        "to our reporter, Tom Bell.",
        "**Tom Bell:** Were the bolts too thin?",
        "**Anna Rask:** They were the wrong size, and I told the council in May.",
        "**Tom Bell:** Is that a promise?",
        "**Anna Rask:** It is on tape, is it not? Thank you all.",
    )  # fmt: skip
    assert "talked to" not in {c.claim.predicate.text for c in found.claims}
    assert any("designed" in c.claim.predicate.text for c in found.claims)
    assert not any("on tape" in q.quote.text for q in found.quotes)


def test_that_somebody_joined_the_host_is_not_told() -> None:
    found = result(
        "This week's host, Ravi Dell, is joined by Marta Lane, a coach from Emsby.",
        "RAVI DELL: What do you see?", "MARTA LANE: I see that he waits. I trained him in May.",
        "RAVI DELL: Was it luck?", "MARTA LANE: I do not think so. My own boys would have shot.",
    )  # fmt: skip
    assert not any("joined" in c.claim.predicate.text for c in found.claims)


def test_a_longer_name_in_the_lead_is_the_speakers() -> None:
    found = result(
        "Ana Ruiz Soto, a dentist, ran a polling station in Puebla.",
        "Q: Who chose you?", "Ana Ruiz: The institute chose me by my birthday.",
        "Q: Were you paid?", "Ana Ruiz: We were paid for food. I have the receipt.",
    )  # fmt: skip
    labels = {entity.key: entity.label for entity in found.entities}
    assert {labels[q.speaker or ""] for q in found.quotes} == {"Ana Ruiz Soto"}


@pytest.mark.slow
def test_the_exam_keeps_its_floors() -> None:
    counts, _ = exam("score")
    assert gate.check("turns", figures(counts), gate.files(GOLD)) == []


@pytest.mark.parametrize("name", ["Jonas Venn", "Jonas Venn KC"])
def test_a_surname_in_a_mark_is_of_whom_the_lead_names_not_of_another(name: str) -> None:
    found = result(
        f"Our reporter, Mona Reed, spoke to the lawyer of Orbex, {name}, in Tarn on Monday.",
        "REED: Mr Venn, did Orbex win?",
        "VENN: It did. I told the judge that the harbour was safe, and he agreed with me.",
        "REED: Your wife was on the other side.",
        "VENN: My sister! Ada Venn is my sister. Ada Venn spoke for the council of Tarn.",
    )
    labels = {entity.key: entity.label for entity in found.entities}
    speakers = {labels[quote.speaker] for quote in found.quotes if quote.speaker}
    assert speakers == {"Jonas Venn"}


def test_whom_she_spoke_to_is_who_asked() -> None:
    found = result(
        "Ada Venn found a new comet in May. She spoke to Mona Reed by video from Norway.",
        "How did you find it?",
        "I looked at a picture of the sky, and I saw a spot that I did not know.",
        "What do you want to do now?",
        "I want to give it the name of my dog. We buried the dog in March.",
        "Did your sister help you?",
        "She did not. I do all of this by myself.",
    )
    labels = {entity.key: entity.label for entity in found.entities}
    speakers = {labels[quote.speaker] for quote in found.quotes if quote.speaker}
    assert speakers == {"Ada Venn"}


@pytest.mark.parametrize(
    "after",
    [
        'Sorrel Bolts told us: "We sold what was ordered, and we stand by our work."',
        "The council told this paper that it would look into the order.",
    ],
)
@pytest.mark.parametrize("marks", [("Q: ", "A: "), ("", "")])
def test_what_others_told_the_paper_after_the_talk_is_no_answer(after: str, marks: tuple[str, str]):
    ask, answer = marks
    lines = (INTRO, ask + ASKED, answer + ANSWER, ask + NEXT, answer + LAST)
    turns = said(*lines, after)
    assert turns == said(*lines)
    assert turns[-1][1] == LAST


def test_what_was_told_to_who_answers_is_still_an_answer():
    more = "The council told us in May that it would pay, and I believed it."
    lines = (INTRO, "Q: " + ASKED, "A: " + ANSWER, "Q: " + NEXT, "A: " + LAST, more)
    assert said(*lines)[-1][1] == f"{LAST} {more}"


TABLE = "Lena Orr lets flats and Tom Kane rents one. Ida Moss asked the questions."


def test_who_is_told_to_ask_asks_whatever_else_he_says_and_needs_no_other_name():
    turns = said(
        TABLE,
        "MOSS: I'd like one word from each of you.",
        "ORR: I think the cap failed.",
        "MOSS: What do caps do, then?",
        "ORR: I believe they help those who have a lease.",
        "MOSS: I'm sorry to hear it.",
        "KANE: I like the cap.",
    )
    assert [who for who, _ in turns] == ["?", "Orr", "?", "Orr", "?", "Kane"]


def test_a_given_name_alone_is_whose_full_name_another_mark_has():
    turns = said(
        INTRO,
        "Ruby Tansley: Will it smell twice as much?",
        "Anna Rask: I hope not. My firm ordered filters.",
        "Ruby: And without it?",
        "Anna Rask: I think it would be more.",
    )
    assert [who for who, _ in turns] == ["?", "Anna Rask", "?", "Anna Rask"]


def test_given_names_that_the_lead_has_are_marks_between_questions_without_one():
    turns = said(
        "Noel, 51, and Ruby, 48, have run the mill at Tarn since their father died.",
        "Which of you sold the wheel?",
        "Ruby: I did. I told my brother on a Sunday.",
        "Noel: I was asleep. I still think that she was wrong.",
        "And what did it bring?",
        "Ruby: Four thousand. I bought flour.",
        "Noel: I would have asked for five.",
        "Will it turn again?",
        "Noel: I hope so. We have ordered a smaller one.",
        "And who will pay?",
        "Ruby: I shall, as ever.",
    )
    who = [who for who, _ in turns]
    assert who == ["?", "Ruby", "Noel", "?", "Ruby", "Noel", "?", "Noel", "?", "Ruby"]


def test_laughter_on_a_line_of_its_own_is_nobodys_words():
    lines = ("Q: " + ASKED, "A: " + ANSWER, "[laughter]", "Q: " + NEXT, "A: " + LAST)
    assert [words for _, words in said(INTRO, *lines)] == [ASKED, ANSWER, NEXT, LAST]


POD = [
    ("Olle", "Welcome back. We have Sanna Vik with us, who mends clocks in Tarn."),
    ("Sanna", "I mend whatever ticks. It is quieter than you think."),
    ("Pia", "Tell us about the clock in the town hall."),
    ("Sanna", "It had not run since 1961. I found a spoon in it."),
    ("Olle", "That is not a spare part."),
    ("Sanna", "No. I still have the spoon at home."),
    ("Pia", "And whose was it?"),
    ("Sanna", "The mayor says that it was never hers."),
]


@pytest.mark.parametrize(
    "form",
    [
        "[00:01:{}] {}: {}", "(01:{}) {}: {}", "00:01:{} {}: {}", "[1:{}] - {}: {}",
        "{1} [00:01:{0}]: {2}", "{1} (01:{0})\n\n{2}", "01:{}\n\n{}: {}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_given_names_at_a_time_are_marks(form: str, between: str) -> None:
    lines = [form.format(10 + i, *both) for i, both in enumerate(POD)]
    found = said(between.join(["Made by a machine, checked by hand.", *lines]))
    asked = ("Olle", "Pia")
    assert found == [("?" if who in asked else who, text) for who, text in POD]


def test_a_timetable_has_no_speakers() -> None:
    stops = [
        ("Arrival", "coffee in the hall"),
        ("Talk", "your clock and you"),
        ("Break", "tea"),
    ] * 2
    lines = [f"[{9 + i:02}:30] {what}: {which}." for i, (what, which) in enumerate(stops)]
    assert said("The day at a glance.", *lines) == []


@pytest.mark.parametrize("number", ["{}. ", "{}) ", "({}) "])
def test_numbered_questions_need_no_question_mark(number: str) -> None:
    lines = [
        "Were you asked about the bolts?",
        "I was, in May.",
        "The firm that made them is gone. Some of its people say that you knew.",
        "I can see why they say so. I met them twice.",
        "We wrote it all down, each time.",
        "You are said to have laughed.",
        "At a joke of my own, in a meeting.",
        "Will you pay?",
        "If the council sends me a bill.",
    ]
    asked = (0, 2, 5, 7)
    written = [
        number.format(asked.index(i) + 1) + line if i in asked else line
        for i, line in enumerate(lines)
    ]
    found = said("Anna Rask answered our questions by email.", *written)
    assert [who for who, _ in found] == ["?", "interviewee"] * 4
    assert [words for _, words in found][3] == " ".join(lines[3:5])


def test_what_stands_in_capitals_is_of_who_asks_where_some_of_it_asks() -> None:
    lines = [
        "Anna Rask built the bridge over the Sorrel. We met her at the quay.",
        "THEY SAY YOU LEFT EARLY.",
        "They say I left at noon. I left at six, with Tom Bell.",
        "WHO CLOSED THE BRIDGE?",
        "The council did. I read it in the Post.",
        "LET'S GO BACK TO JUNE. THE BOLTS.",
        "All of them were too thin. My firm ordered others.",
        "DID YOU PAY FOR THEM?",
        "I did. Nobody has paid me back.",
    ]
    found = said(*lines)
    assert found == [("interviewee" if n % 2 else "?", line) for n, line in enumerate(lines[1:])]


def test_names_in_capitals_are_marks_and_ask_nothing() -> None:
    lines = ["TOM BELL", ASKED, "ANNA RASK", ANSWER, "TOM BELL", NEXT, "ANNA RASK", LAST]
    assert [who for who, _ in said(INTRO, *lines)] == ["?", "Anna Rask"] * 2


def test_a_numbered_list_in_an_answer_asks_nothing() -> None:
    found = said(
        INTRO, ASKED, "I told them three things.", "1. They were too thin.", "2. They were too old.",
        "3. They were mine.", NEXT, LAST,
    )  # fmt: skip
    assert [words for who, words in found if who == "?"] == [ASKED, NEXT]


@pytest.mark.parametrize(
    ("lead", "end", "speaker"),
    [
        (
            "Anna Rask was a judge in Tarn. Our contributor Bo Lund asked her to tell.",
            "",
            "Anna Rask",
        ),
        (
            "Anna Rask left Tarn in May. Bo Lund, who writes on law, sat down with the judge.",
            "",
            "Anna Rask",
        ),
        ("Anna Rask left Tarn in May. Bo Lund met with the judge there.", "", "Anna Rask"),
        ("By Bo Lund\n\nWe met Anna Rask in Tarn.", "", "Anna Rask"),
        (
            "Anna Rask left the firm in May. We met her there.",
            "The interview was led by Bo Lund.",
            "Anna Rask",
        ),
        (
            "Bo Lund led the work in Tarn. We met him there.",
            "The study was led by Bo Lund.",
            "Bo Lund",
        ),
        ("Bo Lund spoke to the engineer who built the bridge.", "", "interviewee"),
        ("Bo Lund met her husband in Tarn. We talked to her.", "", "Bo Lund"),
        ("Bo Lund spoke to the paper in Tarn.", "", "Bo Lund"),
    ],
)
def test_who_met_somebody_asks_and_does_not_answer(lead: str, end: str, speaker: str) -> None:
    found = result(*lead.split("\n\n"), ASKED, ANSWER, NEXT, LAST, *filter(None, [end]))
    labels = {entity.key: entity.label for entity in found.entities}
    assert {labels[q.speaker or ""] for q in found.quotes} == {speaker}


@pytest.mark.parametrize(
    "note",
    [
        "Editor's note: The firm's lawyers say that our account is wrong, and that none of its "
        "people ever saw the bolts of which she speaks, let alone measured, ordered or paid for "
        "them. The council left our questions of May unanswered. She changed one date.",
        "Note from the editors: the council has not replied to us.",
    ],
)
@pytest.mark.parametrize("marks", [("", ""), ("Q: ", "A: ")])
def test_a_note_behind_a_talk_is_no_answer(note: str, marks: tuple[str, str]) -> None:
    asker, speaker = marks
    found = said(INTRO, asker + ASKED, speaker + ANSWER, asker + NEXT, speaker + LAST, note)
    assert [words for _, words in found] == [ASKED, ANSWER, NEXT, LAST]


@pytest.mark.parametrize(
    "lead",
    ["The talk was moderated by Bo Lund.", "Bo Lund moderated the discussion."],
)
def test_who_moderates_asks_also_without_a_question_mark(lead: str) -> None:
    found = said(
        "We invited Anna Rask and Ida Moen, who built the bridge.", lead,
        "Lund: Ms Rask, the bolts were too thin.", "Rask: I told the council in May.",
        "Lund: I was hoping for more.", "Moen: My firm only ordered them.",
        "Rask: Nobody did, as I said.", "Lund: That was all I wanted to hear.",
    )  # fmt: skip
    assert [who for who, _ in found] == ["?", "Rask", "?", "Moen", "Rask", "?"]


MATCH = (
    "Their coach, Ida Moen, spoke to the press afterwards. The other coach, Olle Vik, came later."
)
ROUNDS = [
    ("Ida, how did you win that?", "I have no idea. I looked at my shoes."),
    ("Is your keeper injured?", "No, he isn't."),
    ("So it was the plan?", "It was mine."),
    ("Will you appeal?", "We have lost the last five."),
    ("What did he say?", "I didn't hear it. I was told."),
    ("Are you happy?", "I will be, in the bus."),
    ("Does it help?", "It does us no harm."),
    ("Do you have a contract?", "I have one until June."),
    ("Olle, your view?", "We led by two. I have nothing to say."),
    ("Do you stay?", "My phone is off."),
]


def spoken(found: ArticleResult) -> list[tuple[str, str]]:
    """Who says what, of the turns, in text order."""
    labels = {entity.key: entity.label for entity in found.entities}
    quotes = sorted(found.quotes, key=lambda q: q.quote.start)
    return [(labels[q.speaker or ""], q.quote.text) for q in quotes]


def test_answers_are_of_whom_the_lead_tells_until_a_question_calls_another() -> None:
    found = spoken(result(MATCH, *(line for both in ROUNDS for line in both)))
    assert {who for who, text in found if text in {said for _, said in ROUNDS[:8]}} == {"Ida Moen"}
    assert {who for who, text in found if text in {said for _, said in ROUNDS[8:]}} == {"Olle Vik"}


def test_where_two_are_called_by_turns_an_answer_to_no_call_is_nobodys() -> None:
    called = [
        ("Ida, do you want to play them again?", "I would play them in my garden."),
        ROUNDS[5],
    ]
    lines = [line for both in [ROUNDS[0], ROUNDS[8], *called] for line in both]
    found = {text: who for who, text in spoken(result(MATCH, *lines))}
    assert found[called[0][1]] == "Ida Moen"
    assert found[ROUNDS[8][1]] == "Olle Vik"
    assert found[ROUNDS[5][1]] == "interviewee"


@pytest.mark.parametrize(
    ("between", "kept"),
    [
        (["Four, I think.", "Is it four, then I am happier."], ["Is it four, then I am happier."]),
        (["Four, I think."], []),
        (["(She laughs and leaves.)"], []),
        (
            ["It was four. " + "We played for an hour in rain and wind and nobody saw it. " * 5],
            None,
        ),
    ],
)
def test_where_each_answer_is_one_block_none_has_two_voices(
    between: list[str], kept: list[str] | None
) -> None:
    lines = [line for both in ROUNDS[:4] for line in both] + between
    lines += [line for both in ROUNDS[4:] for line in both]
    answers = [text for who, text in said(MATCH, *lines) if who != "?"]
    first = ROUNDS[3][1]
    expected = [first, *kept] if kept is not None else [f"{first} {between[0].strip()}"]
    assert answers[3 : 3 + len(expected) + 1] == [*expected, ROUNDS[4][1]]


def test_a_long_talk_needs_no_cue_where_questions_and_answers_are_personal() -> None:
    lines = ["The board counts fish in nine rivers.", "What do they show?"]
    lines += ["I read them on Monday.", "How much is left?", "Our boat is."]
    lines += ["What did the people say?", "One asked me for my boots."]
    assert [name for name, _ in said(*lines)] == ["?", "interviewee"] * 3


def test_what_is_set_apart_before_who_answers_asks_also_after_the_last_question(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# Salt and snow\n\nSaltwerk sells salt.\n\n**Why salt?**\n\nMy father ate it.\n\n"
        "**Who lent you the money?**\n\nA bank gave me some.\n\n"
        "**You sold the barn last year.**\n\nI did.\n",
        encoding="utf-8",
    )
    (found,) = read([path], settings=load_config())
    assert isinstance(found, Article)
    assert [turn.asks for turn in turns_of(found)] == [True, False] * 3


def test_a_name_below_a_quotation_is_whose_it_is() -> None:
    lines = ["We asked what people make of the price.", '"I buy it once a week."']
    lines += ["Gry Vold, 52, teacher", '"My boat stays out longer."', "Odd Rem, 63, fisherman"]
    assert said(*lines) == [
        ("Gry Vold", "I buy it once a week."),
        ("Odd Rem", "My boat stays out longer."),
    ]


def test_a_question_to_all_between_marks_is_nobodys_answer() -> None:
    lines = ["Nils Aga and Britt Sande want to be mayor.", "Aga: I build a school. I promised it."]
    lines += ["Sande: My party builds a bridge.", "What will you close?", "Aga: I close the port."]
    lines += ["Sande: Nothing of ours."]
    assert said(*lines)[2] == ("?", "What will you close?")


def test_a_number_before_a_name_is_of_who_asks() -> None:
    lines = ["Evidence of Desmond Oakhurst.", "Q1 Imran Sadiq: When did you know?"]
    lines += ["Desmond Oakhurst: I knew in May.", "Q2 Ada Venn: Your letter says June."]
    lines += ["Desmond Oakhurst: It does, and I was wrong."]
    assert [name for name, _ in said(*lines)] == ["?", "Desmond Oakhurst"] * 2


def test_a_name_in_square_brackets_is_a_mark() -> None:
    lines = ["[Karl Moe] Who pays you?", "[Sunniva Berg] The county pays me."]
    lines += ["[Karl Moe] Do you like it?", "[Sunniva Berg] I do."]
    assert [name for name, _ in said(*lines)] == ["?", "Sunniva Berg"] * 2


def test_initials_before_a_dash_are_a_mark_in_the_first_lines_too() -> None:
    lines = ["Eva Rolstad met Mons Bakke.", "MB – When did you see it?", "ER – I saw it on Monday."]
    lines += ["MB – Who paid you?", "ER – My school did."]
    assert [words for _, words in said(*lines)][:2] == [
        "When did you see it?",
        "I saw it on Monday.",
    ]


WE = ("We found it in May. A bank lent us a boat.", "The county helped us. It sent two divers.")
I_DO = ("I found it in May. A bank lent me a boat.", "The county helped me. It sent two divers.")


@pytest.mark.parametrize(
    ("lead", "answers", "speaker"),
    [
        ("Ida Vik and Ola Moe own the mill in Tarn.", WE, "interviewees"),
        ("The Gazette asked pilot Anna Rask five questions.", I_DO, "Rask"),
        ("Anna Rask replaced Bo Lund in May. The Gazette asked her three things.", I_DO, "Rask"),
        ("Anna Rask replaced Bo Lund in May. We talked at her mooring.", I_DO, "Rask"),
        (
            "Anna Rask leads the board, which Bo Lund founded. She answered questions of ours.",
            I_DO,
            "Rask",
        ),
        (
            "A clerk met us who wants to keep his name to himself. The firm was led by Ole Strand.",
            I_DO,
            "interviewee",
        ),
    ],
)
def test_the_lead_tells_whether_one_answers_or_several_or_nobody_by_name(
    lead: str, answers: tuple[str, str], speaker: str
) -> None:
    first, second = answers
    asked = "How did you find it?", "Who helped you?", "Do you like the sea?"
    found = result(lead, asked[0], first, asked[1], second, asked[2], first)
    assert {by and by.split()[-1] for *_, by in stated(found) if by} == {speaker}


def test_what_the_narrator_sees_of_who_answers_is_no_answer() -> None:
    found = result(
        "The Post met the diver Tor Lien.", "What did you find?", "I found a bell.",
        "Lien sold the bell to a museum.", "Do you miss it?", "My wife misses it.",
    )  # fmt: skip
    assert ("asserted", "Tor Lien", "sold", None) in stated(found)


IDA_AND_OLA = (
    "Ida Moe and Ola Ree built a boat. They talk about it in a shed in Tarn.",
    "How did you meet?", "Ola: We met at school, in a class on knots.", "Ida: He was late for it.",
    "Who paid for the boat?", "Ida: The bank did, and my aunt.",
)  # fmt: skip
AND_ON = (
    "Ola: We settled in May.", "Was it hard?", "Ida: It was not.", "Will you sail?", "Ola: We will in June.",
    "Will it float?", "Ida: It has to.",
)  # fmt: skip


@pytest.mark.parametrize(
    ("prompt", "asks"),
    [("You sued the mill.", True), ("Tell me about the boat.", True), ("I cried for it.", False)],
)
def test_what_stands_alone_between_answers_with_marks_is_who_asks(prompt: str, asks: bool) -> None:
    asked = [words for name, words in said(*IDA_AND_OLA, prompt, *AND_ON) if name == "?"]
    assert len(asked) == 5 + asks
    assert (prompt in asked) is asks


def test_where_an_answer_has_two_blocks_more_the_second_is_no_question() -> None:
    told = said(*IDA_AND_OLA, "It came in notes.", "They were wet.", *AND_ON)
    assert "They were wet." not in [words for name, words in told if name == "?"]
