"""The reader's scores on the development sets stay above their floors. Skipped where the sets are not at hand."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.reading import measure

from foedus.evidence.reading import read_document, readings_as_dict, report_of

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(
    not (measure.CORPUS / "evidence" / "newsquant_dev.json").is_file(), reason="no development sets beside the repository"
)


def corpus_digest(folder: Path) -> str:
    """One digest of all files that the scores are taken from."""
    whole = hashlib.sha256()
    paths = [*sorted((folder / "evidence").rglob("*")), *sorted((folder / "reports").glob("*.txt"))]
    for path in paths:
        if path.is_file() and path.suffix != ".md":
            whole.update(path.relative_to(folder).as_posix().encode())
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def test_the_floors_belong_to_these_sets() -> None:
    assert corpus_digest(measure.CORPUS) == FLOORS["digest"]


@pytest.mark.slow
@pytest.mark.parametrize("measured", [measure.newsquant, measure.polnear, measure.report])
def test_scores_stay_above_their_floors(measured: Callable[[Path], dict[str, measure.Score]]) -> None:
    scores = measured(measure.CORPUS)
    low = {name: (scores[name].f1, floor) for name, floor in FLOORS[measured.__name__].items() if scores[name].f1 < floor}
    assert not low


def test_furniture_gives_at_most_two_claims_in_a_hundred() -> None:
    report = report_of((measure.CORPUS / "reports" / measure.OTHER_REPORT).read_bytes(), measure.OTHER_REPORT)
    claims = readings_as_dict([read_document(report)])["claims"]
    assert len(claims) > 50
    assert sum(claim["region"] not in ("body", "caption") for claim in claims) <= 0.02 * len(claims)
    assert not any("Duration" in claim["text"] or "|" in claim["text"] for claim in claims)
