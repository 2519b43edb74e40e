"""`headline`: what the case was asked, and which scenarios and questions answer it."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.compile.checks import is_known
from foedus.compile.scope import Meaning, Scope
from foedus.constructs.question import Question
from foedus.constructs.scenario import BASELINE, Baseline, Scenario
from foedus.language.clauses import names
from foedus.language.construct import Construct, Example
from foedus.language.cursor import Cursor
from foedus.language.printer import quoted
from foedus.language.source import Span
from foedus.language.tree import at_nowhere

__all__ = ["HEADLINE", "Headline"]


@dataclass(frozen=True)
class Headline(Meaning):
    """What the case was asked.

    Attributes:
        ask: in words.
        without, as_is: the two scenarios that are compared; one of them is the baseline. `as_is` is what is reported, or decided.
        questions: that answer it, the most important first.
    """

    ask: str
    without: str
    as_is: str
    questions: tuple[str, ...]
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Headline:
        at = cursor.advance().at
        ask = cursor.needs_string("with what the case was asked")
        cursor.needs("compare", "and a scenario")
        without = cursor.needs_name("of a scenario").text
        cursor.needs("with", "and the scenario to compare it with")
        as_is = cursor.needs_name("of a scenario").text
        cursor.needs("on", "and the questions that answer it")
        return cls(ask, without, as_is, names(cursor, "of a question"), at.to(cursor.last))

    def spell(self) -> str:
        return f"headline {quoted(self.ask)} compare {self.without} with {self.as_is} on {', '.join(self.questions)}"

    def check(self, scope: Scope) -> None:
        """Its scenarios and questions are there, one of the scenarios is the baseline, and there is one headline."""
        problems, baseline = scope.problems, next((one.name for one in scope.tree.all(Baseline)), BASELINE)
        scenarios = [baseline, *(one.name for one in scope.tree.all(Scenario))]
        for name in (self.without, self.as_is):
            is_known(scope, name, scenarios, "scenario", self.at)
        for name in self.questions:
            is_known(scope, name, [one.name for one in scope.tree.all(Question)], "question", self.at)
        if self.without == self.as_is or baseline not in (self.without, self.as_is):
            help = f"Compare a scenario with the baseline `{baseline}`: differences are paired with it."
            problems.add(self.at, "bad-headline", "a headline compares one scenario with the baseline.", help)
        if len(set(self.questions)) < len(self.questions):
            problems.add(self.at, "bad-headline", "a question stands twice in the headline.", "Name each question once.")
        if scope.tree.all(Headline)[0] is not self:
            problems.add(self.at, "bad-headline", "a model has one headline; this is a second one.", "Take one of them out.")


HEADLINE = Construct(
    "headline",
    Headline.parse,
    (Headline,),
    "compare … with … on …",
    place="model",
    examples=(
        Example(
            'headline "What could the aid mean?" compare no_aid with baseline on many, when_few',
            "The answer begins with these two questions, without the aid and with it.",
            """\
lever aid : 1 from 0 to 2 = 1
stock men : person = 100 person
flow lost : men -> outside = (0.05 - 0.02 * aid) * men / 1 week
scenario no_aid { aid = 0 }
question many on 2024-12-01 true when men > 80 person
question when_few first time men < 90 person""",
        ),
    ),
)
