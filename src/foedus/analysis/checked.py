"""What a look at a model found, ready to be shown; `foedus.study.check` takes it."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.analysis.finding import CheckResult
from foedus.errors import Problem

__all__ = ["Checked"]


@dataclass(frozen=True)
class Checked:
    """Is a model sound?

    Attributes:
        errors: what is wrong; warnings: what is worth a second look.
        results: of the checks of its text; none where nothing was run.
    """

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    results: tuple[CheckResult, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.errors
