"""A server for one's own machine: the built site as it is, and a word to the open pages when it changed."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Live", "serving"]

CHANGES: Final = "/.kpigen/changes"
SCRIPT: Final = "/.kpigen/reload.js"
_PING: Final = 15
#: Put into pages as they are sent, never into the files of the build.
_TAG: Final = f'<script src="{SCRIPT}"></script>'.encode()
_RELOAD: Final = f"""\
let seen;
const note = document.createElement("pre");
note.style = "position:fixed;inset:auto 0 0 0;z-index:9999;max-height:50%;overflow:auto;margin:0;padding:1em;"
  + "background:#300;color:#fff;font-size:14px;white-space:pre-wrap";
new EventSource("{CHANGES}").onmessage = (event) => {{
  const {{ version, trouble }} = JSON.parse(event.data);
  if (seen !== undefined && version !== seen) location.reload();
  seen = version;
  note.textContent = trouble;
  if (trouble) document.body.append(note); else note.remove();
}};
"""


class Live:
    """What the open pages are told: a version that changes with every build, and what stopped the last one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._version = 0
        self._trouble = ""
        self._number = 0

    def built(self) -> None:
        """Tell that there is a new site."""
        self._tell(self._version + 1, "")

    def failed(self, trouble: str) -> None:
        """Tell that the old site stands, and why."""
        self._tell(self._version, trouble)

    def _tell(self, version: int, trouble: str) -> None:
        with self._changed:
            self._version, self._trouble = version, trouble
            self._number += 1
            self._changed.notify_all()

    def messages(self) -> Iterator[str]:
        """Yield the state as it is, and again whenever it changed; an empty one from time to time."""
        told = -1
        while True:
            with self._changed:
                changed = self._changed.wait_for(lambda: self._number != told, _PING)  # noqa: B023
                told = self._number
                state = {"version": self._version, "trouble": self._trouble}
            yield json.dumps(state) if changed else ""


@contextmanager
def serving(site: Path, live: Live, port: int) -> Iterator[str]:
    """Serve the folder ``site`` on this machine only; give the address."""
    handler = partial(_Handler, directory=str(site), live=live)
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


class _Handler(SimpleHTTPRequestHandler):
    """Serves files; HTML with the script that reloads it."""

    def __init__(self, *args: object, directory: str, live: Live) -> None:
        self._live = live
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Serve a file, or what the script asks for."""
        if not self._local():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif self.path == CHANGES:
            self._tell()
        elif self.path == SCRIPT:
            self._send("text/javascript; charset=utf-8", _RELOAD.encode())
        elif (page := self._page()) is not None:
            self._send("text/html; charset=utf-8", page.replace(b"</body>", _TAG + b"</body>"))
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """Let nothing be kept: the next build may differ."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing of requests."""

    def _local(self) -> bool:
        """Tell whether the page was asked for by an address of this machine, not by a name that was bent to it."""
        host = self.headers.get("Host", "").rpartition(":")[0]
        return host in {"127.0.0.1", "localhost"}

    def _page(self) -> bytes | None:
        path = self.translate_path(self.path)
        if path.endswith("/"):
            path += "index.html"
        if not path.endswith(".html"):
            return None
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - the base class works with plain paths
                return file.read()
        except OSError:
            return None

    def _send(self, kind: str, content: bytes) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _tell(self) -> None:
        """Keep the connection open and pass on what is to be told, until the page is gone."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            for message in self._live.messages():
                self.wfile.write(f"data: {message}\n\n".encode() if message else b": still there\n\n")
        except OSError:
            self.close_connection = True
