from __future__ import annotations

import pytest

from kg.extract import extract
from kg.extract.speech.direct import pieces_of
from kg.extract.statements.quotes import first_person_links, quotes
from kg.model import Article, Quote
from kg.nlp.load import load_pipeline
from tests.extract.trees import article, tree


def found(name: str) -> list[Quote]:
    doc = tree(name)
    return list(quotes(doc, article(doc)))


def only(name: str) -> Quote:
    (quote,) = found(name)
    return quote


@pytest.mark.parametrize(
    ("sentence", "speech", "speaker", "cue", "text"),
    [
        ('"We built it in a week," said', "direct", "Maria Lopez", "said",
         "We built it in a week"),
        ("Maria Lopez said, ", "direct", "Maria Lopez", "said", "We built it in a week."),
        ("Maria Lopez praised the tool, stating", "direct", "Maria Lopez", "stating",
         "It saved us a month."),
        ("Lopez went on to say", "direct", "Lopez", "say", "We were lucky."),
        ('Lopez: "We are', "direct", "Lopez", ":", "We are ready to start now."),
        ("Lopez rejected the demand:", "direct", "Lopez", "rejected",
         "We will never sign such a paper."),
        ("According to Lopez,", "direct", "Lopez", "According to",
         "nobody was hurt in the fire."),
        ("Lopez repeated the claim", "direct", "Lopez", "claim", "nobody was hurt"),
        ("Perhaps more important", "direct", "Lopez", "assertion",
         "our users are already seeing the benefits"),
        ("'We are done':", "direct", "Lopez", "says", "We are done"),
        ("Lopez said the tool", "mixed", "Lopez", "said", 'the tool was "amazing"'),
        ("Lopez called the plan", "mixed", "Lopez", "called", "reckless"),
        ("The company described", "mixed", "company", "described", "a great step"),
        ("The attack was described", "mixed", "mayor", "described", "an act of terror"),
        ("The minister said that", "indirect", "minister", "said", "the bridge would open in May"),
        ("Officials said the bridge", "indirect", "official", "said", "the bridge was safe"),
        ("The bridge, the minister", "indirect", "minister", "said", "The bridge was safe"),
        ("According to the report", "indirect", "report", "According to", "sales fell sharply"),
        ("Sales fell sharply", "indirect", "industry analyst", "according to", "Sales fell sharply"),
        ("As Lopez put it", "indirect", "Lopez", "put", "the plan is dead"),
        ("The mayor, who said", "indirect", "mayor", "said", "the road was closed"),
        ("Officials closed the road", "indirect", "official", "saying", "it was unsafe"),
        ("In an interview", "indirect", "Lopez", "said", "the factory would close"),
        ("Lopez suggested that", "indirect", "Lopez", "suggested", "the bridge was safe"),
        ("Lopez denied that", "indirect", "Lopez", "denied", "the bridge was unsafe"),
        ("Maria Lopez told Acme News", "indirect", "Maria Lopez", "told", "the bridge was safe"),
        ("Residents told the press", "indirect", "resident", "told",
         "the officers searched the house"),
        ("Acme announced on Friday", "indirect", "Acme", "announced",
         "the new plant, called Leeds Two, would open in May"),
        ("Costs, he noted", "indirect", "he", "noted", "Costs had fallen"),
        ("Scientists reported", "indirect", "scientist", "reported",
         "seas are warming, but the losses may be smaller"),
        ("The judges ruled", "indirect", "judge", "ruled", "the contract was void"),
        ("Records cited Chavez", "indirect", "Chavez", "saying", "the mine was safe"),
        ("The mine is empty", "indirect", "Maria Chavez", "argued", "The mine is empty"),
        ("According to its spokesman", "indirect", "Peter Chavez", "According to",
         "two ships have been hired"),
        ("According to the newspaper", "indirect", "Leeds Herald", "According to",
         "the bank sold the mine"),
        ('"Overall," Chavez', "direct", "Chavez", "said", "Overall, the plan works."),
        ("Chavez indicated", "mixed", "Chavez", "indicated",
         'a "significant change" was likely'),
        ("Chavez said she felt", "mixed", "Chavez", "said",
         'she felt the plan was "quite dead" by then'),
        ("Ministers barred", "indirect", "minister", "ruling", "it broke the law"),
        ("The driver told", "indirect", "driver", "told", "he lost control"),
        ("The driver told", "indirect", "some papers", "claiming", "he was asleep"),
    ],
)  # fmt: skip
def test_speech_is_found_with_its_speaker_and_cue(
    sentence: str, speech: str, speaker: str, cue: str, text: str
):
    matching = [q for q in found(sentence) if q.text == text]
    assert matching, [q.text for q in found(sentence)]
    quote = matching[0]
    assert (quote.speech, quote.cue) == (speech, cue)
    assert quote.speaker is not None
    assert quote.speaker.label == speaker


@pytest.mark.parametrize(
    "sentence",
    [
        "Lopez wrote the song",  # the title of a work
        'The "experts"',  # scare quotes
        "The agency did not say whether",  # an open question is no content
        "It is said that",  # nobody speaks
        "The data suggest",  # things do not speak
        "One could argue",  # nobody has said so
        "Chavez did not say",  # nor here
        "The board used the word",  # a word, not speech
    ],
)
def test_what_is_no_speech_gives_no_quote(sentence: str):
    assert found(sentence) == []


def test_what_was_announced_by_nobody_named_has_an_unknown_speaker():
    quote = only("It was announced")
    assert (quote.text, quote.speaker, quote.cue) == ("the mine would close", None, "announced")


def test_a_split_quotation_is_one_with_its_parts_rejoined():
    quote = only('"The tool," Lopez told reporters')
    assert quote.text == "The tool, will save us a month."
    assert len(quote.parts) == 2
    assert quote.addressee is not None and quote.addressee.label == "reporter"


def test_speech_goes_on_after_the_cue():
    quote = only('"It works," said Lopez.')
    assert quote.text == "It works. We will keep it."
    assert quote.speaker is not None and quote.speaker.label == "Lopez"


def test_a_pronoun_stays_a_pronoun_for_its_cluster_to_resolve():
    quote = only("Lopez praised the tool. ")
    assert quote.speaker is not None and quote.speaker.label == "she"


def test_the_occasion_and_the_one_spoken_to_are_told():
    quote = only("During an earnings call")
    assert quote.occasion == "During an earnings call"
    assert quote.addressee is not None and quote.addressee.label == "analyst"
    assert only("In an interview").occasion == "In an interview with Acme News"
    told = only("Maria Lopez told Acme News").addressee
    assert told is not None and told.label == "Acme News"


def test_offsets_are_the_words_and_evidence_holds_cue_and_speaker():
    for name in ('"We built it in a week," said', "Lopez said the tool", "Sales fell sharply"):
        doc = tree(name)
        for quote in quotes(doc, article(doc)):
            assert " ".join(doc.text[s:e] for s, e in quote.parts) == quote.text
            assert quote.speaker is not None and quote.cue_start is not None
            assert quote.evidence_start <= min(quote.start, quote.speaker.start, quote.cue_start)
            assert quote.evidence_end >= max(quote.end, quote.speaker.end, quote.cue_end or 0)
            assert doc.text[quote.cue_start : quote.cue_end] == quote.cue


def test_speech_in_marks_is_told_from_scare_quotes():
    doc = tree('"We built it in a week," said')
    (piece,) = [piece for piece in pieces_of(doc) if piece.speech]
    assert doc.text[piece.marked.start : piece.marked.end] == "We built it in a week,"
    assert piece.cue.speaker.text == "Maria"
    assert not any(piece.speech for piece in pieces_of(tree('The "experts"')))


def test_i_in_a_quotation_means_its_speaker_and_we_only_a_group():
    doc = tree('"We built it in a week," said')
    assert first_person_links(doc, quotes(doc, article(doc))) == {}
    doc = tree("Maria Lopez praised the tool, stating")
    assert first_person_links(doc, quotes(doc, article(doc))) == {}


def test_an_unknown_speaker_is_none():
    from tests.support.docs import make_doc

    doc = make_doc(
        """
        "      PUNCT 4 punct
        They   PRON  4 nsubj
        will   AUX   4 aux   will XPOS=MD
        close  VERB  0 root  close VerbForm=Inf
        the    DET   6 det
        bridge NOUN  4 obj
        .      PUNCT 4 punct
        "      PUNCT 4 punct
        """,
        text='"They will close the bridge."',
    )
    (quote,) = quotes(doc, Article(id="a", source="a", text=doc.text))
    assert quote.speaker is None
    assert quote.cue is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'Police said they were treating the death as "odd" and asked witnesses to come forward.',
            'they were treating the death as "odd"',
        ),
        (
            "Police said they were treating the death as odd and asked witnesses to come forward.",
            "they were treating the death as odd",
        ),
        (
            'However, she added, "there are no locked doors in the cabins" where the crew sleeps.',
            'there are no locked doors in the cabins" where the crew sleeps',
        ),
    ],
)
def test_what_is_said_ends_where_the_narrator_goes_on(text: str, said: str):
    doc = load_pipeline()(text)
    (quote,) = quotes(doc, Article("a", "a", text))
    assert quote.text == said


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("In a message to staff, Karl Brandt wrote:", "Karl Brandt"),
        ("From the desk of the director:", "director"),
        ("The museum gave its reasons on Friday:", None),
    ],
)
def test_a_line_above_tells_the_speaker(line: str, speaker: str | None):
    text = f'The museum is in debt.\n\n{line}\n\n"Nobody here will lose a job."'
    doc = load_pipeline()(text)
    (quote,) = quotes(doc, Article(id="a", source="a", text=text))
    assert (quote.speaker.label if quote.speaker else None) == speaker


@pytest.mark.parametrize(
    ("text", "said", "polarity"),
    [
        ("Granton Works denied that its welds were faulty.", "its welds were faulty", "negative"),
        ('Anna Berg denied she had "robbed the bank".', 'she had "robbed the bank"', "negative"),
        ('Anna Berg denied that "we robbed the bank".', "we robbed the bank", "negative"),
        ("The court ruled out that Lund sold it.", "Lund sold it", "negative"),
        ('"I never sold it," denied Anna Berg.', "I never sold it", "positive"),
        ('Mayor Holm dismissed the claims as "nonsense".', "nonsense", "positive"),
        ("Granton Works said that its welds were sound.", "its welds were sound", "positive"),
    ],
)
def test_what_is_denied_is_a_quote_of_negative_polarity(text: str, said: str, polarity: str):
    (quote,) = quotes(load_pipeline()(text), Article("a", "a", text))
    assert (quote.text, quote.polarity) == (said, polarity)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'The mayor praised the crews. "The river rose fast.\n\n"Nobody was hurt," Anna Berg said.',
            "The river rose fast. Nobody was hurt",
        ),
        (
            "The mayor praised the crews. 'The river rose fast. 'Nobody was hurt,' Anna Berg said.",
            "The river rose fast. Nobody was hurt",
        ),
        (
            "Of the flood, Anna Berg said: 'The river rose fast. 'Nobody was hurt,' she said.",
            "The river rose fast. Nobody was hurt",
        ),
    ],
)
def test_all_paragraphs_of_a_quotation_are_the_speakers_whom_one_of_them_names(
    text: str, said: str
):
    (quote,) = quotes(load_pipeline()(text), Article("a", "a", text))
    assert (quote.text, quote.speaker and quote.speaker.label) == (said, "Anna Berg")


def test_a_quotation_that_takes_the_speaker_of_the_sentence_before_leaves_that_sentence_a_quote():
    text = 'Anna Berg said the river was high. "The crews were quick to come."'
    found = list(quotes(load_pipeline()(text), Article("a", "a", text)))
    assert [(q.speech, q.text) for q in found] == [
        ("indirect", "the river was high"),
        ("direct", "The crews were quick to come."),
    ]
    assert {q.speaker and q.speaker.label for q in found} == {"Anna Berg"}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # the paragraph above ends with what somebody said, or is told to have put out
        ('The river fell, Anna Berg said.\n\n"We opened the road at noon."', "Anna Berg"),
        ('Anna Berg urged people to stay at home.\n\n"This is a very bad flood."', "Anna Berg"),
        ('Anna Berg released the following statement:\n\n"We opened the road."', "Anna Berg"),
        ('Anna Berg issued a statement on Friday. "We opened the road at noon."', "Anna Berg"),
        ('Anna Berg was blunt.\n\n"We opened the road far too late."', "Anna Berg"),
        # or with something else
        ('The river fell.\n\n"We opened the road at noon."', None),
        ('Anna Berg drove a red lorry through the town on Friday night.\n\n"We opened the road."',
         None),
        ('Anna Berg issued a permit on Friday for the lorry.\n\n"We opened the road at noon."', None),
        # a thought on the way is no talk
        ('The town is dry, with more people expecting rain. "We opened the road at noon."', None),
    ],
)  # fmt: skip
def test_a_quotation_without_a_cue_is_whose_the_sentence_above_tells(
    text: str, speaker: str | None
):
    found = list(quotes(load_pipeline()(text), Article("a", "a", text)))
    (quote,) = [q for q in found if q.speech == "direct"]
    assert (quote.speaker.label if quote.speaker else None) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Mayor Bo Lund Monday told reporters that the road was open.", "Bo Lund"),
        ("An embassy statement Friday said there were signs that gangs might strike.", "statement"),
    ],
)
def test_no_day_speaks(text: str, speaker: str):
    (quote,) = quotes(load_pipeline()(text), Article("a", "a", text))
    assert quote.speaker is not None and quote.speaker.label.endswith(speaker)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Pia Dahl was quoted by the Courier: "We lost the bridge in May."', "Pia Dahl"),
        ('Pia Dahl was cited by the Courier as saying "We lost the bridge."', "Pia Dahl"),
        ('The Courier quoted Pia Dahl as saying "We lost the bridge."', "Pia Dahl"),
        (
            'It was late. She was quoted by the Courier on it;\n\n"We lost the bridge. I saw it."',
            "She",
        ),
    ],
)
def test_who_was_quoted_by_a_paper_is_who_speaks(text: str, speaker: str):
    (quote,) = quotes(load_pipeline()(text), Article("a", "a", text))
    assert quote.speaker is not None and quote.speaker.label == speaker


@pytest.mark.parametrize(
    "text",
    [
        "The museum continues to lend paintings; its oldest one, a seascape, was a gift.",
        "Ona Berg has admitted and regretted the loss; she was mourned by the town in May.",
        'The course hopes to address "a gap in their training."',
        'The probe met a comet (also called "Bell 2) in deep space and landed in Utah.',
    ],
)
def test_what_stands_behind_a_semicolon_or_in_a_plan_is_not_said(text: str):
    assert list(quotes(load_pipeline()(text), Article("a", "a", text))) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Sales rose, according to the firm, and a new mill was built in Leeds by the state.",
            "Sales rose",
        ),
        ("Sales rose, according to the firm, and fell in May.", "Sales rose and fell in May"),
        (
            "The mill will close, according to a banker who says it might have stayed had the state paid.",
            "The mill will close",
        ),
        (
            "Rob Dane, who told this paper he was leaning to the plan and who took ten minutes to vote, "
            "left.",
            "he was leaning to the plan",
        ),
        ("Ann Berg warned the county in March the motor was dead.", "the motor was dead"),
        ("Ann Berg told crews she never goes out.", "she never goes out"),
        ("Ann Berg warned workers would leave.", "workers would leave"),
        (
            '"We got the dam wrong," Ann Berg told reporters. "It will not happen again."',
            "We got the dam wrong. It will not happen again.",
        ),
        ('"He asked," said Ann Berg, "if it was warm."', "He asked, if it was warm."),
    ],
)
def test_what_is_said_ends_where_the_source_s_words_do(text: str, said: str):
    found = extract(load_pipeline()(text), Article("a", "a", text)).quotes
    assert [quote.text for quote in found][:1] == [said]


@pytest.mark.parametrize(
    "text",
    [
        "The guard, who, the mayor said, had climbed the wall, is missing.",
        "Bo Holm, who according to the mayor had climbed the wall, is missing.",
    ],
)
def test_what_lacks_whom_it_is_told_of_is_no_quotation(text: str):
    assert extract(load_pipeline()(text), Article("a", "a", text)).quotes == ()
