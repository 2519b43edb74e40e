"""What key judgements are: what is judged, and what is said of it; and how they stand on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from foedus.analysis.finding import QuestionFinding
from foedus.show.words import plain, typeset

__all__ = ["JudgedTopic", "Judgement", "judgements_html"]

_WHOLE = ((" %", "\u00a0%"), (" km²", "\u00a0km²"), (" M;", "\u00a0M;"), (" M)", "\u00a0M)"), (" M to", "\u00a0M to"))


@dataclass(frozen=True)
class Judgement:
    """A key judgement: one thing that is said, in a sentence or a few.

    Attributes:
        sentences: one says it, the others more of it.
        kind: "changes", "hardly", "more", "confidence", "unknown" or "answer".
        questions: names of those that it speaks of.
        scenario: the one it compares, "" where it compares none.
        likelihood: the yardstick's words for the first question as things stand; "" where it is no chance.
        confidence: "high", "moderate" or "low".
        lead: the place of the sentence that says it; one before it says what is compared.
        share: of the futures, the smallest part that an answer rests on of which it speaks: others failed, or are not asked about.
    """

    sentences: tuple[str, ...]
    kind: str
    questions: tuple[str, ...]
    scenario: str
    likelihood: str
    confidence: str
    share: float = 1.0
    lead: int = 0

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(self.sentences)


@dataclass(frozen=True)
class JudgedTopic:
    """What is judged: a scenario against the baseline, on some questions.

    Attributes:
        ask: in words, "" where the case does not say.
        scenario: that is compared with the baseline.
        is_counterfactual: is the baseline what is reported, and the scenario what it would be without?
        questions: the most important first; what the scenario sets itself is not among them, but `own`; nor is what has no answer, `missing`.
    """

    ask: str
    scenario: str
    is_counterfactual: bool
    questions: tuple[QuestionFinding, ...]
    own: tuple[QuestionFinding, ...] = ()
    missing: tuple[QuestionFinding, ...] = ()


def judgements_html(found: Sequence[Judgement]) -> Markup:
    """The judgements as a list: of each the sentence that says it, then what is said more; behind the first one how sure it is."""
    rows = []
    for place, one in enumerate(found):
        first, *rest = map(_typeset, one.sentences[one.lead :])
        before = Markup("").join(
            Markup('<p class="compared">{}</p>').format(_typeset(told)) for told in one.sentences[: one.lead]
        )
        sure = Markup(' <span class="sure">{} confidence</span>').format(one.confidence) if place == 0 and one.confidence else ""
        more = Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(told) for told in rest)) if rest else ""
        rows.append(Markup('<li class="{}">{}<p class="said">{}{}</p>{}</li>').format(one.kind, before, first, sure, more))
    return Markup('<ul class="judged">{}</ul>').format(Markup("").join(rows))


def _typeset(text: str) -> Markup:
    told = typeset(plain(text))
    for apart, together in _WHOLE:
        told = told.replace(apart, together)
    return escape(told)
