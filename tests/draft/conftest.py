"""What the tests of drafts share: readings of texts, the facts in them, and pages that are served."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("spacy")

from foedus.draft.decisions import begun
from foedus.draft.draft import DraftMaterial, material_of
from foedus.draft.screen.opened import Opened, open_draft
from foedus.evidence.reading import Reading, read_documents, report_paths

SAMPLES = Path(__file__).parent / "samples"
CASES = Path(__file__).parents[2] / "cases"
SUBJECTS = {
    "grain": CASES / "grain_corridor/documents",
    "palm": CASES / "palm_oil/documents",
    "ebola": CASES / "ebola/documents",
    "strike": SAMPLES / "strike",
    "refugees": SAMPLES / "refugees",
    "vaccine": SAMPLES / "vaccine",
}


@pytest.fixture(scope="session")
def readings() -> Callable[[str], list[Reading]]:
    """The documents of a subject, read once."""
    found: dict[str, list[Reading]] = {}

    def read(subject: str) -> list[Reading]:
        if subject not in found:
            found[subject] = list(read_documents(report_paths([str(SUBJECTS[subject])])))
        return found[subject]

    return read


@pytest.fixture(scope="session")
def material(readings: Callable[[str], list[Reading]]) -> Callable[[str], DraftMaterial]:
    return lambda subject: material_of(readings(subject), None)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[str], date], DraftMaterial]:
    """The material of single sentences, each a paragraph of one document."""

    def read(sentences: Sequence[str], day: date) -> DraftMaterial:
        path = tmp_path_factory.mktemp("told") / "report.txt"
        path.write_text(f"A report\n\nPublished: {day.day} {day:%B %Y}\n\n" + "\n\n".join(sentences) + "\n", encoding="utf-8")
        return material_of(list(read_documents([path])), day)

    return read


@dataclass
class Page:
    """A page that is served, and what its server handed over when it stopped."""

    opened: Opened
    target: Path
    made: list[Any]
    thread: threading.Thread

    @property
    def port(self) -> int:
        return self.opened.server.server_address[1]

    @property
    def token(self) -> str:
        return self.opened.address.rstrip("/").rsplit("/", 1)[1]

    def ask(
        self, path: str, *, method: str = "GET", body: Any = None, **headers: str
    ) -> tuple[int, Any, http.client.HTTPMessage]:
        """Status, JSON (or text) and headers of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Host": f"127.0.0.1:{self.port}", **{name.replace("_", "-"): value for name, value in headers.items()}}
        raw = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(method, path, raw, sent)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return (
            answer.status,
            json.loads(text) if answer.headers.get_content_type() == "application/json" else text,
            answer.headers,
        )

    def post(self, name: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        own = {"Origin": f"http://127.0.0.1:{self.port}", "Content_Type": "application/json"}
        status, found, _ = self.ask(
            f"/{self.token}/{name}", method="POST", body={} if body is None else body, **{**own, **headers}
        )
        return status, found

    def overview(self) -> dict[str, Any]:
        return self.ask(f"/{self.token}/overview")[1]

    def decide(self, action: str, **order: Any) -> dict[str, Any]:
        """A decision that is taken."""
        status, found = self.post("decide", {"action": action, **order})
        assert status == 200, found
        return found

    def refused(self, action: str, **order: Any) -> dict[str, str]:
        """A decision that is refused, and changes nothing."""
        before = self.overview()
        status, found = self.post("decide", {"action": action, **order})
        assert status == 409 and self.overview() == before
        return found["problems"][0]


@pytest.fixture
def served(material: Callable[[str], Any], tmp_path: Path) -> Iterator[Callable[[str], Page]]:
    """Pages of subjects, each stopped at the end."""
    pages, stacks = [], []

    def serve(subject: str) -> Page:
        target = tmp_path / subject
        context = open_draft(begun(material(subject), None, subject), target)
        opened = context.__enter__()
        made: list[Any] = []
        thread = threading.Thread(target=lambda: made.append(opened.made()), daemon=True)
        thread.start()
        stacks.append(context)
        pages.append(Page(opened, target, made, thread))
        return pages[-1]

    yield serve
    for page, context in zip(pages, stacks, strict=True):
        page.opened.server.shutdown()
        page.thread.join(20)
        context.__exit__(None, None, None)
