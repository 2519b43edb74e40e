"""Two levers moved from end to end, on the same futures: where they tip an answer together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.analysis.border import Border, BorderCurve, MovedLever, joined
from foedus.analysis.flip import ROUNDS, FlipSearch, chances
from foedus.analysis.levers import LeverBorders
from foedus.arrays import Array
from foedus.case import Case
from foedus.compile.program import ResultSlot
from foedus.constructs.headline import Headline
from foedus.ensemble import Futures, Settings
from foedus.errors import InputError, Problem
from foedus.study.asked import asked_names, question_words
from foedus.study.levers import AGAIN, TIMED, futures_at, lever_slot, moved_lever, refuse_few_futures
from foedus.study.simulate import Progress, Told

__all__ = ["border", "border_levers", "borders", "chance_slots", "tipping_question"]


def border(
    case: Case,
    lever: str,
    other: str,
    question: str = "",
    *,
    points: int = 7,
    futures: int = 2000,
    seed: int = 0,
    threshold: float = 0.5,
    progress: Progress | None = None,
    told: Told | None = None,
) -> Border:
    """Where two levers tip an answer together: every crossing, joined to curves.

    Args:
        question: one with a chance; "" for the first of the headline.
        points: of each lever.
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: there is no such lever or question, the question has no chance, or both levers are one.
        RunError: more than a few of the futures failed.
    """
    return border_levers(
        case,
        (lever, other),
        [question] if question else (),
        points=points,
        futures=futures,
        seed=seed,
        threshold=threshold,
        progress=progress,
        told=told,
    ).borders[0]


def border_levers(
    case: Case,
    levers: tuple[str, str],
    questions: Sequence[str] = (),
    *,
    points: int = 7,
    futures: int = 2000,
    seed: int = 0,
    threshold: float = 0.5,
    progress: Progress | None = None,
    told: Told | None = None,
) -> LeverBorders:
    """The same of several questions, with the levers as they were moved; of the headline's first if none is named.

    Raises:
        InputError, RunError: as of `border`.
    """
    slots = chance_slots(case, questions)
    found = borders(
        case,
        levers,
        slots if questions else (),
        points=points,
        futures=futures,
        seed=seed,
        threshold=threshold,
        progress=progress,
        told=told,
    )
    return LeverBorders(case.name, found[0].levers, threshold, tuple(found), futures, seed)


def chance_slots(case: Case, names: Sequence[str]) -> tuple[ResultSlot, ...]:
    """The questions of these names, all of which must have a chance; all that have one if there are no names.

    Raises:
        InputError: there is no such question, or it has no chance, of all such names at once; or none of the model has one.
    """
    known = {slot.name: slot for slot in case.program.results if slot.kind == "probability"}
    if not known and not names:
        raise InputError(_no_chance(case))
    return tuple(known[name] for name in asked_names(case.name, known, names, [slot.name for slot in case.program.results]))


def tipping_question(case: Case) -> ResultSlot:
    """The first question with a chance that the case's headline asks; else the first of the model.

    Raises:
        InputError: no question of the model has a chance.
    """
    known = {slot.name: slot for slot in case.program.results if slot.kind == "probability"}
    if not known:
        raise InputError(_no_chance(case))
    asked = [name for headline in case.tree.all(Headline) for name in headline.questions if name in known]
    return known[asked[0] if asked else next(iter(known))]


def _no_chance(case: Case) -> Problem:
    message = "no question of the model has a chance that could tip."
    return Problem(case.name, 0, 0, "unknown-question", message, "Add `question NAME … at the end true when …`.")


def borders(
    case: Case,
    levers: tuple[str, str],
    slots: Sequence[ResultSlot] = (),
    *,
    points: int = 7,
    futures: int = 1000,
    seed: int = 0,
    threshold: float = 0.5,
    progress: Progress | None = None,
    told: Told | None = None,
) -> list[Border]:
    """Where two levers tip answers together.

    Args:
        slots: questions with a chance; none takes that of `tipping_question`.
        points: of each lever; every pair of them is tried, and between two of them every lever by itself where a crossing is seen.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: there is no such lever, or it is twice the same one.
        RunError: more than a few of the futures failed.
    """
    refuse_few_futures(case, futures)
    moved = (moved_lever(case, levers[0], points), moved_lever(case, levers[1], points))
    if levers[0] == levers[1]:
        message = f"`{levers[0]}` is given twice: a border needs two levers."
        raise InputError(
            Problem(case.name, 0, 0, "same-lever", message, "Give another one, or `--lever` once for where that lever tips.")
        )
    grid = _Grid(case, moved, Settings(futures, seed), progress)
    if told is not None and futures > 4 * TIMED:
        told(AGAIN * futures / TIMED * grid.run(grid.all, Settings(TIMED, seed)).seconds["run"])
    ran = grid.run(grid.all)
    lines = [_Lines(one, chances(ran, one), grid.positions, threshold) for one in slots or [tipping_question(case)]]
    for _ in range(ROUNDS):
        wanted = sorted({pair for one in lines for pair in one.wanted})
        if not wanted:
            break
        ran = grid.run(np.array(wanted))
        for one in lines:
            one.narrow(wanted, chances(ran, one.slot))
    return [
        Border(one.slot.name, question_words(case, one.slot), moved, threshold, *one.told, one.curves, futures, seed)
        for one in lines
    ]


@dataclass(frozen=True)
class _Grid:
    """Two levers, and the futures at pairs of positions."""

    case: Case
    levers: tuple[MovedLever, MovedLever]
    settings: Settings
    progress: Progress | None

    @property
    def positions(self) -> tuple[Array, Array]:
        return np.array(self.levers[0].positions), np.array(self.levers[1].positions)

    @property
    def all(self) -> Array:
        """(pair, lever): the first lever moves fastest."""
        first, second = np.meshgrid(*self.positions)
        return np.column_stack([first.ravel(), second.ravel()])

    def run(self, pairs: Array, settings: Settings | None = None) -> Futures:
        slots = [lever_slot(self.case, lever.name) for lever in self.levers]
        return futures_at(self.case, slots, pairs, settings or self.settings, self.progress if settings is None else None)


class _Lines:
    """One question along every line of the grid, either way."""

    def __init__(self, slot: ResultSlot, found: tuple[Array, Array], positions: tuple[Array, Array], threshold: float) -> None:
        self.slot, self._positions, self._threshold = slot, positions, threshold
        self._chance, self._error = (one.reshape(len(positions[1]), len(positions[0])) for one in found)
        rows = zip(self._chance, self._error, strict=True), zip(self._chance.T, self._error.T, strict=True)
        self._searches = tuple([FlipSearch(slot, positions[along], row, threshold) for row in rows[along]] for along in (0, 1))

    @property
    def wanted(self) -> set[tuple[float, float]]:
        """Pairs of positions whose probability would narrow a crossing."""
        return {pair for along, line, search in self._all() for pair in self._on(along, line, search)}

    def _all(self) -> list[tuple[int, int, FlipSearch]]:
        return [(along, line, search) for along in (0, 1) for line, search in enumerate(self._searches[along])]

    def _on(self, along: int, line: int, search: FlipSearch) -> list[tuple[float, float]]:
        """The pairs that one search wants."""
        stands = float(self._positions[1 - along][line])
        return [(place, stands) if along == 0 else (stands, place) for place in sorted(search.wanted)]

    def narrow(self, pairs: list[tuple[float, float]], found: tuple[Array, Array]) -> None:
        """Take in what was found at pairs of positions, among them all that are wanted."""
        places = {pair: place for place, pair in enumerate(pairs)}
        for along, line, search in self._all():
            own = self._on(along, line, search)
            if own:
                taken = [places[pair] for pair in own]
                search.narrow(np.array([pair[along] for pair in own]), (found[0][taken], found[1][taken]))

    @property
    def told(self) -> tuple[tuple[tuple[float, ...], ...], tuple[tuple[float, ...], ...]]:
        """Probabilities and errors on the grid."""
        chance, error = (tuple(tuple(map(float, row)) for row in one) for one in (self._chance, self._error))
        return chance, error

    @property
    def curves(self) -> tuple[BorderCurve, ...]:
        return joined(self._searches[0], self._searches[1], self._positions, self._chance - self._threshold)
