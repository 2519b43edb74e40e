"""What a look at a model found, as JSON and in a line."""

from __future__ import annotations

from typing import Any

from foedus.analysis.checked import Checked
from foedus.wording import counted

__all__ = ["check_document", "check_words"]


def check_document(found: Checked) -> dict[str, Any]:
    """What `foedus check --json` prints."""
    return {
        "ok": found.is_sound,
        "errors": [problem.as_dict() for problem in found.errors],
        "warnings": [problem.as_dict() for problem in found.warnings],
        "checks": [{"name": result.name, "passed": result.passed, "detail": result.detail} for result in found.results],
    }


def check_words(name: str, found: Checked) -> str:
    """Whether it is sound."""
    return f"{name}: {'sound' if found.is_sound else counted(len(found.errors), 'problem')}"
