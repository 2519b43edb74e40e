"""What some answers rest on, and the analytic confidence in them, by rule."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.analysis.finding import Answer, Finding, QuestionFinding
from foedus.analysis.grounds import Grounds
from foedus.analysis.track_record import TrackRecord
from foedus.parts.slots import DEFAULT
from foedus.show.ranking import baseline_answer
from foedus.show.subjects import names_of
from foedus.show.words import counted, percent, whole_percents

__all__ = ["Resting", "confidence_of", "confidence_sentences", "is_carried", "resting_on", "resting_words", "uncarried_words"]

_RESTS = ("claims", "fits", "assumptions")
_FIRM, _FAIR = 0.75, 0.5
"""Of the variance that is not luck, the part that rests on claims and fits (mean of the answers): from where confidence is high, moderate."""


@dataclass(frozen=True)
class Resting:
    """What some answers rest on.

    Attributes:
        claims, fitted, assumed, luck: means of their shares of the variance.
        interplay: the mean of what parameters do only together, a part of the first three; None where it is not known of each, so that some
            of it is in luck.
        count: of answers that vary, and of which it can be told.
        futures: from how many futures it is known.
    """

    claims: float
    fitted: float
    assumed: float
    luck: float
    count: int
    futures: int = 0
    interplay: float | None = None

    @property
    def shown(self) -> list[str]:
        """Claims, fits, assumptions and luck, in whole per cent, adding up to 100."""
        return whole_percents([self.claims, self.fitted, self.assumed, self.luck])

    @property
    def luck_words(self) -> str:
        """What the last share is."""
        return _luck(self.interplay)

    @property
    def parts(self) -> tuple[float, float, float, float, float | None]:
        """What `resting_words` tells."""
        return self.claims, self.fitted, self.assumed, self.luck, self.interplay

    @property
    def assumed_part(self) -> float | None:
        """Of what parameters explain, the part of those that rest neither on claims nor on fits; None where they explain nothing."""
        explained = self.claims + self.fitted + self.assumed
        return self.assumed / explained if explained > _EXPLAINED else None


_EXPLAINED = 0.005  # of the variance: what the first digit shown is rounded from


def resting_on(finding: Finding, questions: Sequence[QuestionFinding]) -> Resting | None:
    """What answers rest on: those of which it can be told, or all that vary where a few futures carry the variance of each."""
    told = _told_grounds(finding, questions) or _known_grounds(finding, questions)
    if not told:
        return None
    mean = {name: math.fsum(getattr(one, name) for one in told) / len(told) for name in ("claims", "fitted", "assumed", "luck")}
    known = [one.interplay for one in told if one.interplay is not None]
    interplay = math.fsum(known) / len(told) if len(known) == len(told) else None
    return Resting(**mean, count=len(told), futures=sum(finding.status.values()), interplay=interplay)


def _told_grounds(finding: Finding, questions: Sequence[QuestionFinding]) -> list[Grounds]:
    """The grounds of the baseline's answers that vary, where they can be told."""
    return [one for one in _known_grounds(finding, questions) if one.is_told]


def _known_grounds(finding: Finding, questions: Sequence[QuestionFinding]) -> list[Grounds]:
    """The same where a few futures carry the variance, too."""
    answers = [baseline_answer(finding, question) for question in questions]
    grounds = [answer.grounds for answer in answers if answer is not None and answer.grounds is not None]
    return [one for one in grounds if one.is_known and one.claims + one.fitted + one.assumed + one.luck > 0]


def is_carried(finding: Finding, question: QuestionFinding) -> bool:
    """Do enough futures carry the variance of the baseline's answer, so that what it rests on can be told?"""
    base = baseline_answer(finding, question)
    return base is None or base.grounds is None or base.grounds.is_told


def uncarried_words(answer: Answer | None) -> str:
    """`Its variance is carried by about 2 of 2,000 futures: how much each parameter moves it cannot be told.`; empty where it can."""
    if answer is None or answer.grounds is None or answer.grounds.is_told:
        return ""
    few = f"{max(1, round(answer.grounds.carriers))} of {counted(answer.futures, 'future')}"
    return f"Its variance is carried by about {few}: how much each parameter moves it cannot be told."


def _uncarried(finding: Finding, questions: Sequence[QuestionFinding]) -> str:
    """`the variance of the count is carried by about 2 futures, so that what it rests on cannot be told`; empty where none is such."""
    few = [question for question in questions if not is_carried(finding, question)]
    if not few:
        return ""
    bases = [baseline_answer(finding, question) for question in few]
    most = max(one.grounds.carriers for one in bases if one is not None and one.grounds is not None)
    up_to = "about" if len(few) == 1 else "about at most"
    futures = f"{counted(max(1, round(most)), 'future')} of {sum(finding.status.values()):,}"
    return f"the variance of {names_of(few, 1)} is carried by {up_to} {futures}, so that what it rests on cannot be told"


def confidence_of(finding: Finding, questions: Sequence[QuestionFinding]) -> tuple[str, str]:
    """Analytic confidence in some answers, by rule, and why, in words."""
    word, sentences = confidence_sentences(finding, questions)
    return word, " ".join(sentences)


def confidence_sentences(finding: Finding, questions: Sequence[QuestionFinding]) -> tuple[str, tuple[str, ...]]:
    """Analytic confidence in some answers, by rule, and the sentences that say why.

    What counts is the part of the variance, luck aside, that rests on claims and fits, over all of the answers: moderate from half of it,
    high from three quarters where no sources contradict each other and the case has a record of forecasts that is nowhere worse than the
    naive one that was declared; else low. An answer whose variance a few futures carry counts as one that rests on neither.
    """
    told = _told_grounds(finding, questions)
    explained = [one for one in told if one.claims + one.fitted + one.assumed > 0]
    count = Counter(assumption.basis for assumption in finding.assumptions)
    claims = sum(len(assumption.claims) for assumption in finding.assumptions)
    uncertain = counted(len(finding.assumptions), "uncertain parameter")
    several = "are" if count["fitted"] > 1 else "is"
    fitted = f"{count['fitted']} {'more ' if claims else ''}{several} fitted to what was observed" if count["fitted"] else ""
    rest = ("the others are assumptions" if claims or fitted else "all are assumptions") if count["assumed"] else ""
    first = (
        f"{counted(claims, 'claim')} {'carries' if claims == 1 else 'carry'} {count['claims']} of {uncertain}"
        if claims
        else f"no claim carries any of {uncertain}"
    )
    size = ", ".join(part for part in (first, fitted, rest) if part)
    if not finding.assumptions:
        return "low", ("Confidence is low: the model takes all its numbers as certain, and rests on no claim.",)
    is_one = len(questions) == 1
    uncarried, reviewed = _uncarried(finding, questions), _unreviewed(finding)
    if not told:
        rests = "this answer rests" if is_one else "these answers rest"
        why = uncarried or f"what {rests} on cannot be told from so few futures"
        return "low", _sentences(f"Confidence is low: {why}", size, reviewed)
    whole = math.fsum(one.claims + one.fitted + one.assumed for one in explained)
    whole += sum(not is_carried(finding, question) for question in questions)
    firm = math.fsum(one.claims + one.fitted for one in explained) / whole if whole else 0.0
    worse = _is_worse(finding.record)
    is_contested = any(assumption.is_contested for assumption in finding.assumptions)
    is_high = firm >= _FIRM and finding.record is not None and not worse and not is_contested
    word = "high" if is_high else "moderate" if firm >= _FAIR else "low"
    mean = resting_on(finding, questions)
    assert mean is not None
    structure = math.fsum(one.structure for one in told) / len(told)
    between = f" ({percent(structure)} between rival structures)" if finding.variants else ""
    these = "the answers of which it can be told" if uncarried else "this answer" if is_one else "these answers"
    return word, _sentences(
        f"Confidence is {word}: of the variance of {these} {resting_words(*mean.parts, between)}",
        _defaults(finding, mean),
        size,
        reviewed,
        "sources contradict each other" if is_contested else "",
        "at some horizons its forecasts of the past were worse than a naive one" if worse else "",
        uncarried,
    )


def _sentences(*parts: str) -> tuple[str, ...]:
    """Each part as a sentence of its own; empty ones are left out."""
    return tuple(f"{part[0].upper()}{part[1:]}." for part in parts if part)


def resting_words(
    claims: float, fitted: float, assumed: float, luck: float, interplay: float | None, between: str = "", *, every: bool = False
) -> str:
    """`64 % rests on claims, 6 % on assumptions, 30 % is luck`, in whole per cent that add up to 100.

    Args:
        interplay: of the first three; None where it is not known, so that luck holds it.
        between: what is told of the assumptions, behind them; every: tell what nothing rests on, too.
    """
    shown = whole_percents([claims, fitted, assumed, luck])
    on = [f"{share} on {what}" for share, what in zip(shown, _RESTS, strict=False) if every or share != "0 %"]
    resting = ", ".join(on).replace(" on ", " rests on ", 1) if on else "nothing rests on claims, fits or assumptions"
    left = f"{shown[3]} is {_luck(interplay)}" if interplay is None or shown[3] != "0 %" else "nothing is luck"
    return f"{resting}{between}, {left}"


def _luck(interplay: float | None) -> str:
    return "luck and interplay" if interplay is None else "luck"


def _defaults(finding: Finding, mean: Resting) -> str:
    """Of a case whose slots are filled by defaults of the shelf: how much of what parameters move rests on reports, how much on defaults."""
    if mean.assumed_part is None or not any(assumption.because.startswith(DEFAULT) for assumption in finding.assumptions):
        return ""
    guessed, rest = whole_percents([mean.assumed_part, 1.0 - mean.assumed_part])
    on = "reports and fits" if any(assumption.fitted for assumption in finding.assumptions) else "the reports"
    return f"of what parameters move, {rest} rests on {on} and {guessed} on defaults and guesses"


def _unreviewed(finding: Finding) -> str:
    """How many of the claims behind parameters nobody has judged yet; empty where all have been."""
    claims = {claim.id: claim.status for assumption in finding.assumptions for claim in assumption.claims}
    left = sum(status == "proposed" for status in claims.values())
    if not left:
        return ""
    return (
        "nobody has reviewed the claims yet: all are proposed only"
        if left == len(claims)
        else f"{left} of {counted(len(claims), 'claim')} are proposed only, not reviewed"
    )


def _is_worse(record: TrackRecord | None) -> bool:
    """Was a naive forecast, declared beforehand, better than the case at some horizon, beyond what the origins leave open?"""
    lines = [line for series in record.series for line in series.lines] if record is not None else []
    return any(line.interval is not None and line.interval[1] < 0 for line in lines)
