"""What the predictions of reports ask of a case: a question with its answer, an event that may come, a state that is so from the start."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from foedus.draft.choosing import MechanismChoice
from foedus.draft.facts import Fact
from foedus.draft.matching import price_factor
from foedus.draft.predictions import ReportedPrediction, ReportSentence
from foedus.draft.rules import AnswerRule, TriggerRule
from foedus.draft.things import class_of, thing_of
from foedus.draft.whereabouts import states_in
from foedus.draft.wording import is_undecided
from foedus.draft.words import all_apart, pattern, words_in
from foedus.evidence.claim import Claim

__all__ = ["PredictedEvent", "Target", "Trigger", "happenings", "states_at_start", "targets"]


@dataclass(frozen=True)
class Target:
    """A predicted figure of something that a part gives, or that what it gives comes, which no figure tells.

    Attributes:
        fact: the figure; None where it is told that it comes, or that it reaches the limit that other figures tell (`is_limit`).
    """

    prediction: ReportedPrediction
    fact: Fact | None
    part: MechanismChoice
    answer: AnswerRule
    is_limit: bool = False


Trigger = tuple[MechanismChoice, TriggerRule, bool]


@dataclass
class PredictedEvent:
    """An event of the model: one or several predictions of the same thing.

    Attributes:
        triggers: what it sets in parts: part, rule, and whether it ends what the trigger begins; empty for what changes no slot.
        is_turned: the predictions say that something goes on, and the event is that it does not: its chance is what theirs leaves.
    """

    name: str
    predictions: list[ReportedPrediction] = field(default_factory=list)
    triggers: tuple[Trigger, ...] = ()
    is_turned: bool = False

    @property
    def first(self) -> ReportedPrediction:
        """The one that says most: with a figure for its chance, then with a day."""
        return min(self.predictions, key=lambda one: (one.chance_fact is None, one.day is None))


_HYPOTHETICAL = re.compile(
    r"^\W*(?:if|without|were|had)\b|\b(?:if|provided|once|chance|probability|would|could)\b", re.IGNORECASE
)


_ANNOUNCES = re.compile(r"^(?:\w+ )?(?:steps|options|scenarios|outcomes|things|ways|questions|factors)\b", re.IGNORECASE)


_SUPPOSED = re.compile(r"^\W*(?:if|were|had|suppose|without)\b", re.IGNORECASE)


def targets(
    found: Iterable[ReportedPrediction], parts: Sequence[MechanismChoice]
) -> tuple[list[Target], list[ReportedPrediction]]:
    """Predicted figures of what parts give, and the predictions that are left."""
    told, left = [], []
    for one in found:
        figures = () if one.is_open else one.figures  # what somebody is to decide on is no forecast of its figure
        hits = [Target(one, fact, *best) for fact in figures if (best := _answer(fact, one, parts)) is not None]
        by_day = {fact.claim.id: day for fact, day in one.series}
        rows = [
            replace(hit, prediction=replace(one, day=by_day[hit.fact.claim.id]))
            for hit in hits
            if hit.fact and hit.fact.claim.id in by_day
        ]
        hits.sort(key=lambda hit: hit.fact is None or not words_in(hit.answer.say, hit.fact.near))
        told += rows or hits[:1]
        if not hits and (full := _filling(one, parts)) is not None:
            hits = [Target(one, None, *full, is_limit=True)]
            told += hits
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


def _filling(one: ReportedPrediction, parts: Sequence[MechanismChoice]) -> tuple[MechanismChoice, AnswerRule] | None:
    """What a part gives of which it is predicted that it reaches its limit: "tanks may be full within a month", where figures tell both."""
    if one.is_conditional or not _FULL.search(one.words) or _NOT_COMING.search(one.words):
        return None
    hits = (
        (part, answer)
        for part in parts
        for answer in part.filled.rule.answers
        if answer.limit and part.filled.slots.get(answer.limit.strip("{}")) and words_in(answer.say, _with_before(one))
    )
    return next(hits, None)


def _with_before(one: ReportedPrediction) -> str:
    return " ".join((*(fact.before for fact in one.sentence.facts[:1]), one.sentence.text))


_FULL = re.compile(
    r"\b(?:full|filled (?:up|to)|fill up|overflow\w*|overfull|overcrowded|(?:run|runs|running) out of (?:room|space|capacity|beds|storage)|"
    r"(?:reach|reaches|exceed|exceeds|pass|passes) (?:its|their|the) (?:limit|capacity))\b",
    re.IGNORECASE,
)
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
            said = _spoken_of(fact, prediction)
            kind = "level" if fact.kind == "number" and pattern(answer.say).search(said) else kind
            kind = "price" if fact.kind == "money" and "price" in answer.kinds else kind
            words = words_in(answer.say, said)
            districts = part.filled.districts
            if districts and fact.kind in ("level", "flow", "number") and not set(fact.within) & set(districts):
                continue  # what is foretold of the whole is none of two of its districts
            is_by_amount = fact.kind != "share" and (fact.moment == "change" or _is_besides(fact))
            if (
                kind == "level"
                and answer.plus
                and not all(name in part.filled.slots for name in re.findall(r"\{(\w+)\}", answer.plus))
            ):
                continue  # what is foretold in all cannot be held against what comes from the start on
            if is_by_amount or kind not in answer.kinds or not words or not _is_of(fact, part, kind):
                continue
            if pattern(answer.banned).search(prediction.sentence.text) or (answer.side and answer.side != fact.side):
                continue
            if best is None or len(words) > best[0]:
                best = len(words), part, answer
    return (best[1], best[2]) if best else None


def _spoken_of(fact: Fact, prediction: ReportedPrediction) -> str:
    """The sentence of a predicted figure, with those before it where a pronoun stands for what it is of: "it would exceed 8 million"."""
    text = prediction.sentence.text
    return f"{fact.before} {text}" if _IT_WILL.search(text) else text


_IT_WILL = re.compile(r"\b(?:it|they) (?:will|would|could|may|might|is|are)\b", re.IGNORECASE)


def _is_besides(fact: Fact) -> bool:
    """Whether an amount comes on top of what there is: "another 42,000", "42,000 more": of nothing that a part gives by then."""
    quantity = fact.claim.quantity
    place = fact.sentence.find(quantity.text) if quantity is not None and quantity.text else -1
    if quantity is None or not quantity.text or place < 0:
        return False
    behind = fact.sentence[place + len(quantity.text) :]
    return _MORE.search(quantity.text) is not None or _MORE_BEHIND.match(behind) is not None


_MORE = re.compile(
    r"\b(?:another|further|additional|extra)\b|\d[\d.,]* (?:(?:hundred|thousand|million|billion) )?more\b", re.IGNORECASE
)
_MORE_BEHIND = re.compile(r"\s+(?:more|further|additional|extra)\b(?! than\b)", re.IGNORECASE)


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
        if one.chance_fact is None and not one.is_open and _is_either_way(one, parts):
            continue
        triggers = () if one.is_conditional else _triggers(one, parts)
        one = replace(one, is_on=True, first=None) if one.is_held and not one.is_on and not triggers else one
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
    first = each.first
    if one.is_conditional != first.is_conditional or (one.day and first.day and one.day != first.day):
        return False
    if bool(_NEGATED.search(one.words)) != bool(_NEGATED.search(each.first.words)):
        return False
    if set(_NUMBER.findall(one.words)) != set(_NUMBER.findall(first.words)) and one.figures and first.figures:
        return False
    mine, others = set(_content(one.words)), set(_content(each.first.words))
    return bool(mine and others) and len(mine & others) >= 0.6 * min(len(mine), len(others))


_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
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
            if pattern(rule.banned).search(words) or (
                rule.is_own and _is_elsewhere(words, part) and not _OF_A_DEAL.search(words)
            ):
                continue
            is_undone = bool(pattern(rule.undo).search(words) and pattern(rule.say[-1]).search(words)) and not _STAYS.search(
                words
            )
            is_begun = all_apart(rule.say, words)
            if is_undone and _goes_on(rule, words):
                continue
            if is_undone or is_begun:
                found.append((part, rule, is_undone))
    return tuple(each for each in found if each[2] == found[0][2])  # an event does not end in one part what it begins in another


def _goes_on(rule: TriggerRule, words: str) -> bool:
    """Whether words say that what a trigger begins may go on: nothing then ends it, whatever else they name beside that."""
    return _EXTENDS.search(pattern(rule.undo).sub(" ", words)) is not None


def _is_either_way(one: ReportedPrediction, parts: Sequence[MechanismChoice]) -> bool:
    """Whether it is said of what a trigger begins that it may go on or end: "may extend it or replace it": of neither which."""
    words = _NOT_DONE.sub(" ", _DATES.sub(" ", one.words))
    rules = (rule for part in parts for rule in part.filled.rule.triggers)
    return any(
        pattern(rule.undo).search(words) and pattern(rule.say[-1]).search(words) and _goes_on(rule, words) for rule in rules
    )


_EXTENDS = re.compile(
    r"\b(?:extend|prolong|renew|maintain|retain|uphold|lengthen)(?:s|ed|ing)?\b|\b(?:keep|keeps|leave|leaves)(?: it| them| the [a-z]+| in)"
    r"|\b(?:extension|renewal|prolongation)\b",
    re.IGNORECASE,
)
""" "May extend the ban": it goes on."""


_OF_A_DEAL = re.compile(
    r"\b(?:deal|agreement|accord|corridor|initiative)\b[^.;]*\blaps\w+|\blaps\w+[^.;]*\b(?:deal|agreement|accord)\b",
    re.IGNORECASE,
)
""" "Chad lets the agreement lapse": it is of all who have made it."""


def _is_elsewhere(words: str, part: MechanismChoice) -> bool:
    """Whether words name states, and none of those whose amounts fill the part."""
    own = {place for fact in part.filled.facts if fact.kind in ("level", "flow", "share") for place in fact.places}
    named = set(states_in(words))
    return bool(own and named) and not own & named


_BESIDE = re.compile(
    r",? (?:because|since|although|though|while|whereas|if|unless|until|after|before|when|whether|who|which|whose|as long as)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
""" "Producers oppose it because buyers ban the meat": what a sentence tells by the way begins nothing."""
_NOT_DONE = re.compile(
    r"\b(?:[a-z]+ed|shut|built|put|made|had|has|have|taken|seen) no (?:[a-z]+ )?[a-z]+"
    r"|\b(?:not|never|neither|nor|cannot|\w+n[’']t|refus\w+ to|declin\w+ to|fail\w* to)\s+"
    r"(?:(?:yet|ever|been|be|have|fully|quite) )*[\w’'-]+",
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


_OF_ONE_WORKS = re.compile(
    r"^\W*(?:workers|staff|employees|members|strikers|drivers|teachers|nurses|crews|dockers|miners) (?:at|in|of) (?:the |its |one |a )?"
    r"(?:[\w’'-]+ ){0,4}(?P<works>refinery|plant|factory|mill|port|terminal|depot|"
    r"hospital|school|mine|smelter|airport|clinic|yard|university)\b",
    re.IGNORECASE,
)


def _is_of_one_works(words: str, text: str) -> bool:
    """Whether words tell what those of one works do, where the reports speak of several: "workers at the Orlo refinery suspended it"."""
    found = _OF_ONE_WORKS.match(words)
    return found is not None and re.search(rf"\b(?:{found['works']}s|{found['works'][:-1]}ies)\b", text) is not None


def states_at_start(
    sentences: Iterable[ReportSentence], parts: Sequence[MechanismChoice], as_of: date
) -> dict[tuple[str, str], Claim]:
    """(alias, trigger) -> the claim by which it holds already on the day: told as a fact, or decided for a day that is here."""
    found: dict[tuple[str, str], Claim] = {}
    sentences = tuple(sentences)
    text = " ".join(sentence.text for sentence in sentences)
    for sentence in sentences:
        for claim in sentence.claims:
            if (
                _is_of_a_figure(claim)
                or claim.ctype == "assessment"
                or claim.stance not in ("affirmed", "negated")
                or claim.hedge.kind not in ("asserted", "certain")
                or is_undecided(sentence.text)
            ):
                continue
            if _HYPOTHETICAL.search(claim.paraphrase) or (claim.modality != "actual" and not _is_here(claim, as_of)):
                continue
            main = _NOT_DONE.sub(" ", _BESIDE.sub("", claim.paraphrase))
            if _ONLY_POSSIBLE.search(main) or _is_of_one_works(main, text):
                continue
            for part in parts:
                for rule in part.filled.rule.triggers:
                    if rule.is_own and _is_elsewhere(main, part):
                        continue
                    if all_apart(rule.say, main) and not pattern(f"{rule.undo} {rule.banned}").search(
                        _DATES.sub(" ", claim.paraphrase)
                    ):
                        found.setdefault((part.alias, rule.name), claim)
    return found


def _is_of_a_figure(claim: Claim) -> bool:
    """Whether a claim tells a figure, and not only for how long something was decided: "suspended exports for 30 days"."""
    return claim.quantity is not None and claim.quantity_unit.removesuffix("s") not in ("day", "week", "month", "year")


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
