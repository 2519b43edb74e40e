"""Whom a source stands for: full names and roles for surnames, pronouns and descriptions."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from foedus.evidence.reading.actors import Actors, source_type
from foedus.evidence.reading.choice import choose
from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.lexicon import phrases, table
from foedus.evidence.reading.meant import by_nearness, is_many, is_named_in, is_of_sentence, is_one, is_she, may_be
from foedus.evidence.reading.papers import place_of_sentence, without_paper
from foedus.evidence.reading.persons import NAME, bare_name, full_names, titled
from foedus.evidence.reading.roles_beside import OFFICEHOLDER, role_of
from foedus.evidence.reading.sentence_openers import (
    BODY_FIRST,
    BODY_OWN,
    OWN_NAME,
    SENTENCE_END,
    SENTENCE_START,
    body_of_sentence,
    many_before,
    without_quotes,
)
from foedus.evidence.reading.speaker import RIVALS, UNKNOWN, Speaker

__all__ = ["Speakers"]

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


class Speakers:
    """The sources of one document so far, in order, so that later mentions find earlier ones."""

    def __init__(self, text: str = "", actors: Actors | None = None) -> None:
        self._actors = actors or Actors()
        self._text = text
        self._full = full_names(text)
        self._offices = _offices(text, self._actors)
        self._known: list[Speaker] = []
        self._aside: list[Speaker] = []
        self._meant: dict[str, str] = {}

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
        mention = self._owned(without_paper(_STATEMENT.sub("", mention)), before)
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
        role = office[1] if office is not None else role_of(mention, name, around) if name else ""
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
        body = next((one for one in reversed(self._known) if self._is_owner(one, paragraph)), None)
        place = place_of_sentence(before[sentence:]) if not inside else ""
        if place:
            return f"{place}'s {mention[match.end() :]}"
        if body is not None and not inside:
            return f"{body.name}'s {mention[match.end() :]}"
        earlier = inside[:1] or self._actors.found(before, before.rfind("\n") + 1, len(before))[-1:]
        return f"{earlier[0].name}'s {mention[match.end() :]}" if earlier else mention

    @staticmethod
    def _is_owner(speaker: Speaker, paragraph: str) -> bool:
        """Whether a speaker may be the "its" of a paragraph: named there, and no "its engineer" himself."""
        is_named = bool(speaker.name) and not is_she(speaker) and speaker.name in paragraph
        return is_named and speaker.name.split()[0].lower() not in _PRONOUNS | {"its"}

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
            longest = _with_first(longest, leading)
            is_last = leading.rstrip("'’s ").endswith(longest.rstrip("'’s "))
            rest = leading[: -len(longest)].strip() if longest else ""
            if longest and _OPENS_NAME.fullmatch(rest):
                longest, rest = f"{rest} {longest}", ""
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
            own, other = ("she", "he") if word in ("she", "her") else ("he", "she")
            person = self._holder_before(before) or self._person(before)
            taken = self._meant.get(other, "") if is_of_sentence(before, other) else ""
            if person is not None and taken and _last_name(person) == taken:
                person = self._beside(before, taken)
                if person is RIVALS or person is None:
                    return person or replace(UNKNOWN, link="pronoun")
            if person is not None:
                self._meant[own] = _last_name(person)
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
        many = many_before(before) if word == "they" else ""
        if many:
            return self._known_by(many) or Speaker(many, source_type(many), "pronoun", many)
        own = (body_of_sentence(before) or self._name_of_sentence(before)) if word == "it" else ""
        if own:
            named = (each for each in reversed(self._known) if own.lower() in each.canonical.lower())
            return replace(next(named, Speaker(own, source_type(own), "pronoun", own)), link="pronoun")
        body = self._body_before(before, may_open=word == "it") if is_body else None
        if body is not None:
            return replace(body, link="pronoun")
        fitting = (
            each
            for each in reversed(self._known)
            if not (word == "they" and is_one(each))
            and not (is_body and (each.is_person or is_many(each)))
            and may_be(word, each)
        )
        one_by_one = list({each.canonical: each for each in fitting}.values())
        if word in _DESCRIBED:  # "the company" is whoever was called one just now, else no more than that
            one_by_one = [each for each in one_by_one if is_named_in(each, before[before.rfind("\n") + 1 :])]
        chosen = choose(by_nearness(before, one_by_one))
        if chosen.is_open:
            return RIVALS
        if chosen.taken is not None:
            return replace(chosen.taken, link="pronoun")
        return Speaker(word, "anonymous", "pronoun", word) if word in _DESCRIBED else replace(UNKNOWN, link="pronoun")

    def _beside(self, before: str, taken: str) -> Speaker | None:
        """ "She said …; he said …": of those who spoke or are named in the paragraph the one who is not she; open where several may be."""
        known = [each for each in self._known if each.is_person and _last_name(each) != taken]
        names = [self._in_full(bare_name(match.group())) for match in NAME.finditer(before, before.rfind("\n") + 1)]
        names = [name for name in names if " " in name and self._is_person(name) and name.split()[-1] != taken]
        named = [self._new(name, name, before, "pronoun", False) for name in names if self._known_by(name) is None]
        fitting = list({_last_name(each): each for each in (*named, *known)}.values())
        chosen = choose(by_nearness(before, fitting))
        return RIVALS if chosen.is_open else chosen.taken

    def _holder_before(self, before: str) -> Speaker | None:
        """Who opens the sentence before, in the same paragraph, by his office alone: "The mayor thanked … “…,” she said"."""
        paragraph = without_quotes(before[before.rfind("\n") + 1 :])
        places = [0, *(match.end() for match in SENTENCE_START.finditer(paragraph))]
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
        paragraph = without_quotes(before[before.rfind("\n") + 1 :])
        places = [0, *(match.end() for match in SENTENCE_START.finditer(paragraph))]
        is_first = may_open and SENTENCE_END.search(paragraph) is not None
        match = BODY_OWN.match(paragraph, places[-1]) if not is_first else BODY_FIRST.match(paragraph, places[-1])
        if match is None and not is_first and len(places) > 1:
            match = BODY_FIRST.match(paragraph, places[-2], places[-1])
        if match is None:
            return None
        name = match["name"]
        is_bare = " " not in name and not any(match.groupdict().get(key) for key in ("the", "of"))
        known = self._known_by(name)
        if self._is_told_as_person(name) or (is_bare and (known is None or known.is_person)):
            return None
        if not may_open and (self._is_person(name) or name in self._full.values()):
            return None  # "the company" is no stretch of two capitals that may as well be a mine or a man
        return known if known is not None and not is_she(known) else Speaker(name, source_type(name), "pronoun", name)

    def _name_of_sentence(self, before: str) -> str:
        """The name that opens the sentence of an "it": "Dorn Air withdrew its forecast; it had expected …"; "" where it may be a person's."""
        line = before.rfind("\n") + 1
        starts = [line, *(match.end() for match in SENTENCE_START.finditer(before, line))]
        match = OWN_NAME.match(without_quotes(before[starts[-1] :]))
        if match is None or match["name"].split()[0] in _generic() or self._is_told_as_person(match["name"]):
            return ""
        name = match["name"]
        is_named = re.search(rf"[a-z,] {re.escape(name)}\b|\b{re.escape(name)}, (?:an?|the) ", self._text) is not None
        return name if " " in name or name.isupper() or is_named else ""

    def _is_told_as_person(self, name: str) -> bool:
        """Whether the text gives somebody of this name a title, an age, an office or "who"; two capitals alone may be a firm."""
        known = self._known_by(name)
        if known is not None and is_she(known):
            return True
        found = (
            rf"(?:(?:Mr|Ms|Mrs|Dr|Prof|Sir|Dame|Lord|Gen|President|Minister|Secretary|Governor|Mayor|{OFFICEHOLDER.pattern}),? )"
        )
        last = re.escape(name.split()[-1])
        return re.search(rf"{found}(?:[A-Z][\w’-]+ )*{last}\b|\b{last}, (?:\d\d,|who\b)", self._text) is not None

    def _in_full(self, name: str) -> str:
        """The full name for a surname, or for a part of the name."""
        full = self._full.get(name) or self._full.get(name.split()[-1], name)
        return full if full.endswith(name) else name

    def _person(self, before: str) -> Speaker | None:
        """Whom "he" or "she" means: the first person of the sentence before who has spoken or is named in full; else the last speaker."""
        before = without_quotes(before)
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
                    role = role_of(full, full, before)
                    canonical = f"{full} ({role})" if role else full
                    type_ = source_type(f"{full} {role}")
                    return Speaker(canonical, "expert" if type_ == "anonymous" else type_, "pronoun", full, True)
        return next((speaker for speaker in reversed(self._known) if speaker.is_person), None)


def _last_name(speaker: Speaker) -> str:
    """The surname of a person, without the role beside it."""
    return (speaker.name or speaker.canonical.split(" (")[0]).split()[-1]


def _with_first(name: str, leading: str) -> str:
    """ "Free and Fair Trade League": the name of a body with what is joined to it before its last words."""
    if name.split()[-1:] == [] or name.split()[-1] not in _BODIES:
        return name
    match = re.search(rf"(?P<first>(?:[A-Z][\w-]+ )+(?:and|&) ){re.escape(name)}$", leading)
    return match["first"] + name if match is not None else name


def _is_ranked(name: str) -> bool:
    """ "Colonel Abdi": a rank and a surname."""
    return len(name.split()) > 1 and len(bare_name(name).split()) == 1 and bare_name(name) != name


_OPENS_NAME = re.compile(
    r"(?!(?:But|And|For|From|With|Like|When|While|Also|Even|Says?|Said|Only|Then|Now|All|Both|Not|Nor|Yet|Still|Later|Earlier)\b)"
    r"[A-Z][a-z]{2,} (?:the|our)"
)
""" "Save the Forests": a name that begins with a verb."""
_OPENING = re.compile(r"(?:The|A|An|Their|Its|One)(?: [a-z][a-z-]*){2,4}")
_HOLDERS = frozenset(
    "premier chief head boss chairman chairwoman spokesman spokeswoman secretary midwife bishop rector abbot widow vet priest imam warden "
    "shepherd herder baker principal dean coach prefect envoy".split()
)
_MANY = frozenset("people personnel staff crew family household couple human missing dead wounded".split())
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
    r"data|survey|census|calculations?|review|records?|index|table)(?= \w+ by )|"
    r"(?:estimates?|figures|data|forecasts?|projections?)(?= from )) "
    r"(?:\w+ )?(?:from|by) (?:the )?"
)
_JUST_QUOTED = re.compile(r"(?:the|this|that|the same) (?P<noun>[a-z]+)(?=$|,)")
_BODIES = frozenset(
    "University Institute Ministry Bank Council Department Centre Center School Academy Office Bureau Agency Federation Association Union "
    "League Network Division Directorate Secretariat "
    "Chamber Committee Commission Court Party Front Forces Group Service Company Organization Organisation Army Police Fund "
    "Resources Industries Holdings Metals Materials Smelting Foods Energy Motors Airlines Mining Electric Systems Technologies Partners "
    "Securities Logistics Shipping Lines Ports Analytics Economics Enterprises Chemicals Pharmaceuticals Refining Petroleum "
    "Programme Program Foundation Affairs Board House Corporation Watch International News Post Times Tribunal Authority".split()
)
_BODY = re.compile(
    r"\b(?:[A-Z][\w’'-]+ ){0,4}(?:University|Institute|Ministry|Bank|Council|Department|Cent(?:re|er)|School|Academy|Office|Bureau|Agency|"
    r"Federation|Association|Chamber|Committee|Commission|Court|Board) (?:of|for|on) (?:the |an? )?"
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


def _described(mention: str) -> str:
    """A source without a name: "unnamed experts"."""
    words = re.sub(r"^(?:the|a|an|some|other|many|most)\s+(?!of\b)", "", mention.strip(), flags=re.IGNORECASE)
    plural = re.fullmatch(r"(?:[\w-]+ )?(?:analysts|experts|officials|sources|observers|critics|diplomats)", words.lower())
    return (
        f"unnamed {words.lower()}" if (plural and words.split()[0].islower()) or (plural and len(words.split()) == 1) else words
    )
