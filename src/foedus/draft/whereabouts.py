"""The names beside a figure: of which state it is, of which town or part, and which names are strangers to the matter."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from foedus.draft.words import WEEKDAYS
from foedus.evidence.claim import Claim
from foedus.evidence.reading.actors import Actors
from foedus.evidence.reading.lexicon import table
from foedus.show.words import MONTHS

__all__ = [
    "LANDS",
    "LOCATIVE",
    "TURN",
    "is_called_part",
    "is_common_word",
    "is_flight_within",
    "is_seat",
    "part_nearest",
    "part_of_matter",
    "places_within",
    "states_beside",
    "states_in",
    "strangers_beside",
    "town_that_acts",
]

TURN = re.compile(r"[;:]\s|,?\s+(?:but|while|whereas|although|though|because|after|before|when|unlike)\s+")


_NEAR_MATTER = "corridor strait canal passage deal agreement initiative channel route"


_DAYS = frozenset((*MONTHS, *WEEKDAYS, "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"))


_CONTINENTS = frozenset(
    "Asia Europe Africa America Americas Australia North South East West Northern Southern Eastern Western Central".split()
)


_NAMED = r"(?:[A-Z][\w’'-]+ ?)+"


_JOURNEY = re.compile(rf"\b(?:between {_NAMED}and (?:[a-z]+ )?{_NAMED}|from {_NAMED}to (?:[a-z]+ )?{_NAMED})")
"""From where to where: its ends name no other way."""


def strangers_beside(near: str, known_words: str, text: str) -> tuple[str, ...]:
    """Proper names beside a figure that name neither a state nor the matter: "Danube ports", where the matter is the Black Sea corridor."""
    known = {word for one in _actors().found(near, 0, len(near)) for word in near[one.start : one.end].split()}
    found = []
    ends = [one.span() for one in _JOURNEY.finditer(near)]
    for match in re.finditer(r"(?<![\w’'-])[A-Z][a-z]{2,}", near):
        word = match.group()
        is_first = not near[: match.start()].strip(" \"“‘'(")
        if (
            word in _DAYS
            or word in _CONTINENTS
            or any(low <= match.start() < high for low, high in ends)
            or word in known
            or word in known_words
            or word.lower() in _NEAR_MATTER.split()
            or (is_first and not _is_name(word))
            or _is_of_matter(word, text)
        ):
            continue
        found.append(word)
    return tuple(found)


def part_nearest(sentence: str, figure: str, names: Collection[str]) -> str:
    """Of known parts of the whole the one whose figure it is: that behind it ("450 in North Kivu"), else the last before it, with no other
    figure between; "" where none stands so near."""
    place = sentence.find(figure) if figure else -1
    if place < 0 or not names:
        return ""
    known = re.compile(rf"\b(?:{'|'.join(re.escape(one) for one in sorted(names, key=len, reverse=True))})\b")
    behind = re.match(r"(?: [a-z-]+){0,4}? (?:in|from|across) (?:the )?(?P<rest>.*)", sentence[place + len(figure) :], re.DOTALL)
    if behind is not None and (told := known.match(behind["rest"])) is not None:
        return told.group()
    ahead = list(known.finditer(sentence, 0, place))
    between = sentence[ahead[-1].end() : place] if ahead else ""
    return ahead[-1].group() if ahead and not re.search(r"\d|[;:]| (?:but|while|whereas) ", between) else ""


LOCATIVE = re.compile(
    r"\b(?:[Ii]n|[Aa]round|[Aa]cross|[Tt]hrough) (?:the )?(?:[a-z]+(?:ing|ern|rby) )?(?P<name>(?:[A-Z][\w’'-]+ ?)+)"
)


_A_COUNTRY_IN = re.compile(
    r"(?P<so>\b(?:country|nation|republic|kingdom|island state) of (?:[a-z]+ ){0,3}[\d.,]+ ?(?:thousand |million |billion )?"
    r"(?:people|inhabitants|residents|citizens)?) in (?:the )?[A-Z][\w’'-]+(?: of [A-Z][\w’'-]+)?"
)
""" "A country of 4 million people in the Horn of Africa": all of it is there, and nothing of it is counted apart."""


def places_within(near: str, known_words: str, text: str) -> tuple[str, ...]:
    """Places beside a figure that are no states and of which the title does not speak: what is counted there is a part of the whole."""
    near = _A_COUNTRY_IN.sub(r"\g<so>", near)
    states = {word for one in _actors().found(near, 0, len(near)) for word in near[one.start : one.end].split()}
    found = (match["name"].strip() for match in LOCATIVE.finditer(near) if not _IS_NOWHERE.search(near[: match.start()]))
    found = (name for name in found if not _IS_LED.match(name) and not name.isupper())  # "in the SPR"
    known = states | _DAYS | _CONTINENTS | _WATERS
    return tuple(
        name
        for name in found
        if not all(word in known or word in known_words for word in name.split()) and not _is_of_matter(name.split()[0], text)
    )


_IS_NOWHERE = re.compile(
    r"\b(?:participat\w+|t(?:ake|akes|aking|ook) part|invest\w*|involved|interest\w*|enrol\w*|engaged?|confidence|trust|faith|stakes?|"
    r"shares?|believ\w+|succeed\w*) $",
    re.IGNORECASE,
)
""" "Take part in the Relief Mission": nothing is there."""
_IS_LED = re.compile(r"[A-Z][\w’']*-(?:led|backed|authori[sz]ed|run|brokered|sponsored|mediated|funded)\b")
""" "In the Norwegian-led Monitoring Force": an undertaking, no place."""


_ACTS = re.compile(
    r"(?:^\W*|[,;:] )(?:(?:and|but|while) )?(?P<beside>(?i:neighbou?ring|nearby|adjoining) )?"
    r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?) (?P<alone>alone |itself )?"
    r"(?P<does>counts?|reports?|records?|registers?|treats?|serves?|has|had|hosts?|holds?|held|sees?|saw|takes?|took|accounts? for"
    r"|[a-z]{3,}ed)\b"
    r"(?P<rest>.*)",
    re.DOTALL,
)


LANDS = frozenset(
    "England Scotland Wales Catalonia Bavaria Saxony Brittany Flanders Wallonia Sicily Lombardy Ontario Quebec Alberta Texas California "
    "Florida Punjab Sindh Gujarat Maharashtra Queensland".split()
)
"""Lands within states: what one of them counts is no figure of another, nor of the whole."""


def town_that_acts(near: str, known_words: str, text: str, figure: str) -> tuple[str, ...]:
    """The town, district or land whose own count it is: it is told elsewhere that something is there, it lies beside, it is told of alone,
    or it has so many people: "Lugano counted 300 cases", "Of five districts, Lugano alone has 300", "neighbouring Ticino has had 20"."""
    found = next((one for one in _ACTS.finditer(near[: max(near.find(figure), 0)])), None)
    if found is None or found["name"] in known_words:
        return ()
    name = found["name"]
    if any(each.kind == "aliases" for each in _actors().found(name, 0, len(name))):
        return ()  # a state
    is_first = near.lstrip(' -–—•*"“‘').startswith(name)
    is_word = " " not in name and not name.isupper() and name not in _BODIES and not (is_first and is_common_word(name))
    is_count = re.search(r"\b(?:count|report|record|register)(?:s|ed)$", found["does"]) is not None
    is_of_people = re.match(
        r"(?:s|ve)? ?(?:now |had |so far |since )*(?:[a-z]+ ){0,2}$", found["rest"]
    ) is not None and _OF_PEOPLE.search(near[near.find(figure) :])
    is_place = (
        name in LANDS
        or found["beside"]
        or found["alone"]
        or (is_word and is_count)
        or (is_word and is_of_people and found["does"] in ("has", "had", "hosts", "holds", "held"))
        or re.search(rf"\b(?:in|near|around|across|outside|(?:{_KINDS_OF_PART}) of) {re.escape(name)}\b", text) is not None
    )
    return (name,) if is_place else ()


_OF_PEOPLE = re.compile(r"^[^,;:]{0,40}\b(?:cases|deaths|infections|patients|refugees|people|inhabitants|residents|displaced)\b")


_WATERS = frozenset("Lake River Gulf Bay Sea Ocean Strait Straits Canal Gap Mount Cape".split())
"""What a name of a place begins or ends with: Lake Volta is the Volta of which a title speaks."""


_KINDS_OF_PART = "town|city|village|port|district|province|county|region|suburb|governorate|department|state"
_PART_OF_IT = re.compile(
    r"(?P<name>(?:[A-Z][\w’'-]+ )+)(?:district|province|county|region|governorate|municipality|prefecture|department|commune|oblast)\b"
    r"|\b(?:town|city|village|port|district|province|county|region|suburb) of (?P<of>(?:[A-Z][\w’'-]+\b ?)+)"
)


def is_called_part(name: str, text: str) -> bool:
    """Whether a text calls a place a town, a district, a camp or a neighbour of the whole, or tells something of it alone."""
    own = re.escape(name)
    kinds = f"{_KINDS_OF_PART}|capital|camp|island|hospital|reservoir|lake|valley|coast|north|south|east|west|centre|center"
    return (
        re.search(
            rf"\b(?:(?:{kinds})s?(?: [a-z]+)? of|(?i:neighbou?ring|nearby|adjoining|near|outside)) (?:the )?{own}\b"
            rf"|\b{own}(?:['’]s)? (?:(?:{kinds})\b|alone\b|itself\b)",
            text,
        )
        is not None
    )


_FLED = re.compile(
    r"\bfle(?:d|e|eing|es) (?:from )?(?:the (?P<kind>city|town|village|area|district|province|region|capital|camp|valley|enclave)\b"
    r"|(?:the )?(?:(?:north|south|east|west|central|upper|lower)(?:ern)? )?(?P<name>[A-Z][\w’'-]+))"
)
_ACROSS = re.compile(r"\b(?:abroad|borders?|frontier|neighbou?ring|refugees?|asylum|overseas|exile|cross\w*|(?:in)?to [A-Z])")


def is_flight_within(near: str) -> bool:
    """Whether people fled a town or a part of the country, and nothing says that they left it."""
    found = _FLED.search(near)
    if found is None or _ACROSS.search(near):
        return False
    name = found["name"] or ""
    return bool(found["kind"]) or not (name in _DAYS or set(states_in(name)) or set(states_in(near[found.start("name") :][:40])))


_LEADING = frozenset("By In On At As From Since Until For The Of".split())


def part_of_matter(ahead: str, known_words: str) -> tuple[str, ...]:
    """The district or province that a figure is of, by the words before it: "Mangochi district is worst hit, reporting 6,974 cases"."""
    found = list(_PART_OF_IT.finditer(ahead))
    if not found or TURN.search(ahead, found[-1].end()):
        return ()
    words = (found[-1]["name"] or found[-1]["of"]).split()
    last = max((place for place, word in enumerate(words) if word in _DAYS or word in _LEADING), default=-1)
    name = " ".join(words[last + 1 :])
    return () if all(word in known_words for word in name.split()) else (name,)


def is_common_word(word: str) -> bool:
    """Whether a word at the head of a sentence is one of the language, and names nobody."""
    return not _actors().found(word, 0, len(word)) and not _is_name(word)


def _is_name(word: str) -> bool:
    """Whether a word at the head of a sentence is a rare one, as names are."""
    from wordfreq import zipf_frequency

    return not word.endswith(("s", "ing", "ed")) and zipf_frequency(word.lower(), "en") < 3.3


def _is_of_matter(word: str, text: str) -> bool:
    """Whether the text calls the corridor or the deal by this name."""
    return re.search(rf"\b{re.escape(word)}(?: [\w’'-]+){{0,2}} {_alternatives()}\b", text) is not None


@cache
def _alternatives() -> str:
    return f"(?i:{'|'.join(_NEAR_MATTER.split())})"


def states_beside(near: str, claim: Claim, aside: str) -> Iterator[str]:
    """The states that the words name; of ministers and capitals nothing is said."""
    plain = _as_its_state(near)
    signs = {each.name for each in _actors().found(near, 0, len(near))} - {
        each.name for each in _actors().found(plain, 0, len(plain))
    }
    near = _AS_ELSEWHERE.sub(" ", plain)
    found = [each for each in _actors().found(near, 0, len(near)) if each.kind == "aliases" and each.name in _states()]
    partners = [one.span("names") for one in _PARTNERS.finditer(near)]
    origins = [one.span("names") for one in _FROM_WHERE.finditer(near)]
    found = [each for each in found if not _LED_BY.match(near, each.end)]  # a mission led by Kenya is not in Kenya
    own = [each for each in found if not any(low <= each.start < high for low, high in partners)]
    if found and all(any(low <= each.start < high for low, high in (*partners, *origins)) for each in found):
        return  # "imports from Norway and Belgium" are those of the place of the matter
    at_home = [each for each in own if not _OF_A_PEOPLE.match(near, each.end)]
    listed = _IN_A_LIST.search(near)  # "stores in France are 48% full, Austria 58%": each has its own
    if listed is not None and (last := [each for each in found if each.start >= listed.start()]):
        at_home = last
    found = at_home or own  # "Chad's camps hold 30,000 Sudanese refugees": they are in Chad
    if not found and _THE_COUNTRY.search(near):
        return  # of whose it is the reports tell, and not who says so
    by_the_way = {each.name for each in _actors().found(aside, 0, len(aside))}
    acting = (name for name in (claim.actor or "").split(";") if name in _states() - signs and name not in by_the_way)
    yield from (each.name for each in found) if found else acting


_IN_A_LIST = re.compile(
    r"(?<=,|d) (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)? \d[\d.]* ?(?:%|per ?cent)\W*$",
)
_THE_COUNTRY = re.compile(r"^\W*(?:[Ii]n [^,]{3,40}, )?(?:the|this) (?:country|nation|island|region)\b", re.IGNORECASE)


def is_seat(name: str) -> bool:
    """Whether a name is that of a capital: of a part of its state."""
    return any(each.kind == "seats" for each in _actors().found(name, 0, len(name)))


def states_in(words: str) -> Iterator[str]:
    """The states that some words name."""
    words = _as_its_state(words)
    yield from (each.name for each in _actors().found(words, 0, len(words)) if each.kind == "aliases" and each.name in _states())


_NAMED_AFTER = {
    "British Columbia": "Canada",
    "New Mexico": "United States",
    "New England": "United States",
    "New South Wales": "Australia",
    "South Australia": "Australia",
    "Gulf of Mexico": "the gulf",
    "Gulf of Guinea": "the gulf",
    "Gulf of Oman": "the gulf",
    "Gulf of Thailand": "the gulf",
    "Sea of Japan": "the sea",
    "South China Sea": "the sea",
    "East China Sea": "the sea",
    "Indian Ocean": "the ocean",
    "English Channel": "the channel",
    "Irish Sea": "the sea",
    "Norwegian Sea": "the sea",
    "Philippine Sea": "the sea",
}
"""Parts of states, and waters, whose names hold that of another state -> the state in which they are, or a word for them."""
_ANY_NAMED_AFTER = re.compile(rf"\b(?:the )?(?P<name>{'|'.join(_NAMED_AFTER)})\b")


def _as_its_state(words: str) -> str:
    """The words with a kind of money, and a part that is called after another state, as what they are."""
    return _ANY_NAMED_AFTER.sub(lambda found: _NAMED_AFTER[found["name"]], _SIGN.sub("$", words))


_SIGN = re.compile(r"\b(?:US|NZ|HK|[ACS])\$")
""" "US$2.7 billion": a kind of money, and no state."""
_AS_ELSEWHERE = re.compile(r",\s+(?:just |much |exactly )?(?:as (?:in|was|did|it|for|with|happened)|like) [^,;:]*$")
""" "Four fifths will get round it, as in Iran's case": nothing of Iran is told."""
_PARTNERS = re.compile(
    r"\b(?:(?i:import|inflow|suppl|purchas|deliver)\w*|comes? in|flows? in)\b[^.;:]*?\bfrom\s+(?P<names>[A-Z][^.;:]*)"
)
"""Those from whom something comes, in a part of a sentence that names nobody else."""
_FROM_WHERE = re.compile(
    r"\b(?:(?:arriv|cross|fle[de]|flee|com(?:e|es|ing)\b|came\b|refugee|migrant|newcomer|entrant|return)\w*)[^.;:]*?\bfrom\s+"
    r"(?P<names>(?:neighbou?ring |nearby |northern |southern |eastern |western )?(?:[A-Z][\w’'-]+ ?)+)"
)
"""Where people come from: they are counted where they go."""
_LED_BY = re.compile(
    r"n?(?:ese|ians?|is?|ans?)?-(?:led|backed|brokered|sponsored|supported|funded|flagged|owned|born|made|trained)\b"
)
_OF_A_PEOPLE = re.compile(
    r"n?(?:ese|ians?|is?|ans?)? (?:refugees|migrants|asylum.seekers|nationals|citizens|returnees|arrivals|families|exiles)\b"
)


@cache
def _states() -> frozenset[str]:
    """Actors that are places; alliances and bodies are none."""
    return (frozenset(table("actors")["aliases"]) | _STATES_BESIDES) - _BODIES - _ARMED


_STATES_BESIDES = frozenset(
    (
        *"Andorra Bahamas Barbados Belize Benin Bhutan Botswana Brunei Chad Comoros Djibouti Dominica Eswatini Fiji Gabon Gambia".split(),
        *"Grenada Jamaica Jordan Kiribati Lesotho Liechtenstein Luxembourg Maldives Malta Mauritania Mauritius Micronesia".split(),
        *"Monaco Namibia Nauru Niger Palau Samoa Seychelles Suriname Timor-Leste Togo Tonga Tuvalu Vanuatu".split(),
        *("Antigua and Barbuda", "Cape Verde", "Costa Rica", "Dominican Republic", "East Timor", "Saint Lucia", "San Marino"),
        *("Solomon Islands", "Trinidad and Tobago"),
    )
)
"""States that reports name less often than those that the reader knows as actors: a figure can be theirs all the same."""


_BODIES = frozenset(
    (
        "NATO",
        "European Union",
        "United Nations",
        "World Health Organization",
        "World Food Programme",
        "UNHCR",
        "UNICEF",
        "International Monetary Fund",
        "World Bank",
        "World Trade Organization",
        "IAEA",
        "International Criminal Court",
        "Red Cross",
        "OPEC",
        "OSCE",
        "African Union",
        "Arab League",
        "ASEAN",
        "ECOWAS",
        "West",
        "G7",
        "BRICS",
    )
)


_ARMED = frozenset(
    ("Al Qaeda", "Al Shabaab", "Boko Haram", "Hamas", "Hezbollah", "Houthis", "Islamic State", "Taliban", "Wagner"),
)
"""Actors that fight and hold places, and are none."""


@cache
def _actors() -> Actors:
    return Actors(_STATES_BESIDES)
