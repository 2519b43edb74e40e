"""The questions that somebody names."""

from __future__ import annotations

from collections.abc import Iterable

from foedus.errors import InputError, Problem, suggestion

__all__ = ["asked_names"]


def asked_names(case: str, known: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """The names that are wanted, each once; all that are known if there are none.

    Raises:
        InputError: there is no such question; of all such names at once.
    """
    known, wanted = list(known), list(dict.fromkeys(wanted))
    everything = f"Questions: {', '.join(known)}."
    problems = [Problem(case, 0, 0, "unknown-question", f"there is no such question `{name}`.", suggestion(name, known) or everything)
                for name in wanted if name not in known]  # fmt: skip
    if problems:
        raise InputError(problems)
    return wanted or known
