"""What reports predict, fear or say may be decided: by sentence, with its day, its chance and the figure it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from foedus.draft.choosing import MechanismChoice
from foedus.draft.conditions import Conditioned, conditioned, is_calendar, is_chance_alone, is_of_now
from foedus.draft.days import day_of, is_past, last_day, last_day_of
from foedus.draft.facts import Fact, is_common_word
from foedus.draft.matching import price_factor
from foedus.draft.rules import AnswerRule, TriggerRule
from foedus.draft.things import class_of, thing_of
from foedus.draft.wording import bare, is_undecided, without_attribution, yes_or_no
from foedus.draft.words import all_apart, first_word, pattern, words_in
from foedus.evidence.claim import Claim
from foedus.evidence.defaults import DEFAULTS

__all__ = [
    "PredictedEvent",
    "ReportSentence",
    "ReportedPrediction",
    "Target",
    "Trigger",
    "happenings",
    "predictions",
    "states_at_start",
    "targets",
]

_DECIDES = re.compile(
    r"\b(?:government|ministry|ministers?|president|parliament|council|commission|court|union|board|party|authorit\w+|army|king|chancellor|"
    r"agency|congress|senate|cabinet|leader)\b",
    re.I,
)


@dataclass(frozen=True)
class ReportSentence:
    """A sentence of a report with the claims in it."""

    text: str
    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class ReportedPrediction:
    """A sentence about what is to come.

    Attributes:
        day: by when or on which day, None where it does not say. is_on: is it that very day?
        chance: (low, high) that it comes; chance_fact: the figure that says so, if one does. because: the words that the chance is read from.
        figures: of what will be. decider: who decides, by the words; "" if nobody.
        is_open: somebody is still to decide on it.
        is_conditional: it comes only if something else does, whose chance nobody tells: it is asked, and sets nothing.
        main: the claim whose words these are.
        asked: the question of yes or no whether it comes, without its day; "" where the grammar of the words is not sure.
        before: the sentence that says what a pronoun at the head of the words stands for; "" where there is none.
        condition: under which it is said to come, apart from it; None where there is none, or its grammar is not sure.
    """

    sentence: ReportSentence
    words: str
    day: date | None
    is_on: bool
    chance: tuple[float, float]
    chance_fact: Fact | None
    because: str
    figures: tuple[Fact, ...]
    decider: str
    asked: str = ""
    is_conditional: bool = False
    is_open: bool = False
    main: str = ""
    condition: Conditioned | None = None
    before: str = ""

    @property
    def claims(self) -> tuple[Claim, ...]:
        return self.sentence.claims


@dataclass(frozen=True)
class Target:
    """A predicted figure of something that a part gives, or that what it gives comes, which no figure tells."""

    prediction: ReportedPrediction
    fact: Fact | None
    part: MechanismChoice
    answer: AnswerRule


Trigger = tuple[MechanismChoice, TriggerRule, bool]


@dataclass
class PredictedEvent:
    """An event of the model: one or several predictions of the same thing.

    Attributes:
        triggers: what it sets in parts: part, rule, and whether it ends what the trigger begins; empty for what changes no slot.
    """

    name: str
    predictions: list[ReportedPrediction] = field(default_factory=list)
    triggers: tuple[Trigger, ...] = ()

    @property
    def first(self) -> ReportedPrediction:
        """The one that says most: with a figure for its chance, then with a day."""
        return min(self.predictions, key=lambda one: (one.chance_fact is None, one.day is None))


_AHEAD = re.compile(
    r"\b(?:will|would|could|may|might|likely|unlikely|expect\w*|forecast\w*|predict\w*|fear\w*|plan\w*|is to|are to|set to|due to|"
    r"threaten\w*|runs out|expires|consider\w*|weighing|mulling|debating|possible|should|hop(?:es?|ing)|aims?|intends?|vow\w*|"
    r"risks?|sees?|dangers?|prospects?|looms?|looming|on track|poised|odds)\b"
)
_HYPOTHETICAL = re.compile(
    r"^\W*(?:if|without|were|had)\b|\b(?:if|provided|once|chance|probability|would|could)\b", re.IGNORECASE
)


def predictions(sentences: Iterable[ReportSentence], as_of: date) -> list[ReportedPrediction]:
    """The sentences that say something about what is to come after a day, in their order."""
    told = list(sentences)
    lowered = _no_names([sentence.text for sentence in told])
    found: list[ReportedPrediction] = []
    for sentence in told:
        one = _prediction(sentence, as_of, lowered)
        if one is not None and is_chance_alone(sentence.text):
            if one.chance_fact is not None:
                _add_chance(found, one)
        elif one is not None:
            found.append(one)
    return found


def _add_chance(found: list[ReportedPrediction], told: ReportedPrediction) -> None:
    """A chance told in a sentence of its own is that of what stands right before it; of nothing where no prediction does."""
    last = found[-1] if found else None
    fact = told.chance_fact
    if last is None or fact is None or last.chance_fact is not None or last.sentence.text.strip() not in fact.before:
        return
    both = replace(
        last.sentence, claims=(*last.sentence.claims, *told.sentence.claims), facts=(*last.sentence.facts, *told.sentence.facts)
    )
    found[-1] = replace(last, sentence=both, chance=told.chance, chance_fact=fact, because=told.because)


def _no_names(texts: Sequence[str]) -> frozenset[str]:
    """The words that are no names: written small somewhere, or common words that are written large only where a sentence begins."""
    small = {word for text in texts for word in re.findall(r"(?<![\w’'-])[a-z][a-z’'-]*", text)}
    large = {word for text in texts for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z’'-]+", text)}
    first = {word for text in texts for word in re.findall(r"(?:^|[“\"] ?|[:;] )([A-Z][a-z’'-]*)(?![\w’'-])", text)}
    return frozenset(small | {word.lower() for word in first - large if is_common_word(re.sub(r"[’']s$", "", word))})


def _prediction(sentence: ReportSentence, as_of: date, lowered: frozenset[str]) -> ReportedPrediction | None:
    chance_fact = next((fact for fact in sentence.facts if fact.refused == "it is a chance"), None)
    figures = tuple(
        fact
        for fact in sentence.facts
        if fact is not chance_fact
        and fact.moment in ("expected", "change")
        and fact.refused in ("", "it is put under a condition", "it is doubted")
    )
    ahead = [claim for claim in sentence.claims if _is_ahead(claim, sentence.text, as_of)]
    if not ahead and chance_fact is None:
        return None
    is_told = chance_fact is not None or bool(figures)
    is_left_open = is_undecided(sentence.text)  # "will decide whether to halt it" asks nothing of the reader
    if not is_told and not is_left_open and any(claim.stance in ("asked", "denied", "retracted") for claim in ahead):
        return None
    is_under_it = any(claim.stance == "conditional" for claim in ahead) or _CONDITION.search(sentence.text) is not None
    is_conditional = chance_fact is None and is_under_it and not _NEVER.search(sentence.text)
    if is_under_it and not is_told and not is_conditional:
        return None
    if (chance_fact is None and is_past(sentence.claims, as_of)) or is_of_now(sentence.text) or _LONG_AGO.match(sentence.text):
        return None
    parted = conditioned(sentence.text) if is_conditional or is_under_it else None
    if parted is not None and chance_fact is None and _NOT_SO.search(parted.condition):
        return None
    figures = tuple(fact for fact in figures if parted is None or not parted.is_in_condition(_figure_text(fact)))
    main = max(ahead or sentence.claims, key=lambda claim: (claim.end or 0) - (claim.start or 0))
    if chance_fact is None and not is_left_open and main.stance in ("denied", "retracted"):
        return None
    day, is_on = day_of(sentence.claims, sentence.text, as_of)
    chance, because = _chance(sentence, ahead or list(sentence.claims), chance_fact)
    if is_conditional:
        chance, because = _under_condition(sentence.text, chance, because)
    decides = _DECIDES.search(sentence.text)
    decider = main.actor or (decides.group() if decides and _OPEN.search(sentence.text) else "") or ""
    is_whole = len(main.paraphrase) <= 20 or _PRONOUN.match(main.paraphrase) or is_conditional
    said = sentence.text if is_whole else main.paraphrase
    aside = _OF_A_THING.search(said)
    said = f"{aside['who']} will {aside['does']}" if aside is not None and not is_conditional else said
    is_kept = bool(is_whole) and not chance_fact and aside is None
    words = without_attribution(" ".join(said.split()) if is_kept else bare(said))
    is_apart = parted is not None and is_conditional and not _PRONOUN.match(parted.said) and not _PRONOUN.match(parted.condition)
    words = parted.said if parted is not None and is_apart else words
    if (revised := _REVISED.search(said)) is not None and not is_conditional:
        words = f"{revised['what'].strip()} of {revised['figure']}"
    if main.actor and _ADVISED.search(said) and chance_fact is None:
        return None  # what somebody is advised to do is no prediction
    if (denied := _NOT_BEFORE.match(words)) is not None and not is_conditional and day is not None:
        said = f"{denied['who']} will {denied['does']}"
        words, chance = f"{denied['who']} to {denied['does']}", (1 - chance[1], 1 - chance[0])
        because = f"{because}; turned round, for it is said of what does not come before"
    if _OPINION.search(words) or (_ASKED_OF.search(sentence.text) and not _FORESEES.search(sentence.text)):
        return None
    if _NO_EVENT.match(words) and chance_fact is None and not figures and day is None:
        return None
    asked = yes_or_no(said, lowered, _times(sentence, day, as_of))
    if is_conditional:
        asked = yes_or_no(parted.said, lowered, []) if parted is not None else ""
    if _AS_SAID.search(asked):
        asked, words = "", " ".join(sentence.text.split())
    return ReportedPrediction(
        sentence,
        words[:1].upper() + words[1:],
        day,
        is_on,
        chance,
        chance_fact,
        because,
        figures,
        decider,
        asked,
        is_conditional and not _UNLESS.search(sentence.text),
        is_undecided(sentence.text),
        main.id,
        parted if is_apart else None,
        "" if asked or is_apart else _pointed_at(sentence, words),
    )


_ADVISED = re.compile(r"^[^,;:]{0,80}\b(?:should|must|ought to|needs? to|has to|have to)\b(?! (?:see|be|have)\b)")
_NOT_BEFORE = re.compile(
    r"^(?P<who>[^,;:]{2,80}?) (?:(?:will|would|is|are) not|(?:is|are) unlikely to|won[’']t) "
    r"(?P<does>(?!be likely)[a-z][^,;]*?)(?: fully| again)? "
    r"(?:before|until) [^,;]+$"
)
""" "The lake will not recover before May": whether it does is the question."""
_REVISED = re.compile(
    r"\b(?:cut|cuts|raised?|raises|lowered|lowers|lifted|lifts|trimmed|slashed|revised|revises|downgraded|upgraded|kept|keeps|left|put|puts)\b"
    r"[^.;]{0,30}?\b(?:forecast|projection|outlook|prediction|estimate)s? (?:for|of) (?P<what>[^.;,]{3,60}?)(?: (?:up|down|back))? (?:to|at) "
    r"(?P<figure>[$€£]?\d[\d.,]*(?: ?%| per ?cent| (?:million|billion|trillion)(?: [a-z]+)?| [a-z]+)?)"
)
""" "The minister cut the forecast for growth in 2024 to 2.3 %": what the forecast says is what may come, not that it was cut."""
_NOT_SO = re.compile(
    r"^(?:it|they|we|he|she|you|there|(?:the|its|their) (?:[\w’'-]+ ){1,4}?)\s*(?:had|were)\b(?! to\b)", re.IGNORECASE
)
"""A condition that is known not to hold: "if they had them"."""
_ASKED_OF = re.compile(r"\b(?:polls?|surveys?|respondents|of those (?:asked|polled|surveyed))\b", re.IGNORECASE)
_FORESEES = re.compile(r"\b(?:expect\w*|predict\w*|forecast\w*|saw|see|foresee\w*|chances?|probability)\b", re.IGNORECASE)
"""Those asked in a poll say what they want, unless they foresee something."""
_LONG_AGO = re.compile(r"\W*(?:(?:some|a few|several|many|two|three|six) )?(?:weeks|months|years) ago\b", re.IGNORECASE)


def _pointed_at(sentence: ReportSentence, words: str) -> str:
    """The sentence that says what a pronoun stands for with which the words begin; "" where they begin with none."""
    before = next((fact.before.strip() for fact in sentence.facts if fact.before.strip()), "")
    return re.split(r"(?<=[.!?])[ ]+(?=[A-Z])", before)[-1] if _POINTS_BACK.match(words) else ""


_POINTS_BACK = re.compile(r"\W*(?:it|they|he|she)\b", re.IGNORECASE)
_AS_SAID = re.compile(r"\bdo (?:so|it|that|this|the same)\b")
"""What points back to words before it asks nothing by itself: "whether to do so"."""


def _figure_text(fact: Fact) -> str:
    return (fact.claim.quantity.text if fact.claim.quantity is not None else "") or "\0"


_NEVER = re.compile(
    r"^\W*(?:were|had|suppose)\b|^\W*without\b.*\bwould be\b|\b(?:would|could|might|should) have\b", re.IGNORECASE
)
_CONDITION = re.compile(
    r"^\W*(?:if|were|had|suppose|without)\b|\b(?:if|unless|provided that|as long as)\b(?! not\b)", re.IGNORECASE
)
_UNLESS = re.compile(r"\bunless\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:could|may|might|will|would|is to|are to|decid\w*|consider\w*|weigh\w*|mull\w*|debat\w*|threaten\w*|plan\w*)\b"
)


def _under_condition(text: str, chance: tuple[float, float], because: str) -> tuple[tuple[float, float], str]:
    """The chance of what comes only if something else does, or unless it does."""
    if _UNLESS.search(text):
        return chance, f"{because}; unless what it names comes before"
    return (
        chance[0] / 4,
        chance[1],
    ), f"{because}; under a condition of which nobody says how likely it is, so the low end is a quarter"


def _times(sentence: ReportSentence, day: date | None, as_of: date) -> list[str]:
    """The words by which the claims of a sentence name a day."""
    times = [claim.time for claim in sentence.claims if claim.time is not None and claim.time.text]
    return [one.text for one in times if one.text and day is not None and last_day(one.value or "", as_of) == day]


# words of which nobody could say afterwards whether it came: they describe, ask, or speak of what somebody knows
_NO_EVENT = re.compile(
    r"\W*(?:how|what|why|whether|there (?:is|are|was|were|has|have)|(?:this|that|it|these|those|they) (?:is|are|was|were)|it[’']s"
    r"|(?:we|you|i) (?:do not|don[’']t|know|need|have|should|are|can|cannot|can[’']t|hope))\b",
    re.I,
)


_OF_A_THING = re.compile(
    r"(?P<who>\b(?:an?|the) [\w’'-]+(?: [\w’'-]+){0,4}?) (?:that|which) (?:is|are) "
    r"(?:expected|likely|forecast|projected|due|set) to (?P<does>[^,;]+)",
    re.IGNORECASE,
)
"""A prediction by the way: "because of a drought that is expected to last until May, the lock has cut its hours"."""
_OPINION = re.compile(r"\bbe (?:an?|the) (?:\w+ )?(?:issue|problem|question|factor|concern|challenge|theme)\W*$")
"""What something is to somebody, of which nobody can say afterwards whether it came."""


_PRONOUN = re.compile(r"^\W*(?:it|them|they|he|she|him|that|this|these|those|of|which|who|what)\b", re.IGNORECASE)
_ANNOUNCES = re.compile(r"^(?:\w+ )?(?:steps|options|scenarios|outcomes|things|ways|questions|factors)\b", re.IGNORECASE)
_SUPPOSED = re.compile(r"^\W*(?:if|were|had|suppose|without)\b", re.IGNORECASE)


_FORWARD = re.compile(
    r"\b(?:is|are|seems?|looks?|remains?) (?:very |highly |most |quite |increasingly )?(?:un)?likely\b(?! to have\b)"
    r"|\b(?:expects?|forecasts?|predicts?|projects?|anticipates?) (?:that )?[\w’' -]{2,60}? (?:to|will|would) (?!have\b)"
)


def _is_ahead(claim: Claim, text: str, as_of: date) -> bool:
    last = last_day_of(claim, as_of)
    if is_calendar(claim.paraphrase):
        return False
    if not _AHEAD.search(text) and (claim.modality != "future" or claim.ctype == "quantity" or last is None or last <= as_of):
        return False
    is_said = claim.stance in ("affirmed", "conditional", "doubted")
    if is_said and (is_undecided(claim.paraphrase) or _FORWARD.search(claim.paraphrase)):
        return True
    return (
        claim.modality == "future"
        or (claim.modality == "hypothetical" and _AHEAD.search(text) is not None)
        or (last is not None and last > as_of)
        or bool(claim.stance == "doubted" and _AHEAD.search(text))
    )


_EITHER_WAY = (0.2, 0.8)
_UNLIKELY = re.compile(
    r"\b(?:very unlikely|unlikely|improbable|not expect\w*|do(?:es)? not think|don[’']t think|no chance|doubt\w*)\b", re.I
)


def _chance(sentence: ReportSentence, claims: Sequence[Claim], fact: Fact | None) -> tuple[tuple[float, float], str]:
    """The chance that it comes, as a 90 % interval, and what it is read from."""
    if fact is None and is_undecided(sentence.text):
        return _EITHER_WAY, "it is still to be decided: it may go either way (judgement by rule)"
    if fact is not None and fact.claim.quantity is not None and fact.claim.quantity.value:
        value = fact.claim.quantity.value / (100 if fact.claim.quantity_unit.startswith(("perc", "%")) else 1)
        return (max(0.01, value - 0.15), min(0.99, value + 0.15)), "the chance that the report gives, give or take"
    unlikely = _UNLIKELY.search(sentence.text)
    if unlikely:
        low, high = (0.01, 0.1) if "very" in unlikely.group().lower() else (0.05, 0.35)
        return (low, high), f"“{unlikely.group().lower()}” (ICD 203)"
    kind = next(
        (claim.hedge.kind for claim in claims if claim.hedge.kind in ("probable", "possible", "believed", "reported")), ""
    )
    if kind in ("reported", "") and re.search(r"\b(?:could|may|might)\b", sentence.text):
        kind = "possible"
    if re.search(r"(?<!un)\blikely|probabl", sentence.text):
        kind = "probable"
    range_ = DEFAULTS.hedges[kind or "believed"]
    word = first_word("could may might likely probabl* expect* will would fear* plan*", sentence.text)
    shown = f"“{word}” read" if word else "read"
    return (max(range_.low, 0.02), min(range_.high, 0.98)), f"{shown} as {kind or 'believed'}: {range_.because}"


def targets(
    found: Iterable[ReportedPrediction], parts: Sequence[MechanismChoice]
) -> tuple[list[Target], list[ReportedPrediction]]:
    """Predicted figures of what parts give, and the predictions that are left."""
    told, left = [], []
    for one in found:
        figures = () if one.is_open else one.figures  # what somebody is to decide on is no forecast of its figure
        hits = [Target(one, fact, *best) for fact in figures if (best := _answer(fact, one, parts)) is not None]
        told += hits[:1]
        if not hits and (comes := _coming(one, parts)) is not None:
            hits = [Target(one, None, *comes)]
            told += hits
        if not hits:
            left.append(one)
    return told, left


def _coming(one: ReportedPrediction, parts: Sequence[MechanismChoice]) -> tuple[MechanismChoice, AnswerRule] | None:
    """What a part gives whose coming is predicted: "expects a deal before May", where a part tells whether there is one."""
    if one.is_conditional or _NOT_COMING.search(one.words):
        return None
    words = _DATES.sub(" ", one.words)
    hits = (
        (part, answer)
        for part in parts
        for answer in part.filled.rule.answers
        if answer.comes and pattern(answer.comes).search(words) and not pattern(answer.banned).search(words)
    )
    return next(hits, None)


_NOT_COMING = re.compile(
    r"\b(?:not|no|never|without|unlikely|extend\w*|reject\w*|fail\w* to|break\w*|collaps\w*|whether)\b", re.IGNORECASE
)


def _answer(
    fact: Fact, prediction: ReportedPrediction, parts: Sequence[MechanismChoice]
) -> tuple[MechanismChoice, AnswerRule] | None:
    """What a part gives that a figure speaks of: kind, noun and words fit."""
    best: tuple[int, MechanismChoice, AnswerRule] | None = None
    for part in parts:
        for answer in part.filled.rule.answers:
            kind = "change" if fact.moment == "change" and fact.kind == "share" else fact.kind
            kind = "level" if fact.kind == "number" and pattern(answer.say).search(prediction.sentence.text) else kind
            kind = "price" if fact.kind == "money" and "price" in answer.kinds else kind
            words = words_in(answer.say, prediction.sentence.text)
            is_by_amount = (
                fact.moment == "change" and fact.kind != "share"
            )  # "another 42,000": of nothing that the part gives by then
            if is_by_amount or kind not in answer.kinds or not words or not _is_of(fact, part, kind):
                continue
            if pattern(answer.banned).search(prediction.sentence.text) or (answer.side and answer.side != fact.side):
                continue
            if best is None or len(words) > best[0]:
                best = len(words), part, answer
    return (best[1], best[2]) if best else None


def _is_of(fact: Fact, part: MechanismChoice, kind: str) -> bool:
    if fact.kind in ("share", "duration", "number"):
        return True
    if fact.moment == "change":
        return False
    if kind == "price":
        return price_factor(part.filled, fact) is not None
    things = part.filled.things
    own = fact.head if class_of(fact) == "currency" else thing_of(fact.head, fact.kind)
    return own in things


def happenings(found: Iterable[ReportedPrediction], parts: Sequence[MechanismChoice]) -> list[PredictedEvent]:
    """The predictions as events; those of one trigger and direction, or in nearly the same words, are one."""
    made: list[PredictedEvent] = []
    for one in found:
        if (_SUPPOSED.match(one.sentence.text) and not one.is_conditional) or _ANNOUNCES.match(
            one.words
        ):  # under a condition, or about what the text says next
            continue
        triggers = () if one.is_conditional else _triggers(one, parts)
        same = next((each for each in made if _is_same(each, one, triggers)), None)
        if same is not None:
            same.predictions.append(one)
            same.triggers = (*same.triggers, *(each for each in triggers if _key(each) not in map(_key, same.triggers)))
            continue
        made.append(PredictedEvent(_name(one, triggers, {each.name for each in made}), [one], triggers))
    return made


def _key(trigger: Trigger) -> tuple[str, str, bool]:
    return trigger[0].alias, trigger[1].name, trigger[2]


def _is_same(each: PredictedEvent, one: ReportedPrediction, triggers: Sequence[Trigger]) -> bool:
    if triggers or each.triggers:
        return bool({_key(trigger) for trigger in triggers} & {_key(trigger) for trigger in each.triggers})
    if bool(_NEGATED.search(one.words)) != bool(_NEGATED.search(each.first.words)):
        return False
    mine, others = set(_content(one.words)), set(_content(each.first.words))
    return bool(mine and others) and len(mine & others) >= 0.6 * min(len(mine), len(others))


_NEGATED = re.compile(r"\b(?:not|never|no|nobody|none|cannot|without)\b|n[’']t\b", re.IGNORECASE)
_DATES = re.compile(r"\b(?:(?:by|before|until|at|in|from) )?the (?:end|close) of (?:the )?\w+(?: \d{4})?", re.IGNORECASE)


_STAYS = re.compile(
    r"\b(?:keep|keeps|kept|keeping|stay|stays|stayed|staying|remain|remains|remained|remaining)\b[^.;,]{0,40}?\bopen\b"
)
""" "Will keep its border open": nothing ends that holds."""


def _triggers(one: ReportedPrediction, parts: Sequence[MechanismChoice]) -> tuple[Trigger, ...]:
    found = []
    words = _NOT_DONE.sub(" ", _DATES.sub(" ", one.words))
    for part in parts:
        for rule in part.filled.rule.triggers:
            if pattern(rule.banned).search(words):
                continue
            is_undone = bool(pattern(rule.undo).search(words) and pattern(rule.say[-1]).search(words)) and not _STAYS.search(
                words
            )
            is_begun = all_apart(rule.say, words)
            if is_undone or is_begun:
                found.append((part, rule, is_undone))
    return tuple(each for each in found if each[2] == found[0][2])  # an event does not end in one part what it begins in another


_BESIDE = re.compile(
    r",? (?:because|since|although|though|while|whereas|if|unless|until|after|before|when|whether|who|which|whose|as long as)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
""" "Producers oppose it because buyers ban the meat": what a sentence tells by the way begins nothing."""
_NOT_DONE = re.compile(
    r"\b(?:not|never|neither|nor|cannot|\w+n[’']t|refus\w+ to|declin\w+ to|fail\w* to)\s+(?:(?:yet|ever|been|be|have|fully|quite) )*[\w’'-]+",
    re.IGNORECASE,
)
""" "Has not closed the border": the deed that is denied."""
_ONLY_POSSIBLE = re.compile(
    r"\b(?:possible|potential|possibility|prospect|threat|threats|threaten\w*|fears?|fearing|feared|risks?|danger|"
    r"calls? for|called for|calling for|"
    r"demands?|demanded|urged?|urges|proposed?|proposals?|plans?|planned|planning|considers?|considered|considering|discuss\w*|debat\w*|rumou?r\w*|"
    r"opposes?|opposed|against|avoid\w*|prevent\w*|warn\w*|prepar\w*|ready|without|instead of|rather than|no longer)\b",
    re.IGNORECASE,
)
""" "A possible closure of the border", "calls for a ban": nothing that holds."""


def states_at_start(
    sentences: Iterable[ReportSentence], parts: Sequence[MechanismChoice], as_of: date
) -> dict[tuple[str, str], Claim]:
    """(alias, trigger) -> the claim by which it holds already on the day: told as a fact, or decided for a day that is here."""
    found: dict[tuple[str, str], Claim] = {}
    for sentence in sentences:
        for claim in sentence.claims:
            if (
                claim.quantity is not None
                or claim.ctype == "assessment"
                or claim.stance not in ("affirmed", "negated")
                or claim.hedge.kind not in ("asserted", "certain")
                or is_undecided(sentence.text)
            ):
                continue
            if _HYPOTHETICAL.search(claim.paraphrase) or (claim.modality != "actual" and not _is_here(claim, as_of)):
                continue
            main = _NOT_DONE.sub(" ", _BESIDE.sub("", claim.paraphrase))
            if _ONLY_POSSIBLE.search(main):
                continue
            for part in parts:
                for rule in part.filled.rule.triggers:
                    if all_apart(rule.say, main) and not pattern(f"{rule.undo} {rule.banned}").search(claim.paraphrase):
                        found.setdefault((part.alias, rule.name), claim)
    return found


def _is_here(claim: Claim, as_of: date) -> bool:
    days = re.findall(r"\d{4}-\d{2}-\d{2}", (claim.time.value or "") if claim.time is not None else "")
    return bool(days) and (date.fromisoformat(days[0]) - as_of).days <= 7


_SMALL = frozenset(
    "the a an of to in on at by for with from and or but as is are was were be been has have had will would could may might that this it its "
    "their his her he she they not no than more most about up some any there which who what how one two into if so said says say also only "
    "after before until when while per cent percent put chance we expect expects think fear fears likely unlikely very end before year month "
    "next last new over under again still other others".split()
)


def _content(words: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return [word for word in re.findall(r"[a-z][a-z]{2,}", plain.lower()) if word not in _SMALL]


def _name(one: ReportedPrediction, triggers: Sequence[Trigger], taken: set[str]) -> str:
    """A short name of its own: from the part that it sets, else from the words that carry the sense."""
    if triggers:
        part, rule, is_undone = triggers[0]
        return f"{part.alias}_{rule.name}_{'ends' if is_undone else 'begins'}"
    words = _content(one.words)[:3] or ["it", "comes"]
    base = "_".join(word[:12] for word in words)
    base = base if "_" in base else f"{base}_comes"  # a word alone may be the name of a unit or of a part
    name, number = base, 2
    while name in taken:
        name, number = f"{base}_{number}", number + 1
    return name
