"""What figures count or measure, sorted: units of mass are one thing, words for people another; goods and places of the matter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from foedus.draft.facts import Fact
from foedus.draft.whereabouts import states_in
from foedus.draft.words import pattern, words_in
from foedus.evidence.reading.lexicon import table
from foedus.evidence.reading.subject import of_packs
from foedus.evidence.reading.units import singular
from foedus.language.reserved import meaning

__all__ = ["INDEX_POINT", "Matter", "class_of", "matter_of", "scale_of", "thing_of", "unit_class"]

_MASS = frozenset("tonne ton kilogram gram metric_ton kilotonne megatonne pound".split())
_VOLUME = frozenset(
    "litre barrel gallon bushel megalitre hectolitre millilitre cubic_metre cubic_kilometre cubic_foot billion_cubic_metre".split()
)
_ENERGY = frozenset(
    "kilowatt_hour megawatt_hour gigawatt_hour terawatt_hour gigajoule terajoule mega_british_thermal_unit".split()
)
_POWER = frozenset("kilowatt megawatt gigawatt terawatt".split())
_AREA = frozenset("km2 hectare acre".split())
_PEOPLE = frozenset(
    "person people individual villager returnee idp "
    "refugee migrant child worker inhabitant resident recruit man woman member civilian fighter smallholder farmer patient "
    "case infection death dead fatality casualty soldier troop wounded injured killed student teacher nurse doctor evacuee asylum-seeker "
    "asylum_seeker arrival asylum seeker passenger voter family household "
    "personnel serviceman servicewoman servicemember trooper conscript reservist volunteer mercenary marine sailor airman peacekeeper "
    "officer policeman guard adviser advisor instructor trainer engineer trainee cadet combatant militant rebel insurgent "
    "militiaman "
    "hostage prisoner captive detainee survivor victim loss employee staff staffer striker protester "
    "application claimant claim adult pupil citizen resident customer consumer applicant "
    "traveler traveller entrant newcomer graduate driver pilot miner docker medic physician midwife "
    "barrister lawyer solicitor judge magistrate juror defendant inmate offender suspect witness plaintiff clerk "
    "accountant consultant".split()
)


INDEX_POINT = "index_point"
"""What stands for money where no report names any: what it costs is in proportion to a hundred of these."""

_NOTHING = frozenset(
    "metre kilometre foot mile inch centimetre millimetre "
    "yard point degree time attack strike incident incursion clash raid target country nation "
    "state city town village district province site round percentage seat vote war year decade century generation star storey floor "
    "game match goal interview report study page word question poll survey hour minute second "
    "day night week fortnight month quarter season".split()
)
"""Nouns of lengths, places, words and what happens: nobody stores, sends or serves these."""


_SCALES = {
    "tonne": {"kilotonne": 1e3, "megatonne": 1e6, "kilogram": 1e-3, "gram": 1e-6, "pound": 0.00045359237},
    "cubic_metre": {
        "litre": 1e-3,
        "millilitre": 1e-6,
        "hectolitre": 0.1,
        "megalitre": 1e3,
        "cubic_kilometre": 1e9,
        "billion_cubic_metre": 1e9,
        "cubic_foot": 0.028316846592,
    },
    "megawatt": {"kilowatt": 1e-3, "gigawatt": 1e3, "terawatt": 1e6},
    "megawatt_hour": {
        "kilowatt_hour": 1e-3,
        "gigawatt_hour": 1e3,
        "terawatt_hour": 1e6,
        "gigajoule": 1 / 3.6,
        "mega_british_thermal_unit": 0.29307107,
        "terajoule": 1e3 / 3.6,
    },
}
"""Word for all of a measure -> how much of it one of another word is. Barrels, gallons and bushels differ from trade to trade."""
_WORD_FOR = {head: word for word, heads in _SCALES.items() for head in heads}


def scale_of(head: str) -> float:
    """How much of the word that stands for it one of a unit is: 0.001 for a litre, where cubic metres are counted."""
    word = _WORD_FOR.get(head)
    return _SCALES[word][head] if word else 1.0


def unit_class(head: str) -> str:
    """The class of a bare noun."""
    return _class(head, "level")


def class_of(fact: Fact) -> str:
    """people, mass, volume, energy, power, area, currency or count; "" for what has no noun."""
    return _class(fact.head, fact.kind)


@cache
def _class(head: str, kind: str) -> str:
    if not head or kind == "duration":
        return ""
    if kind in ("money", "price") or head in _currency():
        return "currency"
    for name, words in _sorted():
        if head in words:
            return name
    if _WORKS.search(head):
        return "people"
    return "" if head in _NOTHING else "count"


_WORKS = re.compile(
    r"\w(?:worker|woman|shoreman|fisherman|serviceman|workman|tradesman|craftsman|businessman|grower|keeper)$"
    r"|^(?:law|policy|film|dress|shoe|watch|wine|cheese)maker$"
)
""" "Dockworker", "longshoreman": compounds of people."""


@cache
def _sorted() -> tuple[tuple[str, frozenset[str]], ...]:
    """The words of each class but currency and count."""
    return (
        ("mass", _MASS),
        ("volume", _VOLUME),
        ("energy", _ENERGY),
        ("power", _POWER),
        ("area", _AREA),
        ("people", _PEOPLE | of_packs().people),
    )


@cache
def _currency() -> frozenset[str]:
    return frozenset(name.split()[-1] for name in table("units")["currency"])


def thing_of(head: str, kind: str = "level") -> str:
    """The word that stands for a noun: tonne for all of mass, cubic metre for what is measured in litres, person for all words for people,
    else the noun of its family."""
    if head in _WORD_FOR:
        return _WORD_FOR[head]
    group = _class(head, kind)
    if group == "mass":
        return "tonne"
    if group == "people":
        return "person"
    subject = of_packs()
    name = singular(dict(subject.families).get(head, head))
    name = _SAME.get(name, name)
    name = re.sub(r"\W", "_", name)
    return f"{name}_counted" if meaning(name) else name


_SAME = {"round": "shell", "vessel": "ship"}
"""Nouns for the same thing -> the one that stands for both; `round` is a function of the language."""


# Goods by family: a figure of one of them fills no slot of another.
_GOODS = {
    "grain": "grain grains wheat corn maize barley cereal cereals flour rice sorghum rye oats soy soya soybean* sunflower",
    "vegetable oil": "palm_oil cooking_oil vegetable_oil* edible_oil* crude_palm palm_olein cpo olein palm sunflower_oil",
    "fruit": "fresh_fruit fruit_bunch* fruit* ffb banana* coffee cocoa tea sugar",
    "fibre": "rubber cotton wool timber lumber wood_pulp jute",
    "fertiliser": "fertiliser* fertilizer* potash ammonia urea phosphate*",
    "fuel": "crude diesel gasoline petrol kerosene jet_fuel naphtha fuel_oil oil_products brent barrel* crude_oil",
    "gas": "natural_gas lng pipeline_gas gas",
    "coal": "coal coking_coal",
    "metal": "steel iron ore copper nickel aluminium aluminum lithium cobalt rare_earth* gallium germanium graphite "
    "antimony tungsten tin zinc manganese titanium magnesium tantalum indium bismuth molybdenum vanadium palladium platinum",
    "meat": "beef pork poultry chicken* livestock cattle fish milk dairy egg eggs",
    "chips": "chip chips semiconductor* wafer*",
    "medicine": "vaccine* dose doses drug drugs medicine* antibiotic* insulin mask masks oxygen",
    "water": "water rainfall",
    "arms": "shell shells ammunition missile* rocket* drone* artillery artillery_rounds munition*",
}


_PRICED_APART = ("metal", "fertiliser", "fruit", "meat")
"""Families whose goods have nothing in common but the trade: the price of copper is none of gallium."""
_THE_GOOD = re.compile(
    r"\b(?:the|this|that) (?:grain|cereal|oil|fuel|gas|metal|fruit|meat|fertili[sz]er|coal|medicine|commodity|staple|crop)s?\b",
    re.I,
)
"""Words that stand for the good of which was spoken: "the grain" for rice."""


_CRUDE = re.compile(r"^(?:crude(?: oil)?|brent|barrels?)$")
_NAME_INSIDE = re.compile(
    r"\b(?:[A-Z][\w’'-]+ (?:and |of |for |& )?){1,5}(?:Board|Authority|Ministry|Council|Association|Agency|Department|Corporation|Fund)\b|"
    r"(?<=[a-z,] )(?!Brent\b|LNG\b)[A-Z][a-z’'-]+ (?:University|Institute|Company|Group|Bank|Corporation|Inc|Ltd|plc)\b"
)
""" "Rice University" speaks of no rice."""
_TRADE_IN = re.compile(
    r"\bof (?:the |its |their |all |global |world )?(?:trade|exports?|imports?|sales|output|production) (?:in|of) "
    r"(?P<what>(?:[a-z-]+ ?){1,3})"
)


_PRICE_OF = re.compile(
    r"\b(?:[Pp]rices?|[Cc]osts?) of (?:an? |the |one |each )?(?:[a-z]+ )??(?:(?:metric )?"
    r"(?:tonne|ton|kilogram|kilo|kg|pound|barrel|litre|gallon|bushel|dozen|bag|sack)s? of )?"
    r"(?P<what>(?!(?:of|for)\b)[a-z][a-z-]{2,}(?: (?!(?:was|is|were|are|has|had|have|to|in|at|on|by|from|and|or|but|which|that|of|for|with|"
    r"than|since|this|last)\b|[a-z]{2,}(?:ed|se)\b|(?:hit|fell|stood|rises|falls|grew|sank|shot|went|came)\b)[a-z-]+){0,3})\b"
)
""" "The price of a tonne of antimony": whose price it is."""
_ANY_GOOD = (
    "oil goods good product* commodit* metal* mineral* staple* food* crop* fuel* energy material* ore export* import* deliver* shipment* "
    "cargo* supplies contract* future* benchmark* it them these those this that both all each any tonne ton kilogram kg pound barrel* litre "
    "gallon bushel dozen unit* delivery spot sale* raw refined crude processed imported exported local domestic global world one two three"
)
"""Words behind "the price of" that name no good of their own, or that of the matter by a wider word."""


_NO_SORT = (
    "total overall all whole entire more less fewer some any no other much most of in for to from on by with and or the a an its their our "
    "his her this that these those world global domestic local national foreign imported exported annual monthly daily own new old extra "
    "additional cheap cheaper expensive dear available enough state-run private official raw as than stored harvested sold bought shipped "
    "export import buy sell sells buys ship ships use uses make makes produce produces grow grows store stores hold holds eat eats need needs"
)
"""Words before a good that name no sort of it."""


@dataclass(frozen=True)
class Matter:
    """What the reports are about.

    Attributes:
        good: the family of goods that they speak of most, "" where none. word: how they mostly call it.
        scope: the places that figures are mostly of, the most frequent first.
        joint: several places that figures are given for together; () where there are none.
        ill: the disease that they speak of most, "" where none.
        is_world: their titles speak of the world: figures of all of it are theirs.
    """

    good: str
    word: str
    scope: tuple[str, ...]
    joint: tuple[str, ...] = ()
    ill: str = ""
    is_world: bool = False

    def other_illness(self, fact: Fact) -> str:
        """The disease that a figure is of, by the last that its sentence names before it, where that is not the one of the matter."""
        if not self.ill:
            return ""
        figure = (fact.claim.quantity.text or "") if fact.claim.quantity is not None else ""
        place = fact.sentence.find(figure) if figure else -1
        ahead = [_ill_of(found.group()) for found in pattern(_ILLS).finditer(fact.sentence[: max(place, 0)])]
        near = [_ill_of(one) for one in words_in(_ILLS, fact.near)]
        last = ahead[-1] if ahead else self.ill if self.ill in near or not near else near[0]
        return last if last != self.ill else ""

    def other_good(self, text: str, is_whole: bool = False, is_priced: bool = False) -> str:
        """The good of another family that a figure's words name without naming the matter's own; "" if there is none.

        Args:
            is_whole: a part or a product of the good (wheat where grain is the matter) is another good too, for the figure is an amount.
            is_priced: the figure is a price: of metals, of fertilisers each has its own.
        """
        if not self.good:
            return ""
        text = _NAME_INSIDE.sub(" ", text)
        told = words_in(_GOODS[self.good], text)
        if is_priced and (priced := self._priced(text)):
            return priced
        if told:
            own = [word for word in told if not word.startswith("barrel")]  # in barrels it is measured
            is_same = any(self._is_same(word) for word in own) or _THE_GOOD.search(text) is not None
            is_apart = is_whole or (is_priced and self.good in _PRICED_APART)
            return "" if not is_apart or is_same or not own else own[0]
        return next(
            (found[0] for family, words in _GOODS.items() if family != self.good and (found := words_in(words, text))), ""
        )

    def _priced(self, text: str) -> str:
        """The good that words name right behind "the price of", where that is none of the matter's family and no word for any good."""
        found = _PRICE_OF.search(text)
        what = found["what"] if found is not None else ""
        known = f"{_GOODS[self.good]} {_ANY_GOOD} {self.word.replace(' ', '_')}"
        return "" if not what or words_in(known, what) else what

    def narrower(self, text: str) -> str:
        """What a share is of, where that is not the good of the matter: "70 percent of the trade in tyres"; "" where it is all of it."""
        found = _TRADE_IN.search(text) if self.good else None
        if found is None or words_in(f"{_GOODS[self.good]} oil goods products commodities it them these", found["what"]):
            return ""
        return " ".join(found["what"].split())

    def sort_of(self, text: str) -> str:
        """The sort of the matter's good that words name ("basmati" of rice); "" where they name none, or the good as a whole as well."""
        if not self.word:
            return ""
        found = re.findall(rf"(?:(?<![\w-])(?P<sort>[a-z][a-z-]+) )?\b{re.escape(self.word)}\b", text)
        return next(iter(found), "") if found and all(one and not pattern(_NO_SORT).search(one) for one in found) else ""

    def _is_same(self, word: str) -> bool:
        """Whether two words for a good share a telling word: palm oil and crude palm, grain and grains."""
        if {_CRUDE.sub("crude", re.sub(r"\s+", " ", one)) for one in (word, self.word)} == {"crude"}:
            return True
        shared = {one[:4] for one in word.split()} & {one[:4] for one in self.word.split()}
        is_one = thing_of(singular(word)) == thing_of(singular(self.word))  # rounds are shells
        return bool(shared - {"oil", "gas", "fuel", "crud"}) or is_one


def matter_of(texts: Sequence[str], titles: Iterable[str], facts: Sequence[Fact]) -> Matter:
    """What the reports are about, by the words that they use most."""
    titles = tuple(titles)
    written = "\n".join((*texts, *[title for title in titles for _ in range(4)]))
    whole = _without_names(written)
    counts = Counter({family: len(pattern(words).findall(whole)) for family, words in _GOODS.items()})
    good, count = counts.most_common(1)[0]
    good = good if count >= 4 else ""
    named = Counter(found.group().lower() for found in pattern(_GOODS[good]).finditer(whole)) if good else Counter[str]()
    named = (
        Counter({word: count for word, count in named.items() if not word.startswith("barrel")}) or named
    )  # a measure, no good
    word = named.most_common(1)[0][0] if named else ""
    usable = [fact for fact in facts if not fact.refused]
    places = Counter(place for fact in usable for place in fact.places)
    most = max(places.values(), default=0)
    scope = tuple(place for place, count in places.most_common() if count >= max(2, 0.6 * most))
    scope = _with_most_named(scope, written)
    told = Counter(
        tuple(sorted(set(fact.places)))
        for fact in usable
        if fact.kind == "level" and len(set(fact.places)) > 1 and _are_listed(fact)
    )
    joined = [group for group, count in told.items() if len(group) > 2 or count > 1]
    joint = max(joined, key=lambda group: (sum(places[place] for place in group), group), default=())
    ills = Counter(_ill_of(found.group()) for found in pattern(_ILLS).finditer(written))  # Ebola and Zika are written large
    ill, told_ill = ills.most_common(1)[0] if ills else ("", 0)
    is_world = pattern("world world's global* worldwide").search(" ".join(titles)) is not None
    return Matter(good, re.sub(r"\s+", " ", word), joint or scope, joint, ill if told_ill >= _ILL_TOLD else "", is_world)


_NAMED_OFTEN, _NAMED_MOST = 3, 0.6


def _with_most_named(scope: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The places of figures and the state that the reports name most; where figures name none often enough, those named nearly as often:
    of a camp's figures few say again in which country it lies."""
    named = Counter(states_in(text))
    most = max(named.values(), default=0)
    if most < _NAMED_OFTEN:
        return scope
    others = (place for place, count in named.most_common() if count >= _NAMED_MOST * most)
    return tuple(dict.fromkeys((*scope, *others)))


_ILLS = (
    "mpox monkeypox measles ebola cholera covid* coronavirus influenza flu malaria polio dengue zika marburg plague smallpox chickenpox "
    "tuberculosis lassa yellow_fever typhoid meningitis hepatitis diphtheria norovirus sars mers anthrax hiv aids pertussis whooping_cough "
    "bird_flu avian_flu swine_flu nipah rabies rubella"
)
_ILL_TOLD = 3  # mentions from which the reports are of that disease
_SAME_ILL = {"monkeypox": "mpox", "flu": "influenza", "coronavirus": "covid", "whooping cough": "pertussis", "hiv": "aids"}


def _ill_of(word: str) -> str:
    name = re.sub(r"\s+", " ", word.lower())
    name = "covid" if name.startswith("covid") else name
    return _SAME_ILL.get(name, name)


def _without_names(text: str) -> str:
    """The text without words that stand in it as names alone: an oil company called Shell speaks of no shells."""
    small = set(re.findall(r"(?<![\w’'-])[a-z][a-z’'-]+", text))
    names = {word for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z’'-]+", text) if word.lower() not in small and word != "Brent"}
    return re.sub(r"(?<![\w’'-])[A-Z][a-z’'-]+", lambda match: "" if match.group() in names else match.group(), text)


def _are_listed(fact: Fact) -> bool:
    """Whether all the places of a figure stand in one list: "stores in A and B held 9 tonnes for C" is of no three together."""
    found = _ENUMERATED.search(fact.near)
    return found is not None and len(re.findall(r"(?:^|,|\band\b|\bin\b|\bacross\b) ?[A-Z]", found.group())) >= len(
        set(fact.places)
    )


# "A, B and C have reported", "in A, B and C"
_ENUMERATED = re.compile(
    r"\b(?:in|across) [A-Z][a-z]+(?:, (?:[A-Z][a-z]+ ?)+)* and [A-Z][a-z]+"
    r"|[A-Z][a-z]+(?:,| and) (?:[A-Z][a-z]+ )?(?:and )?[A-Z][a-z]+(?: [A-Z][a-z]+)? (?:have|had|has|together|are|were|report)"
)
