"""What all pages of the server share: their frame, their style, and the policy that goes with them."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import Final

import pyoxigraph as ox

#: What has a page, as its IRI goes on after the base.
KINDS: Final = (
    "entity", "statement", "evidence", "article", "quote", "event", "relation", "correction",
)  # fmt: skip
#: Characters of a value in a table.
_VALUE: Final = 2_000

#: Nothing of a page may load, run or embed anything.
POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
STYLE: Final = """
body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:0 auto;padding:1rem;color:#1b1b1b;background:#fff}
a{color:#0b57a4}h1{margin-bottom:.2rem}.note{color:#555}ol,ul{padding-left:1.2rem}li{margin:.8rem 0}
blockquote{margin:.3rem 0;padding-left:.8rem;border-left:3px solid #ccc}
.status{font-size:.85em;border:1px solid;border-radius:3px;padding:0 .3em;margin-right:.4em}
.asserted{color:#1a6b2d}.claimed{color:#0b57a4}.denied{color:#a01919}.planned,.possible,.hypothetical{color:#7a5200}
th{text-align:left;vertical-align:top;padding-right:1rem}td{overflow-wrap:anywhere}
textarea{width:100%;height:12rem;font:14px/1.4 monospace}
@media(prefers-color-scheme:dark){body{background:#161616;color:#e6e6e6}a,.claimed{color:#8ab8ff}.note{color:#aaa}
.asserted{color:#7fd491}.denied{color:#ff9a9a}.planned,.possible,.hypothetical{color:#e5c07b}}
"""
_DIGEST: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
#: The policy of a page of ours: it has this style, and nothing else.
PAGE_POLICY: Final = f"{POLICY}; style-src 'sha256-{_DIGEST}'"


def html(title: str, body: str) -> str:
    """A whole page; ``body`` is HTML already."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>\n"
        '<form action="/search" role="search"><p><a href="/">Graph</a> · '
        '<a href="/ask">Ask</a> · <a href="/sparql">SPARQL</a> · <label>Name <input name="q" type="search"></label> '
        f"<button>Look up</button></p></form>\n<main>{body}</main></body></html>\n"
    )


def href(base: str, iri: str) -> str:
    """Where a link to this leads: to a page here, or to a web address; else nowhere."""
    path = iri.removeprefix(base)
    if path != iri and path.partition("/")[0] in KINDS:
        return "/" + escape(path)
    return escape(iri if _is_web(iri) else "#")


def cell(base: str, value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """A term in a table: IRIs and web addresses are links."""
    text = str(value) if isinstance(value, ox.BlankNode | ox.Triple) else value.value
    short = escape(text if len(text) <= _VALUE else f"{text[:_VALUE]}…")
    if isinstance(value, ox.NamedNode) or _is_web(text):
        return f'<a href="{href(base, text)}">{short}</a>'
    return short


def _is_web(text: str) -> bool:
    return text.startswith(("http://", "https://"))
