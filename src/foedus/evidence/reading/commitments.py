"""A statement's hedge, polarity and commitment brought together: one reading of how its speaker stands to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from foedus.evidence.reading.attributions import Attribution
from foedus.evidence.reading.circumstances import hedge_spans, is_backshift
from foedus.evidence.reading.clauses import Clause
from foedus.evidence.reading.found import FoundQuantity
from foedus.evidence.reading.hedges import FoundHedge, hedge_of, made_hedge
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.ruling import ruling_hedge
from foedus.evidence.reading.speech import DENIALS
from foedus.evidence.reading.stances import Stance, stance_at
from foedus.evidence.reading.statements import Near
from foedus.evidence.reading.turn import Turn

__all__ = ["Commitment", "as_it_is", "commitment_of", "is_explained", "taken_back"]


@dataclass(frozen=True)
class Commitment:
    """How the speaker stands to a statement.

    Attributes:
        kind: a word of `foedus.evidence.claim.COMMITMENTS`. polarity: +, - or 0.
        hedge: how surely it is said. rules: the names of the rules that decided it.
        is_apart: it is a fact of its own, which what rules the clause above does not touch.
        turns: the words that turn it, the innermost first.
    """

    kind: str
    polarity: str
    hedge: FoundHedge
    rules: tuple[str, ...]
    is_apart: bool = False
    turns: tuple[Turn, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether the words of a figure alone do not mislead: it is affirmed, or under a "would" only."""
        return self.polarity == "+" and (
            self.kind == "affirmed" or (self.kind == "conditional" and "if-clause" not in self.rules)
        )

    def agrees(self, other: Commitment) -> bool:
        """Whether the other is the same but for its words."""
        return (self.kind, self.polarity) == (other.kind, other.polarity)


def commitment_of(
    text: str, clause: Clause, word: Word, near: Near, attribution: Attribution | None, own: tuple[int, int] = (0, 0)
) -> Commitment:
    """How a clause stands at one of its words: its head, or a figure.

    Args:
        near: attributions that touch the paragraph. attribution: the one that owns the clause.
        own: where the qualifier of the figure stands.
    """
    stance = stance_at(clause.sentence, word, own)
    is_denied = _is_denial(attribution) and not _has_cue(clause, attribution) and not is_explained(text, clause, attribution)
    if not stance.is_apart and not _says_denied(stance) and is_denied:
        stance = _denied(stance, attribution)
    spans = _spans(clause, word, near)
    shifted = is_backshift(attribution, clause)
    hedge = hedge_of(text, spans, shifted)
    if stance.is_apart and word is not clause.head and stance.commitment == "affirmed" and hedge.kind in _OF_THE_CLAUSE:
        hedge = made_hedge(
            text, "asserted", []
        )  # "did not say how many of its 40 ships had left": that there are 40 is no question
    if hedge.kind in _REACHING and _is_beside(clause, word, hedge):
        hedge = made_hedge(text, "asserted", [])
    rules = list(stance.rules)
    if hedge.kind == "asserted" and attribution is not None and not (stance.is_apart and _is_denial(attribution)):
        ruling = ruling_hedge(text, clause, attribution)
        if ruling is not None:
            hedge = ruling
            rules.append("ruling-clause")
    elif hedge.kind != "asserted":
        rules.append("hedge-word")
    if hedge.kind == "negated" and word is not clause.head and stance.commitment == "affirmed":
        hedge = made_hedge(text, "asserted", [])  # "rated 32 % of the claims as false": the figure is none of them
    return _joined(text, stance, hedge, rules)


def _is_beside(clause: Clause, word: Word, hedge: FoundHedge) -> bool:
    """ "Each looks after 45 people where 30 would be right", "40 fled, a number that may rise": every word of the hedge stands in a clause
    about a noun in which the word does not."""
    sentence = clause.sentence
    cues = [each for each in sentence.words if any(low <= each.start < high for low, high in hedge.cues)]
    return bool(cues) and all(
        any(
            each.relation == "relcl" and word not in sentence.subtree(each) and each is not clause.head
            for each in _line(sentence, cue)
        )
        for cue in cues
    )


def _line(sentence: Sentence, word: Word) -> list[Word]:
    found = [word]
    while found[-1].head != found[-1].index and len(found) < _DEEPEST:
        found.append(sentence.words[found[-1].head])
    return found


_DEEPEST = 30
_REACHING = ("conditional", "possible", "probable", "believed", "reported", "certain")
_OF_THE_CLAUSE = ("unknown", "no_evidence", "negated")


def taken_back(text: str, stance: Commitment, figure: FoundQuantity) -> Commitment:
    """The commitment to a figure that is named only as the one before: "from 212 to 198", "not the 300 reported earlier"."""
    hedge = made_hedge(text, "negated", [(figure.number_start, figure.number_end)])
    return Commitment("retracted", "-", hedge, ("replaced-figure",), stance.is_apart, stance.turns)


def as_it_is(text: str, stance: Commitment) -> Commitment:
    """The commitment to what a figure is held against: "could rise to 5,000, up from 3,000": that there are 3,000 is not only possible."""
    if stance.kind != "affirmed" or stance.hedge.kind not in ("possible", "probable"):
        return stance
    rules = tuple(rule for rule in stance.rules if rule != "hedge-word")
    return replace(stance, hedge=made_hedge(text, "asserted", []), rules=rules)


def _joined(text: str, stance: Stance, hedge: FoundHedge, rules: list[str]) -> Commitment:
    """Stance and hedge as one: each has its say where the other is silent."""
    kind, polarity = stance.commitment, stance.polarity
    turn = stance.turn("denied", "retracted")
    if kind in ("denied", "retracted") and turn is not None:
        hedge = made_hedge(text, "negated", [(turn.start, turn.end)])
    elif kind == "asked" and (turn := stance.turn("asked")) is not None:
        hedge = hedge if hedge.kind == "unknown" else made_hedge(text, "unknown", [(turn.start, turn.end)])
    elif kind == "doubted" and (turn := stance.turn("doubted")) is not None and hedge.kind in ("asserted", "negated"):
        hedge = made_hedge(text, "no_evidence" if polarity == "0" else "possible", [(turn.start, turn.end)])
    elif kind == "conditional" and (turn := stance.turn("conditional")) is not None and hedge.kind == "asserted":
        hedge = made_hedge(text, "conditional", [(turn.start, turn.end)])
    elif any(turn.rule == "denial-withheld" for turn in stance.turns):
        hedge = made_hedge(text, "possible", [(turn.start, turn.end) for turn in stance.turns[-1:]])
    if hedge.kind == "no_evidence" and kind in ("affirmed", "negated", "doubted", "conditional", "unsure"):
        kind, polarity = "doubted", "0"
    elif hedge.kind == "unknown" and kind != "asked":
        kind, polarity = "asked", "+"
    elif kind in ("affirmed", "unsure") and hedge.kind == "negated":
        kind, polarity = "denied", "-"
    elif kind in ("affirmed", "unsure") and hedge.kind == "conditional":
        kind = "conditional"
    return Commitment(kind, polarity, hedge, tuple(dict.fromkeys(rules)), stance.is_apart, stance.turns)


def _is_denial(attribution: Attribution | None) -> bool:
    return attribution is not None and attribution.cue is not None and attribution.verb in DENIALS


def is_explained(text: str, clause: Clause, attribution: Attribution | None) -> bool:
    """ "Dismissed the plan as too costly: at 900 million it would be the dearest ever": behind the colon he says why."""
    cue = attribution.cue if attribution is not None else None
    return cue is not None and cue.end < clause.head.start and ":" in text[cue.end : clause.head.start]


def _says_denied(stance: Stance) -> bool:
    return any(turn.kind in ("denied", "retracted") or turn.rule == "denial-withheld" for turn in stance.turns)


def _has_cue(clause: Clause, attribution: Attribution | None) -> bool:
    """Whether the cue governs the clause by grammar, so that its own rule has spoken."""
    return (
        attribution is not None
        and attribution.cue is not None
        and clause.governor is not None
        and clause.governor.start == attribution.cue.start
    )


def _denied(stance: Stance, attribution: Attribution | None) -> Stance:
    """The stance under a denial that the grammar does not show."""
    assert attribution is not None and attribution.cue is not None
    turn = Turn("denied-by-verb", "denied", attribution.cue.start, attribution.cue.end)
    return Stance("denied", "+" if stance.polarity == "-" else "-", (*stance.turns, turn))


def _spans(clause: Clause, word: Word, near: Near) -> list[tuple[int, int]]:
    """The stretches whose hedges reach a word: all of the clause, or the smaller clause inside it where the word stands."""
    sentence = clause.sentence
    inside = {each.index for each in clause.words}
    below = word
    for _ in range(30):
        if below is clause.head or below.head == below.index:
            break
        if below.tag.startswith(("VB", "MD")) and below.relation in ("relcl", "advcl", "conj") and below.index in inside:
            own = [each for each in sentence.subtree(below) if each.index in inside]
            return [(own[0].start, own[-1].end)]
        below = sentence.words[below.head]
    return hedge_spans(clause, near)
