"""Who says it, who does it and how sure it is, in sentences as newspapers write them."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.quality.settings import everything
from kg.extract import extract
from kg.model import Article, ArticleResult, Block, Claim, Quote
from kg.nlp.load import load_pipeline
from kg.pipeline import parse, process


@cache
def read(text: str) -> tuple[tuple[Claim, ...], tuple[Quote, ...]]:
    article = Article("a", "a", text, blocks=(Block("paragraph", 0, len(text)),))
    found = extract(parse(article, load_pipeline()), article)
    return found.claims, found.quotes


def told(text: str) -> set[str]:
    """ "subject | relation | object | status", a relation of the ontology by its name."""
    return {
        f"{c.subject.label} | {c.predicate.property or c.predicate.label} | {c.object.label} | {c.status}"
        for c in read(text)[0]
    }


def facts(text: str) -> set[str]:
    """As `told`, without the status."""
    return {line.rpartition(" | ")[0] for line in told(text)}


@cache
def resolved(text: str) -> ArticleResult:
    article = Article("a", "a", text, blocks=(Block("paragraph", 0, len(text)),))
    return process(article, load_pipeline(), everything())


def names(text: str) -> dict[str, str]:
    return {e.key: e.label for e in resolved(text).entities}


def speakers(text: str) -> set[str | None]:
    known = names(text)
    return {known.get(q.speaker or "") for q in resolved(text).quotes}


@pytest.mark.parametrize(
    "text",
    [
        "It was alleged that Berg killed Venn.",
        "It was widely believed that Berg took the money.",
        "It is believed that Berg took the money.",
        "It was reported that Berg took the money.",
    ],
)
def test_what_nobody_in_particular_alleges_is_not_told_as_so(text: str):
    (claim,) = read(text)[0]
    assert claim.status == "possible"


@pytest.mark.parametrize(
    "text",
    [
        "Some, including Harwick and his allies, speculated that Brandt had leaked the files.",
        "Others have speculated that Brandt poisoned the well.",
        "Many people believed that the mayor took the money.",
        'Berg never said "I will resign before the winter."',
        'Berg did not say "the bridge is safe to cross."',
        "Nobody told the crew that the bolt was broken.",
        "What the papers won't tell you about the “very quiet' clerk who robbed three banks.",
        "Footage Of Leeds Shooting Released During Second Murder Trial Video of a mother shot in a "
        "quarrel was shown Thursday, according to the Tarn Herald.",
    ],
)
def test_what_was_guessed_never_said_or_glued_together_is_no_quotation(text: str):
    assert read(text)[1] == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ruiz speculated that Berg took the money.", "Berg took the money"),
        ("Several of the guards said Berg had left the camp.", "Berg had left the camp"),
        (
            'Berg did not just say "the bridge is safe to cross." He painted it.',
            "the bridge is safe to cross.",
        ),
        (
            "Owen Lisle told reporters in Leeds his party will take part in the vote.",
            "his party will take part in the vote",
        ),
        (
            'Lund said, at worst, it "means violence for all".',
            'at worst, it "means violence for all"',
        ),
        # What the narrator adds is not told.
        (
            "The mayor said Venn meant to leave the town, although she would not say why.",
            "Venn meant to leave the town",
        ),
        (
            "The mayor said Venn left, although she did not shut the mill.",
            "Venn left, although she did not shut the mill",
        ),
        (
            "The lawyer told the court that it was one witness, but all of them -- a line that would come back.",
            "it was one witness, but all of them",
        ),
        (
            "Ada Venn will host the show again, the studio said on Friday, in a move seen as safe.",
            "Ada Venn will host the show again",
        ),
        (
            "Ada Venn will host the show again, the studio said on Friday, in a hall that it bought.",
            "Ada Venn will host the show again in a hall that it bought",
        ),
        ("Lynch admitting that Venn had a gun but then dropping a bombshell.", "Venn had a gun"),
        (
            "Roe said apart from cutting costs, owners would look at their suppliers.",
            "apart from cutting costs, owners would look at their suppliers",
        ),
    ],
)
def test_what_somebody_said_is_a_quotation_of_these_words(text: str, words: str):
    assert [quote.text for quote in read(text)[1]] == [words]


def test_a_dateline_does_not_speak():
    assert {q.speaker for q in read("LEEDS: 'Do not sell the docks.' That was her advice.")[1]} == {
        None
    }


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "The Lakeland Post quotes a Pentagon spokesman, Owen Lisle, as saying the pilots had been "
            "warned. The newspaper says it based its story on 300 letters after winning a lawsuit "
            "against the Pentagon.",
            {"Owen Lisle", "Lakeland Post"},
        ),
        (
            "Al-Jazeera aired a tape of al-Qaida. The channel said the tape was sent on Monday.",
            {"Al-Jazeera"},
        ),
    ],
)
def test_a_noun_for_a_body_means_one_of_that_kind(text: str, speaker: set[str]):
    assert speakers(text) == speaker


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        (
            "Agents of al-Qaida planned an attack on the port. The newspaper says a police file shows "
            "the plot involved poison.",
            "al-Qaida",
        ),
        ("The Justice Department opened an inquiry. The company said it would fight.", "Justice"),
        ("Hezbollah met envoys on Monday. The agency said the talks went well.", "Hezbollah"),
        (
            "The NCAA opened an inquiry into Orbex State. The team said it would win.",
            "NCAA",
        ),
        ("Owen Lisle was held on Monday. The spokesman said Peru would seek talks.", "Owen Lisle"),
    ],
)
def test_a_noun_for_a_body_or_post_means_none_of_another_kind(text: str, nobody: str):
    assert not any(nobody in (speaker or "") for speaker in speakers(text))


def test_a_service_in_a_town_is_no_building_elsewhere():
    text = "Lund visited the White House. Berg spoke at the service in Leeds."
    found = {(names(text)[c.subject], c.claim.predicate.property) for c in resolved(text).claims}
    assert ("White House", "locatedIn") not in found


def test_he_is_not_whom_the_sentence_before_only_mentions():
    text = (
        "Karl Berg was a director of the bureau. Owen Ruiz, who had denounced him in private for "
        "leaking secrets, testified on his behalf. Called by the defence, he told the jury that "
        "presidents had a right to spy."
    )
    assert not any("right to spy" in quote.text for quote in read(text)[1])


@pytest.mark.parametrize(
    ("text", "plea"),
    [
        (
            "Berg pleaded guilty to kidnapping, beating and murdering a 12-year-old boy.",
            "Berg | plead guilty to | kidnapping, beating and murdering a 12-year-old boy | asserted",
        ),
        (
            "Berg, who pleaded guilty to killing Ada Venn, was sentenced on Monday.",
            "Berg | plead guilty to | killing Ada Venn | asserted",
        ),
        (
            "Berg has pleaded guilty to the murder of Ada Venn.",
            "Berg | pleadedGuiltyTo | murder of Ada Venn | asserted",
        ),
    ],
)
def test_a_plea_is_told_and_the_crime_is_so_by_the_words_of_who_pleads(text: str, plea: str):
    assert plea in told(text)
    crimes = [
        c for c in read(text)[0] if c.predicate.property in ("murdered", "killed", "abducted")
    ]
    assert all(c.status == "claimed" and c.attribution is not None for c in crimes)
    assert all(c.attribution.label == "Berg" for c in crimes if c.attribution)


def test_who_confesses_says_so_and_who_pleads_no_contest_denies_nothing():
    assert told("Berg confessed to killing Ada Venn.") == {"Berg | killed | Ada Venn | claimed"}
    assert told("Berg pleaded no contest to stealing cars from Orbex.") == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada Lund scored 31 points to become captain.", "Ada Lund | hasRole | captain | asserted"),
        ("Ruiz overtook Lund to become mayor of Leeds.", "Ruiz | hasRole | mayor | asserted"),
        (
            "The Hawks trailed by ten but rallied late to earn a fifth victory.",
            "Hawks | earned | fifth victory | asserted",
        ),
        (
            "Indigo FC responded late with a header to earn a sixth win.",
            "Indigo FC | earned | sixth win | asserted",
        ),
        (
            "Owen Lisle won his first match, firing 13 aces to defeat Ivo Ruiz.",
            "Owen Lisle | defeated | Ivo Ruiz | asserted",
        ),
        ("Lund returned home only to lose the mayoral race.", "Lund | lost | mayoral race | asserted"),
        ("Lund came to Leeds to become a teacher.", "Lund | hasRole | teacher | planned"),
        ("Orbex bought Tarnsoft to enter the Norwegian market.", "Orbex | enter | Norwegian market | planned"),
        ("Orbex cut prices to win customers.", "Orbex | won | customer | planned"),
        ("Tarnsoft hired Berg to lead the unit.", "Berg | leads | unit | planned"),
        ("Norland delayed opening the bridge.", "Norland | opened | bridge | planned"),
        ("He admitted had Orbex remained in Leeds it might have grown.", "Orbex | remain in | Leeds | hypothetical"),
        ("Talks between Norland and Sudland collapsed in May.", "Norland | metWith | Sudland | asserted"),
        ("Lund did not shoot Berg and kill Ruiz.", "Lund | killed | Ruiz | denied"),
    ],
)  # fmt: skip
def test_what_came_of_it_is_so_and_what_was_aimed_at_is_not(text: str, words: str):
    assert words in told(text)


def test_what_came_of_a_win_was_not_its_purpose():
    (claim, *_) = read("Ruiz overtook Lund to become mayor of Leeds.")[0]
    assert "purpose" not in {a.role for a in claim.arguments}


@pytest.mark.parametrize(
    ("text", "words", "wrong"),
    [
        (
            "The cabinet includes Owen Lisle, who becomes finance minister, and Ada Venn, his niece.",
            "Owen Lisle | hasRole | finance minister",
            "Ada Venn | hasRole | finance minister",
        ),
        (
            "Lund met Berg, who was convicted of fraud, and Ruiz.",
            "Berg | convictedOf | fraud",
            "Ruiz | convictedOf | fraud",
        ),
        (
            "Orbex, which makes tyres, and Tarnsoft signed the deal.",
            "Orbex | make | tyre",
            "Tarnsoft | make | tyre",
        ),
        (
            "Leaders will ask Senators Owen Lisle and Ada Venn, as well as bank director Karl Holm, to speak.",
            "Ada Venn | hasRole | senator",
            "Karl Holm | hasRole | senator",
        ),
        (
            "Monitors visited detainees at the base at Fort Tarn in Norland, in Sudan and in Iraq.",
            "Fort Tarn | locatedIn | Norland",
            "Fort Tarn | locatedIn | Iraq",
        ),
        (
            "Owen Lisle is a former minister and the president of Orbex.",
            "Owen Lisle | leads | Orbex",
            "Owen Lisle | worksFor | Orbex",
        ),
    ],
)  # fmt: skip
def test_what_is_told_of_one_of_several_is_not_told_of_the_next(text: str, words: str, wrong: str):
    assert words in facts(text)
    assert wrong not in facts(text)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Owen Lisle, communications manager for Orbex, left.", "communications manager"),
        ("Owen Lisle, security research and communications manager for Orbex, left.", None),
        ("Owen Lisle, director of assurance at Orbex, left.", "director of assurance"),
        ("Owen Lisle, head of marketing at Orbex, left.", "head of marketing"),
        ("Owen Lisle, chief of staff at Orbex, left.", "chief of staff"),
    ],
)
def test_who_heads_a_part_of_a_body_works_for_it(text: str, role: str | None):
    assert {"Owen Lisle | worksFor | Orbex"} <= facts(text)
    assert "Owen Lisle | leads | Orbex" not in facts(text)
    if role:
        assert f"Owen Lisle | hasRole | {role}" in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Owen Lisle is the son-in-law of Karl Holm.",
        "Karl Holm and his brother-in-law Owen Lisle left.",
        "Owen Lisle's brother in arms, Karl Holm, left.",
        "Owen Lisle is the foster son of Karl Holm.",
        "Owen Lisle is like a son to Karl Holm.",
        "Thousands mourned the outspoken Syrian critic Owen Lisle.",
        "Owen Lisle, a Tarn Bank aide and key player in the affair, left.",
        "Ada Venn heard Hall of Fame coach Karl Holm.",
        "Lund met Karl Holm, Ada Venn Professor of Ecology.",
    ],
)
def test_words_of_kin_posts_and_nations_that_mean_something_else(text: str):
    relations = {c.predicate.property for c in read(text)[0]}
    assert relations.isdisjoint({"childOf", "siblingOf", "nationality", "worksFor", "memberOf"})
    assert not any("Ada Venn" in c.subject.label for c in read(text)[0] if "Ecology" in text)


def test_former_is_shared_by_two_posts_unless_the_second_is_held_now():
    def times(text: str) -> list[str]:
        return [
            next((a.label for a in c.arguments if a.role == "time"), "")
            for c in read(text)[0]
            if c.predicate.property == "hasRole"
        ]

    assert times("Owen Lisle, the former Orbex player and coach, left.") == ["former", "former"]
    assert times("Owen Lisle, the former player and current coach, left.") == ["former", ""]


@pytest.mark.parametrize(
    ("text", "words", "role", "other"),
    [
        ("A cable connects Leeds and York.", "cable | connect | Leeds", "with", "York"),
        (
            "Orbex is building a bridge to connect the town of Leeds and the island of Tarn.",
            "bridge | connect | town of Leeds", "with", "island of Tarn",
        ),
        ("A road runs between Leeds and York.", "road | run between | Leeds", "and", "York"),
    ],
)  # fmt: skip
def test_two_ends_stay_together(text: str, words: str, role: str, other: str):
    (claim,) = [
        c
        for c in read(text)[0]
        if f"{c.subject.label} | {c.predicate.property or c.predicate.label} | {c.object.label}"
        == words
    ]
    assert (role, other) in {(a.role, a.label) for a in claim.arguments}
    assert not any(c.object.label == other for c in read(text)[0])


@pytest.mark.parametrize(
    ("text", "words", "wrong"),
    [
        ("Lund arrived in a helicopter on Sunday.", "Lund | arrive in | helicopter", "visited"),
        ("Lund said Berg made Ruiz an offer.", "", "Berg | make | Ruiz"),
        ("Ada Venn dies Champion swimmer was 91.", "", "Ada Venn | die |"),
        (
            "The Hawks failed to confirm any interest in the player at all.",
            "Hawks | confirmed | interest in player", "player at",
        ),
        (
            "On at least two other occasions, rebels fired on the plant.",
            "rebel | attacked | plant", "occasions",
        ),
    ],
)  # fmt: skip
def test_objects_are_what_is_done_to(text: str, words: str, wrong: str):
    assert not words or words in facts(text)
    assert not any(wrong in line for line in facts(text))


def test_what_goes_with_a_deed_is_no_tool_unless_it_is_one():
    def role(text: str) -> set[str]:
        return {a.role for c in read(text)[0] for a in c.arguments}

    assert "instrument" in role("Lund cut the rope with a knife.")
    assert "instrument" not in role("Lund led the league with nine wins.")
    assert "instrument" not in role("Orbex presented Lund with a prize.")
    assert "instrument" not in role("A bomb ripped through a bus in Leeds.")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Jordan had long advocated a nuclear-free Middle East.", "nuclear-free Middle East"),
        ("Karl Berg supported a united Ireland.", "united Ireland"),
    ],
)
def test_a_place_as_it_might_be_is_not_the_place(text: str, label: str):
    known = names(text)
    assert label in {known.get(c.object or "") for c in resolved(text).claims}


def test_a_president_is_called_by_whose_he_is():
    assert speakers("Rwanda's President says his troops will fight the rebels.") == {
        "Rwanda's President"
    }


def test_what_is_somebodys_is_told_with_whose_it_is():
    text = "Owen Lisle was held in May. France sought his release on Monday."
    known = names(text)
    assert "Owen Lisle's release" in {known.get(c.object or "") for c in resolved(text).claims}
    text = "Owen Lisle sold his house in Leeds."
    assert "house" in {names(text).get(c.object or "") for c in resolved(text).claims}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Berg left Acme, the Emsby Herald reports, citing two guards.", "Emsby Herald"),
        ("Tarn Media has learned that Berg left Acme.", "Tarn Media"),
        ("Two sources confirmed that Berg left Acme.", "asserted, Two sources"),
        ("Berg left Acme, per multiple reports.", "asserted, multiple reports"),
        ("Word is that Berg left Acme.", "possible"),
        ("Rumor has it that Berg left Acme.", "possible"),
        # near misses: who learns it is no paper, who has it is somebody
        ("Police have learned that Berg left Acme.", "asserted"),
    ],
)
def test_what_papers_and_their_sources_tell_is_theirs(text: str, expected: str):
    (claim,) = [c for c in read(text)[0] if c.object.label == "Acme" and c.subject.label == "Berg"]
    by = claim.attribution.label.removeprefix("the ") if claim.attribution else None
    assert expected == (by or ", ".join(filter(None, (claim.status, claim.sourcing))))
    assert not any(c.predicate.label == "cite" and c.subject.label == "Berg" for c in read(text)[0])


def test_whither_goes_with_the_last_of_joined_verbs():
    assert told("Ada Berg was shot and driven to Leeds.") == {
        "Ada Berg | be driven to | Leeds | asserted"
    }


def test_the_paper_interviews_whoever_talks_with_it():
    assert facts("Ada Berg's interview with the Emsby Post shocked Leeds.") >= {
        "Emsby Post | interviewed | Ada Berg"
    }
    found = facts("In an interview with Omar Tal, Ada Berg denied the claim.")  # who asked?
    assert found and not any("interviewed" in fact for fact in found)


def test_what_happened_where_something_was_denied_happened():
    assert "Emsby Post | interviewed | Ada Berg | asserted" in told(
        "In an interview with the Emsby Post, Ada Berg denied the theft."
    )


def test_the_fourth_is_not_the_first():
    assert "Norr | be fourth-largest in | Leeds" in facts("Norr is fourth-largest in Leeds.")


def test_who_is_of_a_party_is_its_member():
    found = facts(
        "Senator Ada Berg of the Redd Party spoke. President Omar Tal of the Redd Party spoke."
    )
    assert {"Omar Tal | memberOf | Redd Party"} <= found
    assert not any("worksFor" in fact for fact in found)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mia Vogel was found not guilty of arson.", "Mia Vogel acquittedOf arson"),
        ("Jurors in Bern found Mia Vogel not guilty of arson.", "juror in Bern acquitted Mia Vogel of arson"),
        ("Jurors found Mia Vogel guilty of arson.", "juror convicted Mia Vogel of arson"),
        ("Mia Vogel pleaded not guilty to arson.", "Mia Vogel pleadedNotGuiltyTo arson"),
        ("Mia Vogel admitted arson.", "Mia Vogel admitted arson"),
        ("The clinic admitted Mia Vogel.", "clinic None Mia Vogel"),
        ("A grand jury indicted Mia Vogel on arson charges.", "grand jury charged Mia Vogel on arson charge"),
        ("A court jailed Mia Vogel for life.", "court sentenced Mia Vogel time life"),
        ("A guard shot Mia Vogel dead.", "guard killed Mia Vogel"),
        ("The board of Orvell Mills named Mia Vogel treasurer.", "Mia Vogel hasRole treasurer"),
        ("Mia Vogel left Orvell Systems in 2019.", "Mia Vogel left Orvell Systems time 2019"),
        ("Mia Vogel left the country in 2019.", "Mia Vogel leftPlace country time 2019"),
        ("Revenue at Orvell Mills fell to 2 million euros from 3 million euros.",
         "revenue at Orvell Mills None 2 million euros from 3 million euros"),
    ],
)  # fmt: skip
def test_courts_and_companies_are_told_in_their_reporters_words(text: str, told: str):
    claims = extract(load_pipeline()(text), Article("a", "a", text)).claims
    assert told in {
        " ".join(
            [c.subject.label, str(c.predicate.property), c.object.label]
            + [f"{one.role} {one.label}" for one in c.arguments]
        )
        for c in claims
    }


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The driver, identified by police as Bo Dale, fled the scene.", "Bo Dale"),
        ("The driver, whom police identified as Bo Dale, fled the scene.", "Bo Dale"),
        ("Police identified the driver as Bo Dale. The driver fled the scene.", "Bo Dale"),
        ("The driver, identified by witnesses as Bo Dale, fled the scene.", "driver"),
        ("The driver, who was not identified as Bo Dale, fled the scene.", "driver"),
    ],
)
def test_who_was_identified_did_it(text: str, who: str) -> None:
    found = resolved(text)
    labels = {e.key: e.label for e in found.entities}
    told = {(labels[c.subject], c.claim.predicate.label) for c in found.claims}
    assert (who, "flee") in told
    own = [c for c in found.claims if c.claim.predicate.label == "identify"]
    assert not any(key == c.object for c in own for key in c.arguments)


@pytest.mark.parametrize(
    ("text", "aged"),
    [
        ("The 10-year-old's death and Venn's arrest shook the town.", set()),
        ("She broke the 30-year-old scoring mark of her club.", set()),
        ("Venn breaks 30-year-old club scoring mark Forward Ada Venn broke the record.", set()),
        ("The 31-year-old truck driver Tom Roe left.", {"Tom Roe | age | 31"}),
    ],
)
def test_how_old_something_else_is_tells_nobodys_age(text: str, aged: set[str]):
    assert {one for one in facts(text) if " | age | " in one} == aged
