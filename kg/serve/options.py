"""What `kg serve` is told: where to listen, whom to answer, how much one query may take."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kg.errors import ConfigError

#: The environment variable that holds the token.
TOKEN: Final = "KG_SERVE_TOKEN"  # noqa: S105 (its name)
_SHORTEST: Final = 16


@dataclass(frozen=True)
class Options:
    """How the graph in ``folder`` is served.

    ``url`` is the address that people use where a proxy stands before the server; ``origins`` are
    the web pages (``https://example.org``) whose scripts may read answers, ``*`` any. ``workers``
    processes answer queries; so many clients wait at most: ``queue`` in all, ``each`` from one
    address. One query may take ``timeout`` seconds, give ``rows`` rows and ``bytes`` bytes, be
    ``length`` bytes long, and use ``memory`` megabytes (0: any; where the system can limit that).
    With ``edit``, who has the token may correct the graph.
    """

    folder: Path = Path("output")
    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = field(default=None, repr=False)
    url: str | None = None
    origins: tuple[str, ...] = ()
    workers: int = 2
    timeout: float = 60.0
    rows: int = 1_000_000
    bytes: int = 1 << 28
    length: int = 1 << 20
    memory: int = 2048
    queue: int = 256
    each: int = 128
    edit: bool = False

    def __post_init__(self) -> None:
        if self.token is None and not self.is_local:
            raise ConfigError(
                f"{self.host} can be reached from other machines, and no token is set. Put one of "
                f"{_SHORTEST} characters or more into a file (--token-file FILE) or into "
                f"{TOKEN}, or listen on 127.0.0.1."
            )
        if self.edit and self.token is None:
            raise ConfigError(
                f"who may correct the graph must have a token. Put one of {_SHORTEST} characters or "
                f"more into a file (--token-file FILE) or into {TOKEN}."
            )
        if self.token is not None and (len(self.token) < _SHORTEST or not self.token.isascii()):
            raise ConfigError(f"the token needs {_SHORTEST} or more characters of ASCII.")
        if self.url is not None and not _is_address(self.url):
            raise ConfigError(f"{self.url!r} is no address such as https://graph.example.org")
        for origin in self.origins:
            if origin != "*" and (not _is_address(origin) or urlsplit(origin).path):
                raise ConfigError(f"{origin!r} is no origin such as https://example.org")

    @cached_property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host == "localhost" or _is_loopback(self.host)

    @cached_property
    def names(self) -> frozenset[str]:
        """The host names that requests may be addressed to, beside numbers."""
        own = (self.host, "localhost", urlsplit(self.url or "").hostname or "")
        return frozenset(name.lower() for name in own if name)


def read_token(file: Path | None) -> str | None:
    """The token of a file, or of the environment; None where there is none."""
    if file is None:
        return os.environ.get(TOKEN) or None
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from error


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
