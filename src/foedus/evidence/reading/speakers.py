"""Whom a source stands for: full names and roles for surnames, pronouns and descriptions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from foedus.evidence.reading.actors import Actors, source_type
from foedus.evidence.reading.choice import Bond, choose
from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.lexicon import phrases, table
from foedus.evidence.reading.persons import NAME, bare_name, full_names, titled
from foedus.evidence.reading.units import singular

__all__ = ["RIVALS", "UNKNOWN", "Speaker", "Speakers"]

_PRONOUNS = {"he", "she", "they", "it", "who", "which", "that", "his", "her", "their", "him", "i", "we", "the"}
_DESCRIBED = {
    "the agency",
    "the official",
    "the analyst",
    "the expert",
    "the minister",
    "the group",
    "the organisation",
    "the organization",
    "the ministry",
    "the commission",
    "the spokesman",
    "the spokeswoman",
    "the doctor",
    "the company",
    "the bank",
}


@dataclass(frozen=True)
class Speaker:
    """A source as a person or body: its name with its role, its type, and how the mention leads to it."""

    canonical: str
    type: str
    link: str
    name: str
    is_person: bool = False


UNKNOWN = Speaker("UNKNOWN", "anonymous", "none", "")
"""Somebody speaks, and the text does not let the reader see who."""


RIVALS = replace(UNKNOWN, link="rivals")
"""One of several, of whom none is nearer than the others."""


def _by_nearness(before: str, fitting: list[Speaker]) -> list[tuple[Speaker, Bond]]:
    """Speakers whom a pronoun may mean, the latest first: his whose name stands in the same paragraph, or who is alone in the one before."""
    if len(fitting) < 2:
        return [(each, Bond.OWN) for each in fitting]
    *_, last, same = ["", *before.rsplit("\n", 1)] if "\n" in before else ["", "", before]
    here = [each for each in fitting if _is_named(each, same)]
    if here:
        return [(each, Bond.OWN if len(here) == 1 else Bond.OPEN) for each in here]
    earlier = last.rstrip("\n").rsplit("\n", 1)[-1]
    there = [each for each in fitting if _is_named(each, earlier)]
    if len(there) == 1:
        return [(there[0], Bond.OWN)]
    return [(each, Bond.OPEN) for each in (there or fitting)]


def _is_named(speaker: Speaker, text: str) -> bool:
    name = speaker.name or speaker.canonical
    return name in text or name.split()[-1] in text


class Speakers:
    """The sources of one document so far, in order, so that later mentions find earlier ones."""

    def __init__(self, text: str = "", actors: Actors | None = None) -> None:
        self._actors = actors or Actors()
        self._text = text
        self._full = full_names(text)
        self._offices = _offices(text, self._actors)
        self._known: list[Speaker] = []
        self._aside: list[Speaker] = []

    def resolve(self, mention: str, around: str, link: str, before: str = "", is_lasting: bool = True) -> Speaker:
        """The speaker of a mention.

        Args:
            mention: the words of the source.
            around: the sentence, in which a role may stand beside the name.
            link: how the attribution was found.
            before: the text before the mention, for pronouns whose person has not spoken yet.
            is_lasting: later pronouns may mean this speaker; not so inside somebody else's words.
        """
        lower = mention.lower().strip()
        again = self._again(lower)
        if again is not None:
            return replace(again, link="pronoun")
        if lower in ("one", "another", "a third"):
            return Speaker(mention, "anonymous", link, "")
        if lower in ("the former", "the latter"):
            return self._of_pair(lower, link, before)
        if lower in _PRONOUNS or lower in _DESCRIBED:
            return self._pronoun(lower, link, before)
        mention = _LETTERS_BEHIND.sub("", _QUOTING.sub("", _LEADING.sub("", mention)))
        maker = _MADE_BY.search(around) if lower.split()[-1] in _RECORDS else None
        mention = maker["who"] if maker is not None else mention
        is_statement = bool(_STATEMENT.match(mention))
        mention = self._owned(_STATEMENT.sub("", mention), before)
        name = self._name(mention) or self._holder(mention)
        name = self._full.get(name, name)
        known = self._known_by(name) if name else None
        found = replace(known, link=link) if known is not None else self._new(mention, name, around, link, is_statement)
        (self._known if is_lasting else self._aside).append(found)
        return found

    def glimpse(self, mention: str, around: str, link: str, before: str = "") -> Speaker:
        """The same, without a trace: nobody later is taken for this speaker, who only stands beside a figure."""
        known, aside = len(self._known), len(self._aside)
        found = self.resolve(mention, around, link, before, is_lasting=False)
        del self._known[known:], self._aside[aside:]
        return found

    def _of_pair(self, word: str, link: str, before: str) -> Speaker:
        """ "The former", "the latter": the one or the other of the two names joined last; unknown where none are."""
        pairs = list(_PAIR.finditer(before))
        if not pairs:
            return UNKNOWN
        name = pairs[-1]["one" if word == "the former" else "other"].removeprefix("the ").removeprefix("The ")
        return self._known_by(name) or Speaker(name, source_type(name), link, name)

    def _again(self, mention: str) -> Speaker | None:
        """ "The foreman": whoever was called so when he spoke first, the latest of several."""
        match = _JUST_QUOTED.match(mention)
        if match is None:
            return None
        noun = match["noun"]
        for speaker in reversed([*self._aside, *self._known]):
            words = re.findall(
                r"[a-z]+", speaker.canonical.lower().split(" of ")[0] if not speaker.is_person else speaker.canonical.lower()
            )
            if noun in words and speaker.canonical.lower() != mention:
                return speaker
        return None

    def _new(self, mention: str, name: str, around: str, link: str, is_statement: bool) -> Speaker:
        office = titled(mention)
        role = office[1] if office is not None else _role(mention, name, around) if name else ""
        canonical = f"{name} ({role})" if role and role != name else name or _described(mention)
        is_person = bool(name) and self._is_person(name)
        type_ = source_type(f"{mention} {role}")
        if type_ == "anonymous" and name:
            type_ = "official" if is_statement or not is_person else "expert"
        return Speaker(canonical, type_, link, name or mention, is_person)

    def _is_person(self, name: str) -> bool:
        """Two capitals or more that are no power, place or body."""
        words = name.split()
        if len(words) < 2 or words[-1] in _BODIES or words[0] in _BODIES or re.search(r"\b(?:of|for)\b", name):
            return False
        return not any(each.kind != "leaders" for each in self._actors.found(name, 0, len(name)))

    def _owned(self, mention: str, before: str) -> str:
        """ "Its ministry", "his spokesman": with the name of the owner."""
        match = re.match(r"(?P<whose>its|his|her|their) (?=\w)", mention, re.IGNORECASE)
        if match is None:
            return mention
        if match["whose"].lower() in ("his", "her"):
            person = self._person(before)
            return f"{person.name}'s {mention[match.end() :]}" if person is not None else mention
        sentence = max(before.rfind(". "), before.rfind("\n")) + 1
        inside = self._actors.found(before, sentence, len(before))
        paragraph = before[before.rfind("\n") + 1 :]
        body = next((one for one in reversed(self._known) if one.name and not _is_she(one) and one.name in paragraph), None)
        if body is not None and not inside:
            return f"{body.name}'s {mention[match.end() :]}"
        earlier = inside[:1] or self._actors.found(before, 0, len(before))[-1:]
        return f"{earlier[0].name}'s {mention[match.end() :]}" if earlier else mention

    def _name(self, mention: str) -> str:
        """The name in a mention, without titles; "" where it has none."""
        office = titled(mention)
        if office is not None:
            return office[0]
        body = _BODY.search(mention)
        if body is not None and ("," not in mention[: body.start()]) and not NAME.match(mention):
            return body.group()
        if body is not None and body.start() == 0:
            return body.group()
        parts = re.split(r", |\(| – | — ", mention)
        for place, part in enumerate(parts[:2]):
            leading = re.split(r" (?:of|in|at|from|for|with|on|to) ", part)[0] if place == 0 else part
            leading = bare_name(leading)
            names = [match.group() for match in NAME.finditer(leading)]
            names = [name for name in names if name.split()[0].lower() not in _PRONOUNS and not _is_generic(name, leading)]
            longest = self._without_land(max(names, key=len)) if names else ""
            is_last = leading.rstrip("'’s ").endswith(longest.rstrip("'’s "))
            rest = leading[: -len(longest)].strip() if longest else ""
            is_apposed = len(longest.split()) > 1 and (not rest or rest.islower())
            if longest and is_last and (place == 0 or is_apposed):
                return self._with_letters(re.sub(r"['’]s?$", "", longest), leading)
        return ""

    def _with_letters(self, name: str, leading: str) -> str:
        """ "JX Smelting": capitals before a name are its own, unless they are an office or a body with an entry of its own."""
        match = re.search(rf"(?:^|\s)(?P<letters>[A-Z]{{2,4}}) {re.escape(name)}", leading)
        if match is None or match["letters"] in _OFFICES_IN_LETTERS:
            return name
        return name if self._actors.found(match["letters"], 0, len(match["letters"])) else f"{match['letters']} {name}"

    def _without_land(self, name: str) -> str:
        """ "Armenian Prime Minister Ada Lund" without what is not her name."""
        first = next(iter(self._actors.found(name, 0, len(name))), None)
        rest = (
            bare_name(name[first.end :].lstrip(" '’s-"))
            if first is not None and first.start == 0 and first.kind == "aliases"
            else ""
        )
        return rest if len(rest.split()) > 1 else name

    def _holder(self, mention: str) -> str:
        """The name of "the French president", when the document gives it."""
        match = _OFFICE.search(mention)
        if match is None:
            return ""
        named = self._actors.found(mention, 0, len(mention))
        return self._offices.get((named[0].name, match.group().lower()), "") if named else ""

    def _known_by(self, name: str) -> Speaker | None:
        """An earlier speaker whose full name ends on this one, or the other way round."""
        for speaker in reversed([*self._aside, *self._known]):
            one, other = speaker.name.lower(), name.lower()
            is_surname = speaker.is_person and one.endswith(" " + other.split()[-1])  # "… Organization" names two bodies
            if one == other or one.endswith(" " + other) or other.endswith(" " + one) or is_surname:
                return speaker
        return None

    def _pronoun(self, word: str, link: str, before: str) -> Speaker:
        """For "he" the last person, for "it" the last body, else whoever spoke last."""
        if word in ("he", "she", "his", "her", "him"):
            person = self._holder_before(before) or self._person(before)
            if person is not None:
                self._known.append(person)
                return replace(person, link="pronoun")
        is_body = word in (
            "it",
            "the agency",
            "which",
            "that",
            "the ministry",
            "the group",
            "the company",
            "the commission",
            "the bank",
            "the organisation",
            "the organization",
        )
        many = _many_before(before) if word == "they" else ""
        if many:
            return self._known_by(many) or Speaker(many, source_type(many), "pronoun", many)
        own = (_body_of_sentence(before) or self._name_of_sentence(before)) if word == "it" else ""
        if own:
            named = (each for each in reversed(self._known) if own.lower() in each.canonical.lower())
            return replace(next(named, Speaker(own, source_type(own), "pronoun", own)), link="pronoun")
        body = self._body_before(before, may_open=word == "it") if is_body else None
        if body is not None:
            return replace(body, link="pronoun")
        fitting = (
            each
            for each in reversed(self._known)
            if not (word == "they" and _is_one(each))
            and not (is_body and (each.is_person or _is_many(each)))
            and _may_be(word, each)
        )
        one_by_one = list({each.canonical: each for each in fitting}.values())
        if word in _DESCRIBED:  # "the company" is whoever was called one just now, else no more than that
            one_by_one = [each for each in one_by_one if _is_named(each, before[before.rfind("\n") + 1 :])]
        chosen = choose(_by_nearness(before, one_by_one))
        if chosen.is_open:
            return RIVALS
        if chosen.taken is not None:
            return replace(chosen.taken, link="pronoun")
        return Speaker(word, "anonymous", "pronoun", word) if word in _DESCRIBED else replace(UNKNOWN, link="pronoun")

    def _holder_before(self, before: str) -> Speaker | None:
        """Who opens the sentence before, in the same paragraph, by his office alone: "The mayor thanked … “…,” she said"."""
        paragraph = _without_quotes(before[before.rfind("\n") + 1 :])
        places = [0, *(match.end() for match in _SENTENCE_START.finditer(paragraph))]
        is_quoted = re.search(r"[.!?]\s+$", paragraph[places[-1] :]) is not None  # the mention stands behind a quotation
        opening = _OPENING.match(paragraph, places[-1] if is_quoted or len(places) < 2 else places[-2])
        words = opening.group().split() if opening is not None else []
        holders = (phrases("nouns", "people") | _HOLDERS) - _MANY
        last = max((place for place, word in enumerate(words[:-1]) if word in holders and place), default=0)
        acting = (place for place, word in enumerate(words) if place > 1 and word.endswith("ed") and lemma(word, "speech", "act"))
        last = last or next(acting, 1) - 1  # "The ombudsman criticised …"
        if not last:
            return None
        mention = " ".join(words[: last + 1])
        known = next((each for each in reversed(self._known) if words[last] in each.canonical.lower().split()), None)
        return known or Speaker(mention, source_type(mention), "pronoun", mention, True)

    def _body_before(self, before: str, may_open: bool) -> Speaker | None:
        """The body whose name opens the sentence before, in the same paragraph: "The Civic Union called … It said …".

        Args:
            may_open: the mention may itself be the first word of its sentence.
        """
        paragraph = _without_quotes(before[before.rfind("\n") + 1 :])
        places = [0, *(match.end() for match in _SENTENCE_START.finditer(paragraph))]
        is_first = may_open and _SENTENCE_END.search(paragraph) is not None
        match = _BODY_OWN.match(paragraph, places[-1]) if not is_first else _BODY_FIRST.match(paragraph, places[-1])
        if match is None and not is_first and len(places) > 1:
            match = _BODY_FIRST.match(paragraph, places[-2], places[-1])
        if match is None:
            return None
        name = match["name"]
        is_bare = " " not in name and not any(match.groupdict().get(key) for key in ("the", "of"))
        known = self._known_by(name)
        if self._is_told_as_person(name) or (is_bare and (known is None or known.is_person)):
            return None
        if not may_open and (self._is_person(name) or name in self._full.values()):
            return None  # "the company" is no stretch of two capitals that may as well be a mine or a man
        return known if known is not None and not _is_she(known) else Speaker(name, source_type(name), "pronoun", name)

    def _name_of_sentence(self, before: str) -> str:
        """The name that opens the sentence of an "it": "Dorn Air withdrew its forecast; it had expected …"; "" where it may be a person's."""
        line = before.rfind("\n") + 1
        starts = [line, *(match.end() for match in _SENTENCE_START.finditer(before, line))]
        match = _OWN_NAME.match(_without_quotes(before[starts[-1] :]))
        if match is None or match["name"].split()[0] in _generic() or self._is_told_as_person(match["name"]):
            return ""
        name = match["name"]
        is_named = re.search(rf"[a-z,] {re.escape(name)}\b|\b{re.escape(name)}, (?:an?|the) ", self._text) is not None
        return name if " " in name or name.isupper() or is_named else ""

    def _is_told_as_person(self, name: str) -> bool:
        """Whether the text gives somebody of this name a title, an age, an office or "who"; two capitals alone may be a firm."""
        known = self._known_by(name)
        if known is not None and _is_she(known):
            return True
        found = (
            rf"(?:(?:Mr|Ms|Mrs|Dr|Prof|Sir|Dame|Lord|Gen|President|Minister|Secretary|Governor|Mayor|{_OFFICEHOLDER.pattern}),? )"
        )
        last = re.escape(name.split()[-1])
        return re.search(rf"{found}(?:[A-Z][\w’-]+ )*{last}\b|\b{last}, (?:\d\d,|who\b)", self._text) is not None

    def _in_full(self, name: str) -> str:
        """The full name for a surname, or for a part of the name."""
        full = self._full.get(name) or self._full.get(name.split()[-1], name)
        return full if full.endswith(name) else name

    def _person(self, before: str) -> Speaker | None:
        """Whom "he" or "she" means: the first person of the sentence before who has spoken or is named in full; else the last speaker."""
        before = _without_quotes(before)
        place = max(before.rfind(". ", 0, len(before) - 1), before.rfind("\n", 0, len(before) - 1)) + 1
        start = max(before.rfind(". ", 0, max(place - 2, 0)), before.rfind("\n", 0, max(place - 2, 0))) + 1
        for low, high in ((place, len(before)), (start, place)):
            names = [bare_name(match.group()) for match in NAME.finditer(before, low, high)]
            spoke = next((each for each in reversed(self._known) if each.is_person), None)
            if spoke is not None and any(self._in_full(name) == spoke.name for name in names):
                return spoke
            ranked = next((match.group() for match in NAME.finditer(before, low, high) if _is_ranked(match.group())), None)
            if ranked is not None and not any(" " in self._in_full(name) for name in names):
                return self._known_by(bare_name(ranked)) or Speaker(
                    ranked, source_type(ranked), "pronoun", bare_name(ranked), True
                )
            for name in names:
                full = self._in_full(name)
                known = self._known_by(full) if full.split()[-1] else None
                if known is not None and known.is_person:
                    return known
                if self._is_person(full) and full in self._full.values():
                    role = _role(full, full, before)
                    canonical = f"{full} ({role})" if role else full
                    type_ = source_type(f"{full} {role}")
                    return Speaker(canonical, "expert" if type_ == "anonymous" else type_, "pronoun", full, True)
        return next((speaker for speaker in reversed(self._known) if speaker.is_person), None)


_MANY_FIRST = re.compile(
    r"(?:(?:The|Some|Many|Most|Other|Local|Both|Two|Three) )?(?:(?:two|three|four|five|six|other) )?(?P<who>[A-Za-z][a-z-]+s)(?= [a-z])"
)
_JOINT = frozenset(
    "side party company country government firm union agency donor ministry bank operator state nation team family".split()
)
_ONE = frozenset("person official source man woman aide spokesman spokeswoman spokesperson minister diplomat witness".split())
""" "They" are not one of these."""


def _many_before(before: str) -> str:
    """Who opens the sentence, where it is several: "Importers see it differently: prices, they say, …"; "" where nobody does."""
    line = before.rfind("\n") + 1
    starts = [line, *(match.end() for match in _SENTENCE_START.finditer(before, line))]
    for start in reversed(starts[-2:]):
        match = _MANY_FIRST.match(_without_quotes(before[start:]))
        noun = singular(match["who"].lower()) if match is not None else ""
        if match is not None and (noun in phrases("nouns", "people") or noun in _JOINT):
            return match.group()
    return ""


_OWN_BODY = re.compile(r"(?:[Tt]he|[Ii]ts|[Tt]heir|[A-Z][\w’'-]+['’]s) (?P<noun>(?:[a-z-]+ ){1,4})[^.!?\n]*[:;,] (?:\w+ ){0,2}$")
_OWN_NAME = re.compile(r"(?P<name>[A-Z][\w’-]+(?: [A-Z][\w’-]+){0,4}),? [a-z][^.!?\n]*[:;,] (?:\w+ ){0,2}$")
_APPOSED = re.compile(r"[^,.!?\n]{3,60}, (?P<name>[A-Z][\w’-]+(?: [A-Z][\w’-]+)*), [a-z]")
_OWN_BODIES = frozenset(
    "city state government ministry council court agency company firm bank union board party commission regulator committee operator utility "
    "league club airline carrier group authority police army navy university hospital school church fund".split()
)


def _body_of_sentence(before: str) -> str:
    """The body that opens the sentence of an "it": "The city rejects that: it says …"; "" where it is none, or opens none."""
    line = before.rfind("\n") + 1
    starts = [line, *(match.end() for match in _SENTENCE_START.finditer(before, line))]
    match = _OWN_BODY.match(_without_quotes(before[starts[-1] :]))
    named = _APPOSED.match(before, starts[-1]) if match is not None else None
    if named is not None:
        return named["name"]
    words = match["noun"].split() if match is not None else []
    last = next((place for place, word in enumerate(words) if word in _OWN_BODIES), None)
    return " ".join(words[: last + 1]) if last is not None else ""


def _is_many(speaker: Speaker) -> bool:
    """ "TD Cowen analysts": several, whom "it" does not mean."""
    last = speaker.canonical.split(" (")[0].split(" at ")[0].split(" of ")[0].split()[-1:]
    return bool(last) and last[0].islower() and last[0].endswith("s") and singular(last[0]) in phrases("nouns", "people")


def _is_one(speaker: Speaker) -> bool:
    """Whether a speaker is one person, whom "they" does not mean."""
    words = re.findall(r"[a-z]+", speaker.canonical.lower())
    return speaker.is_person or bool(_ONE & set(words))


def _is_ranked(name: str) -> bool:
    """ "Colonel Abdi": a rank and a surname."""
    return len(name.split()) > 1 and len(bare_name(name).split()) == 1 and bare_name(name) != name


def _without_quotes(text: str) -> str:
    """Blanks for what stands between marks: whom a speaker names there is not he himself."""
    lines = []
    for line in text.split("\n"):
        masked = re.sub(r"“[^”]*(?:”|$)", lambda match: " " * len(match.group()), line)
        if masked.count('"') > 1 or (masked.count('"') == 1 and masked.lstrip().startswith('"')):
            masked = re.sub(r'"[^"]*(?:"|$)', lambda match: " " * len(match.group()), masked)
        lines.append(masked)
    return "\n".join(lines)


_SENTENCE_START = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z“\"‘])")
_SENTENCE_END = re.compile(r"[.!?][”\"’']?\s+$")
_OPENING = re.compile(r"(?:The|A|An|Their|Its|One)(?: [a-z][a-z-]*){2,4}")
_HOLDERS = frozenset(
    "premier chief head boss chairman chairwoman spokesman spokeswoman secretary midwife bishop rector abbot widow vet priest imam warden "
    "shepherd herder baker principal dean coach prefect envoy".split()
)
_MANY = frozenset("people personnel staff crew family household couple human missing dead wounded".split())
_BODY_FIRST = re.compile(r"(?P<the>The )?(?P<name>[A-Z][\w’-]+(?: (?:(?:of|for|and) (?:the )?)?[A-Z][\w’-]+)*)(?=,? [a-z])")
_BODY_OWN = re.compile(
    r"(?:(?P<the>The )|(?P<of>[A-Z][\w’'-]+['’]s (?:[a-z-]+ ){1,4}))(?P<name>[A-Z][\w’-]+(?: (?:(?:of|for|and) (?:the )?)?[A-Z][\w’-]+){0,6})"
    r"(?= [a-z][^!?\n]{12,}[,;] [^!?\n]*$)"
)
""" "The bank expects 3 %; a month ago it …": who opens the sentence of the pronoun itself."""
_ONE_NAME = r"(?:(?:Mr|Ms|Mrs|Dr|Gen|Prof)\.? )?[A-Z][\w’-]+(?: [A-Z][\w’-]+)*|[Tt]he [a-z-]+(?: [a-z-]+)?"
_PAIR = re.compile(rf"(?P<one>{_ONE_NAME}) and (?P<other>{_ONE_NAME})")
_LEADING = re.compile(
    r"^(?:an?|the) (?:[a-z-]+ ){0,4}(?:high|low|record|rise|fall|increase|decrease|drop|jump|level|peak|pace|decline|gain)"
    r"(?: (?:in|for|of|since) [^,]{2,40})?, (?=[a-z])|"
    r"^(?:But|And|Yet|So|Meanwhile|However|Still),? (?=\w)|^(?:One|one|Another|another) of [^,]{2,40}, (?=[A-Z])"
)
_RECORDS = frozenset("figures data numbers statistics documents papers records estimates images".split())
_MADE_BY = re.compile(
    r"\b(?:[Ff]igures|[Dd]ata|[Nn]umbers|[Ss]tatistics|[Dd]ocuments|[Pp]apers|[Rr]ecords|[Ee]stimates|[Ii]mages)"
    r" (?:released|published|issued|collected|compiled|gathered|made public|provided|supplied) by (?:the )?"
    r"(?P<who>[\w’'. -]{3,60}?)(?=,| (?:on|in|last|this|late|early|show\w*|suggest\w*|indicate\w*|put|say|said|reveal\w*|point\w*)\b)"
)
_QUOTING = re.compile(r", (?:quoting|citing|referring to|echoing)\b.*$")
_STATEMENT = re.compile(
    r"^(?:(?:an?|the|one) )?(?:[\w-]+ ){0,3}?(?:statement|note|letter|message|release|post|(?:count|tally|list|estimate|figures|"
    r"data|survey|census|calculations?|review|records?|index|table)(?= \w+ by )) (?:\w+ )?(?:from|by) (?:the )?"
)
_JUST_QUOTED = re.compile(r"(?:the|this|that|the same) (?P<noun>[a-z]+)(?=$|,)")
_BODIES = frozenset(
    "University Institute Ministry Bank Council Department Centre Center School Academy Office Bureau Agency Federation Association Union "
    "League Chamber Committee Commission Court Party Front Forces Group Service Company Organization Organisation Army Police Fund "
    "Resources Industries Holdings Metals Materials Smelting Foods Energy Motors Airlines Mining Electric Systems Technologies Partners "
    "Securities Logistics Shipping Lines Ports Analytics Economics Enterprises Chemicals Pharmaceuticals Refining Petroleum "
    "Programme Program Foundation Affairs Board House Corporation Watch International News Post Times Tribunal Authority".split()
)
_BODY = re.compile(
    r"\b(?:[A-Z][\w’'-]+ ){0,4}(?:University|Institute|Ministry|Bank|Council|Department|Cent(?:re|er)|School|Academy|Office|Bureau|Agency|"
    r"Federation|Association|Chamber|Committee|Commission|Court|Board) (?:of|for|on) (?:the )?"
    r"[A-Z][\w’'-]+(?:(?: and| of| for)?(?: the)? [A-Z][\w’'-]+){0,4}"
    r"(?!.*,.*[A-Z])"
)
_OFFICE = re.compile(
    r"\b(?:president|prime minister|leader|dictator|chancellor|king|foreign minister|defen[cs]e (?:minister|secretary))\b",
    re.IGNORECASE,
)
_OFFICES_IN_LETTERS = frozenset("CEO CFO COO CTO CIO PM MP MEP VP DG MD QC KC DCI SG".split())
_LETTERS_BEHIND = re.compile(r"(?<=\w) \([A-Z][A-Za-z&-]{0,9}[A-Z]\)")
""" "The National Intelligence Service (NIS)": the letters are no part of the name, nor an office."""
_HELD = re.compile(
    r"(?<![\w.])(?P<land>[A-Z][\w.]+(?: [A-Z][\w.]+)?)(?:['’]s)? (?:\w+ )?(?P<office>(?i:president|prime minister|leader|dictator|chancellor|"
    r"king|foreign minister|defen[cs]e (?:minister|secretary))),? (?P<name>[A-Z][\w’-]+(?: [A-Z][\w’-]+)+)"
)


def _offices(text: str, actors: Actors) -> dict[tuple[str, str], str]:
    """(country, office) -> name: "French President Emmanuel Macron"."""
    found: dict[tuple[str, str], str] = {}
    for match in _HELD.finditer(text):
        for actor in actors.found(match["land"], 0, len(match["land"]))[:1]:
            found.setdefault((actor.name, match["office"].lower()), match["name"])
    return found


def _is_generic(name: str, mention: str) -> bool:
    """ "New Zealand", "Analysts", "Footage": capitals that name no one."""
    words = name.split()
    if len(words) == 1:
        return (mention.startswith(name) and name.lower().endswith("s") and name.lower() == mention.lower()) or name in _generic()
    return False


@cache
def _generic() -> frozenset[str]:
    """Capitals that name no one."""
    return frozenset(table("actors")["words"]["generic"].split())


_NO_COMPANY = re.compile(
    r"\b(?:unions?|federation|ministry|government|police|parliament|council|court|university|party)\b", re.IGNORECASE
)


def _is_she(speaker: Speaker) -> bool:
    """Whether a speaker is a person, by a role of her own beside the name."""
    return speaker.is_person and "(" in speaker.canonical


def _may_be(word: str, speaker: Speaker) -> bool:
    """Whether "the bank" can be an earlier speaker: one with a name, but "the commission" is no leader, and nobody is "brokers"."""
    noun = word.removeprefix("the ")
    first = singular(speaker.canonical.partition(" ")[0].lower())
    if noun != word and first in phrases("nouns", "people") and first + "s" == speaker.canonical.partition(" ")[0].lower():
        return False  # "analysts at a bank" are no company
    if noun == word or noun in speaker.canonical.lower():
        return True
    if noun == "company" and _NO_COMPANY.search(speaker.canonical):
        return False
    return noun not in ("ministry", "commission") and any(letter.isupper() for letter in speaker.canonical)


def _described(mention: str) -> str:
    """A source without a name: "unnamed experts"."""
    words = re.sub(r"^(?:the|a|an|some|other|many|most)\s+", "", mention.strip(), flags=re.IGNORECASE)
    plural = re.fullmatch(r"(?:[\w-]+ )?(?:analysts|experts|officials|sources|observers|critics|diplomats)", words.lower())
    return (
        f"unnamed {words.lower()}" if (plural and words.split()[0].islower()) or (plural and len(words.split()) == 1) else words
    )


_OFFICEHOLDER = re.compile(
    r"\b(?:expert|analyst|minister|president|leader|commander|general|colonel|secretary|spokes\w+|director|chief|professor|governor|mayor|"
    r"head|chair|chairman|chairwoman|president|manager|boss|founder|economist|envoy|ambassador|senator|lawmaker|researcher|doctor|commissioner|coordinator|founder|captain)s?\b",
    re.IGNORECASE,
)


def _role(mention: str, name: str, around: str) -> str:
    """The role beside a name: "former British Army intelligence expert", "a senior fellow at …"."""
    return _role_beside(mention.replace(name, _NAME), around.replace(name, _NAME)).replace(_NAME, name)


_NAME = "\ua66e"
"""Stands for the name that is looked for, so that the patterns need no name: a letter that no text has."""
_ROLE_FIRST = re.compile(rf"(?P<role>[^,]{{4,90}}), {_NAME}")
_ROLE_BEFORE = re.compile(rf"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Aa]) (?P<role>(?:[\w'’-]+ ){{0,5}}[\w'’-]+), {_NAME}")
_ROLE_AFTER = re.compile(
    rf"{_NAME},? ?,\s*((?:an? |the |who['’]s |who (?:heads|leads|runs|directs) |former |now |deputy )[^,.;\"”]{{5,120}})"
)
_ROLE_SET_OFF = re.compile(rf"{_NAME},\s*([a-z][^,.;\"”]{{5,90}})(?=[,.])")
_ROLE_AHEAD = re.compile(rf"((?:[\w'’-]+ ){{1,6}}){_NAME}")


def _role_beside(mention: str, around: str) -> str:
    before = _ROLE_FIRST.match(mention) or _ROLE_BEFORE.search(around)
    if before and _OFFICEHOLDER.search(before["role"]):
        return re.sub(r"^(?:an?|the)\s+", "", before["role"].strip(), flags=re.IGNORECASE)
    after = _ROLE_AFTER.search(around)
    if after is None:
        after = _ROLE_SET_OFF.search(around)
        after = (
            after
            if after is not None
            and _OFFICEHOLDER.search(after[1][:40])
            and not re.match(r"(?:said|says|told|who|and)\b", after[1])
            else None
        )
    if after and after[1].startswith("the ") and not _OFFICEHOLDER.search(after[1]):
        after = None
    if after:
        role = re.sub(r"^(?:an?|the|who['’]s)\s+", "", after[1].strip())
        role = re.split(r" who['’]?s? | said | says | told | and who ", role)[0] if not role.startswith("who ") else role
        return role if len(role) <= 90 else role[:90].rsplit(" ", 1)[0]
    ahead = _ROLE_AHEAD.search(around)
    if ahead:
        words = re.split(r", | and | but | said | that ", ahead[1])[-1].split()
        kept = [
            word
            for word in words
            if word.lower()
            not in ("the", "a", "an", "said", "says", "told", "by", "as", "with", "of", "to", "meanwhile", "but", "and")
        ]
        if kept and _OFFICEHOLDER.search(" ".join(kept)):
            return " ".join(kept)
    return ""
