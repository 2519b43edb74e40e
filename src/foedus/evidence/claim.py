"""A claim: who says what about which thing, how surely, whose statement it repeats, and where it stands."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "COMMITMENTS",
    "NOWHERE",
    "Claim",
    "ClaimSource",
    "Cue",
    "DocumentReference",
    "Hedge",
    "Place",
    "Quantity",
    "TimeReference",
    "shown_source",
]

COMMITMENTS = ("affirmed", "denied", "negated", "doubted", "conditional", "asked", "retracted", "unsure")
"""How the speaker stands to what the clause says: it is so; somebody else's claim is denied; it is not so; it is doubted or nothing
speaks for it; it would be so if; it is asked; it was said and is taken back; it hangs on a word that no rule of reading knows."""

_LEFT_OPEN = {
    "rival-days": "when it is so is not sure: the day that stands near it may be another's",
    "rival-speakers": "who says it is not sure: more than one may be meant",
    "rival-units": "what it counts is not sure: more than one thing may be meant",
}
"""By the rule of reading that says so, what is left open of a claim until somebody has looked at it."""
_BY_HEDGE = {"negated": "negated", "no_evidence": "doubted", "conditional": "conditional"}


@dataclass(frozen=True)
class Place:
    """Where a claim stands: ledger file and line, for messages."""

    file: str
    line: int
    text: str = ""


NOWHERE = Place("ledger", 0)


@dataclass(frozen=True)
class DocumentReference:
    """A document by the digest of its raw bytes; `file` is the name it is kept under."""

    sha256: str
    title: str
    published: str | None = None
    url: str | None = None
    file: str | None = None


@dataclass(frozen=True)
class Cue:
    """A word or two of the document, with its offsets."""

    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Quantity:
    """A number as it was claimed.

    Attributes:
        kind: numeric, vague, quantifier, ratio or anaphoric.
        qualifier: eq, about, up_to, at_least, more_than, less_than, between, additional or vague.
        value, low, high: in `unit`; None where the claim does not say.
        unit: in the model language, e.g. "person/month".
        text, start, end: the words in the document, if short.
        loose: the figure was seen but not read whole: it has no value, and takes part in no pool.
        count, exposure: of a reference class, how often and out of how many: 6 of 43 (unit 1), or in how long: 5 in 25.4 (unit
            1/year). `value` is their ratio; what they tell of the next case is a curve of its own (`counted`).
    """

    kind: str
    qualifier: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    text: str | None = None
    start: int | None = None
    end: int | None = None
    loose: bool = False
    count: float | None = None
    exposure: float | None = None

    @property
    def is_count(self) -> bool:
        """Whether it is how often a thing happened in its reference class."""
        return self.count is not None and self.exposure is not None


_SHOWN = {"NARRATOR": "the text itself", "UNKNOWN": "somebody who is not named"}


def shown_source(name: str) -> str:
    """A source by its name as people read it."""
    return _SHOWN.get(name, name)


@dataclass(frozen=True)
class ClaimSource:
    """Who speaks. `type` and `mode` as in the vocabulary of `schema`."""

    canonical: str
    type: str
    mode: str
    text: str | None = None
    start: int | None = None
    end: int | None = None
    cue: str | None = None
    cue_span: Cue | None = None
    link: str | None = None

    @property
    def shown(self) -> str:
        """Who speaks, as people read it: what no voice is found for is said by the text itself."""
        return shown_source(self.canonical)


@dataclass(frozen=True)
class Hedge:
    """How surely it is said: a class, and the words that show it. (`class` in JSON.)"""

    kind: str
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True)
class TimeReference:
    """When it is said to be so: a day, month or year, an interval `[a,b]`, or a bound `<=a`, `>=a`."""

    kind: str
    value: str | None
    text: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Claim:
    """One statement of one source, as an analyst accepted it.

    The words of the document are not kept: `start`, `end` and `span_sha256` (first 16 hex digits of the
    digest of the quoted characters) find them again when the document is at hand.

    Attributes:
        paraphrase: one sentence in our own words.
        origin: whose statement it ultimately repeats; an origin has one vote however many repeat it.
        grade: Admiralty letter and digit, "B2", with `graded_because`.
        published: ISO date on which the claim was public, with `published_how` where that is not obvious; None where it is not known.
        systems: the rows of the case's own table of systems that it bears on.
        question: of the model, for an expert's prediction; `probability` is its range under `yardstick`.
        derived_from: ids of the claims that a computed figure comes from.
        commitment: how the speaker stands to it, a word of `COMMITMENTS`; `stance` is what to go by.
        rules: names of the rules of reading that made it.
        is_taken: it counts although it is only proposed, for the case says so (`[proposed]` in its `evidence.toml`); never written.
    """

    id: str
    ctype: str
    modality: str
    polarity: str
    region: str
    relevance: int
    source: ClaimSource
    hedge: Hedge
    group: str
    paraphrase: str
    origin: str
    grade: str
    graded_because: str
    published: str | None
    status: str
    systems: tuple[str, ...] = ()
    document: DocumentReference | None = None
    start: int | None = None
    end: int | None = None
    span_sha256: str | None = None
    actor: str | None = None
    target: str | None = None
    quantity: Quantity | None = None
    time: TimeReference | None = None
    published_how: str | None = None
    url: str | None = None
    question: str | None = None
    probability: tuple[float, float] | None = None
    yardstick: str | None = None
    derived_from: tuple[str, ...] = ()
    note: str | None = None
    commitment: str = "affirmed"
    rules: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False, repr=False)
    is_taken: bool = field(default=False, compare=False, repr=False)

    @property
    def counts(self) -> bool:
        """Whether the claim takes part in pools and beliefs: accepted, as it was or edited; or proposed, where the case takes those."""
        return self.status in ("accepted", "edited") or (self.is_taken and self.status == "proposed")

    @property
    def stance(self) -> str:
        """The commitment, or what its hedge says where the ledger names none (older ledgers have hedges only)."""
        if self.commitment != "affirmed":
            return self.commitment
        return _BY_HEDGE.get(self.hedge.kind, "affirmed")

    @property
    def left_open(self) -> str:
        """Why a claim that nobody has looked at yet tells no figure to go by: what the reader left open; "" where that is nothing."""
        if self.status != "proposed":
            return ""
        return next((reason for rule, reason in _LEFT_OPEN.items() if rule in self.rules), "")

    @property
    def stated(self) -> str:
        """The last day of which the claim speaks: of the day, month, year or interval in its time, or the end of a bound `<=`; else,
        and at the latest, its publication; "" where neither is known, which is newer than nothing.

        A report that repeats an older figure does not make it newer.
        """
        value = (self.time.value or "") if self.time else ""
        day = _last_day(value)
        if not day:
            return self.day
        return min(day, self.published) if self.published else day

    @property
    def day(self) -> str:
        """The day of publication, for putting claims in order; "" where it is not known: before every other day."""
        return self.published or ""

    def is_known_by(self, day: str) -> bool:
        """Whether it was public on an ISO date. What has no date cannot be said to have been known."""
        return self.published is not None and self.published <= day

    @property
    def quantity_unit(self) -> str:
        """The unit of the quantity, "" when there is none."""
        return self.quantity.unit if self.quantity else ""

    def as_dict(self) -> dict[str, Any]:
        """The claim as it is written in a ledger; what is empty is left out."""
        plain: dict[str, Any] = _plain(self)
        return plain


def _plain(value: Any) -> Any:
    """Dataclasses to dicts, tuples to lists, without empty optional fields."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    parts: dict[str, Any] = {}
    for name in value.__dataclass_fields__:
        item = getattr(value, name)
        if (
            name in ("place", "is_taken")
            or (item in (None, ()) and name not in _KEPT)
            or (name in _LEFT_OUT and item == _LEFT_OUT[name])
        ):
            continue
        parts["class" if isinstance(value, Hedge) and name == "kind" else name] = _plain(item)
    return parts


_KEPT = frozenset({"value", "low", "high"})
_LEFT_OUT = {"commitment": "affirmed", "loose": False}


def _last_day(value: str) -> str:
    """The last day of a time as it is written in a ledger: `2024`, `2024-03`, `2024-03-05`, `[a,b]`, `<=a`; "" of anything else."""
    ends = re.findall(r"\d{4}(?:-\d{2}){0,2}(?![\d-])", value)
    if not ends or value.startswith(">") or re.sub(r"[\d\-\[\],<=. ]", "", value):
        return ""
    parts = [int(part) for part in ends[-1].split("-")]
    try:
        year, month = parts[0], parts[1] if len(parts) > 1 else 12
        return datetime.date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]).isoformat()
    except ValueError:
        return ""
