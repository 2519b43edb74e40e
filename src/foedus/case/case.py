"""A case as data: what lies in its folder, and the program, the pools and the members that follow from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from foedus.case.basis import Basis, basis_for
from foedus.case.edition_ledger import folder_ledger
from foedus.case.folder import find_case, limits_of
from foedus.case.material import Material
from foedus.case.pools import Pools, pool_claims
from foedus.case.posterior import PosteriorPrior, adopted_posterior, read_posterior
from foedus.case.reweigh import Weighed, reweighed
from foedus.compile import Program
from foedus.compile.program import ParameterSlot, ScenarioSlot
from foedus.compile.scope import build_scope, spell
from foedus.constructs import tree as t
from foedus.distributions import Empirical
from foedus.ensemble import Joint
from foedus.ensemble.sampling import Law
from foedus.errors import InputError, Problem, suggestion
from foedus.evidence import DEFAULTS, Ledger
from foedus.evidence.overrides import read_defaults
from foedus.evidence.without import Removal, without_named, without_sources
from foedus.language import Tree, read_model_text
from foedus.model import Options, compile_model, read_model
from foedus.wording import counted

__all__ = ["Case", "load"]


@dataclass(frozen=True, eq=False)
class Case(Material):
    """What lies in the folder, with the posterior that stands in for priors, and what follows from both: program, pools, members.

    Attributes:
        posterior: members of a calibration, drawn instead of the priors of the parameters that it moved; None for the priors.
        whole: the case with all its claims, where this one was left without some: what it has worked out is not done twice.
    """

    posterior: PosteriorPrior | None = None
    whole: _Whole | None = field(default=None, repr=False)

    @cached_property
    def program(self) -> Program:
        """The compiled program; compiled when first needed."""
        whole = self.whole
        is_same = whole is not None and whole.case.tree is self.tree and whole.case.carried == self.carried
        return whole.case.program if whole is not None and is_same else self.compiled(Options())

    @cached_property
    def carried(self) -> tuple[str, ...]:
        """The stocks that begin as the past of the posterior left them; none on the priors."""
        wanted = self.posterior.setup["hindcast"] if self.posterior is not None else ""
        pasts = [one for one in self.tree.all(t.Hindcast) if wanted and one.name == wanted]
        return tuple(spell(item.key) for one in pasts if one.carried for item in one.carried_items(build_scope(self.tree)))

    def compiled(self, options: Options, tree: Tree | None = None) -> Program:
        """A program of the case, or of another text of it: what the past left is where it begins, as in every run of the case."""
        return compile_model(tree or self.tree, dataclasses.replace(options, carried=self.carried))

    @cached_property
    def pools(self) -> Pools:
        """The pools of claims that parameters rest on; of those that another case has pooled, only where a claim left."""
        whole = self.whole
        if whole is None or not whole.is_pooled or not whole.is_of(self):
            return self.pools_of(self.program)
        return pool_claims(self.program, self.tree, self.ledger, self.defaults, self.removal, whole.case.pools, whole.changed)

    @cached_property
    def joint(self) -> Joint | None:
        """The members of the posterior that stand in for priors; weighed anew where claims or ranges have changed since it was made.

        Raises:
            InputError: the posterior was made for another model or other data, or too few members stand for the priors as they are now.
        """
        weighed = self.weighed
        return weighed.posterior.joint(self.tree) if weighed is not None else None

    @cached_property
    def weighed(self) -> Weighed | None:
        """The posterior under the priors as they are now; None on the priors.

        Raises:
            InputError: as for `joint`.
        """
        if self.posterior is None or self.basis is None:
            return None
        return reweighed(self.posterior, self.basis.sampler)

    @cached_property
    def basis(self) -> Basis | None:
        """What the posterior rests on, in the case as it stands; None on the priors."""
        whole = self.whole
        is_same = whole is not None and whole.case.tree is self.tree and whole.case.posterior is self.posterior
        known = whole.case.basis if whole is not None and is_same else None
        changed = whole.changed if whole is not None and whole.is_pooled and whole.is_of(self) else None
        return basis_for(self, self.posterior, known, changed) if self.posterior is not None else None

    @cached_property
    def fitted(self) -> frozenset[str]:
        """The parameters of which observations say something: those that were moved, and what the past left."""
        if self.joint is None or self.posterior is None:
            return frozenset()
        return frozenset(self.joint.values) - self.posterior.held

    def law(self, slot: ParameterSlot, *, of_priors: bool = False) -> Law | None:
        """What a parameter is drawn from, in its declared unit; None where it is fixed.

        Args:
            of_priors: the law that it had before any observation; what the past left is known from the posterior only.
        """
        members = self.joint.values.get(slot.name) if self.joint is not None and (slot.is_start or not of_priors) else None
        if members is not None:
            return Empirical(members.ravel())
        return self.pools.laws[slot.name] if slot.claims else slot.distribution

    def pools_of(self, program: Program) -> Pools:
        """The pools for another program of the same case."""
        return pool_claims(program, self.tree, self.ledger, self.defaults, self.removal)

    def of_priors(self) -> Case:
        """The same case on its priors, without a posterior."""
        return self if self.posterior is None else dataclasses.replace(self, posterior=None)

    def without(self, *names: str) -> Case:
        """The same case without the claims of some sources, and of those that only repeat them.

        A posterior stays: its members are weighed anew.

        Raises:
            InputError: there is no ledger, or no such source in it.
        """
        return self._left(*without_sources(self._asked_ledger(), names), is_pooled=False)

    def without_named(self, *names: str) -> Case:
        """The same for names as the ledger spells them, such as those of `origin_rows`: nothing is guessed.

        Only what a claim left is pooled anew; the pools of this case are made if there are none yet.
        """
        return self._left(*without_named(self._asked_ledger(), names), is_pooled=True)

    def _asked_ledger(self) -> Ledger:
        if self.ledger is None:
            help = "Leave the option out, or put ledger.jsonl beside the model."
            raise InputError(Problem(self.name, 0, 0, "no-ledger", "there is no ledger to take a source out of.", help))
        return self.ledger

    def _left(self, ledger: Ledger, removal: Removal, *, is_pooled: bool) -> Case:
        whole = _Whole(self, ledger, frozenset(claim.group for claim in removal.claims), is_pooled)
        return dataclasses.replace(self, ledger=ledger, removal=self.removal.joined(removal), whole=whole)

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

    @property
    def limits(self) -> str:
        return limits_of(self.folder)

    def __repr__(self) -> str:
        claims = f", {counted(len(self.ledger.claims), 'claim')}" if self.ledger else ""
        return f"<Case {self.name}: {self.tree.model.title!r}{claims}>"


@dataclass(frozen=True, eq=False)
class _Whole:
    """A case, for the same case without some of its claims.

    Attributes:
        ledger: the claims that are left.
        changed: the groups from which a claim was taken.
        is_pooled: whether the pools of the other groups are to be taken over.
    """

    case: Case
    ledger: Ledger
    changed: frozenset[str]
    is_pooled: bool

    def is_of(self, left: Case) -> bool:
        """Is it still the same case but for these claims, whatever else was replaced since?"""
        whole = self.case
        return left.tree is whole.tree and left.defaults is whole.defaults and left.ledger is self.ledger


def load(
    name: str | Path, *, extra: Iterable[str] = (), without: Sequence[str] = (), posterior: str | Path | None = None
) -> Case:
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
