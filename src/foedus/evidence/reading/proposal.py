"""A claim that the reader proposes."""

from __future__ import annotations

from dataclasses import dataclass, field

from foedus.evidence.reading.attributions import Attribution
from foedus.evidence.reading.dates import TimeMention
from foedus.evidence.reading.hedges import FoundHedge
from foedus.evidence.reading.quantities import FoundQuantity
from foedus.evidence.reading.speaker import Speaker

__all__ = ["NARRATOR", "Proposal"]

NARRATOR = Speaker("NARRATOR", "outlet", "none", "")


@dataclass(frozen=True)
class Proposal:
    """A claim that the reader proposes; offsets are places in the working text.

    Attributes:
        attribution: None where the narrator speaks.
        commitment: how the speaker stands to it. rules: the names of the rules of reading that decided that, and who he is.
        time: of what is claimed; the day of saying where no other is told. said: when it was uttered.
        related: ids of other claims with how they are related; filled in when all are known.
    """

    id: str
    start: int
    end: int
    ctype: str
    modality: str
    polarity: str
    region: str
    relevance: int
    actor: str | None
    target: str | None
    quantity: FoundQuantity | None
    speaker: Speaker
    attribution: Attribution | None
    hedge: FoundHedge
    time: TimeMention | None
    related: tuple[tuple[str, str], ...] = field(default=())
    commitment: str = "affirmed"
    rules: tuple[str, ...] = ()
    said: TimeMention | None = None
