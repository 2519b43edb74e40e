"""A case: a model with its ledger, ready to be run, checked, traced and replayed."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from foedus.analysis.finding import CheckResult, Finding
from foedus.analysis.spread import Rivals
from foedus.case.edition_ledger import folder_ledger
from foedus.case.folder import CaseFolder, find_case, limits_of
from foedus.case.pools import Pools, pool_claims
from foedus.case.posterior import PosteriorPrior, adopted_posterior, read_posterior
from foedus.compile import Program
from foedus.compile.program import ScenarioSlot
from foedus.constructs import tree as t
from foedus.ensemble import Futures, Joint, Sampler, Settings, run_ensemble
from foedus.errors import InputError, Problem, suggestion
from foedus.evidence import DEFAULTS, Defaults, Documents, Ledger
from foedus.evidence.overrides import read_defaults
from foedus.evidence.without import NOTHING_REMOVED, Removal, without_named, without_sources
from foedus.language import Tree, read_model_text
from foedus.model import Options, compile_model, read_model

__all__ = ["Case", "Progress", "load"]

Progress = Callable[[int, int], None]
"""Called with (futures done, futures in all) as work goes on."""
TRAJECTORIES = 2000


@dataclass(frozen=True, eq=False)
class Case:
    """A model and what lies beside it.

    Attributes:
        folder: where it is.
        tree: its text, parsed.
        ledger: its claims, None if there is no ledger; without those of `removal`.
        defaults: what pooling takes for granted, with the case's own overrides.
        removal: the claims that were left out, for a run without some sources.
        posterior: members of a calibration, drawn instead of the priors of the parameters that it moved; None for the priors.
    """

    folder: CaseFolder
    tree: Tree
    ledger: Ledger | None
    defaults: Defaults = DEFAULTS
    removal: Removal = NOTHING_REMOVED
    posterior: PosteriorPrior | None = None

    @property
    def name(self) -> str:
        return self.folder.name

    @cached_property
    def program(self) -> Program:
        """The compiled program; compiled when first needed."""
        return compile_model(self.tree)

    @cached_property
    def pools(self) -> Pools:
        """The pools of claims that parameters rest on."""
        return self._pools_of(self.program)

    @cached_property
    def joint(self) -> Joint | None:
        """The members of the posterior that stand in for priors.

        Raises:
            InputError: the posterior was made for another model or other data.
        """
        if self.posterior is None:
            return None
        from foedus.case.basis import check_basis

        check_basis(self, self.posterior)
        return self.posterior.joint(self)

    def _pools_of(self, program: Program) -> Pools:
        """The pools for another program of the same case."""
        return pool_claims(program, self.tree, self.ledger, self.defaults, self.removal)

    def of_priors(self) -> Case:
        """The same case on its priors, without a posterior."""
        return self if self.posterior is None else dataclasses.replace(self, posterior=None)

    def without(self, *names: str) -> Case:
        """The same case without the claims of some sources, and of those that only repeat them.

        A posterior is left out too: it was calibrated with all of them.

        Raises:
            InputError: there is no ledger, or no such source in it.
        """
        return self._without(without_sources(self._asked_ledger(), names))

    def without_named(self, *names: str) -> Case:
        """The same for names as the ledger spells them, such as those of `origin_rows`: nothing is guessed."""
        return self._without(without_named(self._asked_ledger(), names))

    def _asked_ledger(self) -> Ledger:
        if self.ledger is None:
            help = "Leave the option out, or put ledger.jsonl beside the model."
            raise InputError(Problem(self.name, 0, 0, "no-ledger", "there is no ledger to take a source out of.", help))
        return self.ledger

    def _without(self, taken: tuple[Ledger, Removal]) -> Case:
        ledger, removal = taken
        left = dataclasses.replace(self, ledger=ledger, removal=self.removal.joined(removal), posterior=None)
        # Compiled once, for no claim stands in it; and what was pooled already is pooled anew only where a claim left.
        left.__dict__["program"] = self.program
        if "pools" in self.__dict__:
            changed = {claim.group for claim in removal.claims}
            left.__dict__["pools"] = pool_claims(
                self.program, self.tree, ledger, self.defaults, left.removal, self.pools, changed
            )
        return left

    def scenarios(self, names: Sequence[str] | None = None, program: Program | None = None) -> tuple[ScenarioSlot, ...]:
        """The baseline, then the scenarios named (all that are not hidden, if none is named).

        Raises:
            InputError: there is no such scenario.
        """
        slots = (program or self.program).scenarios
        known = {slot.name: slot for slot in slots}
        if not names:
            return tuple(slot for slot in slots if not slot.is_hidden)
        for name in names:
            if name not in known:
                near = suggestion(name, known) or f"Scenarios: {', '.join(known)}."
                raise InputError(Problem(self.name, 0, 0, "unknown-scenario", f"there is no scenario `{name}`.", near))
        wanted = [slots[0].name, *names]
        return tuple(known[name] for name in dict.fromkeys(wanted))

    def run(
        self,
        futures: int = 1000,
        seed: int = 0,
        scenarios: Sequence[str] | None = None,
        *,
        threads: int = 0,
        chunk: int = 0,
        design: str = "random",
        engine: str = "compiled",
        trajectories: bool | int = True,
        keep: str | Sequence[str] = (),
        precision: str = "single",
        progress: Progress | None = None,
    ) -> Futures:
        """Run an ensemble; every scenario sees the same futures.

        Args:
            futures: how many.
            seed: of all random streams; the same seed gives the same bits.
            scenarios: names; None takes all. The baseline always comes first.
            threads: 0 takes one per core.
            chunk: futures per piece of work; changes no result.
            design: of the parameters: "random", "lhs", "sobol".
            engine: "compiled" or "reference".
            trajectories: keep trajectories of the first futures (True: of 2,000)?
            keep: variables whose trajectories are kept beside those of charts and series; "all" for all.
            precision: of the trajectories: "single" or "double".
            progress: called with (futures done, futures in all).
        """
        kept = TRAJECTORIES if trajectories is True else int(trajectories)
        settings = Settings(futures, seed, threads, chunk, design, engine, kept, precision)
        program = self.keeping(keep)
        ran = self.simulate(settings, self.scenarios(scenarios, program), program, progress=progress)
        return dataclasses.replace(ran, draw=self._drawn)

    def simulate(
        self,
        settings: Settings,
        scenarios: Sequence[ScenarioSlot],
        program: Program | None = None,
        *,
        members: Joint | None = None,
        on_priors: bool = False,
        progress: Progress | None = None,
    ) -> Futures:
        """The one way from a case to futures: its pools, and its posterior where it has one, cannot be forgotten on it.

        Args:
            scenarios: of the program.
            program: another program of the same case; None for its own.
            members: drawn in place of the posterior.
            on_priors: leave the posterior out: it knows what the program is to be held against.
        """
        program = program or self.program
        laws = self.pools.laws if program is self.program else self._pools_of(program).laws
        joint = None if on_priors else members if members is not None else self.joint
        return run_ensemble(program, settings, scenarios=tuple(scenarios), pools=laws, joint=joint, progress=progress)

    def keeping(self, names: str | Sequence[str]) -> Program:
        """The program that also keeps the trajectories of some variables; "all" for all.

        Raises:
            InputError: there is no such variable.
        """
        if not names:
            return self.program
        wanted = (names,) if isinstance(names, str) else tuple(names)
        return compile_model(self.tree, Options(save="all") if "all" in wanted else Options(keep=wanted))

    def widget(self, height: int = 800) -> Any:
        """The case's page in a notebook, levers and answers in step with Python; see `foedus.page.widget.page_widget`.

        Raises:
            InputError: anywidget is not installed (extra `notebook`).
        """
        # The page stands above the case, and is looked for only when it is asked for.
        return importlib.import_module("foedus.page.widget").page_widget(self, height)

    def _drawn(self, futures: Futures) -> str:
        """The futures as a notebook shows them."""
        from foedus.show.notebook import html_summary

        return html_summary(self.finding(futures))

    def check(
        self, futures: int = 1000, seed: int = 0, progress: Progress | None = None
    ) -> tuple[tuple[CheckResult, ...], list[Problem]]:
        """Hold the checks of the file against a run of all scenarios, hidden ones too. Returns results and warnings."""
        results, warnings = self.hold_checks(futures, seed, progress)
        return results, [*warnings, *self._step_warnings(min(futures, 400), seed)]

    def hold_checks(
        self, futures: int = 1000, seed: int = 0, progress: Progress | None = None
    ) -> tuple[tuple[CheckResult, ...], list[Problem]]:
        """The same without a look at the step: whether half of it would change the answers is not asked."""
        from foedus.analysis import failure_counts, failure_words, hold_checks, idle_decisions

        program = compile_model(self.tree, Options(save="none", checks=True, reach=False))
        ran = self.simulate(Settings(futures, seed), program.scenarios, program, progress=progress)
        warnings = idle_decisions(ran)
        results = hold_checks(ran, self.tree)
        if ran.faults:
            detail = "; ".join(failure_words(one) for one in failure_counts(ran))
            results = (*results, CheckResult("every future ends well", False, detail))
        return results, warnings

    def _step_warnings(self, futures: int, seed: int) -> list[Problem]:
        """What half the step would change in the baseline; nothing where the step is the period of the model."""
        if self.tree.model.is_discrete:
            return []
        from foedus.analysis import step_warnings

        step = self.tree.model.step
        finer = dataclasses.replace(self.tree.model, step=dataclasses.replace(step, value=step.value / 2))
        halved = compile_model(dataclasses.replace(self.tree, model=finer), Options(save="none", reach=False))
        settings = Settings(futures, seed)
        ran = [self.simulate(settings, program.scenarios[:1], program) for program in (self.program, halved)]
        return step_warnings(ran[0], ran[1])

    def finding(
        self,
        futures: Futures,
        *,
        documents: str | Path | None = None,
        checks: tuple[CheckResult, ...] = (),
        rivals: Rivals | None = None,
    ) -> Finding:
        """What the futures say, ready to be shown; with `rivals` (of `run_rivals`), what these say stands beside every answer."""
        from foedus.case.finding import make_finding

        return make_finding(self, futures, Documents(documents) if documents is not None else None, checks, rivals)

    def hindcast(self, name: str = "", futures: int = 500, seed: int = 0, engine: str = "compiled") -> Futures:
        """Run a hindcast: the same equations from an earlier date, with trajectories, for comparison with the series."""
        known = [statement.name for statement in self.tree.all(t.Hindcast)]
        if not known:
            raise InputError(
                Problem(
                    self.name,
                    0,
                    0,
                    "no-hindcast",
                    "the model declares no hindcast.",
                    "Add `hindcast NAME from … to …`.",
                )
            )
        program = compile_model(self.tree, Options(hindcast=name or known[0]))
        slot = next((one for one in program.scenarios if one.name == "history"), program.scenarios[0])
        return self.simulate(Settings(futures, seed, engine=engine, trajectories=futures), (slot,), program, on_priors=True)

    def parameters(self, future: int, seed: int, program: Program | None = None) -> np.ndarray:
        """(parameter, 1): the parameters of one future, base units."""
        program = program or self.program
        pools = self._pools_of(program)
        return Sampler(program, pools.laws, seed, "random", future + 1, self.joint).draw(future, 1)

    @property
    def limits(self) -> str:
        return limits_of(self.folder)

    def __repr__(self) -> str:
        claims = f", {len(self.ledger.claims)} claims" if self.ledger else ""
        return f"<Case {self.name}: {self.tree.model.title!r}{claims}>"


def load(name: str, *, extra: Iterable[str] = (), without: Sequence[str] = (), posterior: str | Path | None = None) -> Case:
    """Load a case by its name, its folder or its model file.

    Args:
        name: "pact", "cases/pact" or "path/to/model.foedus"; "pact@2024-06-20" for its edition of a day.
        extra: further statements in the language, for example a scenario of your own.
        without: sources whose claims, and the claims that only repeat them, are left out.
        posterior: file of a posterior that stands in for priors; "none" for the priors; None takes what the folder has adopted.
    Raises:
        CaseError: it cannot be found.
        ModelError: its model does not parse.
        EvidenceError: its ledger, or its `evidence.toml`, cannot be trusted.
        InputError: a source to be left out is not in the ledger.
    """
    folder = find_case(name)
    tree = read_model(read_model_text(folder.model))
    as_of = tree.model.as_of.isoformat() if tree.model.as_of else None
    ledger = folder_ledger(folder, as_of)
    added = "\n".join(extra)
    if added:
        tree = read_model(tree.source.followed_by(added + "\n"))
    defaults = DEFAULTS if folder.evidence is None else read_defaults(folder.evidence)
    if ledger is not None and defaults.takes_proposed:
        ledger = ledger.with_proposed()
    chosen = adopted_posterior(folder.folder) if posterior is None else None
    if posterior not in (None, "none"):
        chosen = read_posterior(str(posterior))
    case = Case(folder, tree, ledger, defaults, posterior=chosen)
    return case.without(*without) if without else case
