"""Why a figure can fill no slot whatever it says: it is denied, a chance, a part of another figure, or was not read whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from foedus.draft.clauses import ABOUT
from foedus.draft.moments import CHANCE, CHANCE_WORDS, UNTIL_THEN
from foedus.evidence.claim import Claim
from foedus.evidence.reading.quantities import FoundQuantity

__all__ = ["CONDITIONAL", "NEGATED", "OF_EACH", "PART", "refusal_of"]

_ACCOUNTS = re.compile(r"\b(?:account(?:s|ed)?|ma[kd]es?) (?:up |for )(?:about |some |around |nearly |almost )?$", re.I)
NEGATED = ("it is said not to be so", "it says that it is not so")
"""Why a figure is refused that a slot takes whose own words are a denial: "24 % do not finish"."""
CONDITIONAL = "it is put under a condition"
PART = "it is a part of another figure"
OF_EACH = "it is of each one of them"
_BY_STANCE = {
    "denied": "it is denied",
    "negated": NEGATED[0],
    "doubted": "it is doubted",
    "conditional": CONDITIONAL,
    "asked": "it is asked",
    "retracted": "it was taken back",
    "unsure": "it hangs on a word that no rule of reading knows",
}


_IN = re.compile(rf"\b[Ii]n (?:{ABOUT} )?$")
_CASES = re.compile(
    r" of (?:them|these|(?:the |its |all |our )?(?:\w+ )?(?:runs|simulations|futures|scenarios|paths|draws|winters))\b"
)
"""In how many of its cases a model sees something: a chance."""
_OF_THOSE = re.compile(
    r"\s+of (?:those|these|them|which|whom) (?:\w+ ){0,2}?(?:are|were|is|live|stay|come|came)\b", re.IGNORECASE
)
_OF_THE_WHOLE = re.compile(
    r"^[\d.,]+(?: (?:thousand|million))? of (?:the|these|its|their) (?:(?:confirmed|suspected|reported|known|new|total) )?"
    r"(?:cases|deaths|infections|patients|dead|injured|wounded|victims|total)\b",
    re.IGNORECASE,
)
""" "The county has 137 of the cases": a part of a number that stands elsewhere."""
_CHANCE_IS = re.compile(
    rf"\b(?:{CHANCE_WORDS}|risks?|danger|possibility|prospect) (?:that|of)\b"
    rf"[^;]{{0,200}}\b(?:is|are|at|to be)\s+(?:{ABOUT}\s+)?$",
    re.IGNORECASE,
)
_FELL = re.compile(
    rf"\b(?:fall|drop|decline|decrease|reduction|loss|cut) in (?:[\w’'-]+ ){{1,4}}of (?:{ABOUT} )?$", re.IGNORECASE
)
_FIRST = re.compile(r"\bthe (?:first|last|next) $", re.IGNORECASE)
_SUBGROUP = re.compile(
    r"\W*(?:among|for|in|of) (?:the )?(?:infants|babies|children|women|men|adults|teenagers|pregnant|elderly|young|old|poor|poorest|"
    r"health(?:care)? workers|(?:people|those|patients|children|adults) (?:aged|under|over|above|below)|(?:under|over)-\w+)\b",
    re.IGNORECASE,
)
"""Some of those who are counted: "among infants it is 8 %"."""
_OF_SOME = re.compile(
    r" of (?:the |all )?(?:adults\b|children\b|women\b|men\b|(?:adult|young|younger|elderly|old|older|"
    r"pregnant|male|female|infant|child|unvaccinated|vaccinated|rural|urban) "
    r"(?:[a-z]+ )?(?:adults|people|patients|children|women|men|girls|boys|mothers|cases|residents)\b)",
    re.IGNORECASE,
)
_GROUPS = (
    r"(?:children|women|men|girls|boys|adults|civilians|infants|babies|minors|teenagers|elderly|foreigners|migrants|police|"
    r"(?:people |those |children )?(?:aged|under|over) (?:the age of )?\w+|(?:health|aid)(?:care)? workers)\b"
)
_MADE_OF = re.compile(
    r" of (?:the |all |these |those |its |their )?(?:[\w’'-]+ ){1,9}?(?:are|were|was|is|have been|had been) (?:among )?(?:the )?"
    + _GROUPS,
    re.IGNORECASE,
)
_MAKING_UP = re.compile(
    rf"\b{_GROUPS}[^.;]{{0,90}}?\b(?:account(?:s|ed|ing)? for|mak(?:es?|ing) up|made up|represent(?:s|ed|ing)?|"
    r"compris(?:es?|ed|ing)|constitut(?:es?|ed|ing))\b[^.;]{0,25}$",
    re.IGNORECASE,
)
""" "Children have been hit hard, accounting for half of the cases": who they are as well."""
""" "A quarter of the deaths were children": of whom they are made up, and no share of those who die."""
_ONE_IN = re.compile(r"\b(?:one|1|two|three) (?:[a-z]+ )?(?:in|out of) (?:every )?$", re.IGNORECASE)
_ANY_ONE = re.compile(r"one [a-z]", re.IGNORECASE)
_HELD_AGAINST = re.compile(
    r"\b(?:above|below|over|under|beyond|exceed\w*|short of) (?:the|that|its|their)\s+$"
    r"|\b(?:compared (?:to|with)|versus|as (?:against|opposed to)) (?:[\w’'-]+ ){0,4}\(?$"
    r"|\b(?:lower|higher|more|less|fewer|greater|smaller|larger|bigger) than (?:the|that of|those of|its|their)\s+$"
    r"|\b(?:times|half|twice|double|triple) (?:the|that|its|their) (?:(?:[\w’'-]+ ){0,3}of\s+)?$",
    re.IGNORECASE,
)
_MORE_BY = re.compile(
    r"\b(?:surpass|exceed|outnumber|outstrip|outpac|outweigh|overtak|overshoot|undershoot|beat|miss|trail|lag)\w*\b"
    rf"[^.;:]*\bby (?:{ABOUT} )?$",
    re.IGNORECASE,
)


_BELOW_NOUGHT = re.compile(r"\b(?:minus|negative) $", re.IGNORECASE)
_FROM_END = re.compile(r"\bbetween $", re.IGNORECASE)
_TO_END = re.compile(r" and [$€£]?\d")
""" "Between 12 hours and 5 days": one end is not all."""
_BELOW = re.compile(
    r"(?: an? [a-z]+)? (?:below|above|under|over|cheaper than|dearer than|more than|less than) (?:[A-Z]|the|that|those|its|their|what)"
)
""" "Sold 11 dollars below Brent"."""


_LESS_THAN = re.compile(
    r"(?: of [a-z]+| [a-z]+)? (?:less|more|fewer|lower|higher|short|shorter) than "
    r"(?:last|the (?:year|month|week|previous)|a (?:year|month|week)|in |its |their )"
)
""" "4 million tonnes less than last year's output"."""
_SAMPLE = re.compile(
    rf"\b(?:polls?|surveys?|samples?|panels?|interviews?|focus groups?|questionnaires?) (?:of|with|among|covering) (?:{ABOUT} )?$",
    re.IGNORECASE,
)
"""Those who were asked are none of those who are counted."""
_AGE_OF = re.compile(
    r"\b(?:[Hh]e|[Ss]he|who) (?:is|was|turned|turns) (?:now |only |just )?$|\baged (?:just |only )?$"
    r"|(?:[A-Z][\w’'-]+ (?:(?:bin|ibn|al|el|de|da|van|von|der|ben) )?)+[A-Z][\w’'-]+, (?:is|was|turned|turns) $"
    r"|(?:[A-Z][\w’'-]+ ){2,}(?:is|turned|turns) $"
)
_OF_ONE = re.compile(r"\W*(?:I|[Mm]y|[Hh]is|[Hh]er)\b(?! [a-z]* ?(?:government|party|army|country|ministry|group|company))")
_OF_A_FAMILY = re.compile(
    r"\b(?:members|relatives) of (?:an?|one|the same|his|her|my|their|the) (?:[\w’'-]+ )?family\b"
    r"|\b(?:[Hh]is|[Hh]er|[Mm]y|[Oo]ne|[Aa]) (?:[a-z]+ )?family of\b"
    r"|\b(?:[Hh]is|[Hh]er|[Mm]y) (?:[a-z]+ )?(?:family|relatives|children|siblings|cousins)\b"
)
_NAMED = re.compile(r"(?:^|[\s,])(?!in\b)[A-Z][\w’'-]+, $")
_AGES = (10, 115)
_OF_SO_MANY = re.compile(r"\s*(?:out )?of (?:the |its |their |all |these |those )?\d")
_WHOLE_WITH_IT = re.compile(r"\D{0,24}[\d.,]+ (?:out )?of (?:the|its|their|all|these|those) \d")
"""So many of so many: "45 of the 60 towns"."""
_RIVAL = re.compile(
    r"^\W*(?:(?:[Ii]ts|[Tt]heir|[Aa]|[Tt]he|[Aa]nother) (?:[a-z]+ )?)?(?:[Rr]ivals?|[Cc]ompetitors?) [A-Z]"
    r"|\b(?:at|by|of|among|than|from|for) (?:its|their|other|many|some|most) (?:[a-z-]+ )?(?:rivals|competitors|peers)\b",
)


_OF_TWO = re.compile(
    r"\b[A-Z][\w’'-]+ and [A-Z][\w’'-]+ [a-z]+ "
    r"(?P<figures>(?:[a-z]+ )?[$€£]?\d[\d,.]*(?: [a-z]+)? and [$€£]?\d[\d,.]*)[^.;]*\brespectively\b"
)
"""Of two who are named each has its own: "Chad and Niger shipped 12 and 41 tonnes respectively"."""
_DENIED = re.compile(
    r"\b(?:denied|denies|(?:rejected|dismissed)(?! (?:an?|the|its|their|his|her|this|that|every|all) (?:[\w’'-]+ ){0,2}?"
    r"(?:offers?|proposals?|deals?|plans?|bids?|requests?|demands?|calls?|appeals?|terms?|drafts?|compromise)\b)|refuted)\b",
    re.IGNORECASE,
)
"""Who rejects an offer does not deny what else is told of him."""
_OF_EACH = re.compile(
    r"^\W*(?:[Ee]ach|[Ee]very) (?!(?:day|night|week|month|quarter|season|year|other|hour)\b|of\b)[a-z-]+ [^,;]*$"
)
"""Of one of those who are counted: "each case can infect 12 people"."""
_AND_ANOTHER = re.compile(r"(?: (?:an?|per) \w+)?, (?:and )?(?!(?:about|some|around|nearly|or|than|to)\b)[a-z]+ [$€£]\d")
"""Parts in a row, each of a thing of its own: "timber brings 9 dollars a week, cocoa 4 dollars"."""


_OF_WHICH = re.compile(r"\b(?:of (?:which|these|those|them|whom)|including|among them)\b[\w ,]{0,24}$")
_CONDITION = re.compile(r"^\W*(?:if|unless|were|should|provided)\b|\bif\b|\bunless\b|\bwithout (?!a |any )", re.IGNORECASE)


@dataclass(frozen=True)
class _Figure:
    """A figure where it stands: the claim, what was read of it, its own part of the sentence, and the sentence."""

    claim: Claim
    quantity: FoundQuantity
    near: str
    sentence: str

    @cached_property
    def ahead(self) -> str:
        """The sentence up to the figure."""
        return self.sentence[: max(self.sentence.find(self.quantity.text), 0)]

    @cached_property
    def behind(self) -> str:
        """The sentence from behind the figure on."""
        return self.sentence[len(self.ahead) + len(self.quantity.text) :]

    @cached_property
    def before(self) -> str:
        """Its own part of the sentence, up to the figure."""
        return self.near[: max(self.near.find(self.quantity.text), 0)]

    @property
    def is_percent(self) -> bool:
        return self.claim.quantity_unit.startswith(("perc", "%", "fraction"))

    @property
    def is_share(self) -> bool:
        return self.quantity.kind == "ratio" or self.is_percent

    @property
    def counts(self) -> bool:
        return self.quantity.dimension == "count"


def _is_unread(one: _Figure) -> object:
    quantity = one.quantity
    return (
        quantity.loose
        or _BELOW_NOUGHT.search(one.ahead)
        or (quantity.low == quantity.high and _FROM_END.search(one.ahead) and _TO_END.match(one.behind))
        or re.search(r" per (?:hundred|thousand|million)$", quantity.unit)
        or quantity.kind not in ("numeric", "ratio")
        or (quantity.value is None and quantity.low is None and quantity.high is None)
    )


def _is_age(one: _Figure) -> object:
    value = one.quantity.value
    is_bare = one.quantity.dimension == "" and value is not None and _AGES[0] <= value <= _AGES[1]
    is_inset = _NAMED.search(one.ahead) is not None and re.match(r"\s*(?:,|\.$|\))", one.behind) is not None
    return is_bare and value == int(value or 0.5) and (_AGE_OF.search(one.ahead) or is_inset)


def _is_of_rival(one: _Figure) -> object:
    return _RIVAL.search(one.near) or _RIVAL.search(one.ahead.split(" but ")[-1])


_SPAN_OF = re.compile(
    r"[\s-]*(?:average|mean|norm|median|low|high|record|peak|record low|record high|forecast|plan|period|deal|agreement)s?\b"
)


def _is_span_of_another(one: _Figure) -> object:
    """ "The seven-year average": nothing takes seven years."""
    return one.quantity.dimension == "time" and "-" in one.quantity.text and _SPAN_OF.match(one.behind)


_SURE = re.compile(r"\s*(?:certain|sure|confident|convinced)\b(?: that|,)? ", re.IGNORECASE)
""" "It is 80 % sure that …": a chance."""
_RISK = re.compile(r"\s*(?:risk|danger|possibility|prospect) (?:of|that)\b", re.IGNORECASE)


_LIKELY_SO = re.compile(
    r"\b(?:likely|unlikely|probabl[ey]|improbable|possible|doubtful|likelihood|conceivable|toss-up)\b(?: that)? ?"
    rf"[(\[](?:(?:{ABOUT}|an?|say|i\.e\.) )*(?:\d[\d.]* ?(?:%|per ?cent)? ?(?:[-–—]|to|and) ?)?$",
    re.IGNORECASE,
)
""" "We judge it likely (60–70%) that …": how likely, in figures."""


def _is_chance_in_brackets(one: _Figure) -> bool:
    return (
        one.is_share and _LIKELY_SO.search(one.ahead) is not None and re.match(r"\s*(?:chance ?)?[)\]]", one.behind) is not None
    )


def _is_chance(one: _Figure) -> object:
    is_told = (
        _is_chance_in_brackets(one)
        or CHANCE.search(one.near)
        or _CHANCE_IS.search(one.ahead)
        or _RISK.match(one.behind)
        or _SURE.match(one.behind)
    )
    return one.is_share and (is_told or (_IN.search(one.ahead) and _CASES.match(one.behind)))


def _is_of_two(one: _Figure) -> object:
    at = len(one.ahead) + 1
    return any(low < at <= high for low, high in (found.span("figures") for found in _OF_TWO.finditer(one.sentence)))


def _is_some_of_many(one: _Figure) -> object:
    is_of_so_many = _WHOLE_WITH_IT.match(one.quantity.text) or _OF_SO_MANY.match(one.behind)
    return (_FIRST.search(one.ahead) and one.counts) or (not one.is_share and is_of_so_many)


def _is_some_of_those(one: _Figure) -> object:
    is_number = not one.is_percent
    return (
        (is_number and _ACCOUNTS.search(one.before))
        or _OF_WHICH.search(one.before)
        or (is_number and (_OF_THOSE.match(one.behind) or _OF_THE_WHOLE.search(one.quantity.text + one.behind[:40])))
    )


_REASONS: tuple[tuple[str, Callable[[_Figure], object]], ...] = (
    (NEGATED[1], lambda one: one.claim.polarity != "+"),
    ("its figure was not read whole", _is_unread),
    ("it is somebody's age", _is_age),
    ("it is over how long another figure is told", _is_span_of_another),
    ("it is of one person only", lambda one: one.quantity.dimension == "time" and _OF_ONE.match(one.near)),
    ("it is of one family only", lambda one: one.counts and _OF_A_FAMILY.search(one.near)),
    ("it is how many were asked", lambda one: _SAMPLE.search(one.ahead)),
    (OF_EACH, lambda one: not one.is_share and one.counts and _OF_EACH.search(one.before)),
    (PART, lambda one: one.quantity.dimension == "currency" and _AND_ANOTHER.match(one.behind)),
    ("it speaks of a rival", _is_of_rival),
    ("it is a chance", _is_chance),
    (
        "it stands for any one of them",
        lambda one: one.quantity.value == 1 and one.quantity.dimension != "time" and _ANY_ONE.match(one.quantity.text or ""),
    ),
    ("it is the end of a ratio", lambda one: not one.is_share and _ONE_IN.search(one.ahead)),
    ("it says by how much something fell", lambda one: one.is_share and _FELL.search(one.ahead)),
    (PART, _is_of_two),
    (PART, _is_some_of_many),
    ("it is of some of them only", lambda one: _SUBGROUP.match(one.near) or (one.is_share and _OF_SOME.match(one.behind))),
    (
        "it says who they are, and not how many of all",
        lambda one: (
            one.is_share
            and (
                _MADE_OF.search(f" {one.quantity.text}{one.behind}"[: len(one.quantity.text) + 120])
                or _MAKING_UP.search(one.ahead)
            )
        ),
    ),
    ("it says by how much one is more than another", lambda one: _MORE_BY.search(one.ahead)),
    (
        "it says by how much one is more than another",
        lambda one: one.quantity.dimension == "currency" and _BELOW.match(one.behind),
    ),
    ("it says by how much one is more than another", lambda one: not one.is_share and _LESS_THAN.match(one.behind)),
    ("another figure is held against it", lambda one: _HELD_AGAINST.search(one.ahead) and not UNTIL_THEN.match(one.behind)),
    (PART, _is_some_of_those),
    ("it is denied", lambda one: _DENIED.search(one.near)),
    (CONDITIONAL, lambda one: one.claim.modality != "actual" and _CONDITION.search(one.near)),
)
"""Why a figure can fill no slot, and how that is seen; the first that holds is told."""


def refusal_of(claim: Claim, quantity: FoundQuantity, near: str, sentence: str) -> str:
    """Why a figure can fill no slot; "" where it can fill one.

    Args:
        claim, quantity: what was read.
        near: its own part of the sentence.
        sentence: the whole of it.
    """
    if claim.stance != "affirmed":
        return _BY_STANCE[claim.stance]
    if claim.left_open:
        return claim.left_open
    figure = _Figure(claim, quantity, near, sentence)
    return next((reason for reason, holds in _REASONS if holds(figure)), "")
