"""The whole language as data, by one name: expressions, priors, the head, and the classes of all constructs."""

from __future__ import annotations

from foedus.compile.override import OverrideWord
from foedus.constructs.check import Check, ConserveCheck, EffectCheck, WatchCheck
from foedus.constructs.decision import Decision, Option
from foedus.constructs.event import Event
from foedus.constructs.ground import Actor, Chart, Correlate, Index, Map, UnitStatement
from foedus.constructs.headline import Headline
from foedus.constructs.lever import Lever, Position
from foedus.constructs.noise import Noise
from foedus.constructs.observe import Observe, Series
from foedus.constructs.part import Binding, Gives, Input, Mechanism, Part, Slot, Use
from foedus.constructs.question import Question
from foedus.constructs.scenario import Assignment, Baseline, Hindcast, Scenario, Variant
from foedus.constructs.stock import Flow, Stock
from foedus.constructs.treaty import Treaty
from foedus.constructs.variable import Let, Parameter, Table
from foedus.language.tree import (
    Binary,
    Call,
    ClaimsPrior,
    DateLiteral,
    Expression,
    FamilyPrior,
    Faults,
    If,
    IntervalPrior,
    Is,
    Model,
    Name,
    Not,
    Number,
    Prior,
    Statement,
    Subscript,
    Tree,
    UnitExpression,
    nodes,
)

__all__ = [
    "Actor",
    "Assignment",
    "Baseline",
    "Binary",
    "Binding",
    "Call",
    "Chart",
    "Check",
    "ClaimsPrior",
    "ConserveCheck",
    "Correlate",
    "DateLiteral",
    "Decision",
    "EffectCheck",
    "Event",
    "Expression",
    "FamilyPrior",
    "Faults",
    "Flow",
    "Gives",
    "Headline",
    "Hindcast",
    "If",
    "Index",
    "Input",
    "IntervalPrior",
    "Is",
    "Let",
    "Lever",
    "Map",
    "Mechanism",
    "Model",
    "Name",
    "Noise",
    "Not",
    "Number",
    "Observe",
    "Option",
    "OverrideWord",
    "Parameter",
    "Part",
    "Position",
    "Prior",
    "Question",
    "Scenario",
    "Series",
    "Slot",
    "Statement",
    "Stock",
    "Subscript",
    "Table",
    "Treaty",
    "Tree",
    "UnitExpression",
    "UnitStatement",
    "Use",
    "Variant",
    "WatchCheck",
    "nodes",
]
