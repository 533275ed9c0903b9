import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from kg.nlp.load import SHIPPED
from kg.nlp.tokenize import LONGEST_RUN, BoundedTokenizer, english_tokenizer

NLP = spacy.blank("en")
TOKENIZER: Tokenizer = english_tokenizer(NLP)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They don't know it's Bush's.", "They do n't know it 's Bush 's ."),
        ("They don’t — it’s—it’s late", "They do n’t — it ’s — it ’s late"),
        ("a long-term, pro-Beijing co-founder", "a long - term , pro-Beijing co-founder"),
        ("the F-16 and COVID-19", "the F - 16 and COVID - 19"),
        ("a $10,000-$20,000 loss", "a $ 10,000 - $ 20,000 loss"),
        ("US$5 and 20% and/or 3–4", "US $ 5 and 20 % and / or 3 – 4"),
        ("at 7:30PM on 2025-08-06", "at 7:30 PM on 2025-08-06"),
        ("call 755-1109!!", "call 755-1109 !!"),
        ("the U.S.-style co-op.", "the U.S. - style co-op ."),
        ('He said "no" (twice): "(never)".', 'He said " no " ( twice ) : " ( never ) " .'),
        ("DON'T, I wanna", "DO N'T , I wan na"),
        ("Mr. Smith, Jr. et al. cannot", "Mr. Smith , Jr. et al. can not"),
        ("see https://example.org/a-b/c.html now", "see https://example.org/a-b/c.html now"),
        ("El Eternauta (The Eternaut)", "El Eternauta ( The Eternaut )"),
        ("AT&T paid", "AT&T paid"),
        (">> quoted <<", ">> quoted <<"),
        ("It cost $3m.", "It cost $ 3 m ."),
        ("A wall of 7m. A debt of £3M.", "A wall of 7 m . A debt of £ 3 M ."),
        ("at 8 a.m. in the U.S.", "at 8 a.m. in the U.S."),
    ],
)
def test_words_are_cut_as_in_the_treebanks(text: str, words: str) -> None:
    assert [t.text for t in TOKENIZER(text)] == words.split()


@given(st.text(max_size=60))
def test_no_character_is_lost(text: str) -> None:
    assert TOKENIZER(text).text == text


def test_the_shipped_pipeline_cuts_words_so() -> None:
    shipped = Tokenizer(NLP.vocab).from_disk(SHIPPED / "tokenizer")
    for text in ("It cost $3m.", "They can't (8 a.m.)", "a long-term co-founder"):
        assert [t.text for t in shipped(text)] == [t.text for t in TOKENIZER(text)]


def test_it_saves_and_loads_as_any_tokenizer() -> None:
    other = Tokenizer(NLP.vocab).from_bytes(TOKENIZER.to_bytes())
    text = "They don't want long-term co-founders at 7:30PM (twice): 755-1109!!"
    assert [t.text for t in other(text)] == [t.text for t in TOKENIZER(text)]


@pytest.mark.parametrize("text", ["," * 3000, "a,b" * 400 + " left.", 'x "' + "(" * 900 + '"\n b'])
def test_words_without_end_are_cut_and_nothing_is_lost(text: str) -> None:
    given_at_once: list[int] = []

    def inner(part: str) -> Doc:
        given_at_once.append(max(map(len, part.split()), default=0))
        return TOKENIZER(part)

    doc = BoundedTokenizer(inner)(text)
    assert doc.text == text
    assert max(given_at_once) <= LONGEST_RUN


@given(st.text(alphabet="ab ,('\n", max_size=60))
def test_other_text_is_left_to_the_tokenizer(text: str) -> None:
    bounded = BoundedTokenizer(TOKENIZER)(text)
    assert [(t.text, t.norm_) for t in bounded] == [(t.text, t.norm_) for t in TOKENIZER(text)]


def test_norms_survive_beside_a_long_word() -> None:
    doc = BoundedTokenizer(TOKENIZER)("I " + "x" * 300 + " can't")
    assert [t.norm_ for t in doc][-2:] == [t.norm_ for t in TOKENIZER("can't")]
