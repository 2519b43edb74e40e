"""The questions that somebody names."""

from __future__ import annotations

from collections.abc import Iterable

from foedus.case import Case
from foedus.compile.program import ResultSlot
from foedus.constructs import tree as t
from foedus.errors import InputError, Problem, suggestion
from foedus.language.tree import nodes
from foedus.show.words import typeset
from foedus.titles import name_words

__all__ = ["asked_names", "asked_slots", "question_words", "variables_asked"]


def asked_names(case: str, known: Iterable[str], wanted: Iterable[str], others: Iterable[str] = ()) -> list[str]:
    """The names that are wanted, each once; all that are known if there are none.

    Args:
        case: its name.
        known: questions that can be asked for.
        wanted: by whoever asks.
        others: questions of the case that are no chances, where only those can be asked for.
    Raises:
        InputError: there is no such question; of all such names at once.
    """
    known, wanted, others = list(known), list(dict.fromkeys(wanted)), set(others)
    everything = f"Questions: {', '.join(known)}."
    problems = [
        Problem(
            case, 0, 0, "unknown-question", f"`{name}` asks for no chance.", f"Only chances can be asked for here. {everything}"
        )
        if name in others
        else Problem(
            case, 0, 0, "unknown-question", f"there is no such question `{name}`.", suggestion(name, known) or everything
        )
        for name in wanted
        if name not in known
    ]
    if problems:
        raise InputError(problems)
    return wanted or known


def asked_slots(case: Case, names: Iterable[str]) -> tuple[ResultSlot, ...]:
    """The questions of these names, each once; all if there are none.

    Raises:
        InputError: there is no such question; of all such names at once.
    """
    known = {slot.name: slot for slot in case.program.results}
    return tuple(known[name] for name in asked_names(case.name, known, names))


def question_words(case: Case, slot: ResultSlot) -> str:
    """A question in words, the shortest that it has."""
    called = next((one.called for one in case.tree.all(t.Question) if one.name == slot.name), "")
    return typeset(called or slot.ask) or name_words(slot.name)


def variables_asked(case: Case, known: Iterable[str], question: str = "") -> tuple[str, ...]:
    """The variables, among those known, that the questions of a case look at, or one of them does, in the order in which they do."""
    asked = (one for one in case.tree.all(t.Question) if question in ("", one.name))
    looked = (node for one in asked for node in nodes(one.expression))
    names = dict.fromkeys(node.name for node in looked if isinstance(node, t.Name))
    order = {name: place for place, name in enumerate(names)}
    return tuple(sorted((one for one in known if _bare(one) in order), key=lambda one: order[_bare(one)]))


def _bare(name: str) -> str:
    return name.partition("[")[0]
