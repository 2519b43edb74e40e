"""Numbers of a paragraph with what each counts or measures, before neighbours are joined into ranges."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from foedus.evidence.reading import designations, names
from foedus.evidence.reading.digits import with_scale
from foedus.evidence.reading.nouns import noun_run
from foedus.evidence.reading.numbers import PlacedNumber, is_figure, letter_scale, numbers
from foedus.evidence.reading.parse import Word
from foedus.evidence.reading.qualifiers import qualifier_after, qualifies_word
from foedus.evidence.reading.rates import rate_before, rate_behind
from foedus.evidence.reading.spelled import NUMBER_WORD
from foedus.evidence.reading.tolls import Tolls
from foedus.evidence.reading.units import PlacedUnit, compound_after, currency_before, is_plural_count, singular, unit_after

__all__ = ["Drafts", "QuantityDraft"]


@dataclass(frozen=True)
class QuantityDraft:
    """A number with its unit, before neighbours are joined.

    Attributes:
        is_waiting: it counts only with its neighbour.
        is_doubtful: seen, but not read whole.
        is_told: its unit stands elsewhere in the sentence.
        rivals: units that stand elsewhere and may be its own, where none is nearer than the others.
    """

    number: PlacedNumber
    start: int
    end: int
    unit: str
    unit_text: str
    dimension: str
    is_waiting: bool = False
    is_doubtful: bool = False
    is_told: bool = False
    rivals: tuple[str, ...] = ()

    @property
    def amount(self) -> float:
        return self.number.value or 0.0


_WHOLE = rf"(?:[\d,.]+(?:-odd)?|{NUMBER_WORD}(?:[ -]{NUMBER_WORD})*)"
_PART_OF = re.compile(
    r" of (?:(?:the|its|their|these|those|his|her|our|[a-z]+ [a-z]+['’]s|(?:[A-Z][\w'’.-]*[ ]){0,3}[A-Z][\w.-]*['’]s?) "
    rf"(?:(?P<whole>{_WHOLE}) )?|(?P<bare>{_WHOLE}) )(?=[a-z])"
)
_PART_OF_UNIT = re.compile(r" of an? (?:(?:US|UK|U\.S\.) )?(?=[a-z])")
_OF_WHOLE = re.compile(
    r" of (?:the |its |their |his |her |all |these |those )*(?:\d[\d,.]* (?:thousand |million |billion )?(?=[a-z]))?"
    r"|(?: the| that| its| his| their) "
)
_SURE = re.compile(r" (?:certain|sure|confident|convinced)\b")
_OR_SO = re.compile(r" (?:or so|or more|or fewer|or less|or thereabouts) (?=[a-z])")
_LEADS_ON = re.compile(
    r"-?,? ?(?:to|or|-|–|and|up to|through)[- ](?:about |around |as many as |even )?(?:[$€£]?\d|(?:two|three|four|five|six|seven"
    r"|eight|nine|"
    r"ten|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|an? hundred|a thousand)\b)| ?[-–—‑−] ?\d| ?(?:±|\+/-"
    r"|\+-|plus or minus|give or take) ?\d"
)
_STANDS_ALONE = re.compile(
    r"\s*(?:[.,;:!?)\"”]|$| (?:a|per|each|in|from|by|at|this|last|since|on|were|was|are|is|have|had|left|died)\b)"
)
_DAILY = re.compile(
    r"\b(?P<how>hourly|daily|weekly|monthly|yearly|annual)(?: (?:average|rate|output|total|quota|intake|production|capacity"
    r"|maximum|minimum|losses|limit))?"
    r"(?: of| at| is| was| reached)?(?: about| around| some| nearly| roughly| over| up to| more than)? ?$",
    re.IGNORECASE,
)
_SPANS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year"}
_LONG = re.compile(
    r"[ -]?(?:long|tall|wide|high|deep|above|below|away|from|off|up|down|behind|ahead|in (?:length|height|diameter|width"
    r"|depth)|thick|apart|"
    r"radius|range|race|sprint|hurdles|freestyle|dash|butterfly|relay|final|×|x )|\s?\(|[ -](?:by|to|of (?!these|those|them"
    r"|its|their|the ))"
)
_PAIR_OF_KINDS = re.compile(r" [a-z-]+ (?:and|or) (?:[a-z-]+ ){0,2}?(?P<noun>[a-z]+s|people)\b")
_NOUN_BEHIND = re.compile(
    r" (?!(?:to|from|in|of|and|or|by|at|on|with|for|than|as|long|wide|high|deep|tall|above|below|away|off|per|an?|the|that|is"
    r"|was|are|were|"
    r"before|after|since|last|this|but)\b)[a-z]"
)
_FIRST_END = re.compile(r"\d[\d.,]*\s?(?:[-–—‑]|to|and|or)\s?$")
_SAME_LETTER = re.compile(r"\s?(?:and|or|to|-|–)\s?[\d.]+m\b")
_SIZED = re.compile(  # "three 500 kg bombs": a measure between the number and its noun
    r" \d[\d.,]*[- ]?(?:mm|cm|m|kg|km|inch|pound|litre|liter|tonne|ton|day|hour|man|mile|millimetre|euro|dollar|seat|bed"
    r"|barrel|watt|kilogram|gallon)"
    r"(?:[- ](?=[a-z])|-(?:calibre|caliber|long|wide) )"
)
_OTHERS = re.compile(r" others\b")
_DIFFERENCE = re.compile(r" (?:more|fewer|less|lower|higher|above|below)(?: [a-z]+)? than\b")
"""Behind a number that says how far something is from another: no level."""
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MAGNITUDE = re.compile(r"\bmagnitude[ -](?:of )?(?:about )?$", re.IGNORECASE)
""" "A magnitude 6.1 earthquake": how strong it was, and no number of them."""
_IN_MONTH = re.compile(
    rf"\b(?:[Ii]n|[Ss]ince|[Bb]y|[Dd]uring|[Bb]efore|[Aa]s of|early|late|mid|(?:{_MONTHS}) and)[- ](?:{_MONTHS})$"
)
_OF_STUFF = re.compile(r" of (?!the\b|its\b|his\b|her\b|their\b|a\b|public\b|taxpayers)[a-z]")
_WEIGHS = re.compile(
    r"\b(?:weigh|heav|light|weight|thrust|pressure|torque|per square|bomb|payload|catch|caught|landed)", re.IGNORECASE
)
_PAYS = re.compile(
    r"\b(?:pa(?:id|y|ys|ying|yments?)|cost\w*|earn\w*|worth|price\w*|fees?|fined?|fines|loans?|debts?|owe[sd]?|budget|wages?|salar\w+|rents?|rais\w+|"
    r"spen[dt]\w*|sold for|took in|takings|fund\w*|profit\w*|revenue\w*|income|tax\w*|donat\w+|bill|bought|buy\w*|grants?|bonus|invest\w*|"
    r"sum of|tuition|deposit|premium|pension|subsid\w+|allowance|lottery|prize|bail|ransom|savings?|cash|money|shares?|turnover|sales)\b",
    re.IGNORECASE,
)
_MILLIONS = re.compile(
    r"[$€£¥]\s?\d[\d.,]*m\b|\d[\d.,]*m (?:euros?|dollars?|pounds|crowns|kron\w+|francs|yen|yuan|rupees|roubles|pesos)\b"
)
_PER_MONEY = re.compile(r" (?:to|for|per|against) (?:the|an?|one|each)? ?(?:U\.?S\.? )?(?:dollar|euro)s?\b|/(?:USD|EUR|dollar)\b")
_POUNDS = {
    "Egypt": "egyptian pound",
    "Leban": "lebanese pound",
    "Syria": "syrian pound",
    "South Sudan": "south sudanese pound",
    "Sudan": "sudanese pound",
}
_POUND_LANDS = re.compile(r"\b(?:Egypt|Leban|Syria|South Sudan|Sudan)")
_BRITISH = re.compile(r"\b(?:Brit(?:ain|ish|on)|U\.?K\.?\b|England|English|London|Scotland|Wales|[Ss]terling)")
_BY_TERM = re.compile(r" (?:an?|per|each) (?:year|month|night|term)\b")
_MANY_OF = re.compile(r" of (?:these|those|them|its|their|his|her|our)\b")
_DECIMAL_UNIT = re.compile(r"[ \u00a0\u202f-]?(?:[%‰°€£$]|[A-Za-z])")


_AND_OTHER = re.compile(
    r"(?:, [a-z-]+(?: [a-z-]+)?){0,4},? (?:and|or) other (?:[a-z-]+ )?(?P<noun>[a-z-]+s|people|cattle|livestock|poultry|fish)\b"
)
""" "166 million chickens, turkeys and other birds": birds are counted, of which chickens are some."""


class Drafts:
    """Reads one paragraph of a text: `text` up to the paragraph's end, `floor` its start, `words` in between."""

    def __init__(self, text: str, floor: int, words: list[Word]) -> None:
        self._text, self._floor, self._words = text, floor, words
        self._starts = [word.start for word in words]
        piece = text[floor:]
        self._masked = [(low + floor, high + floor) for low, high in names.masked_spans(piece)]

    def all(self) -> Iterator[QuantityDraft]:
        """The drafts in order; those of no noun take over what the words around them are about."""
        tolls = Tolls(self._text, self._floor)
        for draft in self._plain():
            found = draft
            if not draft.unit and draft.number.kind in ("numeric", "vague") and not draft.is_doubtful:
                choice = tolls.unit_of(draft.number, draft.end)
                if choice.taken is not None:
                    unit, words = choice.taken
                    found = replace(draft, unit=unit, unit_text=words, dimension="count", is_waiting=False, is_told=True)
                elif choice.is_open:
                    found = replace(draft, is_waiting=False, rivals=tuple(unit for unit, _ in choice.rivals))
            found = self._by_time(self._of_rate(found, tolls))
            if found.dimension == "count":
                tolls.counted(found.unit, found.unit_text, found.end)
            yield found

    def _of_rate(self, draft: QuantityDraft, tolls: Tolls) -> QuantityDraft:
        """ "250,000 shells a month, or some 3 million a year": the same things in another time."""
        if not draft.unit.startswith("per "):
            return draft
        noun, words = tolls.rated(draft.start)
        noun = noun or tolls.of_rate(draft.start)
        return replace(draft, unit=f"{noun} {draft.unit}", unit_text=words, dimension="count", is_told=True) if noun else draft

    def _by_time(self, draft: QuantityDraft) -> QuantityDraft:
        """ "A daily average of 300 loaves": a rate that the words before the number tell."""
        if " per " in draft.unit or draft.dimension in ("time", "share"):
            return draft
        span, is_open = rate_behind(self._text, draft.end) if draft.unit_text else ("", False)
        span = span or (rate_before(self._text, draft.start, draft.end, self._floor) if draft.unit_text and not is_open else "")
        if span:
            return replace(draft, unit=f"{draft.unit} per {span}")
        draft = replace(draft, is_doubtful=True) if is_open and draft.dimension == "count" else draft
        match = _DAILY.search(self._text[max(self._floor, draft.start - 60) : draft.start])
        if match is None or draft.dimension == "currency":
            return draft
        return replace(draft, unit=f"{draft.unit} per {_SPANS[match['how'].lower()]}".lstrip())

    def _plain(self) -> Iterator[QuantityDraft]:
        shown = list(self._text[self._floor :])
        for low, high in self._masked:
            shown[low - self._floor : high - self._floor] = "␀" * (high - low)
        taken = reach = self._floor
        for number in numbers("".join(shown)):
            number = replace(number, start=number.start + self._floor, end=number.end + self._floor)
            if number.start < taken or (number.start < reach and number.is_word):
                continue
            draft = self._draft(number)
            if draft is not None:
                is_of_whole = self._is_of_whole(draft)
                reach = number.end if is_of_whole else draft.end
                has_inner = is_of_whole or draft.dimension == "share" or _SIZED.match(self._text, number.end)
                taken = number.end if has_inner else draft.end  # "a third of the 12,000 men" has two numbers
                yield draft

    def _is_of_whole(self, draft: QuantityDraft) -> bool:
        """ "Seven of the 12 jurors", "two of five lines": the part and the whole are two figures of one noun."""
        part = self._part_of(draft.number)
        is_two = part is not None and (part["whole"] is not None or part["bare"] is not None)
        return draft.dimension == "count" and part is not None and is_two and part.end() < draft.end

    def _draft(self, number: PlacedNumber) -> QuantityDraft | None:
        """The number with its unit, or None where it is no quantity."""
        currency = currency_before(self._text, number.start)
        if number.is_loose:
            return self._unread(number)
        if number.letter or self._has_big_letter(number):
            number = self._with_letter(number, currency)
        if number.kind == "multiple":
            return QuantityDraft(number, number.start, number.end, "time", "", "finance_and_sport")
        if number.kind in ("share", "vague"):
            return self._of(number)
        unit = unit_after(self._text, number.end)
        if unit is not None and currency is None and names.is_decade(self._text, number, unit.start):
            return None
        if unit is not None and unit.name == "percentage" and _SURE.match(self._text, unit.end):
            return None  # "90 % certain that 40 left": how surely, as the hedge says
        draft = self._sized(number, currency, unit)
        if draft is None or currency is not None:
            return draft
        return replace(draft, is_doubtful=True) if self._is_ambiguous(draft) else draft

    def _sized(self, number: PlacedNumber, currency: PlacedUnit | None, unit: PlacedUnit | None) -> QuantityDraft | None:
        """The number with a currency, a unit of measure or a noun."""
        if currency is not None:
            reach = unit.end if unit is not None and unit.dimension == "currency" else number.end
            return self._measured(number, compound_after(self._text, replace(currency, end=reach)), currency.start)
        if designations.is_strength(self._text[max(self._floor, number.start - 20) : number.start]):
            return QuantityDraft(number, number.start, number.end, "magnitude", "", "")
        around = self._around(number)
        is_measured = unit is not None and not self._is_noun_instead(number, unit)
        if names.is_name(self._text, number, around, is_measured):
            return None
        if not is_measured and designations.is_designation(self._text, number, around[0]):
            return None
        if unit is not None and is_measured:
            return self._measured(number, compound_after(self._text, self._as_money(number, self._at_sea(unit))), number.start)
        whole = _OF_WHOLE.match(self._text, number.end) if 0 < (number.value or 0) < 1 else None
        if whole is not None and not number.is_word and self._noun_run(whole.end()):
            return _as_fraction(self._counted(number, whole.end()))
        part = _PART_OF_UNIT.match(self._text, number.end)
        measured = unit_after(self._text, part.end() - 1) if part and (number.value or 1) < 1 else None
        return self._measured(number, measured, number.start) if measured else self._counted(number)

    def _unread(self, number: PlacedNumber) -> QuantityDraft | None:
        """Digits or words of no style: nothing where they are a version or a name, else seen without a value."""
        written = self._text[number.start : number.end]
        before = self._text[max(self._floor, number.start - 1) : number.start]
        if not number.is_word and (written.count(".") > 1 or before.isalpha() or before in ("#", "_", "/", "@")):
            return None
        run = self._noun_run(number.end)
        unit = singular(run[-1].text) if run else ""
        return QuantityDraft(number, number.start, number.end, unit, "", "count" if unit else "", is_doubtful=True)

    def _is_ambiguous(self, draft: QuantityDraft) -> bool:
        """Figures of a style that leaves two readings, with nothing beside them that decides."""
        style = draft.number.style
        if draft.dimension == "count" and re.fullmatch(r"\d+[/⁄]\d+", self._text[draft.number.start : draft.number.end]):
            return True  # eleven twelfths of a man, or eleven of twelve men
        if style == "point":
            is_english = re.search(
                r"(?<![\d.,])\d{1,3},\d{3}(?![\d,]|\.\d{3})|(?<![\d.,])\d+\.\d{1,2}(?![\d.,])", self._text[self._floor :]
            )
            is_padded = self._text[draft.number.start : draft.number.end].endswith("00")  # nobody measures 900.000 metres
            return is_padded or (draft.dimension in ("count", "") and is_english is None)
        if style == "comma":
            return draft.dimension in ("count", "")
        return style == "blank" and draft.dimension == "length" and draft.unit.endswith("millimetre")

    def _has_big_letter(self, number: PlacedNumber) -> bool:
        """ "3 B trees": a capital behind a blank that stands for a scale."""
        match = re.compile(r" (?P<letter>[KMB]) (?=[a-z])").match(self._text, number.end)
        return match is not None and not number.is_word and number.scale == 1

    def _with_letter(self, number: PlacedNumber, currency: PlacedUnit | None) -> PlacedNumber:
        """ "5m" is five million with a currency, else five metres; "10k" is ten thousand."""
        gap = 0 if number.letter else 1
        letter = number.letter or self._text[number.end + 1]
        end = number.end + gap + len(letter)
        if number.value is None or not self._is_scale(number, letter, end, currency):
            return number
        size = letter_scale(letter)
        value = with_scale(number.value, size)
        if not is_figure(value):
            return number
        return replace(number, value=value, low=value, high=value, end=end, letter="", scale=size)

    def _is_scale(self, number: PlacedNumber, letter: str, end: int, currency: PlacedUnit | None) -> bool:
        """Whether a letter behind a figure multiplies it."""
        is_glued = bool(number.letter)
        currency = currency or self._currency_of_range(number)
        if is_glued and (currency is not None or letter.lower() in ("k", "bn", "tn")):
            return True
        if is_glued and letter in ("M", "B") and self._text[end : end + 2].strip().islower():
            return True
        if re.match(r" ?(?:euros?|dollars?|pounds|€|people|users|USD|EUR)", self._text[end:]) or _MANY_OF.match(self._text, end):
            return True
        if (
            is_glued
            and letter == "m"
            and _MILLIONS.search(self._text, self._floor, number.start)
            and not _LONG.match(self._text, end)
        ):
            return True  # "a loss of $31m, against a profit of 12m"
        pair = _SAME_LETTER.match(self._text, end)
        if letter == "m" and pair is not None:
            return self._is_scale(number, letter, pair.end(), None)
        measured = unit_after(self._text, end) if self._text[end : end + 1] == " " else None
        if letter == "m" and measured is not None and measured.dimension in ("mass", "volume", "area", "energy", "power"):
            return True
        if letter == "m" and ((number.value or 0) >= 1000 or _LONG.match(self._text, end)):
            return False
        run = self._noun_run(end)
        if run and (run[-1].tag in ("NNS", "NNPS") or is_plural_count(run[-1].lower)):
            return True
        kinds = _PAIR_OF_KINDS.match(self._text, end)
        return kinds is not None and is_plural_count(kinds["noun"])

    def _currency_of_range(self, number: PlacedNumber) -> PlacedUnit | None:
        """The sign of a range's first number counts for the second: "$5-10m"."""
        match = _FIRST_END.search(self._text[max(self._floor, number.start - 16) : number.start])
        return currency_before(self._text, number.start - len(match.group())) if match else None

    def _is_noun_instead(self, number: PlacedNumber, unit: PlacedUnit) -> bool:
        """ "5 A levels": a one-letter unit with a blank before it and a noun behind it."""
        if (
            unit.dimension == "time"
            and self._text[unit.start : unit.end] == unit.name
            and (number.value or 0) > 2
            and number.scale > 1
        ):
            return _NOUN_BEHIND.match(self._text, unit.end) is not None  # "2.7m day visitors"
        is_short = unit.end - unit.start == 1 and self._text[unit.start].isalpha() and unit.start > number.end
        has_noun = _NOUN_BEHIND.match(self._text, unit.end)
        is_capital = self._text[unit.start].isupper()
        return is_short and (number.is_word or (has_noun is not None and is_capital and unit.name != "watt"))

    def _at_sea(self, unit: PlacedUnit) -> PlacedUnit:
        """ "40 nm offshore" are nautical miles, "a 5 nm chip" is not."""
        if unit.name != "nanometre" or self._text[unit.start : unit.end] != "nm":
            return unit
        near = self._text[max(self._floor, unit.start - 90) : unit.end + 60].lower()
        return replace(unit, name="nautical mile") if names.is_of_travel(near) else unit

    def _around(self, number: PlacedNumber) -> tuple[Word | None, Word | None, Word | None]:
        """The words before, at and behind the number; a date before it is no part of its name."""
        at = bisect_left(self._starts, number.start)
        after = bisect_left(self._starts, number.end)
        before = self._words[at - 1] if at > 0 else None
        if before is not None and (names.overlaps(self._masked, before.start, before.end) or self._is_month(before)):
            before = None
        return (
            before,
            self._words[at] if at < len(self._words) else None,
            self._words[after] if after < len(self._words) else None,
        )

    def _is_month(self, word: Word) -> bool:
        """ "In May 30 barns burned": the month is no name before the number."""
        return word.text[:1].isupper() and _IN_MONTH.search(self._text, max(self._floor, word.start - 15), word.end) is not None

    def _as_money(self, number: PlacedNumber, unit: PlacedUnit) -> PlacedUnit:
        """ "Took in 1.2 million pounds": no weight, where the words around it speak of money, or it is millions of them and of no stuff."""
        if unit.dimension != "mass" or not self._text[unit.start : unit.end].lower().startswith("pound"):
            return unit
        near = self._text[max(self._floor, number.start - 60) : unit.end + 30]
        is_stuff = _OF_STUFF.match(self._text, unit.end) or _WEIGHS.search(near)
        is_money = number.scale >= 1e6 or _PAYS.search(near) is not None or _BY_TERM.match(self._text, unit.end) is not None
        is_money = is_money or _PER_MONEY.match(self._text, unit.end) is not None
        return unit if is_stuff or not is_money else replace(unit, name=self._pound(), dimension="currency")

    def _pound(self) -> str:
        """Whose pound it is: that of a state of which the text has spoken and which has one of its own, unless it speaks of Britain more."""
        own = Counter(_POUNDS[match.group()] for match in _POUND_LANDS.finditer(self._text))
        if not own or len(_BRITISH.findall(self._text)) >= max(own.values()):
            return "pound sterling"
        return own.most_common(1)[0][0]

    def _measured(self, number: PlacedNumber, unit: PlacedUnit, start: int) -> QuantityDraft:
        end = max(number.end, unit.end)
        return QuantityDraft(number, min(start, number.start), end, unit.name, self._text[unit.start : unit.end], unit.dimension)

    def _of(self, number: PlacedNumber) -> QuantityDraft | None:
        """ "Tens of thousands of people", "a third of the army"."""
        link = _OF_WHOLE.match(self._text, number.end)
        if link is None:
            if number.kind == "share":
                return _as_fraction(self._counted(number))
            unit = unit_after(self._text, number.end)
            return self._measured(number, unit, number.start) if unit else self._counted(number)
        unit = unit_after(self._text, link.end() - 1)
        if unit is not None and number.kind == "vague":
            return self._measured(number, compound_after(self._text, unit), number.start)
        draft = self._counted(number, link.end())
        if draft is None or number.kind == "vague":
            return draft
        return _as_fraction(draft)

    def _counted(self, number: PlacedNumber, place: int | None = None) -> QuantityDraft | None:
        """The number with the noun that it counts."""
        run = self._noun_run(number.end if place is None else place)
        part = (self._part_of(number) or _OR_SO.match(self._text, number.end)) if not run and place is None else None
        run = self._noun_run(part.end()) if part else run
        bare = QuantityDraft(number, number.start, number.end, "", "", "")
        if _LEADS_ON.match(self._text, number.end):
            return replace(bare, is_waiting=True)
        if not run:
            return self._bare(number, bare)
        if names.is_definite_pair(self._text, number, run) or _is_address(number, run):
            return None
        name = self._around(number)[0]
        if designations.is_equipment_name(self._text, number, name, run[-1]):
            earlier = self._words[bisect_left(self._starts, name.start) - 1] if name is not None and name.index else None
            role = designations.is_place_or_receiver(earlier)
            if not role:
                return None
            if role == "receiver":
                return replace(bare, unit=singular(run[-1].text), dimension="count", is_doubtful=True)
        return self._of_noun(number, run)

    def _part_of(self, number: PlacedNumber) -> re.Match[str] | None:
        """ "Seven of the jurors", "two of five lines"; "300 of 122 mm" says of which kind."""
        part = _PART_OF.match(self._text, number.end)
        return (
            None if part is not None and part["bare"] is not None and unit_after(self._text, part.end() - 1) is not None else part
        )

    def _of_noun(self, number: PlacedNumber, run: list[Word]) -> QuantityDraft:
        head = run[-1]
        text = self._text[run[0].start : head.end]
        listed = _AND_OTHER.match(self._text, head.end)
        noun = listed["noun"] if listed is not None else head.text
        text = text if listed is None else noun
        unit = compound_after(self._text, PlacedUnit(singular(noun), "count", run[0].start, head.end))
        return QuantityDraft(number, number.start, unit.end, unit.name, text, "count")

    def _bare(self, number: PlacedNumber, bare: QuantityDraft) -> QuantityDraft | None:
        """A number without a noun: an age, a score, or what the words around it are about."""
        if names.is_age(self._text, number):
            near = self._text[max(self._floor, number.start - 60) : number.end + 60]
            return None if names.is_list_of_ages(near) else replace(bare, unit="year of age", dimension="time")
        if number.kind != "numeric":
            return bare
        unit = compound_after(self._text, PlacedUnit("", "", number.end, number.end))
        if unit.name:
            return QuantityDraft(
                number, number.start, unit.end, unit.name.removeprefix(" "), self._text[number.end : unit.end], "rate"
            )
        if number.is_word and _OTHERS.match(self._text, number.end) and (number.value or 0) > 1:
            return bare  # "each infects about two others"
        if number.is_word:
            is_weighty = number.scale >= 12 or (number.value or 0) % 1 > 0
            is_weighty = is_weighty or qualifies_word(self._text, number.start, self._floor)
            if _DIFFERENCE.match(self._text, number.end):
                return replace(bare, is_doubtful=True)
            is_more = (qualifier_after(self._text, number.end) or ("", 0))[0] == "additional"
            if not is_more and (not is_weighty or not _STANDS_ALONE.match(self._text, number.end)):
                return replace(bare, is_waiting=True)
            return bare
        if _DIFFERENCE.match(self._text, number.end):
            return replace(bare, is_doubtful=True)
        is_waiting = names.is_bare_name(self._text, number, self._around(number))
        is_tail = re.search(r"(?:\d|\w\w)\s?[-–:/]\s?$", self._text[max(self._floor, number.start - 4) : number.start])
        return replace(bare, is_waiting=is_waiting or bool(is_tail))

    def _noun_run(self, place: int) -> list[Word]:
        """The words from the number to the noun it counts; empty where there is none."""
        sized = _SIZED.match(self._text, place)
        place = sized.end() if sized else place
        at = bisect_left(self._starts, place)
        return noun_run(self._words, at, self._text, place)


def _is_address(number: PlacedNumber, run: list[Word]) -> bool:
    """ "575 Wilbraham Road", "11 Pro Max": digits before nothing but a name; "40 AK47s" are so many of a type."""
    if re.fullmatch(r"[A-Z][A-Za-z-]*\d+s", run[-1].text):
        return False
    return not number.is_word and number.scale == 1 and all(word.tag in ("NNP", "HYPH", "CD", "POS") for word in run)


def _as_fraction(draft: QuantityDraft | None) -> QuantityDraft | None:
    """A share counts a part of the noun."""
    if draft is None:
        return None
    return replace(draft, unit=f"fraction of {draft.unit}" if draft.unit else "fraction", dimension="share")
