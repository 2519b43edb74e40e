"""A draft opened on a page: its server on loopback, and the case once it is written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path

from foedus.draft.decisions import Sketch
from foedus.draft.folder import Made
from foedus.draft.screen.desk import DraftDesk
from foedus.draft.screen.routes import answers
from foedus.loopback import serve

__all__ = ["Opened", "open_draft"]

_SECONDS_TO_TELL = 1.0  # the page hears that it is written before its server goes


@dataclass(frozen=True)
class Opened:
    """A draft on a page. `desk` holds it; the server is not running yet, and stops by itself when the case is written."""

    desk: DraftDesk
    server: ThreadingHTTPServer
    address: str

    def made(self) -> Made | None:
        """Serve until the case is written, and hand it over; None where the server was stopped before."""
        try:
            self.server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            if self.desk.made is None:
                raise
        return self.desk.made


@contextmanager
def open_draft(sketch: Sketch, target: Path, port: int = 0) -> Iterator[Opened]:
    """The page of a draft; its socket is closed at the end.

    Args:
        target: the folder that will be written, where nothing stands yet.
        port: on 127.0.0.1; 0 takes a free one.
    Raises:
        OSError: the port is taken.
    """
    stopper: list[threading.Timer] = []

    def stop() -> None:
        timer = threading.Timer(_SECONDS_TO_TELL, server.shutdown)
        timer.daemon = True
        stopper.append(timer)
        timer.start()

    desk = DraftDesk(sketch, target, stop)
    server, address = serve(answers(desk), port)
    try:
        yield Opened(desk, server, address)
    finally:
        for timer in stopper:
            timer.cancel()
        server.server_close()
