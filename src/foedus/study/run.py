"""What the futures of a case say: the answers to its questions, with all that they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from foedus.analysis.finding import Finding
from foedus.analysis.spread import Rivals
from foedus.case import Case
from foedus.case.series import series_problems
from foedus.ensemble import Futures
from foedus.ensemble.save import check_size, check_target
from foedus.errors import CaseError
from foedus.study.common import on_common_ground
from foedus.study.finding import make_finding
from foedus.study.futures import TRAJECTORIES, run_futures
from foedus.study.rivals import run_rivals
from foedus.study.simulate import Progress, program_keeping
from foedus.study.without import without_of

__all__ = ["Ran", "RunOptions", "Stage", "run_case", "unseen"]

Stage = Callable[[str], AbstractContextManager[Progress]]
"""Called with the name of a part of the work; gives what is called with (done, in all) as that goes on."""


@contextmanager
def unseen(what: str) -> Iterator[Progress]:
    """A part of the work that nobody watches."""
    del what
    yield lambda done, total: None


@dataclass(frozen=True)
class RunOptions:
    """What is to be run.

    Attributes:
        futures: how many.
        seed: of all random streams; the same seed gives the same bits.
        scenarios: names; nothing takes all. The baseline always comes first.
        without: sources to be left out, and all who only repeat them.
        documents: a folder with documents that claims quote, besides the case's own.
        threads: 0 takes one per core. chunk: futures per piece of work; changes no result.
        design: of the parameters: "random", "lhs", "sobol". engine: "compiled" or "reference".
        trajectories: of how many futures (True: of 2,000).
        save: a file for answers, draws and trajectories; None for none.
        keep: variables whose trajectories go into it beside those of charts and series; "all" for all. precision: "single" or "double".
    """

    futures: int = 1000
    seed: int = 0
    scenarios: Sequence[str] = ()
    without: Sequence[str] = ()
    documents: str | Path | None = None
    threads: int = 0
    chunk: int = 0
    design: str = "random"
    engine: str = "compiled"
    trajectories: bool | int = True
    save: str | Path | None = None
    keep: Sequence[str] = ()
    precision: str = "single"


@dataclass(frozen=True, eq=False)
class Ran:
    """A run.

    Attributes:
        case: as it ran: without the sources that were left out.
        futures: of all its scenarios; rivals: of its rival structures, None where it declares none.
        finding: what they say.
    """

    case: Case
    futures: Futures
    rivals: Rivals | None
    finding: Finding

    @property
    def failed_shares(self) -> Mapping[str, float]:
        """The part of the futures that failed, under "", and in each rival structure."""
        rivals = self.rivals
        shares = {} if rivals is None else {name: rivals.failed(name) / rivals.futures.count for name in rivals.variants}
        return {"": self.futures.failed_share, **shares}

    @property
    def weighed(self) -> str:
        """What was done with the members of the posterior, in words; "" where none was drawn from."""
        return "" if self.case.weighed is None or not self.futures.chains else self.case.weighed.summary(self.case.tree)


def run_case(case: Case, options: RunOptions, stage: Stage = unseen) -> Ran:
    """Run a case and its rival structures on the same futures, and say what they answer.

    Raises:
        InputError: there is no such scenario, source, variable, design, engine; or the file could not be written.
        CaseError: a series of the case cannot be read.
    """
    if options.save is not None:
        check_target(options.save)
    if problems := series_problems(case):  # they are read after the run; a refusal then would cost the whole of it
        raise CaseError(problems)
    left, grounds = case, ""
    if options.without:
        case, left, grounds = on_common_ground(case, case.without(*options.without))
    if options.save is not None:
        _refuse_large(left, options)
    with stage("Running futures") as progress:
        futures = _futures(left, options, progress)
    with stage("Running rival structures") as progress:
        rivals = run_rivals(
            left,
            options.futures,
            options.seed,
            options.threads,
            options.design,
            scenarios=options.scenarios,
            progress=progress,
        )
    finding = make_finding(left, futures, documents=options.documents, rivals=rivals)
    if options.without:
        with stage("Running the same futures with all sources") as progress:
            whole = _futures(case, replace(options, trajectories=0, keep=(), precision="single"), progress)
        warnings = (grounds, *finding.warnings) if grounds else finding.warnings
        finding = replace(finding, without=without_of(case, left, whole, futures), warnings=warnings)
    if options.save is not None:
        futures.save(options.save)
    return Ran(left, futures, rivals, finding)


def _futures(case: Case, options: RunOptions, progress: Progress) -> Futures:
    return run_futures(
        case,
        options.futures,
        options.seed,
        options.scenarios,
        threads=options.threads,
        chunk=options.chunk,
        design=options.design,
        engine=options.engine,
        trajectories=options.trajectories,
        keep=options.keep,
        precision=options.precision,
        progress=progress,
    )


def _refuse_large(case: Case, options: RunOptions) -> None:
    """Refuse, before the work, a file that would be too large."""
    assert options.save is not None
    program = program_keeping(case, options.keep)
    scenarios = len(case.scenarios(options.scenarios, program))
    paths = TRAJECTORIES if options.trajectories is True else int(options.trajectories)
    check_size(options.save, program, scenarios, options.futures, paths, options.precision == "double")
