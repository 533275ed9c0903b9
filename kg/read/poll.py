"""Whether an address has something new: asked with what its last answer said of itself."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from kg.errors import ReadError
from kg.read.url import fetch

_AGENT = "kg"


@dataclass(frozen=True, slots=True)
class Seen:
    """What an address gave last: its ``ETag``, its ``Last-Modified``, the hash of its body."""

    etag: str = ""
    modified: str = ""
    body: str = ""


def poll(url: str, seen: Seen, *, timeout: float = 20, max_bytes: int = 20_000_000) -> Seen | None:
    """What the address gives now; None where that is what was seen. A conditional request (RFC
    9110, 13): a server that knows such answers it with a few bytes. Raises `ReadError`."""
    headers = {}
    if seen.etag:
        headers["If-None-Match"] = seen.etag
    if seen.modified:
        headers["If-Modified-Since"] = seen.modified
    status, told, body = fetch(url, headers=headers, timeout=timeout, max_bytes=max_bytes)
    if status == 304:
        return None
    if status >= 400:
        raise ReadError(f"{url}: the server answers {status}.")
    digest = sha256(body).hexdigest()
    now = Seen(told.get("ETag", ""), told.get("Last-Modified", ""), digest)
    return None if digest == seen.body else now


def allowed(url: str, *, timeout: float = 20) -> bool:
    """Whether the site's robots.txt lets programs come back to this address (RFC 9309): yes where
    there is none, no where its server fails. Raises `ReadError` where nobody answers."""
    parts = urlsplit(url)
    status, _, body = fetch(
        f"{parts.scheme}://{parts.netloc}/robots.txt", headers={}, timeout=timeout, max_bytes=500_000
    )  # fmt: skip
    if status >= 400:
        return status < 500
    rules = RobotFileParser()
    rules.parse(body.decode("utf-8", "replace").splitlines())
    return rules.can_fetch(_AGENT, url)
