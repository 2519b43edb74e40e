"""The numbers that turn words into weights: one table, each row with its reason.

None of these numbers is a law. They are passed to `pool` and `belief_curve` as one frozen value, so an
analyst who disagrees passes another, or writes it into the case's `evidence.toml` (see `overrides`).
docs/evidence.md shows the table; `tools/evidence_doc.py` writes it from here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from foedus.evidence.frozen import FrozenMapping

__all__ = [
    "DEFAULTS",
    "DIGITS",
    "GROUP_KINDS",
    "HEDGES",
    "KERNELS",
    "LETTERS",
    "SETTINGS",
    "ChangedDefault",
    "Defaults",
    "GroupRule",
    "HedgeRange",
    "KernelShape",
    "Setting",
    "Weight",
]


@dataclass(frozen=True)
class KernelShape:
    """A 90 % interval as factors of the value (of its odds, for a share), and what the word limits."""

    low: float
    high: float
    because: str
    bound: str = ""  # "", "upper" or "lower"


@dataclass(frozen=True)
class Weight:
    """A chance in (0, 1), with its reason."""

    value: float
    because: str


@dataclass(frozen=True)
class HedgeRange:
    """What a hedge means as a probability, by a named yardstick, and the weight that it leaves."""

    low: float
    high: float
    weight: float
    because: str


@dataclass(frozen=True)
class Setting:
    """A number that belongs to no word or grade; it must lie in [`least`, `most`]."""

    value: float
    least: float
    most: float
    what: str
    because: str


KERNELS: Mapping[str, KernelShape] = FrozenMapping(
    {
        "eq": KernelShape(1 / 1.10, 1.10, "such figures are rounded to one or two digits: half a unit in 5 to 10"),
        "about": KernelShape(1 / 1.20, 1.20, "judgement: wider than plain rounding, the same on both sides"),
        "additional": KernelShape(1 / 1.20, 1.20, "an increment to what is known; as loose as `about`"),
        "up_to": KernelShape(0.60, 1.02, "judgement: a named ceiling is seldom far away, seldom passed", "upper"),
        "less_than": KernelShape(0.50, 1.00, "judgement: as `up_to`, but the ceiling itself is excluded", "upper"),
        "at_least": KernelShape(0.98, 2.00, "judgement: a floor; the other side is open, here up to double", "lower"),
        "more_than": KernelShape(1.00, 1.50, "judgement: speakers name the last round number passed", "lower"),
        "between": KernelShape(1.0, 1.0, "the claim's own ends are read as its 90 % interval"),
        "vague": KernelShape(
            1 / 2.0,
            2.0,
            "used only when no ends are given; 46 readers on `several`, `dozens`, "
            "`hundreds` (zonination/perceptions): 5 to 95 % of them within a factor of about 2",
        ),
    }
)

LETTERS: Mapping[str, Weight] = FrozenMapping(
    {
        "A": Weight(
            0.99,
            "completely reliable (NATO order; numbers are ours): knows in 98 of 100 cases, right by chance in half of the rest",
        ),
        "B": Weight(0.95, "usually reliable: knows in 90 of 100 cases"),
        "C": Weight(0.88, "fairly reliable: knows in 76 of 100 cases"),
        "D": Weight(0.70, "not usually reliable: knows in 40 of 100 cases"),
        "E": Weight(0.35, "unreliable: wrong more often than right"),
        "F": Weight(0.50, "cannot be judged: no better than a coin, which carries nothing"),
    }
)

DIGITS: Mapping[str, Weight] = FrozenMapping(
    {
        "1": Weight(0.99, "confirmed by other sources (NATO order; numbers are ours)"),
        "2": Weight(0.93, "probably true: as if its source knew in 86 of 100 cases"),
        "3": Weight(0.82, "possibly true: as if its source knew in 64 of 100 cases"),
        "4": Weight(0.40, "doubtful: wrong more often than right"),
        "5": Weight(0.10, "improbable"),
        "6": Weight(0.50, "cannot be judged: no better than a coin"),
    }
)

HEDGES: Mapping[str, HedgeRange] = FrozenMapping(
    {
        "asserted": HedgeRange(0.95, 1.00, 0.975, "UK PHIA: almost certain 95–100 (no word lowers it)"),
        "certain": HedgeRange(0.95, 0.99, 0.97, "ICD 203: almost certain 95–99"),
        "probable": HedgeRange(0.55, 0.80, 0.675, "ICD 203: likely 55–80"),
        "believed": HedgeRange(0.50, 0.90, 0.70, "zonination/perceptions: `we believe`, 5–95 % of 46 readers"),
        "reported": HedgeRange(0.60, 0.95, 0.775, "judgement: distance rather than doubt"),
        "possible": HedgeRange(0.10, 0.70, 0.40, "CAPphrase: `could happen`, 5–95 % of 5,174 readers"),
        "conditional": HedgeRange(0.20, 0.80, 0.50, "judgement: says what would follow, not that it will"),
        "unknown": HedgeRange(0.05, 0.95, 0.0, "the source says that it does not know: no weight"),
        "no_evidence": HedgeRange(0.05, 0.20, 0.35, "ICD 203: very unlikely 5–20; its weight is judgement"),
        "negated": HedgeRange(0.01, 0.05, 0.975, "ICD 203: almost no chance 1–5 (the denial is plain)"),
    }
)


SETTINGS: Mapping[str, Setting] = FrozenMapping(
    {
        "broad_factor": Setting(
            2.0,
            1.01,
            1000.0,
            "the broad prior's 90 % interval is this factor (of the odds, for a share) on either side, "
            "besides the distance between the claims themselves",
            "judgement: independent estimates of one count often differ by half to twice; where sources differ by more, "
            "the distance between the claims widens it",
        ),
        "orphan_factor": Setting(
            4.0,
            1.01,
            1000.0,
            "the same where no claim is left because its only source was removed",
            "judgement: of a figure that nobody vouches for, the order of magnitude is kept",
        ),
        "overlap_threshold": Setting(
            0.1,
            0.0,
            1.0,
            "claims whose curves share less than this part are in conflict",
            "judgement: two normal curves 3.3 standard deviations apart share a tenth",
        ),
        "repetition": Setting(
            0.8, 0.0, 1.0, "in belief: the discount of each further claim of one origin", "judgement: most of it is an echo"
        ),
        "kinship": Setting(
            0.2,
            0.0,
            1.0,
            "in belief: the discount of each further origin on the same side",
            "judgement: services brief one another, and all of them brief the same press; with `repetition` five origins "
            "weigh 2.7 times as much as one that speaks five times",
        ),
        "prior_log_odds": Setting(
            -2.9444389791664403,
            -20.0,
            20.0,
            "belief before the first claim, as log-odds",
            "5 %, the low edge of `very unlikely` in ICD 203: a thing of which nobody has spoken is not taken to be so",
        ),
        "exact_error": Setting(
            0.03,
            0.0001,
            0.5,
            "a figure of four digits or more is wrong by this part, at the ends of its 90 % "
            "interval; one of three digits lies between this and a round one (`eq`)",
            "judgement: a count to the last man still depends on what is counted, and when",
        ),
        "class_error": Setting(
            2.6,
            1.0,
            100.0,
            "the odds (or the rate) of the next case differ from those of its reference class by up to this factor either way, "
            "at the ends of the 90 % interval",
            "alliances were honoured in 61 of 92 wars before 1945 and in 12 of 54 after (Berkemeier & Fuhrmann 2018): the odds of two halves "
            "of one class, seven apart, lie 2.6 from their middle",
        ),
        "half_life_days": Setting(
            100.0,
            1.0,
            100000.0,
            "what was said of a state of things holds for half as much after so many days, "
            "counted to the newest statement; assessments do not age",
            "judgement: armies, prices and stocks of which reports tell are seldom the same after a quarter",
        ),
        "denial_weight": Setting(
            0.5,
            0.0,
            1.0,
            "who denies a figure says with this part of his weight that there is none",
            "judgement: he may deny the thing, or the number only",
        ),
        "figure_tolerance": Setting(
            0.01,
            0.0,
            0.5,
            "figures that differ by no more than this part of them are the same figure",
            "judgement: covers conversion and rounding to three digits; coarser rounding is seen in the figure, and "
            "believed up to five times this part",
        ),
        "figure_error": Setting(
            0.05,
            0.0001,
            1.0,
            "two independent figures of one thing err by at least this part each",
            "judgement, on the safe side: figures that are known to be independent mostly differ by more",
        ),
        "least_error": Setting(
            0.01,
            0.0001,
            1.0,
            "two independent series of counts err by at least this part each",
            "judgement, on the safe side: independent counts mostly differ by tens of per cent",
        ),
        "found_chance": Setting(
            0.01,
            0.0,
            0.5,
            "agreement is called dependence when chance alone would show it less often than this",
            "convention; over all pairs compared, by Benjamini and Hochberg (1995)",
        ),
        "lag_days": Setting(
            1.0,
            0.0,
            31.0,
            "series are compared with their days moved by up to so many",
            "a day's count is published on that day or on the next",
        ),
    }
)


GROUP_KINDS = ("state", "constant", "running total", "reference class")


@dataclass(frozen=True)
class GroupRule:
    """What a case says about one group of claims.

    Attributes:
        kind: "state" (newer counts more), "constant" (age does not matter), "running total" (an older total is a floor for a newer one),
            "reference class" (how often things of its kind happened: the next case differs from its class by `class_error`), or "" for
            what the claims themselves show: assessments are constants, anything else is a state.
        low, high: the analyst's own 90 % interval in place of the pool; both or neither.
    """

    kind: str
    because: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class ChangedDefault:
    """One row that a case has changed: its table and name, what stood there, what stands there now, and why."""

    table: str
    name: str
    before: Mapping[str, float | str]
    after: Mapping[str, float | str]
    because: str
    line: int = 0


@dataclass(frozen=True)
class Defaults:
    """Everything that pooling, belief and the search for dependence take for granted.

    Attributes:
        kernels: by qualifier. letters, digits: Admiralty grade. hedges: by class. settings: the other numbers, by name.
        groups: what a case says about a group of claims, by its name.
        takes_proposed: claims that nobody has decided on yet count until they are rejected, as in a first draft.
        overrides: the rows that a case has changed.
    """

    kernels: Mapping[str, KernelShape] = field(default_factory=lambda: KERNELS)
    letters: Mapping[str, Weight] = field(default_factory=lambda: LETTERS)
    digits: Mapping[str, Weight] = field(default_factory=lambda: DIGITS)
    hedges: Mapping[str, HedgeRange] = field(default_factory=lambda: HEDGES)
    settings: Mapping[str, Setting] = field(default_factory=lambda: SETTINGS)
    groups: Mapping[str, GroupRule] = field(default_factory=FrozenMapping)
    takes_proposed: bool = False
    overrides: tuple[ChangedDefault, ...] = ()

    def setting(self, name: str) -> float:
        """The number of this name in the table of settings."""
        return self.settings[name].value

    def reliability(self, grade: str) -> float:
        """The chance that a claim of this grade is right: the geometric mean of letter and digit.

        Both judge the same claim, one by its source and one by its content, so multiplying them would count
        one doubt twice.
        """
        return float((self.letters[grade[0]].value * self.digits[grade[1]].value) ** 0.5)

    def information(self, grade: str) -> float:
        """In how many cases a claim of this grade knows, in (−1, 1): who is right no more often than a coin (F6) knows nothing,
        and who is mostly wrong (E5) speaks against what he says."""
        return 2 * self.reliability(grade) - 1

    def quality(self, grade: str, hedge: str) -> float:
        """Information times the weight that the hedge leaves; in (−1, 1)."""
        return self.information(grade) * self.hedges[hedge].weight

    @property
    def digest(self) -> str:
        """SHA-256 of every number in the tables; the same for the same numbers, whatever the reasons."""
        tables: dict[str, Mapping[str, Any]] = {
            **({"groups": self.groups} if self.groups else {}),
            "kernels": self.kernels,
            "letters": self.letters,
            "digits": self.digits,
            "hedges": self.hedges,
            "settings": self.settings,
        }
        numbers: dict[str, Any] = {
            table: {
                name: {key: value for key, value in asdict(row).items() if key not in ("because", "what")}
                for name, row in rows.items()
            }
            for table, rows in tables.items()
        }
        if self.takes_proposed:
            numbers["proposed"] = True
        return hashlib.sha256(json.dumps(numbers, sort_keys=True).encode()).hexdigest()


DEFAULTS = Defaults()
