"""The language: one row for each construct."""

from __future__ import annotations

from foedus.constructs.check import CHECK
from foedus.constructs.decision import DECISION
from foedus.constructs.event import EVENT
from foedus.constructs.ground import ACTOR, CHART, CORRELATE, INDEX, MAP, UNIT
from foedus.constructs.headline import HEADLINE
from foedus.constructs.lever import LEVER
from foedus.constructs.noise import NOISE
from foedus.constructs.observe import OBSERVE, SERIES
from foedus.constructs.part import GIVES, INCLUDE, INPUT, MECHANISM, SLOT, USE
from foedus.constructs.question import QUESTION
from foedus.constructs.scenario import BASELINE_STATEMENT, HINDCAST, SCENARIO, VARIANT
from foedus.constructs.stock import FLOW, STOCK
from foedus.constructs.treaty import TREATY
from foedus.constructs.variable import LET, PARAM, TABLE
from foedus.language.construct import Constructs

__all__ = ["CONSTRUCTS", "KEYWORDS"]

# in the order in which their laws make states and draw luck: noises, events, decisions, treaties
CONSTRUCTS: Constructs = {
    row.keyword: row
    for row in (
        UNIT,
        INDEX,
        MAP,
        ACTOR,
        STOCK,
        FLOW,
        LET,
        TABLE,
        PARAM,
        LEVER,
        NOISE,
        EVENT,
        DECISION,
        TREATY,
        CORRELATE,
        SCENARIO,
        BASELINE_STATEMENT,
        HINDCAST,
        VARIANT,
        SERIES,
        OBSERVE,
        QUESTION,
        HEADLINE,
        CHECK,
        CHART,
        INCLUDE,
        MECHANISM,
        SLOT,
        GIVES,
        USE,
        INPUT,
    )
}
KEYWORDS = frozenset(("model", *CONSTRUCTS))
