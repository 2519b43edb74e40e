"""Two versions of a case side by side: what is different in claims, statements and priors, and what that moves.

Both run on the same futures. Streams of luck are addressed by name, so that what both versions share has the same luck in both: the
difference of an answer is paired, and its error is that of the pair.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from foedus.analysis.changes import AnswerChange, ClaimChange, Diff, PriorChange, StatementChange
from foedus.analysis.compare import compare_runs
from foedus.analysis.failures import refuse_failed
from foedus.analysis.finding import Answer
from foedus.analysis.moves import is_move
from foedus.case import Case
from foedus.case.pools import law_bytes
from foedus.compile.program import ParameterSlot, ResultSlot
from foedus.constructs import tree as t
from foedus.ensemble import Futures
from foedus.evidence import Claim, Ledger
from foedus.language.printer import print_statement
from foedus.study.durations import tell_duration
from foedus.study.futures import run_futures
from foedus.study.simulate import Progress, Told
from foedus.study.titled import title_in
from foedus.wording import people_date

__all__ = ["answer_changes", "baseline_run", "diff"]

_NO_MATTER = frozenset({"place", "start", "end", "span_sha256", "document", "rules"})


def diff(
    before: Case,
    after: Case,
    *,
    futures: int = 2000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Told | None = None,
) -> Diff:
    """What changed between two versions of a case, and what it moves in the baseline.

    Args:
        before, after: the versions; each with its own posterior, where it has adopted one.
        futures, seed: of both runs.
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, before it starts.
    """

    def both(count: int) -> None:
        baseline_run(before, count, seed)
        baseline_run(after, count, seed)

    def of_all(place: int) -> Progress:
        return lambda done, whole: progress(place * whole + done, 2 * whole) if progress is not None else None

    tell_duration(told, lambda count: baseline_run(after, count, seed), futures, both)
    first, second = (baseline_run(case, futures, seed, of_all(place)) for place, case in enumerate((before, after)))
    return Diff(
        _version(before),
        _version(after),
        claim_changes(before.ledger, after.ledger),
        statement_changes(before.tree, after.tree),
        prior_changes(before, after),
        answer_changes(before, after, first, second),
        futures,
        seed,
    )


def baseline_run(case: Case, futures: int, seed: int, progress: Progress | None = None) -> Futures:
    """The futures of the baseline alone.

    Raises:
        RunError: more than a few failed: what is compared would rest on the others.
    """
    ran = run_futures(case, futures, seed, [case.program.scenarios[0].name], trajectories=False, progress=progress)
    refuse_failed(ran, f" in {case.name}")
    return ran


def _version(case: Case) -> str:
    named = case.name if case.folder.edition else case.folder.folder.name or case.name
    return f"{named}, as of {case.tree.model.as_of.isoformat()}" if case.tree.model.as_of else named


def claim_changes(before: Ledger | None, after: Ledger | None) -> tuple[ClaimChange, ...]:
    """The claims that are in one ledger only, or differ in what they say."""
    old, new = (_counting(ledger) for ledger in (before, after))
    found = [_claim_change(claim, "gone", ()) for name, claim in old.items() if name not in new]
    for name, claim in new.items():
        if name not in old:
            found.append(_claim_change(claim, "new", ()))
        elif keys := _different(old[name], claim):
            found.append(_claim_change(claim, "changed", keys))
    return tuple(sorted(found, key=lambda one: (one.kind, one.group, one.claim)))


def _counting(ledger: Ledger | None) -> dict[str, Claim]:
    return {claim.id: claim for claim in ledger.claims if claim.counts} if ledger is not None else {}


def _different(one: Claim, other: Claim) -> tuple[str, ...]:
    return tuple(
        part.name for part in fields(one) if part.name not in _NO_MATTER and getattr(one, part.name) != getattr(other, part.name)
    )


def _claim_change(claim: Claim, kind: str, keys: tuple[str, ...]) -> ClaimChange:
    dated = f", {people_date(claim.published)}" if claim.published else ""
    return ClaimChange(claim.id, kind, keys, f"{claim.paraphrase} ({claim.source.shown}{dated})", claim.group)


def statement_changes(before: t.Tree, after: t.Tree) -> tuple[StatementChange, ...]:
    """The statements of the model that are in one text only, or differ."""
    old, new = _statements(before), _statements(after)
    found = []
    for key in dict.fromkeys([*old, *new]):
        one, other = old.get(key), new.get(key)
        if one != other:
            found.append(StatementChange(*key, *(print_statement(part) if part is not None else "" for part in (one, other))))
    return tuple(found)


def _statements(tree: t.Tree) -> dict[tuple[str, str], t.Statement | t.Model]:
    """By keyword and name; what has no name of its own by its text."""
    found: dict[tuple[str, str], t.Statement | t.Model] = {("model", ""): tree.model}
    for statement in tree.statements:
        text = print_statement(statement)
        name = getattr(statement, "name", None) or getattr(statement, "title", None) or getattr(statement, "ask", None) or text
        key, count = (text.split(" ", 1)[0], str(name)), 1
        while key in found:  # `param a[x]`, `param a[y]`, two checks of one name
            count += 1
            key = (key[0], f"{name} ({count})")
        found[key] = statement
    return found


def prior_changes(before: Case, after: Case) -> tuple[PriorChange, ...]:
    """The parameters whose distribution is another, or that only one version has; what the past left in stocks is no prior."""
    old, new = ({slot.name: slot for slot in case.program.parameters if not slot.is_start} for case in (before, after))
    found = []
    for name in dict.fromkeys([*new, *old]):
        one, other = old.get(name), new.get(name)
        if one is not None and other is not None and _law(before, one) == _law(after, other):
            continue
        shown = other or one
        assert shown is not None
        ends = (_ends(before, one), _ends(after, other))
        if ends != (None, None):
            found.append(
                PriorChange(name, title_in(before if shown is one else after, shown), shown.unit, shown.claims or "", *ends)
            )
    return tuple(found)


def _law(case: Case, slot: ParameterSlot) -> tuple[Any, ...]:
    """What tells one prior from another, in base units."""
    if slot.claims:
        return ("claims", law_bytes(case.pools.laws[slot.name]), slot.scale)
    return ("prior", repr(slot.distribution), slot.value, slot.scale)


def _ends(case: Case, slot: ParameterSlot | None) -> tuple[float, float, float] | None:
    if slot is None:
        return None
    law = case.law(slot, of_priors=True)
    if law is None:
        return None
    low, median, high = (float(x) for x in law.quantile(np.array([0.05, 0.5, 0.95])))
    return low, median, high


def answer_changes(before: Case, after: Case, first: Futures, second: Futures) -> tuple[AnswerChange, ...]:
    """The answers of two runs of the baseline, one of each version, to every question of either."""
    old, new = ({slot.name: slot for slot in case.program.results} for case in (before, after))
    called = _called(before.tree) | _called(after.tree)
    found = []
    for name in dict.fromkeys([*new, *old]):
        one, other = old.get(name), new.get(name)
        shown = other or one
        assert shown is not None
        is_same = _moments(before.tree, name) == _moments(after.tree, name)
        answers = _pair(first, second, one, other, is_same)
        is_moved = answers[0] is not None and answers[1] is not None and is_move(answers[1], answers[0])
        found.append(AnswerChange(name, called.get(name, ""), shown.kind, shown.unit, answers[0], answers[1], is_moved))
    return tuple(found)


def _called(tree: t.Tree) -> dict[str, str]:
    return {question.name: question.called or question.ask for question in tree.all(t.Question)}


def _moments(tree: t.Tree, name: str) -> tuple[Any, ...]:
    """When a question looks, and of which futures it asks: where these differ, a difference of answers is none of the versions.

    What has no date of its own counts from the day of its version, and so does the answer to when something comes.
    """
    question = next((one for one in tree.all(t.Question) if one.name == name), None)
    if question is None:
        return ()
    counted = [one for one in (question.start, question.end) if one is not None and not isinstance(one, t.DateLiteral)]
    since = tree.model.as_of if counted or question.end is None or question.measure == "first" else None
    horizon = tree.model.horizon if _is_the_end(question.end) else None
    return question.start, question.end, question.given, since, horizon


def _is_the_end(moment: t.Expression | None) -> bool:
    return moment is None or (isinstance(moment, t.Name) and moment.name == "end")


def _pair(
    first: Futures, second: Futures, one: ResultSlot | None, other: ResultSlot | None, is_same: bool
) -> tuple[Answer | None, Answer | None]:
    """The answers before and after; the later one with its difference where both ask for the same thing, days and unit."""
    if is_same and one is not None and other is not None and (one.statistic, one.unit) == (other.statistic, other.unit):
        return compare_runs(first, second, other, None)
    alone = [None if slot is None else compare_runs(run, run, slot, None)[0] for run, slot in ((first, one), (second, other))]
    return alone[0], alone[1]
