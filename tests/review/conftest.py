"""A review that runs, with nobody looking at it yet."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.review.sample import make_case

from foedus.case import load
from foedus.evidence.store import Store, open_store
from foedus.evidence.store.beside import ledger_place, open_to_change
from foedus.review.opened import open_review


@dataclass(frozen=True)
class Running:
    """A server that answers: its case's folder and its address, with the token."""

    case: Path
    address: str

    @property
    def port(self) -> int:
        return int(self.address.split(":")[2].split("/")[0])

    @property
    def token(self) -> str:
        return self.address.rstrip("/").rsplit("/", 1)[1]

    def store(self) -> Store:
        """The store, as another process would open it."""
        return open_store(self.case / "ledger.sqlite")


@contextmanager
def running(case: Path, documents: Path | None = None) -> Iterator[Running]:
    with open_review(str(case), who="Ana", documents=documents) as (server, address):
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield Running(case, address)
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Running]:
    with running(make_case(tmp_path)) as found:
        yield found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The store of a made-up case, open for changes; no server runs."""
    case = load(str(make_case(tmp_path)))
    with open_to_change(ledger_place(case.folder.folder, case.name, "2024-10-25"), "setup") as opened:
        yield opened
