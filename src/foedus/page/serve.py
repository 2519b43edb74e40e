"""The page of a case on loopback for people who edit the model: built anew on save, errors shown in place, levers kept."""

from __future__ import annotations

import contextlib
import html
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from foedus.case import load
from foedus.case.folder import find_case
from foedus.errors import FoedusError, ModelError
from foedus.language.include import included_paths
from foedus.loopback import port_taken
from foedus.page.build import page_html
from foedus.page.content import JUDGED

__all__ = ["Workshop", "open_workshop", "serve"]

_HOSTS = ("127.0.0.1", "localhost")
_WATCHED = ("ledger.jsonl", "README.md")
_SCRIPT = """<script>
(() => {
  const seen = VERSION;
  const ask = async () => {
    try {
      const found = await (await fetch("/state")).json();
      if (found.version !== seen && !found.error) {
        window.foedus?.writeAddress();
        location.reload();
        return;
      }
      let box = document.getElementById("model-error");
      if (!box && found.error) {
        box = Object.assign(document.createElement("pre"), { id: "model-error" });
        box.setAttribute("role", "alert");
        box.style.cssText = "position:fixed;left:0;right:0;bottom:0;max-height:50vh;overflow:auto;margin:0;"
          + "padding:1rem;z-index:50;white-space:pre-wrap;"
          + "background:var(--card);color:var(--ink);border-top:4px solid var(--bad);font:13px/1.4 ui-monospace,monospace";
        document.body.append(box);
      }
      if (box) { box.textContent = found.error; box.hidden = !found.error; }
    } catch {}
    setTimeout(ask, 500);
  };
  ask();
})();
</script>"""


@dataclass
class Workshop:
    """The page as it was last built, and what is wrong with the model as it stands now.

    Attributes:
        case: name, folder or model file.
        futures: behind what the page says of the case as it stands.
        page: the last page that could be built, "" if there was none.
        version: changes with every page.
        error: of the last try, "" if it went well.
        built: which files, of which time, the last try has read.
        parts: the files of the model: its own, and those that it includes.
    """

    case: str
    documents: str | None = None
    futures: int = JUDGED
    page: str = ""
    version: int = 0
    error: str = ""
    built: tuple[tuple[str, int], ...] = ()
    parts: tuple[Path, ...] = ()
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def files(self) -> Iterator[Path]:
        """What a page is made of."""
        folder = find_case(self.case)
        with contextlib.suppress(ModelError):  # while one is missing, those that were there are watched
            self.parts = included_paths(folder.model)
        yield from self.parts or (folder.model,)
        for name in _WATCHED:
            yield folder.home / name
        yield from sorted((folder.home / "series").glob("*.csv"))

    def stamp(self) -> tuple[tuple[str, int], ...]:
        """Changes when a file does."""
        found = []
        for path in self.files():
            try:
                found.append((str(path), path.stat().st_mtime_ns))
            except OSError:
                continue
        return tuple(found)

    def build(self) -> None:
        """Build the page; on an error keep the one before and the message."""
        try:
            self.built = self.stamp()
            extra = _SCRIPT.replace("VERSION", str(self.version + 1))
            page = page_html(load(self.case), self.documents, extra=extra, futures=self.futures)
        except FoedusError as error:
            with self._lock:
                self.error = str(error)
            return
        with self._lock:
            self.page, self.error, self.version = page, "", self.version + 1

    def answer(self, path: str) -> tuple[str, str]:
        """(content type, text) for a path."""
        with self._lock:
            if path == "/state":
                return "application/json", json.dumps({"version": self.version, "error": self.error})
            script = _SCRIPT.replace("VERSION", str(self.version))
            broken = f"<!doctype html><title>foedus</title><pre>{html.escape(self.error)}</pre>{script}"
            return "text/html", self.page or broken

    def watch(self, stopped: threading.Event, pause: float = 0.3) -> None:
        """Build again whenever a file has changed, until stopped."""
        while not stopped.wait(pause):
            try:
                is_new = self.stamp() != self.built
            except FoedusError:
                continue
            if is_new:
                time.sleep(0.05)
                self.build()


def serve(workshop: Workshop, port: int) -> ThreadingHTTPServer:
    """A server on loopback; it answers to this machine's own names only, so that no other site can ask it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
            path = self.path.partition("?")[0]
            if host not in _HOSTS or path not in ("/", "/state"):
                self.send_error(403 if host not in _HOSTS else 404)
                return
            kind, text = workshop.answer(path)
            raw = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(raw)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *arguments: object) -> None:
            """Silent: the console belongs to the model's errors."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


@contextmanager
def open_workshop(
    case: str, documents: str | None = None, futures: int = JUDGED, *, port: int = 0, told: Callable[[str], None]
) -> Iterator[ThreadingHTTPServer]:
    """The server of a case's page, not running yet; the page is built, and built again whenever a file changes.

    Args:
        port: on 127.0.0.1; 0 takes a free one.
        told: called with what is worth knowing: what is wrong with the model, and the address.
    Raises:
        CaseError: there is no such case.
        InputError: the port cannot be had.
    """
    workshop = Workshop(case, documents, futures)
    next(workshop.files())
    try:
        server = serve(workshop, port)
    except OSError as error:
        raise port_taken(port, error) from None
    stopped = threading.Event()
    try:
        told("Building the page…")
        workshop.build()
        if workshop.error:
            told(workshop.error)
        told(f"http://127.0.0.1:{server.server_address[1]}/  (Ctrl-C stops)")
        threading.Thread(target=workshop.watch, args=(stopped,), daemon=True).start()
        yield server
    finally:
        stopped.set()
        server.server_close()
