"""One synthetic finding for all tests of what is shown."""

from __future__ import annotations

import pytest

from foedus.analysis.finding import Finding
from foedus.show.report import report_html

from .sample import sample_finding


@pytest.fixture(scope="session")
def finding() -> Finding:
    return sample_finding()


@pytest.fixture(scope="session")
def page(finding: Finding) -> str:
    return report_html(finding)
