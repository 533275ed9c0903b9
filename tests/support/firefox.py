"""Headless Firefox for tests, driven by its own protocol (Marionette): no driver beside it is needed."""

from __future__ import annotations

import json
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.needs import needs

_PATIENCE = 60  # seconds until it answers
#: It asks nothing of the network of its own accord.
_PREFERENCES = {
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.update.enabled": False,
    "extensions.update.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}


class Firefox:
    """A page in Firefox: what a reader does, and what scripts of the test see."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        self._rest = b""
        self._read()  # its greeting
        self._tell("WebDriver:NewSession", {})

    def open(self, path: Path, fragment: str = "") -> None:
        """Load a file, until the view in it answers; anew, also where only the fragment differs."""
        self._tell("WebDriver:Navigate", {"url": "about:blank"})
        self._tell("WebDriver:Navigate", {"url": f"{path.as_uri()}{fragment}"})
        self.wait("document.documentElement.dataset.ready === 'true'")

    def run(self, script: str) -> Any:
        """What an expression gives in the page."""
        told = self._tell("WebDriver:ExecuteScript", {"script": f"return ({script})", "args": []})
        return told["value"]

    def wait(self, condition: str) -> None:
        end = time.monotonic() + _PATIENCE
        while not self.run(condition):
            assert time.monotonic() < end, condition
            time.sleep(0.05)

    def text(self, selector: str) -> str:
        return str(self.run(f"document.querySelector({json.dumps(selector)}).innerText"))

    def click(self, selector: str) -> None:
        self._tell("WebDriver:ElementClick", {"id": self._find(selector)})

    def type(self, selector: str, text: str) -> None:
        """Type into an element; ``\\ue007`` is Enter."""
        self._tell("WebDriver:ElementSendKeys", {"id": self._find(selector), "text": text})

    def close(self) -> None:
        self._tell("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._socket.close()

    def _find(self, selector: str) -> str:
        found = self._tell("WebDriver:FindElement", {"using": "css selector", "value": selector})
        return str(next(iter(found["value"].values())))

    def _tell(self, command: str, parameters: dict[str, Any]) -> Any:
        message = json.dumps([0, 1, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        assert error is None, f"{command}: {error}"
        return result

    def _read(self) -> Any:
        """The next message: its length in bytes, a colon, JSON."""
        while b":" not in self._rest:
            self._more()
        length, _, self._rest = self._rest.partition(b":")
        while len(self._rest) < int(length):
            self._more()
        message, self._rest = self._rest[: int(length)], self._rest[int(length) :]
        return json.loads(message)

    def _more(self) -> None:
        piece = self._socket.recv(1 << 16)
        assert piece, "Firefox is gone"
        self._rest += piece


@contextmanager
def firefox(size: tuple[int, int] = (1440, 900)) -> Iterator[Firefox]:
    """A Firefox with a fresh profile; ended at the end."""
    path = needs("firefox")
    with tempfile.TemporaryDirectory() as profile:
        preferences = (
            f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in _PREFERENCES.items()
        )
        (Path(profile) / "user.js").write_text("\n".join(preferences), encoding="utf-8")
        wide, high = size
        process = subprocess.Popen(
            [path, "--headless", "--marionette", "--no-remote", "--profile", profile,
             f"--width={wide}", f"--height={high}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            page = Firefox(_port(Path(profile), process))
            yield page
            page.close()
            process.wait(_PATIENCE)
        finally:
            process.kill()
            process.wait()


def _port(profile: Path, process: subprocess.Popen[bytes]) -> int:
    told = profile / "MarionetteActivePort"
    end = time.monotonic() + _PATIENCE
    while not (told.is_file() and told.read_text()):
        assert process.poll() is None, "Firefox ended"
        assert time.monotonic() < end, "Firefox does not answer"
        time.sleep(0.1)
    return int(told.read_text())
