"""JSON Lines, Markdown, web pages and PDF, each as its reader gives it."""

import builtins
from io import BytesIO
from pathlib import Path

import pytest

from kg.config import load_config
from kg.errors import ReadError
from kg.model import Article, Failure
from kg.read import read
from kg.read.html import read_html
from kg.read.jsonl import read_jsonl
from kg.read.markdown import read_markdown
from kg.read.markup import few_attributes
from kg.read.pdf import read_pdf
from kg.results import from_json, to_json
from tests.support.needs import needs

PAGE = """<!DOCTYPE html><html><head><title>Port strike ends | Emsby Gazette</title>
<meta name="author" content="Ann Roe"><meta property="og:site_name" content="Emsby Gazette">
<meta property="article:published_time" content="2025-05-06T10:00:00Z">
<link rel="canonical" href="https://www.example.com/strike"></head><body>
<nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Port strike ends</h1>
<p>By Ann Roe</p><p>The strike in the port of <a href="/e">Emsby</a> has ended, the harbour
board said on Monday.<script>alert("no")</script></p><h2>What comes next</h2>
<p>Workers return on Friday, according to the union, and wages will rise by four per cent.</p>
<blockquote><p>"It is a beginning," said Jo Field, who led the talks for the dockers.</p></blockquote>
</article><footer>© 2025 Emsby Gazette. All rights reserved.</footer></body></html>"""


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def file(tmp_path: Path, name: str, data: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_jsonl_line_by_line(tmp_path) -> None:
    lines = [
        '{"text": "The port has closed.", "title": "Port closes", "url": "https://e.example/1", '
        '"date": "2025-05-06T10:00:00Z", "publisher": {"name": "Emsby Gazette"}, '
        '"authors": ["Ann Roe", {"name": "Jo Field"}]}',
        "",
        '{"text": "It opens',
        '["text"]',
        '{"headline": "No text here", "text": ""}',
        '{"text": "It has opened.", "authors": "Ann Roe and Jo Field"}',
    ]
    first, torn, array, empty, last = read_jsonl(file(tmp_path, "a.jsonl", "\n".join(lines)))
    assert first.source == "a.jsonl:1"
    assert (first.title, first.date, first.publisher) == (
        "Port closes",
        "2025-05-06",
        "Emsby Gazette",
    )
    assert first.authors == last.authors == ("Ann Roe", "Jo Field")
    assert "a.jsonl:3: not JSON: Unterminated string" in str(torn)
    assert "a.jsonl:4: not a JSON object" in str(array)
    assert "a.jsonl:5: no 'text'" in str(empty)
    assert (last.source, last.text) == ("a.jsonl:6", "It has opened.")


def test_jsonl_line_over_the_limit_costs_only_itself(tmp_path) -> None:
    lines = ['{"text": "' + "long " * 400 + '"}', '{"text": "Short and well."}']
    bad, good = read_jsonl(file(tmp_path, "a.jsonl", "\n".join(lines)), max_bytes=500)
    assert isinstance(bad, ReadError) and "a.jsonl:1: the line is longer" in str(bad)
    assert (good.source, good.text) == ("a.jsonl:2", "Short and well.")


def test_jsonl_in_another_encoding_names_the_line(tmp_path) -> None:
    data = b'{"text": "Fine as it is."}\n{"text": "caf\xe9"}\n'
    _, bad = read_jsonl(file(tmp_path, "a.jsonl", data))
    assert "a.jsonl:2: not UTF-8" in str(bad)


def test_markdown_blocks(tmp_path) -> None:
    page = (
        "# Port strike *ends*\n\n- First point of the list, in words.\n- Second **point** here.\n\n"
        "The strike in [Emsby](https://e.example) has ended,\nthe `board` said. It had lasted for "
        "more than a month, and nobody knows what it cost the port and its customers.\n\n"
        '## What next\n\n> "A beginning," said Jo Field.\n\n![Cranes in Emsby](c.jpg)\n\n'
        "```\ncode = 1\n```\n\n<script>alert(1)</script>\n\nLine one was here.  \nLine two is here.\n"
    )
    [found] = read_markdown(file(tmp_path, "a.md", page))
    assert found.title == "Port strike ends"
    assert kinds(found) == [
        ("headline", "Port strike ends"),
        ("keypoint", "First point of the list, in words."),
        ("keypoint", "Second point here."),
        (
            "paragraph",
            "The strike in Emsby has ended, the board said. It had lasted for more than a month, "
            "and nobody knows what it cost the port and its customers.",
        ),
        ("subheading", "What next"),
        ("paragraph", '"A beginning," said Jo Field.'),
        ("caption", "Cranes in Emsby"),
        ("paragraph", "Line one was here."),
        ("paragraph", "Line two is here."),
    ]


def test_page_gives_text_and_facts(tmp_path) -> None:
    [found] = read_html(file(tmp_path, "a.html", PAGE))
    assert (found.title, found.date) == ("Port strike ends", "2025-05-06")
    assert (found.publisher, found.authors) == ("Emsby Gazette", ("Ann Roe",))
    assert found.url == "https://www.example.com/strike"
    assert kinds(found) == [
        ("headline", "Port strike ends"),
        (
            "paragraph",
            "The strike in the port of Emsby has ended, the harbour board said on Monday.",
        ),
        ("subheading", "What comes next"),
        (
            "paragraph",
            "Workers return on Friday, according to the union, and wages will rise by four per "
            "cent.",
        ),
        ("paragraph", '"It is a beginning," said Jo Field, who led the talks for the dockers.'),
    ]


@pytest.mark.parametrize("cut", range(0, len(PAGE), 60))
def test_truncated_page_is_read_as_far_as_it_goes_or_refused(tmp_path, cut) -> None:
    path = file(tmp_path, "a.html", PAGE[:cut] or " ")
    try:
        [found] = read_html(path)
    except ReadError as error:
        assert "a.html" in str(error)
        assert cut < PAGE.index("What comes next")
    else:
        assert "alert" not in found.text
        assert all(words in " ".join(PAGE.split()) or "Emsby" in words for _, words in kinds(found))


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with these lines."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td {shown}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(
        b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    )
    out.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def test_pdf_lines_become_paragraphs(tmp_path) -> None:
    needs("pypdf")
    lines = [
        "Port strike ends",
        " ",
        "The strike in the port of Emsby has ended, the harbour board said on",
        "Monday. Workers will return on Friday, and the first of the ships that",
        "wait outside will be unloaded in the evening, according to the union.",
        " ",
        "1",
    ]
    [found] = read_pdf(file(tmp_path, "a.pdf", pdf(lines)))
    assert found.title == "Port strike ends"
    assert found.text.endswith(
        "on Monday. Workers will return on Friday, and the first of the ships "
        "that wait outside will be unloaded in the evening, according to the union."
    )


def test_a_pdf_whose_title_stands_in_its_text_has_plain_strings_alone(tmp_path) -> None:
    needs("pypdf")
    import pypdf

    lines = ["Port strike ends", " ", "The strike in the port of Emsby has ended on Monday."]
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf(lines)))
    writer.add_metadata({"/Title": "Port strike ends"})
    writer.write(tmp_path / "titled.pdf")
    [found] = read_pdf(tmp_path / "titled.pdf")
    assert (found.title, type(found.title)) == ("Port strike ends", str)
    assert from_json(Article, to_json(found)) == found


def test_pdf_without_text_is_refused(tmp_path) -> None:
    needs("pypdf")
    with pytest.raises(ReadError, match="without text"):
        list(read_pdf(file(tmp_path, "a.pdf", pdf([" "]))))


def test_pdf_without_pypdf_says_what_to_install(tmp_path, monkeypatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object, **options: object) -> object:
        if name.split(".")[0] == "pypdf":
            raise ImportError(name)
        return real(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ReadError, match=r"pip install 'kg\[pdf\]'"):
        list(read_pdf(file(tmp_path, "a.pdf", pdf(["x"]))))


MANY = range(20_000)


@pytest.mark.parametrize(
    "attributes",
    [
        " ".join(f'a{n}="x"' for n in MANY),
        " ".join(f"a{n}='>'" for n in MANY),
        "".join(f'a{n}="x"' for n in MANY),
        " ".join(f'a{n}="<" "\'' for n in MANY),
        "/".join(f"a{n}" for n in MANY),
        "\n".join(f"a{n}= 1" for n in MANY),
    ],
)
@pytest.mark.parametrize("tag", ["p", "html", "script", "Style", "x:y"])
def test_tag_with_thousands_of_attributes_loses_them(tag, attributes) -> None:
    page = f"<div><{tag} {attributes}>one</{tag}> <b class='c'>two</b><!-- <{tag} {attributes}> -->"
    cut = few_attributes(page)
    assert cut.startswith(f"<div><{tag}>one</{tag}> <b class='c'>two</b>")
    assert cut.endswith(f"<{tag} {attributes}> -->")


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        f"<div class='article' data-x='{' a=b ' * 2000}'>Text</div>",
        f"<script>if (a<b) {{ {'x = 1; ' * 2000} }}</script><p>Text</p>",
        f"<style>a<b {'x = 1 ' * 2000}</style><p>Text</p>",
        f"<!-- <b {'x=1 ' * 2000} --><p>Text</p>",
        f"<!--><p>Text</p>{' word' * 2000}",
        f"<img src='data:image/png;base64,{'A' * 20_000}=='>",
        "<p " * 2000,
        "a < b and c > d",
    ],
)
def test_other_pages_keep_their_tags(page) -> None:
    kept = few_attributes(page)
    assert kept == page or page.startswith("<p <p")


def test_page_of_a_hundred_thousand_attributes_is_read(tmp_path) -> None:
    page = PAGE.replace("<p>By", "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">By", 1)
    [found] = read_html(file(tmp_path, "a.html", page.encode()))
    [plain] = read_html(file(tmp_path, "b.html", PAGE.encode()))
    assert found.text == plain.text


def packed_pdf(content: bytes, *, pages: int = 1, form: bytes = b"") -> bytes:
    """A PDF whose pages all draw the same packed content; ``/X`` in it is a form."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    def stream(data: bytes) -> object:
        made = DecodedStreamObject()
        made.set_data(data)
        return made.flate_encode()

    writer = PdfWriter()
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(k): NameObject(v) for k, v in names.items()})
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    resources = DictionaryObject({NameObject("/Font"): fonts})
    if form:
        drawn = stream(form)
        drawn[NameObject("/Type")] = NameObject("/XObject")
        drawn[NameObject("/Subtype")] = NameObject("/Form")
        drawn[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        forms = DictionaryObject({NameObject("/X"): writer._add_object(drawn)})
        resources[NameObject("/XObject")] = forms
    shared = writer._add_object(stream(content))
    for _ in range(pages):
        page = writer.add_blank_page(600, 800)
        page[NameObject("/Resources")] = resources
        page[NameObject("/Contents")] = shared
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


LINE = b"BT /F1 12 Tf (The port of Emsby has closed.) Tj ET\n"


@pytest.mark.parametrize(
    ("content", "pages", "form"),
    [(LINE * 60_000, 1, b""), (LINE * 2_000, 60, b""), (b"/X Do\n" * 20_000, 1, LINE * 200)],
    ids=["one page", "many pages, one stream", "one form, many times"],
)
def test_pdf_that_unpacks_without_end_is_refused(tmp_path, content, pages, form) -> None:
    needs("pypdf")
    made = file(tmp_path, "a.pdf", packed_pdf(content, pages=pages, form=form))
    assert made.stat().st_size < 30_000
    with pytest.raises(ReadError, match="unpacks to far more than"):
        list(read_pdf(made))


def test_pdf_with_a_form_is_read(tmp_path) -> None:
    needs("pypdf")
    [found] = read_pdf(file(tmp_path, "a.pdf", packed_pdf(b"/X Do\n", form=LINE * 2)))
    assert "The port of Emsby has closed." in found.text


def test_what_a_block_begins_with_in_bold_is_known(tmp_path) -> None:
    (tmp_path / "a.md").write_text(
        "**Ada Venn:** I am *seventy* and **well**.\n\n**Why did you sell?**\n\nMy *sons* were **old**.\n"
    )
    page = "".join(
        f"<p>{line}</p>"
        for line in (
            "<b>Ada Venn:</b> I am <i>seventy</i> and <b>well</b>, and I sold it in the spring.",
            "<strong>Why did <em>you</em> sell?</strong>",
            "My <i>sons</i> were <b>old</b>, and they did not want the works of their father.",
        )
    )
    (tmp_path / "b.html").write_text(f"<html><body><article>{page}</article></body></html>")
    for name in ("a.md", "b.html"):
        (found,) = read([tmp_path / name], settings=load_config())
        assert isinstance(found, Article)
        bold = [found.text[b.start : b.start + b.bold] for b in found.blocks]
        assert bold == ["Ada Venn:", "Why did you sell?", ""]


def test_a_block_in_another_language_says_so(tmp_path) -> None:
    lines = [
        "Fisherman Olav Stene won the coast prize on Friday. The jury gave him a medal and a net.",
        "Juryen ga ham en medalje og et nytt garn. Stene fikk prisen for sitt lange liv på havet.",
        "Merkel met Macron in Berlin.",
        "The prize was founded by the bank of Tarn in 1950, and it goes every year to a sailor.",
    ]
    (tmp_path / "a.txt").write_text("\n\n".join(lines), encoding="utf-8")
    (found,) = read([tmp_path], settings=load_config())
    assert isinstance(found, Article)
    assert [block.language is not None for block in found.blocks] == [False, True, False, False]


_ENGLISH = "The ferry was towed to Velm in the evening, and it will be there for a week."
_SHORT = "Alma stod fast. Jens Rask ringede."


def _pages(tmp_path, body: str, language: str) -> list[Article | Failure]:
    head = "<title>Ferry aground</title></head><body><article><h1>Ferry aground</h1>"
    page = f'<html lang="{language}"><head>{head}{body}</article></body></html>'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    return list(read([tmp_path / "page.html"], settings=load_config()))


@pytest.mark.parametrize(
    ("language", "body", "skipped"),
    [
        ("da", f"<p>{_SHORT}</p><p>Sund Post skriver mere mandag.</p>", True),
        ("da-DK", f"<p>{_ENGLISH}</p><p>It is owned by Sound Ferries, who will pay for it.</p>", False),
        ("en", f"<p>{_SHORT}</p><p>{_ENGLISH}</p>", False),
        ("", f"<p>{_ENGLISH}</p>", False),
        ("x-default", f"<p>{_ENGLISH}</p>", False),
    ],
)  # fmt: skip
def test_a_page_that_says_it_is_not_english_is_skipped_unless_it_plainly_is(
    tmp_path, language, body, skipped
):
    [found] = _pages(tmp_path, body, language)
    assert isinstance(found, Failure) == skipped
    if isinstance(found, Failure):
        assert "written in 'da'" in found.error
        assert "say 'language'" in found.hint


def test_a_block_that_says_it_is_not_english_is_known_unless_it_plainly_is(tmp_path):
    body = (
        f'<p>{_ENGLISH}</p><blockquote lang="da"><p>{_SHORT}</p></blockquote>'
        '<p lang="en-GB">Sound Ferries owns the ship.</p>'
        '<p lang="fr">Sound Ferries has paid for the harbour, and it is to have a pier.</p>'
    )
    [found] = _pages(tmp_path, body, "en")
    assert isinstance(found, Article)
    languages = {found.text[b.start : b.end]: b.language for b in found.blocks}
    assert languages[_SHORT] == "da"
    assert [language for language in languages.values() if language] == ["da"]
    [other] = _pages(tmp_path, body.replace(' lang="da"', ""), "en")
    assert other.id != found.id
