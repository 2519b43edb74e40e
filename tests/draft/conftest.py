"""What the tests of drafts share: readings of texts, and the facts in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("spacy")

from foedus.draft.draft import Material, material_of
from foedus.evidence.reading import Reading, read_documents, report_paths

SAMPLES = Path(__file__).parent / "samples"
CASES = Path(__file__).parents[2] / "cases"
SUBJECTS = {
    "grain": CASES / "grain_corridor/documents", "palm": CASES / "palm_oil/documents", "ebola": CASES / "ebola/documents",
    "strike": SAMPLES / "strike", "refugees": SAMPLES / "refugees", "vaccine": SAMPLES / "vaccine",
}  # fmt: skip


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
def material(readings: Callable[[str], list[Reading]]) -> Callable[[str], Material]:
    return lambda subject: material_of(readings(subject), None)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[str], date], Material]:
    """The material of single sentences, each a paragraph of one document."""

    def read(sentences: Sequence[str], day: date) -> Material:
        path = tmp_path_factory.mktemp("told") / "report.txt"
        path.write_text(f"A report\n\nPublished: {day.day} {day:%B %Y}\n\n" + "\n\n".join(sentences) + "\n", encoding="utf-8")
        return material_of(list(read_documents([path])), day)

    return read
