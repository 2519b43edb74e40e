"""How what is to come is put in words: bare ("the port to open again"), or as a question of yes or no ("Will the port open again")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.draft.words import MONTH

__all__ = ["BY_THEN", "bare", "is_undecided", "without_attribution", "without_bullet", "yes_or_no"]

_LEAD = re.compile(
    r"^(?:[Tt]he |[A-Z])[\w' ]{2,40}? (?:expects?|forecasts?|predicts?|estimates?|fears?) (?:that )?(?=an? |the |[A-Z])"
    r"|^.*?\b(?:chance|probability|likelihood|odds|danger|risk|possibility|prospect) "
    r"(?:that |(?:to|for) (?=(?:an?|the|no) )|of (?!(?:about |some |around )?\d))"
    r"|^.*?\d ?(?:%|per ?cent) (?:certain|sure|confident|convinced) (?:that )?"
    r"|^in an? (?:[a-z]+ )?(?:poll|survey) of [^,]+,? (?:about |some )?\d[\d.]* ?(?:percent|per cent|%) "
    r"(?:of \w+ )?(?:expect(?:ed)?|saw|see|predict(?:ed)?) (?:that )?|^(?:with [^,]+, )?(?:the |there (?:is|are) )?(?:growing )?"
    r"(?:fears?|hopes?|expectations?|worry|worries|concerns?) (?:(?:is|are|grow) )?that "
    r"|^(?:(?:I|we|they|he|she|[\w' ]{2,40}?) )?(?:consider|think|deem|find|believe|judge)s? it "
    r"(?:very |highly |most |quite )?(?:un)?likely (?:\([^()]{1,20}\) )?that "
    r"|^(?:I|we|they|he|she) (?:do not |don[’']t )?(?:think|expect|believe|fear|doubt)s? (?:that )?"
    r"(?:it (?:is|seems|looks) (?:very |highly |quite )?(?:un)?likely that )?"
    r"|^it (?:is|seems|looks) (?:very |highly |quite )?(?:un)?likely (?:\([^()]{1,20}\) )?that "
    r"|^(?:as |while |because |since )?[^,;]{3,120}, (?:we|I) (?:expect|fear|believe|think|predict|forecast) (?:that )?"
    r"|^[^;]*? (?:with|amid|on|are|is) (?:[a-z]+ )?(?:indications?|signs?|hints?|speculation) that "
    r"(?=(?:[\w’'-]+ ){1,8}?(?:could|may|might|will|would)\b)"
    r"|^(?:if|when) [^,]*, ",
    re.I,
)
_INSET = re.compile(
    r"^(?P<who>(?:(?:The|An?) )?[\w’' -]{2,40}), (?:which|who) [^,;]+, (?=(?:could|may|might|will|would|is|are|plans?)\b)"
)
_TAIL = re.compile(
    r"\s+(?:has|have|had|carries|carry) (?:an?|the|only an?|about an?) (?:\d+(?:\.\d+)? ?(?:to|-|–) ?)?\d+(?:\.\d+)? ?(?:percent|per cent|%) "
    r"(?:chance|probability|likelihood)\W*$|"
    r"\s+(?:at|is|are|stands at|to be) (?:about |some |around |perhaps |roughly )?"
    r"(?:(?:\d+(?:\.\d+)? ?(?:to|-|–|and) ?)?\d+(?:\.\d+)? ?(?:percent|per cent|%)|"
    r"(?:one|two|three|four) (?:in|out of) (?:two|three|four|five|six|seven|eight|nine|ten)|even)"
    r"(?:\W*$|(?= (?:by|before|until|within|this|next)\b))",
    re.I,
)
_WITH_CHANCE = re.compile(
    r",?\s+with (?:an?|the) (?:chance|probability|likelihood) of (?:about |some |around )?\d+(?:\.\d+)? ?(?:percent|per cent|%)\W*$",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(r"[,.]?[\"”]\s*,?\s*(?:\w+ ){0,3}?(?:said|says|told|added|warned|wrote)\b")
_SAID_BY = re.compile(
    r",\s+(?:we|I|they|he|she) (?:thinks?|believes?|says?|estimates?|reckons?|expects?|fears?|judges?)\W*$"
    r"|,\s+(?:[\w’'.-]+ ){1,8}?(?:said|says|told [\w ]{2,30}|added|warned|wrote|forecast|predicted|estimated|reckoned|judged)"
    r"(?: (?:on|late|in) [A-Z]?\w+)?\W*$"
)
_SAID_INSIDE = re.compile(r",\s+(?:[a-z][\w’'-]+ ){1,4}?(?:say|says|said|warn|warned|think|believe|reckon)(?=,\s)")
""" "Roads will be cut, aid workers say, and they hope …": who says it between two parts."""
_DATELINE = re.compile(r"^(?:[A-Z][A-Z.,’' -]{2,40}|[A-Z][A-Za-z, ]{2,40}\([A-Za-z ]+\))\s+[-–—]+\s+")
"""Where and by whom a report was sent: "LUSAKA - "."""
_UNSURE = re.compile(r"\s+(?:is|are|was|seems?|looks?) (?:very |highly |quite )?(?:un)?likely\b(?P<to> to)?", re.I)
_UNSURE_END = re.compile(
    r"\s+(?:is|are|was|seems?|looks?|remains?|would be|could be|will be) (?:very |highly |quite |still )?"
    r"(?:likely|unlikely|improbable|possible|conceivable)$",
    re.I,
)
_DOUBTED_END = re.compile(
    r"\s+(?:is|are|looks?|seems?|remains?|appears?) (?:very |highly |increasingly |still )?(?:doubtful|in doubt|improbable)\W*$",
    re.I,
)
""" "Elections by May look doubtful": whether there are elections is the question."""
_HEDGE = r"(?:(?:very|most|quite|highly|almost) )?(?:probably|possibly|likely|perhaps|surely|certainly)"
_MODAL = re.compile(
    rf"(?:\b{_HEDGE} )?\b(?:could|may|might|will|would)(?: (?:still|also|soon|even|{_HEDGE}\b(?! to\b)))* (?=[a-z]+)(?!not\b)"
)
""" "Will probably open": how surely it is said is no part of what is to come."""
_TURN = re.compile(r",\s+(?:so|but|and|which|who|if|when)\b")


_WHETHER = re.compile(
    r"\s+(?:(?:will|must|could|may|is|are|was|has|have)(?: now| still| soon| due| set| expected| yet)? (?:to |been )?)?"
    r"(?:decid|vot|consider|discuss|rul|debat|determin|weigh|mull)(?:e|es|ing|s)?\b(?! against)[^,;]{0,50}?\bwhether (?:or not )?to\s+"
)
_CONSIDERS = re.compile(
    r"\s+(?:(?:is|are) (?:now |still |also |actively |reportedly )?(?:considering|weighing|mulling|debating)|considers|mulls)"
    r" (?!whether|how|what|that\b)"
)


_BULLET = re.compile(r"^\s*(?:[-–—•*]|\d{1,2}[.)])\s+(?=\S)")


def without_bullet(text: str) -> str:
    """A line of a list without what stands before it: "- We expect …"."""
    return _BULLET.sub("", text)


def is_undecided(text: str) -> bool:
    """Whether it is said to be in somebody's hands: "is considering limits", "will decide on Friday whether to close it"."""
    return _WHETHER.search(text) is not None or _CONSIDERS.search(text) is not None


def _settled(text: str) -> str:
    """The same as what would come of the decision: "will decide in May whether to close it" as "will close it"."""
    return _CONSIDERS.sub(" will decide for ", _WHETHER.sub(" will ", text, count=1), count=1)


def without_attribution(words: str) -> str:
    """What is said without who says it behind it, and without the place and date before it."""
    said = _WITH_CHANCE.sub("", _ATTRIBUTION.split(words)[0].strip(' "“”,'))
    said = _SAID_INSIDE.sub("", said) if not re.search(r"[\"“”]", said) else said
    plain = _SAID_BY.sub("", _DATELINE.sub("", said)) if not re.search(r"[\"“”]", said) else said
    return plain if len(plain.split()) > 2 else said


def bare(text: str) -> str:
    """What is to come, without how surely it is said: "the port to open again", "a spread to Europe"."""
    words = _TAIL.sub("", _LEAD.sub("", _settled(without_attribution(" ".join(text.split())))))
    words = _DOUBTED_END.sub("", _UNSURE.sub(lambda match: match["to"] or "", words))
    modal = _MODAL.search(words)
    is_main = modal is not None and " not " not in words and not _TURN.search(words[: modal.start()])
    is_main = is_main and modal is not None and not _RELATIVE.search(words[: modal.start()])
    return _MODAL.sub("to ", words, count=1) if is_main and not _SPEAKING.match(words) else words


_RELATIVE = re.compile(r"\b(?:that|which|who)\s*$")
""" "A plant that would deliver 800 tonnes": what it would do is told by the way."""
_SPEAKING = re.compile(r"(?:we|I|they|he|she)\b", re.IGNORECASE)
"""Who speaks of himself is quoted as he said it: "we could cut output", where "we to cut output" would be nobody's words."""


# Between what acts and what it does, where something is to come: "could still", "is likely to", "is expected to", "plans to".
_AHEAD = re.compile(
    r"\s+(?:(?:could|may|might|will|would)|(?:is|are)(?: also| now| still| widely| very| highly)? "
    r"(?:expected|set|due|likely|unlikely|forecast|projected|predicted|planned|scheduled|poised|about) to"
    r"|(?:plans?|intends?|threatens?|is planning|are planning) to)\s+(?=[a-z])"
)
_ADVERB = re.compile(rf"^(?:(?:{_HEDGE}|also|still|even|soon|well|now|then|again|yet)\s+)+")
_ADVERB_BEFORE = re.compile(rf"\s+(?:{_HEDGE}|also|still|even|soon|now)$")
_ASIDE = re.compile(r",\s+(?:which|who|while|but|so|because|although|though|as|whereas|and (?:it|they|he|she))\b.*$")
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|cannot|does|do|did|could|may|might|will|would|must|should|that|which|who|whose|what|how|if|when|while|"
    r"because|unless|said|says)\b",
    re.I,
)
_PRONOUN = re.compile(r"\b(?:it|this|them|they|those|he|she|him|his|her|I|we|us|our|you|your|there|here)\b", re.I)
_OPEN = re.compile(r"\b(?:if|unless|once|provided|until|till|not|never|said|says|told|warned|wrote|added)\b|[;:?!…(]", re.I)
# what goes on or is so already, and what was done before, does not come by a day
_GOES_ON = re.compile(
    r"(?:stay|remain|continue|last|keep|hold|not|like|want|need|seem|appear|depend|mean)\b|have (?!an?\b|the\b|no\b|more\b|fewer\b|\d)"
)
_TIME = re.compile(
    rf"\b(?:{MONTH})\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:19|20)\d\d\b|\b(?:today|tonight|tomorrow|yesterday|soon|eventually)\b"
    r"|\b(?:next|this|last|coming|past) (?:day|week|month|quarter|season|year|decade|spring|summer|autumn|winter)\b"
    r"|\b(?:an?|one|two|three|four|five|six|ten|\d+|few|several) (?:hour|day|week|month|quarter|season|year|decade)s?\b"
    r"|\b(?:end|close|start|beginning|middle) of\b"
)
BY_THEN = re.compile(r",? by then(?=\W*$)", re.IGNORECASE)
_MOST_WORDS = 12
_LONGEST = 150


def yes_or_no(text: str, lowered: frozenset[str], times: Sequence[str]) -> str:
    """The question whether it comes, without its day and its question mark: "Will the port open again"; "" where the grammar is not sure.

    Args:
        text: what is said of it.
        lowered: words that the reports write small: a first word among them is no name.
        times: the words in it that name the day by which it is to come.
    """
    plain = _INSET.sub(r"\g<who> ", _settled(without_attribution(" ".join(text.split())).rstrip(" .")))
    lead = _LEAD.search(plain)
    words = _UNSURE_END.sub(" is likely", _TAIL.sub("", _LEAD.sub("", plain, count=1)))
    ahead = lead.group().rstrip().lower() if lead else ""
    found = None if ahead.startswith(("if ", "when ")) else _parts(words, ahead)
    if found is None or _is_unbalanced(words):
        return ""
    subject, does = found
    does = _without_day(does, times)
    if _OPEN.search(does) or _TIME.search(does) or _PRONOUN.search(does) or _is_doubtful(subject):
        return ""
    first, _, rest = subject.partition(" ")
    is_name = not {first.lower(), first.lower().removesuffix("s")} & lowered or _begins_a_name(first, rest)
    subject = f"{first if is_name else first.lower()} {rest}".strip()
    asked = f"Will {subject} {does}"
    return asked if len(asked) <= _LONGEST else ""


def _begins_a_name(first: str, rest: str) -> bool:
    """Whether a first word that is no name by itself is the head of one: "Doctors Without Frontiers", not "Two Peruvian ships"."""
    if not first[:1].isupper() or _BEFORE_NAMES.fullmatch(first) or not re.match(r"[A-Z][a-z]", rest):
        return False
    return _OF_A_LAND.match(rest) is None


_BEFORE_NAMES = re.compile(
    r"the|an?|this|that|these|those|some|many|most|all|both|several|any|each|every|another|other|more|fewer|few|only|even|former|rival|senior|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|hundreds|thousands|millions",
    re.IGNORECASE,
)
_OF_A_LAND = re.compile(r"[A-Z][a-z]+(?:ian|ish|ese|ean|can|ani|qi|eli|emi|rench|utch|reek|wiss|zech|hai|erman)s?\b(?! [A-Z])")
""" "Peruvian ports": a word that says whose, behind which no name goes on."""


def _parts(words: str, lead: str) -> tuple[str, str] | None:
    """(what acts, what it does) of the main clause; a thing of which a chance is told comes as there being it."""
    ahead = _AHEAD.search(words)
    if ahead is not None and not _TURN.search(words[: ahead.start()]):
        subject = _ADVERB_BEFORE.sub("", words[: ahead.start()])
        does = _ASIDE.sub("", _ADVERB.sub("", words[ahead.end() :]))
        return None if _GOES_ON.match(does) or not re.match(r"[a-z]", does) else (subject, does)
    if lead.endswith(" that") and (state := re.search(r"\s+(?:is|are) (?!not\b|to\b)(?=[a-z])", words)):
        return words[: state.start()], f"be {words[state.end() :]}"
    is_told = lead != "" or _UNSURE_END.search(words) is not None
    words = _UNSURE_END.sub("", words)
    if lead.endswith(" that") or not re.match(r"an? ", words, re.IGNORECASE) or _CLAUSE.search(words):
        return None
    subject, is_done, does = words.partition(" to be ")  # "expects a deal to be reached"
    if is_done:
        return subject, f"be {does}"
    is_thing = is_told and not re.search(r"\w{2}ing\b|,| to (?=[a-z])", words)
    return ("there", f"be {words[:1].lower()}{words[1:]}") if is_thing else None


def _without_day(does: str, times: Sequence[str]) -> str:
    """The same without the words at its end that name the day."""
    for time in times:
        does = re.sub(rf",? (?:(?:by|before|on|in|within|at|from|as of|starting) )?(?:the )?{re.escape(time)}$", "", does)
    return BY_THEN.sub("", does).rstrip(" ,")


def _is_doubtful(subject: str) -> bool:
    """Whether what acts may be more than a thing with its name: a clause, a pronoun, a list of which only the end was read."""
    if subject == "there":
        return False
    commas = subject.count(",")
    is_apposition = commas == 2 and subject.endswith(",")
    is_list = commas > 0 and " and " in subject and not subject.endswith(",")
    is_many = commas > 0 and not is_apposition and not is_list
    doing = re.match(r"\w{2,}ing\b", subject) is not None
    return (
        not subject
        or is_many
        or doing
        or _NO_THING.match(subject) is not None
        or len(subject.split()) > _MOST_WORDS
        or bool(_CLAUSE.search(subject) or _PRONOUN.search(subject) or re.search(r"[;:…(]", subject))
    )


_NO_THING = re.compile(
    r"(?:its|their|our|my|for|in|on|at|by|with|without|beyond|after|before|since|from|to|of|as|under|over|but|and|or|so|yet|then|no|nobody|"
    r"none|nothing|neither|few)\b",
    re.IGNORECASE,
)


def _is_unbalanced(words: str) -> bool:
    """Whether a quotation begins or ends outside."""
    return words.count('"') % 2 == 1 or words.count("“") != words.count("”")
