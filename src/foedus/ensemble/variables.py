"""The results of an ensemble as named variables with units and dimensions: what every form of output is made from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.arrays import AnyArray
from foedus.compile import Program
from foedus.errors import InputError, Problem

if TYPE_CHECKING:
    from foedus.ensemble.kept import Kept

__all__ = ["COORDINATES", "Variable", "VariableElement", "output_names", "variables_of"]

COORDINATES = ("scenario", "future", "time", "elapsed", "status")


@dataclass(frozen=True)
class VariableElement:
    """One element of a variable: `elements` of its indices, and the row of the ensemble's table in which it stands."""

    elements: tuple[str, ...]
    row: int


@dataclass(frozen=True)
class Variable:
    """A question, an uncertain parameter, or a variable whose trajectories were kept.

    Attributes:
        name: in the output; never that of another one.
        kind: "answer", "parameter" or "trajectory".
        indices: names of its own dimensions, with all elements of each.
        parts: the elements that there are.
        about: further attributes.
    """

    name: str
    kind: str
    unit: str
    long_name: str
    indices: tuple[tuple[str, tuple[str, ...]], ...]
    parts: tuple[VariableElement, ...]
    about: dict[str, str] = field(default_factory=dict)

    @property
    def dims(self) -> tuple[str, ...]:
        own = {"answer": ("scenario", "future"), "parameter": ("future",), "trajectory": ("scenario", "time", "future")}
        return (*own[self.kind], *(name for name, _ in self.indices))

    def array(self, futures: Kept) -> AnyArray:
        """Its values over `dims`; NaN for futures that were not kept, and for elements that have no definition or were not kept."""
        leading = {"answer": futures.statuses.shape, "parameter": (futures.count,)}.get(
            self.kind, (len(futures.scenarios), len(futures.moments), futures.count)
        )
        kind = futures.trajectories.dtype if self.kind == "trajectory" and futures.trajectories is not None else np.float64
        found = np.full((*leading, *(len(elements) for _, elements in self.indices)), np.nan, dtype=kind)
        for part in self.parts:
            values = self.values(futures, part)
            place: Any = tuple(elements.index(one) for one, (_, elements) in zip(part.elements, self.indices, strict=True))
            found[(..., slice(0, values.shape[-1]), *place)] = values
        return found

    def values(self, futures: Kept, part: VariableElement) -> AnyArray:
        """The values of one element, of the futures that were kept; the future last. NaN of what failed in any scenario, draws apart:
        a mean over what is written is that which the tables show.
        """
        if self.kind == "parameter":
            return np.asarray(futures.parameters[part.row] / futures.program.parameters[part.row].scale)
        if self.kind == "answer":
            found: AnyArray = np.stack([futures.plain(part.row, scenario) for scenario in range(len(futures.scenarios))])
        else:
            assert futures.trajectories is not None
            found = futures.trajectories[:, part.row]
        is_ok = futures.is_ok[: found.shape[-1]]
        return found if is_ok.all() else np.where(is_ok, found, found.dtype.type(np.nan))


def variables_of(futures: Kept) -> tuple[Variable, ...]:
    """Everything that an ensemble has to tell, in the order: trajectories, answers, parameters.

    Raises:
        InputError: two things, or a thing and a dimension of the output, bear one name.
    """
    program = futures.program
    uncertain = [program.parameters[row].name for row in futures.uncertain]
    names = output_names(program, uncertain, keeps=futures.trajectories is not None)
    found = [*_trajectories(program, names)] if futures.trajectories is not None else []
    for row, slot in enumerate(program.results):
        about = {"since": program.as_of.isoformat()} if slot.is_date and program.as_of is not None else {}
        found.append(
            Variable(
                names["answer", slot.name],
                "answer",
                slot.unit or "1",
                slot.ask or slot.name,
                (),
                (VariableElement((), row),),
                about,
            )
        )
    return (*found, *_parameters(program, futures.uncertain, names))


def output_names(program: Program, uncertain: Iterable[str], keeps: bool = True) -> dict[tuple[str, str], str]:
    """(kind, base name) -> name in the output. A question or parameter named like a variable that is kept says what it is.

    Raises:
        InputError: two of them would still bear one name, or the name of a dimension.
    """
    trajectories = list(dict.fromkeys(_base(program, slot.name)[0] for slot in program.saved)) if keeps else []
    names = {("trajectory", name): name for name in trajectories}
    taken = set(trajectories)
    for name in [slot.name for slot in program.results]:
        names["answer", name] = f"question_{name}" if name in taken else name
    taken |= {name for (kind, _), name in names.items() if kind == "answer"}
    for name in dict.fromkeys(_base(program, one)[0] for one in uncertain):
        names["parameter", name] = f"parameter_{name}" if name in taken else name
    _refuse_twins(program, names)
    return names


def _refuse_twins(program: Program, names: dict[tuple[str, str], str]) -> None:
    """No name may stand for two things: whichever came last would be all that is left."""
    reserved = {*COORDINATES, *(name for name, _ in program.indices)}
    problems, seen = [], set(reserved)
    for name, _ in program.indices:
        if name in COORDINATES:
            message = f"the index `{name}` bears the name of a dimension of the output."
            problems.append(Problem(program.name, 0, 0, "reserved-name", message, "Give the index another name in the model."))
    for (kind, name), given in names.items():
        if given in seen:
            what = {"answer": "question", "trajectory": "variable"}.get(kind, kind)
            use = "a dimension of the output" if given in reserved else "another part of the output"
            message, help = (
                f"the {what} `{name}` bears the name of {use}, `{given}`.",
                f"Give the {what} another name in the model.",
            )
            problems.append(Problem(program.name, 0, 0, "reserved-name", message, help))
        seen.add(given)
    if problems:
        raise InputError(problems)


def _base(program: Program, name: str) -> tuple[str, tuple[str, ...]]:
    """The definition and the elements of `front[north]`."""
    base, bracket, rest = name.partition("[")
    if not bracket or base not in dict(program.over):
        return name, ()
    return base, tuple(element.strip() for element in rest.rstrip("]").split(","))


def _own_indices(program: Program, base: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The dimensions of a definition; an index that stands twice is told apart by a number."""
    elements, names = dict(program.indices), dict(program.over).get(base, ())
    times = [names[:place].count(name) + 1 for place, name in enumerate(names)]
    return tuple((name if time == 1 else f"{name}_{time}", elements[name]) for name, time in zip(names, times, strict=True))


def _grouped(program: Program, named: Iterable[tuple[int, str]]) -> Iterator[tuple[str, tuple[VariableElement, ...]]]:
    """Rows of one definition together, in the order in which each definition comes first."""
    parts: dict[str, list[VariableElement]] = {}
    for row, name in named:
        base, elements = _base(program, name)
        parts.setdefault(base, []).append(VariableElement(elements, row))
    for base, found in parts.items():
        yield base, tuple(found)


def _partial(indices: Sequence[tuple[str, tuple[str, ...]]], parts: tuple[VariableElement, ...]) -> dict[str, str]:
    """Which elements there are, where not all of the indices' are."""
    whole = math.prod(len(elements) for _, elements in indices)
    return {} if len(parts) == whole else {"elements": "; ".join(", ".join(part.elements) for part in parts)}


def _told(parts: tuple[VariableElement, ...], texts: Sequence[str]) -> str:
    """What is said of all elements: once if it is the same, else element by element."""
    if len(set(texts)) == 1:
        return texts[0]
    return "; ".join(f"{', '.join(part.elements)}: {text}" for part, text in zip(parts, texts, strict=True) if text)


def _trajectories(program: Program, names: dict[tuple[str, str], str]) -> Iterator[Variable]:
    for base, parts in _grouped(program, ((row, slot.name) for row, slot in enumerate(program.saved))):
        slots, indices = [program.saved[part.row] for part in parts], _own_indices(program, base)
        label = _told(parts, [slot.label for slot in slots]) or base
        yield Variable(
            names["trajectory", base], "trajectory", slots[0].unit or "1", label, indices, parts, _partial(indices, parts)
        )


def _parameters(program: Program, uncertain: Iterable[int], names: dict[tuple[str, str], str]) -> Iterator[Variable]:
    for base, parts in _grouped(program, ((row, program.parameters[row].name) for row in uncertain)):
        slots, indices = [program.parameters[part.row] for part in parts], _own_indices(program, base)
        label, prior = (_told(parts, texts) for texts in ([slot.label for slot in slots], [slot.prior_text for slot in slots]))
        about = {**({"prior": prior} if prior else {}), **_partial(indices, parts)}
        yield Variable(names["parameter", base], "parameter", slots[0].unit or "1", label or base, indices, parts, about)
