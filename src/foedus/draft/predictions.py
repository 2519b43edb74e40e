"""What reports predict, fear or say may be decided: by sentence, with its day, its chance and the figure it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from foedus.draft.ahead import IS_DONE, is_ahead, is_beside
from foedus.draft.conditions import Conditioned, chance_in_words, conditioned, is_as_things_are, is_chance_alone, is_of_now
from foedus.draft.days import day_of, first_of_month, is_past, last_day, words_of_day
from foedus.draft.facts import Fact
from foedus.draft.likelihood import UNLESS, chance_of, give_or_take, under_condition
from foedus.draft.refusals import NEGATED
from foedus.draft.supposed import is_supposed
from foedus.draft.turned import WhatComes, turned_round
from foedus.draft.whereabouts import is_common_word
from foedus.draft.wording import BY_THEN, bare, is_undecided, without_attribution, without_bullet, yes_or_no
from foedus.draft.words import MONTH
from foedus.evidence.claim import Claim

__all__ = ["ReportSentence", "ReportedPrediction", "predictions"]

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
        first: the first day on which it may come, where the words name the month in which it does; None for any day up to `day`.
        series: the figures of a row that has a day for each ("to 25 in May, 22 in June"), whose last `day` then is; () where there is none.
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
    series: tuple[tuple[Fact, date], ...] = ()
    first: date | None = None

    @property
    def is_held(self) -> bool:
        """Whether it is said to stay as it is until its day, on which it is seen whether it has."""
        return self.day is not None and _STAYS_UNTIL.search(self.words) is not None

    @property
    def is_verbatim(self) -> bool:
        """Whether its words stand so in the report; else they are put in other words, and are no quotation."""
        return self.words[1:] in " ".join(self.sentence.text.split())

    @property
    def claims(self) -> tuple[Claim, ...]:
        return self.sentence.claims


def predictions(sentences: Iterable[ReportSentence], as_of: date) -> list[ReportedPrediction]:
    """The sentences that say something about what is to come after a day, in their order."""
    told = list(sentences)
    lowered = _no_names([sentence.text for sentence in told])
    found: list[ReportedPrediction] = []
    for place, sentence in enumerate(told):
        if is_supposed(sentence.text):
            continue
        one = _prediction(sentence, as_of, lowered)
        if one is not None and BY_THEN.search(sentence.text):
            one = _by_that_day(one, told[place - 1] if place else None, as_of)
        if one is not None and is_chance_alone(sentence.text):
            if one.chance_fact is not None:
                _add_chance(found, one)
        elif one is not None:
            found.append(one)
    return found


def _by_that_day(one: ReportedPrediction, before: ReportSentence | None, as_of: date) -> ReportedPrediction | None:
    """A prediction of what comes "by then" with its day, else that which the sentence before it names; None where that names none to come."""
    if one.day is not None:
        return replace(one, words=BY_THEN.sub("", one.words))
    is_next = before is not None and before.claims[0].document == one.claims[0].document
    day = day_of(before.claims, before.text, as_of)[0] if before is not None and is_next else None
    if day is None or day <= as_of:
        return None
    return replace(one, day=day, is_on=False, words=BY_THEN.sub("", one.words))


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
    figures = _still_open(sentence, chance_fact)
    ahead = [claim for claim in sentence.claims if is_ahead(claim, sentence.text, as_of)]
    in_words = None if chance_fact is not None else chance_in_words(sentence.text)
    if not ahead and chance_fact is None and in_words is None:
        return None
    is_told = chance_fact is not None or in_words is not None or bool(figures)
    is_left_open = is_undecided(sentence.text)  # "will decide whether to halt it" asks nothing of the reader
    if not is_told and not is_left_open and any(claim.stance in ("asked", "denied", "retracted") for claim in ahead):
        return None
    is_put = any(claim.stance == "conditional" for claim in ahead) or _CONDITION.search(sentence.text) is not None
    is_under_it = is_put and not is_as_things_are(sentence.text)
    is_conditional = chance_fact is None and is_under_it and not _NEVER.search(sentence.text)
    if is_under_it and not is_told and not is_conditional:
        return None
    if (chance_fact is None and is_past(sentence.claims, as_of)) or is_of_now(sentence.text) or _LONG_AGO.match(sentence.text):
        return None
    parted = conditioned(sentence.text) if is_conditional or is_under_it else None
    if parted is not None and chance_fact is None and _NOT_SO.search(parted.condition):
        return None
    figures = _outside(figures, parted)
    main = max(
        ahead or sentence.claims, key=lambda claim: (not is_beside(claim, sentence.text), (claim.end or 0) - (claim.start or 0))
    )
    if chance_fact is None and not is_left_open and main.stance in ("denied", "retracted"):
        return None
    behind = {fact.claim.id for fact in sentence.facts if fact.moment == "past"}  # "to rise from 79 feet in May to 81 in July"
    day, is_on = day_of([one for one in sentence.claims if one.id not in behind], sentence.text, as_of)
    series = _series(figures, as_of)
    day, is_on = (max(last for _, last in series), False) if series else (day, is_on)
    chance, because = chance_of(sentence.text, ahead or list(sentence.claims), chance_fact)
    if in_words is not None:
        chance, because = give_or_take(in_words)
    if is_conditional:
        chance, because = under_condition(sentence.text, chance, because)
    decider = _decider(main, sentence.text)
    said, words = _said(sentence, main, chance_fact, is_conditional)
    is_apart = parted is not None and is_conditional and not _PRONOUN.match(parted.said) and not _PRONOUN.match(parted.condition)
    words = parted.said if parted is not None and is_apart else words
    if (revised := _REVISED.search(said)) is not None and not is_conditional:
        words = f"{revised['what'].strip()} of {revised['figure']}"
    came = WhatComes(said, words, chance, because)
    is_refused = in_words is None and chance_fact is None and _is_refusal(main, sentence)
    comes = came if is_conditional else turned_round(came, is_dated=day is not None, is_refused=is_refused)
    if comes is None:
        return None
    said, words, chance, because = comes.said, comes.words, comes.chance, comes.because
    if chance_fact is None and (
        (main.actor and _ADVISED.search(said))
        or (day is None and (_SHOULD_NOT.search(sentence.text) or _is_none(words, bool(figures))))
    ):
        return None  # what somebody is advised to do is no prediction either
    is_asked_of = chance_fact is None and _ASKED_OF.search(sentence.text) and not _FORESEES.search(sentence.text)
    if not said or _OPINION.search(words) or is_asked_of:
        return None
    asked = yes_or_no(said, lowered, _times(sentence, day, as_of))
    if is_conditional:
        asked = yes_or_no(parted.said, lowered, []) if parted is not None else ""
    if _AS_SAID.search(asked) or (not asked and _NO_SUBJECT.match(words)):
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
        is_conditional and not UNLESS.search(sentence.text),
        is_undecided(sentence.text),
        main.id,
        parted if is_apart else None,
        "" if asked or is_apart else _pointed_at(sentence, words),
        series,
        None if is_on else first_of_month(sentence.text, day),
    )


_STAYS_UNTIL = re.compile(
    r"\b(?:stays?|remains?|continues?|lasts?|holds?|keeps?|runs?|applies|apply|be (?:\w+ )?(?:in force|in place|closed|open|shut|suspended|"
    r"banned|free|barred|extended|frozen))\b[^.;]*\b(?:until|till|through)\b",
    re.IGNORECASE,
)
""" "Imports will stay free of duty until 15 February"."""


def _decider(main: Claim, text: str) -> str:
    """Who decides, by the words; "" for nobody."""
    decides = _DECIDES.search(text)
    return main.actor or (decides.group() if decides and _OPEN.search(text) else "") or ""


def _outside(figures: Sequence[Fact], parted: Conditioned | None) -> tuple[Fact, ...]:
    """The figures that are no part of a condition."""
    return tuple(fact for fact in figures if parted is None or not parted.is_in_condition(_figure_text(fact)))


def _is_refusal(main: Claim, sentence: ReportSentence) -> bool:
    """Whether words say of a deed, or of every figure that they tell, that it does not come."""
    figures = [claim for claim in sentence.claims if claim.quantity is not None]
    return main.stance == "negated" and all(claim.stance == "negated" or claim.polarity != "+" for claim in figures)


def _said(sentence: ReportSentence, main: Claim, chance_fact: Fact | None, is_conditional: bool) -> tuple[str, str]:
    """What is said to come, as a sentence, and as words that stand by themselves."""
    is_whole = len(main.paraphrase) <= 20 or _PRONOUN.match(main.paraphrase) or is_conditional
    is_whole = (is_whole and not _IT_IS_LIKELY.match(sentence.text)) or _is_cut_off(main.paraphrase, sentence.text, chance_fact)
    told = _SURE_OF_ITSELF.sub(r"\g<who> ", without_bullet(sentence.text if is_whole else main.paraphrase))
    said = _still_to_come(_HAS_SAID.sub(_who_says, told), chance_fact)
    aside = _OF_A_THING.search(said)
    said = f"{aside['who']} will {aside['does']}" if aside is not None and not is_conditional else said
    plans = None if is_conditional or chance_fact else _PLANS_BESIDE.match(sentence.text)
    said = f"{plans['who']} will {plans['does']}" if plans is not None else said
    aside = aside or plans
    is_kept = bool(is_whole) and not chance_fact and aside is None and not _is_of_signs(sentence.text)
    is_kept = is_kept and not _SURE_OF_ITSELF.match(sentence.text)
    return said, without_attribution(" ".join(said.split()) if is_kept else bare(said))


_SURE_OF_ITSELF = re.compile(
    r"^(?P<who>(?:[Tt]he |[Aa]n? |[A-Z])[\w’' -]{1,60}?) (?:(?:said|says|added) (?:that )?(?:it|they|he|she) )?(?:was|were|is|are) "
    r"(?:about |almost |nearly )?\d[\d.]* ?(?:%|per ?cent) (?:certain|sure|confident|convinced) (?:that )?(?:it|they|he|she) (?=will|would)"
)
""" "The firm said it was 80 % sure that it would sell": the firm would."""


def _is_cut_off(words: str, text: str, chance: Fact | None) -> bool:
    """Whether the words of a claim tell a chance and not of what, which their sentence does: "a 30 % chance | that nurses strike"."""
    of_what = _CHANCE_THAT.search(text) if chance is not None else None
    return of_what is not None and " ".join(of_what["what"].split()[:3]) not in words


_CHANCE_THAT = re.compile(
    r"\b(?:chances?|probability|likelihood|odds|certain|sure|confident|convinced) that (?P<what>[^;]+)", re.IGNORECASE
)


def _series(figures: Sequence[Fact], as_of: date) -> tuple[tuple[Fact, date], ...]:
    """The figures of a row of which each has a day of its own, still to come; () where fewer than two have, or two have the same."""
    dated = [(fact, day) for fact in figures if (day := day_of([fact.claim], _own_part(fact, figures), as_of)[0]) is not None]
    days = [day for _, day in dated]
    return tuple(dated) if len(days) > 1 and len(set(days)) == len(days) else ()


def _own_part(fact: Fact, figures: Sequence[Fact]) -> str:
    """A figure's part of its sentence, up to the next figure of its row."""
    end = min(
        (
            place
            for one in figures
            if one is not fact and (place := fact.near.find(one.written, fact.near.find(fact.written) + 1)) > 0
        ),
        default=len(fact.near),
    )
    return fact.near[:end]


def _still_open(sentence: ReportSentence, chance: Fact | None) -> tuple[Fact, ...]:
    """The figures of a sentence that are expected and not settled."""
    refused = ("", "it is put under a condition", "it is doubted", *NEGATED)
    return tuple(
        fact
        for fact in sentence.facts
        if fact is not chance and fact.moment in ("expected", "change") and fact.refused in refused
    )


def _still_to_come(said: str, chance: Fact | None) -> str:
    """Of words that tell what somebody has done what he will do besides; "" where they tell nothing of the kind."""
    if chance is not None or not IS_DONE.search(said):
        return said
    if (signs := _SIGNS.search(said)) is not None:
        return signs["what"].rstrip(" .")
    goes_on = _GOES_ON.match(said)
    return f"{goes_on['who']} {goes_on['does']}" if goes_on is not None else ""


def _is_of_signs(text: str) -> bool:
    """Whether a sentence tells what is done, with signs of what may come."""
    return IS_DONE.search(text) is not None and _SIGNS.search(text) is not None


def _is_none(words: str, has_figures: bool) -> bool:
    """Whether words without a day tell of no event: how long something takes, what somebody knows."""
    if (
        _WAS_PLANNED.search(words)
        or _OF_IT_ALONE.search(words)
        or _TO_READERS.search(words) is not None
        or _AT_THAT_RATE.match(words) is not None
    ):
        return True
    if not has_figures and _MEANT_TO.search(words) is not None:
        return True
    return (
        _IS_PERHAPS.search(words) is not None
        or _TAKES.search(words) is not None
        or (not has_figures and (_NO_EVENT.match(words) is not None or _HELPS.search(words) is not None))
    )


_WAS_PLANNED = re.compile(
    r"\b(?:was|were|had been) (?:[a-z]+ly |first |at first )?(?:planned|meant|supposed|intended|designed|conceived) (?:to|as|for)\b"
)
""" "The mission was planned to have 2,500 men": a plan of before, and nothing that comes."""
_OF_IT_ALONE = re.compile(r"\bto [a-z]+ (?:it|them|this|that)\W*$")
""" "Are expected to oppose it": to oppose what the words do not say."""
_MEANT_TO = re.compile(r"\b(?:is|are|was|were) (?:intended|meant|designed|aimed|supposed) (?:to|at)\b(?! be\b)")
""" "The move is meant to calm savers": what for, not what comes."""
_HELPS = re.compile(r"\b(?:to|will|should|would|could|may|might) (?:also |certainly |surely )?help\b")
""" "Full stores will help us in winter": of which nobody can say afterwards whether they did."""
_IS_PERHAPS = re.compile(
    r"\b(?:may|might|could|to) (?:already |now |currently |still )?be (?:waiting|living|hiding|held|trapped|stranded|stuck|hungry)\b"
)
""" "Another 100,000 may be waiting": what is perhaps so already."""
_HAS_SAID = re.compile(
    r"^(?P<who>(?:[A-Z]|the |an? )[\w’' -]{1,60}?) (?:has|have) "
    r"(?:said|announced|warned|promised|vowed|pledged|declared|predicted|insisted)(?: that)? "
    r"(?:(?P<self>it|they|he|she) (?=(?:will|would|could|may|might)\b)"
    r"|(?=(?:there|the|an?|its|their|[A-Z][a-z]+) (?:[\w’'-]+ ){0,6}?(?:will|would|could|may|might)\b))",
    re.IGNORECASE,
)
""" "The firm has said it will stop": what was said is done, what it says is to come."""
_TO_READERS = re.compile(r"^\W*(?:careful |attentive )?(?:readers?|viewers|listeners)\b", re.IGNORECASE)
_AT_THAT_RATE = re.compile(r"^\W*at (?:that|this) (?:rate|pace|speed)\b", re.IGNORECASE)
""" "At that rate stocks would last for a month": a sum, with no day by which it would have come."""


_SHOULD_NOT = re.compile(r"\b(?:should|must|ought to) not be\b")
""" "These families should not be sent back": what somebody asks for."""


def _who_says(found: re.Match[str]) -> str:
    """What stands for "the firm has said it" before "will stop": the firm; nothing, where it says so of somebody else."""
    return f"{found['who']} " if found["self"] else ""


_ADVISED = re.compile(r"^[^,;:]{0,80}\b(?:should|must|ought to|needs? to|has to|have to)\b(?! (?:see|be|have)\b)")
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
_LONG_AGO = re.compile(
    r"\W*(?:(?:some|a few|several|many|two|three|six) )?(?:weeks|months|years) ago\b"
    rf"|\W*When [^,]{{0,80}}?\b(?:was|were|had|\w+ed)\b[^,]{{0,80}}?\b(?:in|on) (?:\d{{1,2}} )?(?:early |late )?(?:{MONTH})\b[^,]{{0,20}}, "
    r"[^,]{0,80}?\b(?:told|said|promised|pledged|vowed|agreed|warned)\b",
    re.IGNORECASE,
)
""" "When the town fell in February, the king told the envoys that he would sign": what was said then."""


def _pointed_at(sentence: ReportSentence, words: str) -> str:
    """The sentence that says what a pronoun stands for with which the words begin; "" where they begin with none."""
    before = next((fact.before.strip() for fact in sentence.facts if fact.before.strip()), "")
    return re.split(r"(?<=[.!?])[ ]+(?=[A-Z])", before)[-1] if _POINTS_BACK.match(words) else ""


_POINTS_BACK = re.compile(r"\W*(?:it|they|he|she)\b", re.IGNORECASE)
_NO_SUBJECT = re.compile(
    r"\W*(?:[a-z]{3,}ing (?:the|an?|its|their|fears?|hopes?|concerns?)|to|is|are|was|were|be|would|will|could|might|has|have|had)\b",
    re.IGNORECASE,
)
"""What begins with its verb does not say of whom it is told: the sentence does."""
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
_OPEN = re.compile(
    r"\b(?:could|may|might|will|would|is to|are to|decid\w*|consider\w*|weigh\w*|mull\w*|debat\w*|threaten\w*|plan\w*)\b"
)


def _times(sentence: ReportSentence, day: date | None, as_of: date) -> list[str]:
    """The words by which the claims of a sentence name a day."""
    times = [claim.time for claim in sentence.claims if claim.time is not None and claim.time.text]
    told = [one.text for one in times if one.text and day is not None and last_day(one.value or "", as_of) == day]
    return told + words_of_day(sentence.text, as_of, day)


_TAKES = re.compile(
    r"^[^,;:]{2,120}?\b(?:to|will|would|could|may|might|can|should) (?:probably |likely |only |still |now |also )*"
    r"(?:take|cost|require|need)s? (?:up to |at least |at most |about |around |some |roughly |nearly |almost |more than |less than |over |"
    r"an estimated |only |another |between |as much as |as many as |an? (?:further |extra |additional )?)*[$€£]?"
    r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands|millions|billions|"
    r"weeks?|months?|years?|decades?|several|many|a few)(?![\w-])",
    re.IGNORECASE,
)
""" "Repairs will take six months", "it would cost 300 million": how long or how dear, with no day by which it would have come."""


# words of which nobody could say afterwards whether it came: they describe, ask, or speak of what somebody knows
_NO_EVENT = re.compile(
    r"\W*(?:how|what|why|whether|there (?:is|are|was|were|has|have)|(?:this|that|it|these|those|they) (?:is|are|was|were)|it[’']s"
    r"|[^:.;]{2,60}: (?:how|what|why|who|where)|like (?:you|we|i|they|one)"
    r"|(?:we|you|i) (?:do not|don[’']t|know|need|have|should|are|can|cannot|can[’']t|hope))\b",
    re.I,
)


_OF_A_THING = re.compile(
    r"(?P<who>\b(?:an?|the) [\w’'-]+(?: [\w’'-]+){0,4}?) (?:that|which) (?:is|are) "
    r"(?:expected|likely|forecast|projected|due|set) to (?P<does>[^,;]+)",
    re.IGNORECASE,
)
"""A prediction by the way: "because of a drought that is expected to last until May, the lock has cut its hours"."""
_PLANS_BESIDE = re.compile(
    r"(?P<who>(?:[Tt]he |[Aa]n? )?[A-Z\w][\w’' -]{1,60}?), (?:which|who) (?:plans?|intends?|(?:is|are) (?:expected|due|set|planning)) to "
    r"(?P<does>[^,;]+), (?=[a-z]+(?:ed|nt|ght|ld|de|ut)?\b)(?!but\b|and\b|or\b)(?!(?:could|may|might|will|would|is|are|plans?)\b)"
)
""" "The firm, which plans to cut 90 posts, closed a mill in May": what is still to come of who has done something else."""
_OPINION = re.compile(
    r"\bbe (?:an?|the) (?:\w+ )?(?:issue|problem|question|factor|concern|challenge|theme)\W*$"
    r"|\bbe (?:very |most |more )?(?:important|crucial|critical|vital|essential|key|worth|useful|interesting|hard|difficult|easy) (?:to )?"
    r"(?:monitor|watch|follow|note|see|know|say|tell|remember|understand|keep)\w*\b"
    r"|\bbe on the (?:low|high|safe|conservative|optimistic) side\b"
    r"|\b(?:has|have|needs?|ought) to be (?:monitored|watched|followed|seen|studied|kept in mind)\b"
)
"""What something is to somebody, of which nobody can say afterwards whether it came."""


_PRONOUN = re.compile(r"^\W*(?:it|them|they|he|she|him|that|this|these|those|of|which|who|what)\b", re.IGNORECASE)


_IT_IS_LIKELY = re.compile(r"\W*it (?:is|seems|looks) (?:very |highly |quite )?(?:un)?likely that ", re.IGNORECASE)
_SIGNS = re.compile(r"\b(?:indications?|signs?|hints?|speculation) that (?P<what>[^;]*\b(?:could|may|might|will|would)\b.*)$")
_GOES_ON = re.compile(
    r"^(?P<who>[^,;:]{2,80}?) (?:has|have) [^;:]+?,? (?:and|but) (?:it |they |he |she )?"
    r"(?P<does>(?:will|could|may|might|plans? to) (?!not\b)[^;:]+)$"
)
""" "Has built a bridge and will cross it in June": what is still to come of who has done something."""
