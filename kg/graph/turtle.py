"""Turtle of N-Triples: lines grouped by subject, IRIs with the prefixes that are safe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import IO, Final

from kg.graph.spool import batches
from kg.graph.vocab import RDF, prefixes

#: The predicate that Turtle writes as ``a``.
KIND: Final = f"<{RDF}type>"
_KNOWN: Final = 50_000  # IRIs whose short forms are remembered
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9_-]))*")


def turtle_of(lines: Iterable[str], base: str, to: IO[str]) -> str:
    """Write sorted lines of N-Triples as Turtle, with the prefixes of ``base``; return its id.

    The id is the SHA-256 of the text. A last line, ``# kg graph ID``, tells which graph a file is
    of, and that it is whole.
    """
    digest = sha256()
    for blocks in batches(_turtle(lines, tuple(prefixes(base).items()))):
        text = "".join(blocks)
        digest.update(text.encode())
        to.write(text)
    to.write(f"# kg graph {digest.hexdigest()}\n")
    return digest.hexdigest()


def turtle_text(lines: Iterable[str], names: Sequence[tuple[str, str]]) -> str:
    """Turtle of N-Triples lines."""
    return "".join(_turtle(sorted(set(lines)), names))


def split_line(line: str) -> tuple[str, str, str]:
    """Subject, predicate and object of a line of N-Triples, each as it is written there.

    A `ValueError` where the line is no triple with IRIs in front.
    """
    subject, predicate, target = line.split(" ", 2)
    if subject[0] != "<" or predicate[0] != "<" or target[-2:] != " .":
        raise ValueError(f"not a triple of ours: {line[:100]}")
    return subject, predicate, target[:-2]


def _turtle(lines: Iterable[str], names: Sequence[tuple[str, str]]) -> Iterator[str]:
    for name, iri in names:
        yield f"@prefix {name}: <{iri}> .\n"
    yield from Shortener(names).blocks(lines)


class Shortener(dict[str, str]):
    """N-Triples terms to Turtle's: prefixes where they are safe, whole IRIs elsewhere. IRIs and
    values with a datatype are remembered."""

    def __init__(self, names: Sequence[tuple[str, str]]) -> None:
        self._names = {space: name for name, space in reversed(names)}
        #: Namespaces of a query's own that end within a name ("urn:x:"), longest first.
        self._odd = sorted(
            (pair for pair in names if not pair[1].endswith(("/", "#"))),
            key=lambda pair: -len(pair[1]),
        )

    def blocks(self, lines: Iterable[str]) -> Iterator[str]:
        """``subject predicate object, object ; ... .`` for each subject of sorted lines, with its
        type first."""
        subject = predicate = ""
        kinds: list[str] = []
        parts: list[str] = []
        for line in lines:
            of, by, target = line.split(" ", 2)
            if line[0] != "<" or by[0] != "<" or target[-2:] != " .":
                split_line(line)  # which tells what is wrong
            target = target[:-2]
            if target[-1] != '"':
                target = self[target]
            if of != subject:
                if subject:
                    yield self._block(subject, kinds, parts)
                subject, predicate, kinds, parts = of, "", [], []
            if by == KIND:
                kinds.append(target)
            elif by == predicate:
                parts += (", ", target)
            else:
                predicate = by
                parts += (" ;\n  ", self[by], " ", target)
        if subject:
            yield self._block(subject, kinds, parts)

    def _block(self, subject: str, kinds: Sequence[str], parts: Sequence[str]) -> str:
        kind = f"a {', '.join(kinds)}" if kinds else ""
        return f"\n{self[subject]} {kind}{''.join(parts if kinds else parts[1:])} .\n"

    def __missing__(self, text: str) -> str:
        if text[0] == "<":
            short = self._iri(text) or text
        elif text[-1] == ">":
            value, _, datatype = text.rpartition("^^")
            short = f"{value}^^{self[datatype]}"
        else:
            return text
        if len(self) > _KNOWN:
            self.clear()
        self[text] = short
        return short

    def plain(self, text: str) -> str:
        """An IRI for JSON-LD."""
        return self._iri(text) or text[1:-1]

    def _iri(self, text: str) -> str | None:
        for odd, space in self._odd:
            local = _LOCAL.fullmatch(text, len(space) + 1, len(text) - 1)
            if local and text.startswith(space, 1):
                return f"{odd}:{local[0]}"
        # A local name has no slash and no hash: what is before it is the namespace or nothing is.
        end = max(text.rfind("/"), text.rfind("#")) + 1
        name = self._names.get(text[1:end])
        if name is None:
            return None
        last = text[end:-1]
        safe = (last.isascii() and last.isalnum()) or _LOCAL.fullmatch(last)
        return f"{name}:{last}" if safe else None
