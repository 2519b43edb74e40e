"""A lever moved from end to end, or two of them, on the same futures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.analysis.border import Border, BorderCurve, Moved, joined
from foedus.analysis.enough import FLIP, refuse_few
from foedus.analysis.failures import refuse_failed
from foedus.analysis.flip import ROUNDS, Flip, FlipSearch, chances, lever_positions
from foedus.arrays import Array
from foedus.case.asked import question_words
from foedus.compile.amounts import constant_in
from foedus.compile.program import ResultSlot
from foedus.compile.scope import build_scope
from foedus.constructs import tree as t
from foedus.constructs.headline import Headline
from foedus.ensemble import Futures, Settings
from foedus.errors import InputError, Problem, suggestion

if TYPE_CHECKING:
    from foedus.case.case import Case

__all__ = ["lever_borders", "lever_flips", "tipping_question"]

_TIMED = 200  # futures of the grid of which the time is taken
_AGAIN = 2.0  # the grid and what is tried between its positions, against the grid: about that in the shipped cases
Progress = Callable[[int, int], None]


def _refuse_few(case: Case, futures: int) -> None:
    refuse_few(case.name, futures, FLIP, f"{futures} futures are too few to tell on which side of a threshold a chance lies.")


def lever_flips(
    case: Case,
    lever: str,
    points: int,
    futures: int,
    seed: int,
    threshold: float,
    progress: Progress | None = None,
    told: Callable[[float], None] | None = None,
) -> tuple[str, list[Flip]]:
    """How every probability changes along a lever, and where it crosses the threshold. Also gives the lever's unit.

    Where a crossing is seen between two of the `points`, the lever is tried again between them, a few times.

    Args:
        told: takes the seconds that it will take, at the start.

    Raises:
        InputError: there is no such lever.
    """
    _refuse_few(case, futures)
    moved = _moved(case, lever, points)
    asked = [one for one in case.program.results if one.kind == "probability"]
    slot, positions = _slot(case, lever), np.array(moved.positions)

    def run_at(where: Array) -> Futures:
        return _run_at(case, (slot,), where[:, None], Settings(futures, seed), progress)

    if told is not None and futures > 4 * _TIMED:
        few = _run_at(case, (slot,), positions[:, None], Settings(_TIMED, seed), None)
        told(_AGAIN * futures / _TIMED * few.seconds["run"])
    ran = run_at(positions)
    searches = [FlipSearch(one, positions, chances(ran, one), threshold) for one in asked]
    for _ in range(ROUNDS):
        wanted = np.array(sorted({position for search in searches for position in search.wanted}))
        if not len(wanted):
            break
        ran = run_at(wanted)
        for search, one in zip(searches, asked, strict=True):
            search.narrow(wanted, chances(ran, one))
    return moved.unit, [search.flip for search in searches]


def tipping_question(case: Case) -> ResultSlot:
    """The first question with a chance that the case's headline asks; else the first of the model.

    Raises:
        InputError: no question of the model has a chance.
    """
    known = {slot.name: slot for slot in case.program.results if slot.kind == "probability"}
    if not known:
        message = "no question of the model has a chance that could tip."
        raise InputError(Problem(case.name, 0, 0, "unknown-question", message, "Add `question NAME … at the end true when …`."))
    asked = [name for headline in case.tree.all(Headline) for name in headline.questions if name in known]
    return known[asked[0] if asked else next(iter(known))]


def lever_borders(
    case: Case,
    levers: tuple[str, str],
    slots: Sequence[ResultSlot] = (),
    *,
    points: int = 7,
    futures: int = 1000,
    seed: int = 0,
    threshold: float = 0.5,
    progress: Progress | None = None,
    told: Callable[[float], None] | None = None,
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
    _refuse_few(case, futures)
    moved = (_moved(case, levers[0], points), _moved(case, levers[1], points))
    if levers[0] == levers[1]:
        message = f"`{levers[0]}` is given twice: a border needs two levers."
        raise InputError(
            Problem(case.name, 0, 0, "same-lever", message, "Give another one, or `--lever` once for where that lever tips.")
        )
    grid = _Grid(case, moved, Settings(futures, seed), progress)
    if told is not None and futures > 4 * _TIMED:
        told(_AGAIN * futures / _TIMED * grid.run(grid.all, Settings(_TIMED, seed)).seconds["run"])
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


def _moved(case: Case, lever: str, points: int) -> Moved:
    """A lever with the positions at which it is tried."""
    known = {statement.name: statement for statement in case.tree.all(t.Lever)}
    if lever not in known:
        help = suggestion(lever, known) or f"Levers: {', '.join(known) or 'none'}."
        raise InputError(Problem(case.name, 0, 0, "unknown-lever", f"there is no lever `{lever}`.", help))
    statement, scope = known[lever], build_scope(case.tree)
    unit = scope.unit(statement.unit)
    low, high = (constant_in(scope, end, unit, "an end of the lever") for end in (statement.low, statement.high))
    return Moved(lever, statement.label or lever, str(unit), tuple(float(one) for one in np.linspace(low, high, points)))


def _slot(case: Case, lever: str) -> int:
    """The place of a lever among the parameters."""
    return next(place for place, one in enumerate(case.program.parameters) if one.is_lever and one.name == lever)


def _run_at(case: Case, slots: Sequence[int], where: Array, settings: Settings, progress: Progress | None) -> Futures:
    """(scenario, lever): the futures at these positions."""
    ran = case.simulate(settings, lever_positions(case.program, slots, where), progress=progress)
    refuse_failed(ran)
    return ran


@dataclass(frozen=True)
class _Grid:
    """Two levers, and the futures at pairs of positions."""

    case: Case
    levers: tuple[Moved, Moved]
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
        slots = [_slot(self.case, lever.name) for lever in self.levers]
        return _run_at(self.case, slots, pairs, settings or self.settings, self.progress if settings is None else None)


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
