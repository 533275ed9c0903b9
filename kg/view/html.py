"""One HTML file that shows a graph: no server, no network, no account.

The page holds everything: its data as JSON, and the scripts and styles of ``page/``. A Content-Security-Policy lets exactly these scripts run (by their hashes) and
forbids every request. The same graph and options give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import html
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.model import Article, Entity, Inferred, Statement
from kg.view.data import payload, pieces
from kg.view.options import ViewOptions
from kg.view.select import select
from kg.view.source import Source

_PAGE = Path(__file__).parent / "page"
#: In the order they run: each may use what those before it define.
_SCRIPTS = (
    "dom", "data", "dates", "texts", "statements", "follows", "filter", "arrange", "scope", "state", "text", "canvas", "captions", "camera", "paint",
    "hand", "graph", "review", "samples", "live", "ask", "search", "facets", "passages", "brief", "card", "details", "reader", "claims", "timeline", "tabs", "paths", "rdf", "svg", "picture", "tour", "export", "main",
)  # fmt: skip
#: The last line of a page: which graph it shows, and the checksum of all before.
_LAST = "<!-- kg graph %s %s -->\n"
_STYLES = ("page", "parts", "reader", "claims", "tour", "print")


def render(
    entities: Source[Entity],
    statements: Source[Statement],
    articles: Source[Article],
    options: ViewOptions | None = None,
    inferred: Iterable[Inferred] = (),
) -> str:
    """The page, of values or of functions that give them anew (`kg.view.source.Source`). What follows
    from the statements (``inferred``) is drawn where the reader asks for it.

    Raises `UnknownName` when ``options`` name an entity or type that is not there."""
    shown = options or ViewOptions()
    return b"".join(_page(entities, statements, articles, shown, inferred)).decode()


def _page(
    entities: Source[Entity],
    statements: Source[Statement],
    articles: Source[Article],
    options: ViewOptions,
    inferred: Iterable[Inferred],
) -> Iterator[bytes]:
    """The page piece by piece; what is wrong with the options shows before the first."""
    tables = payload(select(entities, statements, articles, options), options, inferred)
    scripts, style = _scripts(), _styles()
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {hash_source(scripts)}",
            f"style-src {hash_source(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    page = (_PAGE / "page.html").read_text(encoding="utf-8")
    parts = {
        "title": html.escape(options.title),
        "policy": _policy_text(policy),
        "style": style,
        "scripts": scripts,
    }
    return _marked(_filled(page, parts, tables), options.graph)


def _marked(page: Iterator[bytes], graph: str) -> Iterator[bytes]:
    """The page and a last line that tells which graph it shows, and that it is whole."""
    digest = hashlib.sha256()
    for piece in page:
        digest.update(piece)
        yield piece
    yield (_LAST % (graph, digest.hexdigest())).encode()


def show_graph(path: Path, graph: str) -> None:
    """Tell in the last line of a page, which names none, which graph it shows."""
    with path.open("r+b") as file:
        file.seek(-len(_LAST % ("", "0" * 64)), os.SEEK_END)
        place, last = file.tell(), file.read().decode()
        file.seek(place)
        file.write((_LAST % (graph, last.split()[-2])).encode())


def _filled(page: str, parts: Mapping[str, str], tables: dict[str, Any]) -> Iterator[bytes]:
    for number, part in enumerate(re.split(r"\{\{(\w+)\}\}", page)):
        if number % 2 and part == "data":
            yield from pieces(tables)
        else:
            yield (parts[part] if number % 2 else part).encode()


def served(page: bytes, may: str) -> bytes:
    """A page as a server shows it: its policy lets it ask that server, and it knows what it ``may``
    there, "read" or "edit". The file itself asks nobody."""
    head, mark, rest = page.partition(b"<style>")
    strict = _policy_text("default-src 'none'").encode()
    asking = strict + _policy_text("; connect-src 'self'").encode()
    meta = f'<meta name="kg-server" content="{html.escape(may, quote=True)}">\n<title>'.encode()
    head = head.replace(strict, asking, 1).replace(b"<title>", meta, 1)
    return b"".join((head, mark, rest))


def _policy_text(policy: str) -> str:
    return html.escape(policy, quote=True)


class Page(type(Path())):  # type: ignore[misc]
    """The path of a page that was written. As the last value of a notebook's cell it shows it."""

    def _repr_html_(self) -> str | None:
        if self.suffix != ".html" or not self.is_file():
            return None
        return inline(self.read_text(encoding="utf-8"))


def write_page(path: str | Path, page: Iterable[bytes]) -> Path:
    """Write a page in one step and return where it is (a `Page`)."""
    path = Page(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(page)
        mask = os.umask(0)
        os.umask(mask)
        Path(scratch).chmod(0o666 & ~mask)
        Path(scratch).replace(path)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise
    return path


def write_view(
    path: str | Path,
    entities: Source[Entity],
    statements: Source[Statement],
    articles: Source[Article],
    options: ViewOptions | None = None,
    inferred: Iterable[Inferred] = (),
) -> Path:
    """Write the page as UTF-8, in one step, and return where it is (a `Page`)."""
    shown = options or ViewOptions()
    return write_page(path, _page(entities, statements, articles, shown, inferred))


def inline(page: str, *, height: int = 640) -> str:
    """A page of `render` as an ``<iframe>``: what ``_repr_html_`` returns in a notebook.

    The frame may run scripts and save files, and reaches nothing of the notebook around it.
    """
    return (
        f'<iframe title="Graph view" srcdoc="{html.escape(page, quote=True)}" '
        'sandbox="allow-scripts allow-downloads allow-popups" '
        f'style="width:100%;height:{int(height)}px;border:0"></iframe>'
    )


def hash_source(text: str) -> str:
    """How a Content-Security-Policy names a script or style: by its hash."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _scripts() -> str:
    """The scripts beside this module as one: ``"use strict"``, one scope, no globals."""
    parts = [(_PAGE / f"{name}.js").read_text(encoding="utf-8").strip() for name in _SCRIPTS]
    return inside_script('(() => {\n"use strict";\n\n' + "\n\n".join(parts) + "\n})();")


@cache
def _styles() -> str:
    return "\n".join((_PAGE / f"{name}.css").read_text(encoding="utf-8") for name in _STYLES)


def inside_script(text: str) -> str:
    """Scripts are hashed with the line ends that a browser hashes, and cannot end their block."""
    return re.sub(r"</(script)", r"<\\/\1", text.replace("\r\n", "\n"), flags=re.IGNORECASE)
