"""What a web page is: an article, or a wall, a list, an error, a program. The rules of `page.toml`.

`prepared` takes out of the tree what is no article and marks what the extraction of the main text
would lose (captions, tables, questions); `refusal` says why a page is none, `shortfall` why its
article is not whole.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from kg.read import furniture
from kg.read.about import About
from kg.read.clean import is_sentence
from kg.read.tree import BLOCKS, is_data, rows, words

#: Marks of our own (private use) that lines of a prepared tree begin with.
CAPTION: Final = "\ue0c0"
ROW: Final = "\ue0c1"
_MARKS: Final = re.compile("[\ue0c0\ue0c1]")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_RENAMED: Final = {
    "figure": "div", "details": "div", "summary": "h3", "dl": "div", "dt": "h3", "dd": "p",
}  # fmt: skip
_GALLERY: Final = frozenset(
    "gallery slideshow slider slide slides carousel figure image media photo photos caption table".split()
)
#: Words from which on a paragraph says something.
_SENTENCE: Final = 5
#: Words from which on a sentence beside the text tells something.
_TOLD: Final = 8
#: The share of words that are links in what shows other articles, and in a list of nothing else.
_LINKED: Final = 0.25
_ALL_LINKS: Final = 0.9
_HOLDERS: Final = ("html", "body", "main", "article", "head")
#: Links in one paragraph that are left as such: trafilatura's time is the square of their number,
#: and it looks at the links of short paragraphs only.
_MANY_LINKS: Final = 200


@dataclass(frozen=True, slots=True)
class _Rules:
    consent: frozenset[str]
    related: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    forms: frozenset[str]
    bio: frozenset[str]
    elements: tuple[str, ...]
    signs: tuple[re.Pattern[str], ...]
    gate_line: re.Pattern[str]
    script: re.Pattern[str]
    error: re.Pattern[str]
    error_sign: re.Pattern[str]
    gate: frozenset[str]
    offer: re.Pattern[str]
    search: re.Pattern[str]
    numbers: dict[str, int]


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@cache
def _rules() -> _Rules:
    data = tomllib.loads(Path(__file__).with_name("page.toml").read_text(encoding="utf-8"))
    parts = data["parts"]
    return _Rules(
        consent=frozenset(parts["consent"]),
        related=frozenset(parts["related"]),
        pairs=frozenset((pair.split()[0], pair.split()[1]) for pair in parts["pairs"]),
        forms=frozenset(parts["forms"]),
        bio=frozenset(parts["bio"]),
        elements=tuple(parts["elements"]),
        signs=tuple(_any([sign]) for sign in data["consent"]["signs"]),
        gate_line=_any(data["gate"]["lines"]),
        script=_any([data["script"]["signs"]]),
        error=_any(data["error"]["titles"]),
        error_sign=_any(data["error"]["signs"]),
        gate=frozenset(parts["gate"]),
        offer=_any([data["gate"]["offer"]]),
        search=_any(data["search"]["titles"]),
        numbers={
            f"{section}.{name}": value
            for section, values in data.items()
            for name, value in values.items()
            if isinstance(value, int)
        },
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A page, prepared. ``gated`` is whether it says that the rest is for subscribers."""

    root: Any
    gated: bool
    asks_consent: bool


def refusal(root: Any, about: About) -> str | None:
    """Why a page as it came holds no article; None where it may."""
    given = _rules()
    text = words(root)
    count = len(text.split())
    titles = [words(element) for element in root.iter("title", "h1")]
    if not about.is_article:
        few = count <= given.numbers["error.longest"]
        if few and (any(map(given.error.fullmatch, titles)) or given.error_sign.search(text)):
            return "an error page, no article"
        if count <= given.numbers["login.longest"] and _asks_password(root):
            return "a page to log in, no article"
        if about.is_search or any(map(given.search.fullmatch, [*titles, *_short(root)])):
            return "a search page: a list of results, no article"
    if _needs_script(root, text, count):
        return "the page shows its text only with JavaScript; save it from a browser"
    if not about.is_article and _is_index(root):
        return "an index page: a list of teasers, no article"
    return None


def _asks_password(root: Any) -> bool:
    titles = " ".join(words(element) for element in root.iter("title", "h1"))
    return any(field.get("type") == "password" for field in root.iter("input")) or (
        re.search(r"\b(?:log|sign) ?in\b", titles, re.IGNORECASE) is not None
        and next(root.iter("input"), None) is not None
    )


def _short(root: Any) -> Iterator[str]:
    """The first short paragraphs: where a search page says how many results it has."""
    return (words(element) for element, _ in zip(root.iter("p"), range(2), strict=False))


def _needs_script(root: Any, text: str, count: int) -> bool:
    given = _rules()
    if count > given.numbers["script.longest"]:
        return False
    unseen = " ".join(" ".join(element.itertext()) for element in root.iter("noscript"))
    return given.script.search(text) is not None or (
        given.script.search(unseen) is not None and count < 20
    )


def _is_index(root: Any) -> bool:
    given = _rules().numbers
    cards = [
        element
        for element in root.iter("h2", "h3", "h4")
        if element.find(".//a") is not None or _inside(element, "a")
    ]
    if len(cards) < given["index.cards"]:
        return False
    headed = Counter(map(_card, cards))
    text = [p for p in root.iter("p") if len(words(p).split()) >= _SENTENCE]
    apart = [p for p in text if not any(parent in headed for parent in p.iterancestors())]
    if sum(len(words(p).split()) for p in apart) > given["index.apart"]:
        return False
    below = Counter(p.getparent() for p in text)
    return all(
        count <= max(given["index.direct"], 2 * headed[parent]) for parent, count in below.items()
    )


def _card(heading: Any) -> Any:
    """The element that holds a heading and what belongs to it."""
    parent = heading.getparent()
    while parent.tag in ("a", "header", "h2", "h3") and parent.getparent() is not None:
        parent = parent.getparent()
    return parent


def _inside(element: Any, tag: str) -> bool:
    return any(parent.tag == tag for parent in element.iterancestors())


def prepared(root: Any) -> Page:
    """The tree without walls, teasers and hidden parts, ready for the extraction of its text."""
    given = _rules()
    whole = max(_weight(root), 1)
    asks = gated = False
    for element in list(root.iter(*given.elements)):
        _drop(element)
    for element in list(root.iter()):
        if (
            not isinstance(element.tag, str)
            or element.tag in _HOLDERS
            or not _attached(element, root)
        ):
            continue
        if _holds_text(element, whole):
            continue
        if _is_wall(element):
            asks = True
            _drop(element)
        elif _sells(element):
            gated = True
            _drop(element)
        elif _is_related(element) or _named(element, given.forms, frozenset()):
            _drop(element)
        elif _named(element, given.related | given.consent, given.pairs):
            _unname(element)  # it is text, whatever it is called
    _without_link_lists(root, whole)
    gated = _without_gates(root, whole) or gated
    _renamed(root, whole)
    _without_crowds(root)
    return Page(root, gated, asks or _reads_as_consent(words(root)))


def _attached(element: Any, root: Any) -> bool:
    top = element
    for parent in element.iterancestors():
        top = parent
    return top is root


def _weight(element: Any) -> int:
    """Characters of text in paragraphs that are no wall's."""
    return sum(
        len(words(p)) for p in element.iter("p", "li", "blockquote") if not _consents(words(p))
    )


def _holds_text(element: Any, whole: int) -> bool:
    """Whether the element holds the headline or half of the text."""
    return element.find(".//h1") is not None or 2 * _weight(element) > whole


def _names(element: Any) -> list[str]:
    given = f"{element.get('class') or ''} {element.get('id') or ''}"
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", given)
    return re.findall(r"[a-z]+", parted.lower())


def _named(element: Any, single: frozenset[str], pairs: frozenset[tuple[str, str]]) -> bool:
    names = _names(element)
    return not single.isdisjoint(names) or any(pair in pairs for pair in pairwise(names))


def _is_wall(element: Any) -> bool:
    """Whether an element asks for consent: it is called so or is a dialog, and reads like it."""
    dialog = element.get("role") in ("dialog", "alertdialog")
    return (dialog or _named(element, _rules().consent, frozenset())) and _consents(words(element))


def _sells(element: Any) -> bool:
    """Whether an element offers the rest of the article for sale."""
    given = _rules()
    if not _named(element, given.gate, frozenset()):
        return False
    text = words(element)
    return len(text.split()) <= given.numbers["gate.most"] and bool(given.offer.search(text))


def _is_related(element: Any) -> bool:
    """Whether an element shows other articles: it is called so, and has links or such a heading."""
    given = _rules()
    if not _named(element, given.related, given.pairs):
        return False
    return _linked(element) >= _LINKED or any(
        furniture.is_furniture(words(heading)) for heading in element.iter(*_HEADINGS)
    )


def _linked(element: Any) -> float:
    """The share of an element's words that are links."""
    linked = sum(len(words(link)) for link in element.iter("a"))
    return linked / max(len(words(element)), 1)


def _signs(text: str) -> int:
    return sum(sign.search(text) is not None for sign in _rules().signs)


def _consents(text: str) -> bool:
    return _signs(text) >= 2


def _reads_as_consent(text: str) -> bool:
    return _signs(text) >= _rules().numbers["consent.least"]


def asks_for_consent(texts: Sequence[str]) -> bool:
    """Whether the text of an extracted article is mostly a request for consent."""
    asking = sum(len(text) for text in texts if _consents(text))
    return 2 * asking >= sum(map(len, texts)) and _reads_as_consent(" ".join(texts))


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _unname(element: Any) -> None:
    for name in ("class", "id"):
        element.attrib.pop(name, None)


def _without_link_lists(root: Any, whole: int) -> None:
    """Without headings such as "Read also" and the links below them."""
    for found in list(root.iter(*_HEADINGS, "strong", "b")):
        if not _attached(found, root) or not furniture.is_furniture(words(found)):
            continue
        heading = found if found.tag in _HEADINGS else found.getparent()
        if words(heading) != words(found):
            continue  # bold words at the head of a paragraph
        holder, following = heading.getparent(), heading.getnext()
        if holder is None or heading.tag in _HOLDERS:
            continue
        if (
            holder.tag not in _HOLDERS
            and not _holds_text(holder, whole)
            and _linked(holder) >= _LINKED
        ):
            _drop(holder)
            continue
        if following is not None and _linked(following) >= _ALL_LINKS:
            _drop(following)
        _drop(heading)


def _without_gates(root: Any, whole: int) -> bool:
    """Without the lines that stand where the rest would; whether there were any."""
    given = _rules()
    gated = False
    for element in list(root.iter("p", "div", "span", "strong", *_HEADINGS)):
        if not _attached(element, root):
            continue
        text = words(element)
        if len(text) > given.numbers["gate.longest"] or not given.gate_line.fullmatch(text):
            continue
        gated = True
        holder = element.getparent()
        small = holder is not None and holder.tag not in _HOLDERS
        if small and not _holds_text(holder, whole):
            _drop(holder)
        else:
            _drop(element)
    return gated


def _renamed(root: Any, whole: int) -> None:
    """Elements that the extraction would pass over, as ones that it takes."""
    _without_marks(root)
    for table in list(root.iter("table")):
        if _attached(table, root) and is_data(table):
            _as_paragraphs(table, [ROW + row for row in rows(table)])
    for element in list(root.iter("figcaption", "p", "div", "span")):
        if _is_caption(element) and _attached(element, root) and (text := words(element)):
            _as_paragraphs(element, [CAPTION + text])
    for aside in list(root.iter("aside")):
        if _holds_text(aside, whole) or _tells(aside, root):
            aside.tag = "div"
            _unname(aside)
    for element in list(root.iter(*_RENAMED)):
        element.tag = _RENAMED[element.tag]
    for element in list(root.iter("div", "td", "section")):
        _parted(element)
    for element in list(root.iter("div")):
        if _is_leaf(element) and len(words(element).split()) >= _SENTENCE:
            element.tag = "p"


def _is_caption(element: Any) -> bool:
    return element.tag == "figcaption" or ("caption" in _names(element) and _is_leaf(element))


def _tells(aside: Any, root: Any) -> bool:
    """Whether what stands beside the text tells something: sentences, none of them a link, the
    author's own life, or words that the text has as well (a pull quote)."""
    texts = [words(p) for p in aside.iter("p", "li", "blockquote")]
    told = [text for text in texts if len(text.split()) >= _TOLD and is_sentence(text)]
    if not told or _linked(aside) >= _LINKED or not _rules().bio.isdisjoint(_names(aside)):
        return False
    whole = words(root)
    return all(whole.count(text) == 1 for text in told)


def _without_crowds(root: Any) -> None:
    """Links as plain words, in paragraphs of hundreds."""
    from lxml import etree

    for element in root.iter("p"):
        if sum(child.tag == "a" for child in element) > _MANY_LINKS:
            etree.strip_tags(element, "a")
            # One piece of text each, where the links had parted it.
            element.text = element.text
            for child in element:
                child.tail = child.tail


def _without_marks(root: Any) -> None:
    """Takes out what marks our own lines, where the page itself has it."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.text and _MARKS.search(element.text):
            element.text = _MARKS.sub("", element.text)
        if element.tail and _MARKS.search(element.tail):
            element.tail = _MARKS.sub("", element.tail)


def _parted(element: Any) -> None:
    """Paragraphs for what two line breaks part: text right in an element, as old pages have it."""
    breaks = [child for child in element if child.tag == "br"]
    if sum(br.getnext() is not None and br.getnext().tag == "br" for br in breaks) < 2:
        return
    run: list[Any] = []
    text, element.text = element.text or "", None
    made: list[Any] = []

    def flush() -> None:
        nonlocal text
        if text.strip() or run:
            line = element.makeelement("p")
            line.text = text
            line.extend(run)
            made.append(line)
        text = ""
        run.clear()

    for child in list(element):
        element.remove(child)
        tail, child.tail = child.tail or "", None
        if child.tag == "br" or child.tag in BLOCKS:
            flush()
            made += [child] if child.tag != "br" else []
            text = tail
        else:
            child.tail = tail
            run.append(child)
    flush()
    element.extend(made)


def _is_leaf(element: Any) -> bool:
    """Whether nothing in an element stands by itself."""
    return not any(child.tag in BLOCKS for child in element.iterdescendants())


def _as_paragraphs(element: Any, texts: Sequence[str]) -> None:
    tail, parent = element.tail, element.getparent()
    holder = parent.makeelement("div")
    for text in texts:
        line = holder.makeelement("p")
        line.text = text
        holder.append(line)
    holder.tail = tail
    parent.replace(element, holder)
    for outer in holder.iterancestors():  # the extraction passes over what is called a gallery
        if outer.tag in _HOLDERS:
            break
        if not _GALLERY.isdisjoint(_names(outer)):
            _unname(outer)


def shortfall(page: Page, about: About, count: int) -> str | None:
    """Why an article of so many words is not the whole; None where nothing says so."""
    given = _rules().numbers
    if (page.gated or about.is_paid) and count < given["gate.whole"]:
        return "the page stops at a paywall"
    if count < given["near_empty.words"]:
        return f"only {count} words found in this page"
    return None
