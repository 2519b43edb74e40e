"""The rule table: beside each mechanism of the shelf a file that says by which words a report speaks of it, and of each of its slots.

    about = "stock* storage warehouse* tank*"     # words by which a report speaks of the mechanism; `*` any ending, `_` a blank
    counted = "shell round"                       # of what is counted one by one: these alone; `not_counted`: none of these
    core = ["start"]                              # slots of which a figure must fill one: others fit too many reports
    alone = ["start"]                             # slots of which a figure is enough, where other parts give what else is needed
    lone = ["start"]                              # slots of which a figure is enough, where no other mechanism fits at all
    index = "price_now"                           # where no figure fills this slot, the second generic unit is points of an index
    least = 2                                     # how many different ones must stand in the reports
    things = ["mass", "volume", "count"]          # what the generic units may be: people, mass, volume, energy, power, area, currency, count

    [slots.start]
    kind = "level"                                # what its unit measures: level, flow, share, duration, price, money, number
    of = "thing"                                  # thing, other (the second generic unit), or nouns that are counted
    say = ["stock* store*", "end_of"]             # a word of every line must stand by the figure
    not = "capacity"                              # none of these may
    above = "fled"                                # slots that are a part of this one: figures below theirs are of another whole
    follows = "{served} * {time}"                 # a product of slots from which it follows: figures that contradict it are left out
    at_most = "{room!} - {part}.store"            # what it never passes, where claims fill what is named with `!`
    at = "stock_now"                              # what is told of another land than the figures of that slot is none of it
    lasts = 25                                    # days for which a figure stands beside a newer one
    moment = "now"                                # of when: now usual expected wanted past; several are allowed
    guess = 0                                     # what to take where nobody says, with its reason: {slot} what stands there, {slot!} only
                                                  # if claims fill it; behind `index:` only where money counts in points of an index,
                                                  # behind `lasting:` only of what does not spoil
    because = "judgement: nothing is in store"     # a list where each guess has a reason of its own

    told = ["pact* treaty", "defence mutual*"]    # sentences that hold a word of each group, and none of `told_not`, ...
    sentences = 2                                 # ... must be so many; a share of a mechanism with everyday words is kept out by it
    on_words = true                               # it may be used without any figure, where another part rests on some

    [triggers.closed]                             # slots that an event sets to 1
    say = ["lapse* withdraw*"]
    points = -1                                   # a foretold move by so many points is its size: downwards; 1 upwards

    [answers.settled]                             # what it gives that readers ask for
    ask = "The dispute is settled"
    limit = "{capacity}"                          # the extra that is its limit; `capped = true`: it cannot pass it
    start = "rate_now"                            # the slot from which it starts: where a figure fills that, it is asked first
    comes = "deal settlement"                     # of what comes once: the words of a prediction that it does; `not`: none of these

A rule knows words of a trade, never sentences.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from foedus.draft.facts import KINDS, MOMENTS
from foedus.errors import InputError, Problem

__all__ = ["AnswerRule", "MechanismRule", "SlotRule", "TriggerRule", "read_rule", "rule_of", "ruled"]


@dataclass(frozen=True)
class SlotRule:
    """How a report speaks of one slot, or of a figure beside the mechanism that its slots or answers need (an extra).

    Attributes:
        kinds: of quantity. of: "thing", "other", nouns (behind "thing" as well), or "" for what has no noun. per: "thing", nouns it must
            be per, or "" for any.
        say: a word of each must stand by the figure. banned: none of these may. apart: what is named behind these words is another thing.
        moments: of when it may be.
        guesses: expressions to take where nobody says, the first that can be had; because: their reasons, one for each or one for all;
            ends: factors of its interval, of each guess or of all.
        bind: an expression around what the reports say. lever: what to call it as a lever, "" if it is none.
        is_sum: figures of several places are added. is_total: they count from the beginning.
        counts_as: what the nouns of `of` stand for in the model: "thing" (a bed is one who is served) or "one" (an attack is a number).
        is_negated: a figure that is said not to be so may be it, for the words of the rule are a denial ("do not finish").
        is_conditional: a figure put under a condition may be it, for the slot is a bound ("once less than six weeks are left").
        is_owned: a share that must be that of the place of the matter, an amount that must be that of the part's.
        is_whole: what is told of one town or district is never it.
        is_paced: it is only what is told per day, week, month or year: an amount counted over a stretch may have come once.
        follows: a product of slots from which this one follows: figures that contradict it are left out.
        at_most: an expression above which it never is, where claims fill what it names with `!`; `{part}` is the part.
        above: slots of which this one is the whole: figures below theirs are not it.
        today: of a slot of usual times, the extra that has the figures of today, where one of usual times is told too.
        gives_way: slots, and behind them an extra that has its figures where figures fill all of these; () for none.
        best: words of the figures that leave all others out, where some have them.
        is_foreign: the place beside its figures is that of who gives, not of who has.
        at: the slot beside whose figures it stands: what is told of another land than these is none of it.
        lasts: days for which a figure of it stands beside a newer one; 0 for as long as its kind does.
        is_part: a figure that is told as a part of another is it ("debt of $40 billion, of which $3 billion falls due").
        is_each: a figure that is told of each one of them is it ("each case infects 1.4 people").
        is_by_itself: what comes on top of figures of other slots is all of it ("another 900 tonnes a week spoil").
        side: whose figure it must be, of a mechanism between two; "" for anybody's.
        is_of_side: of an extra of a mechanism between two, that each of them has its own.
        is_abroad: a figure of one town is none of it, unless the world trades there.
        streams: words of the ways by which it comes in: figures of several are added up.
        where_set: prior of a slot that an event sets of which reports tell, and not how much it sets; "" for none. where_set_because: its
            reason.
        unit, label: of an extra; "" for a slot, whose mechanism has them.
    """

    name: str
    kinds: tuple[str, ...]
    of: str
    per: str
    say: tuple[str, ...]
    banned: str
    apart: str
    moments: tuple[str, ...]
    guesses: tuple[str, ...]
    because: tuple[str, ...]
    ends: tuple[tuple[float, float], ...]
    bind: str
    lever: str
    is_sum: bool
    is_total: bool
    is_owned: bool
    is_negated: bool = False
    is_conditional: bool = False
    is_whole: bool = False
    is_paced: bool = False
    unit: str = ""
    label: str = ""
    counts_as: str = ""
    side: str = ""
    above: str = ""
    follows: str = ""
    at_most: str = ""
    today: str = ""
    at: str = ""
    gives_way: tuple[str, ...] = ()
    best: str = ""
    is_each: bool = False
    is_foreign: bool = False
    is_part: bool = False
    is_by_itself: bool = False
    lasts: int = 0
    is_of_side: bool = False
    is_abroad: bool = False
    where_set: str = ""
    where_set_because: str = ""
    streams: tuple[str, ...] = ()

    def ends_of(self, guess: str) -> tuple[float, float] | None:
        """The factors of the interval around a guess; None where it is taken as it is."""
        found = self.ends[min(self._place(guess), len(self.ends) - 1)] if self.ends else None
        return None if found == (1.0, 1.0) else found

    def because_of(self, guess: str) -> str:
        """The reason of a guess."""
        return self.because[min(self._place(guess), len(self.because) - 1)] if self.because else ""

    def is_of_lasting(self, guess: str) -> bool:
        """Whether a guess is one for what does not spoil."""
        return any(one.startswith("lasting:") and one.removeprefix("lasting:").strip() == guess for one in self.guesses)

    def _place(self, guess: str) -> int:
        return next(
            (
                place
                for place, one in enumerate(self.guesses)
                if one.removeprefix("index:").removeprefix("lasting:").strip() == guess
            ),
            0,
        )

    @property
    def is_extra(self) -> bool:
        return bool(self.unit)


@dataclass(frozen=True)
class TriggerRule:
    """By which words a report speaks of an event that changes a slot: one of each of `say` begins it, one of `undo` with the last of
    `say` ends it.

    Attributes:
        size: prior of how much it changes the slot; "" for wholly. size_because: its reason.
        points: 1 or -1 where a foretold move by so many points is its size, upwards or downwards; 0 where none is.
        title: what is so while it lasts. is_own: only what those do of whose place the part is.
    """

    name: str
    say: tuple[str, ...]
    banned: str
    undo: str
    title: str
    size: str
    size_because: str
    is_own: bool = False
    points: int = 0


@dataclass(frozen=True)
class AnswerRule:
    """Something a mechanism gives that readers ask for: kinds and words of predictions about it, what must be added to it, and the extra
    that is its limit, which it cannot pass where it is `is_capped`; `banned`: none of these words may stand in them; `side`: of which of
    two it is. Kinds are empty for what no figure states; `comes`: of what comes once, the words by which a report predicts that it does;
    `start`: the slot from which it starts."""

    name: str
    kinds: tuple[str, ...]
    say: str
    ask: str
    plus: str
    limit: str
    banned: str = ""
    side: str = ""
    comes: str = ""
    start: str = ""
    is_capped: bool = False

    @property
    def full_at(self) -> str:
        """The part of its limit from which on it counts as reached."""
        return "0.99 * " if self.is_capped else ""


@dataclass(frozen=True)
class MechanismRule:
    """How reports speak of a mechanism.

    Attributes:
        about: words of the matter; `least` different ones of them must stand in the reports.
        things: what its generic units may be, in order of `of`.
        slots: rules of slots and of extras. fewest: how many of them claims must fill for it to be used.
        told: groups of words; `sentences` sentences must hold a word of each, and none of `told_not`.
        counted: of things that are counted one by one, the only nouns that it handles; "" for any but those of `not_counted`.
        alone: slots of which a figure is enough for it, where the other parts give what else it needs.
        lone: slots of which a figure is enough where no other mechanism fits.
        core: slots of which a figure must fill one, where any figure fills a slot; () where all speak of the mechanism alike.
        is_on_words: those sentences are enough for it where another part rests on figures.
        index: a slot of so much of the second generic unit, which counts in points of an index where no figure fills it.
        moves: slots and triggers of which one must be told, for without any nothing moves in it; () where it moves by itself.
        still: what is missing where none of them is told, in words.
    """

    name: str
    alias: str
    about: str
    least: int
    fewest: int
    things: tuple[tuple[str, ...], ...]
    slots: tuple[SlotRule, ...]
    triggers: tuple[TriggerRule, ...]
    answers: tuple[AnswerRule, ...]
    told: tuple[str, ...] = ()
    told_not: str = ""
    sentences: int = 0
    is_on_words: bool = False
    core: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    lone: tuple[str, ...] = ()
    counted: str = ""
    not_counted: str = ""
    index: str = ""
    moves: tuple[str, ...] = ()
    still: str = ""

    def slot(self, name: str) -> SlotRule | None:
        return next((slot for slot in self.slots if slot.name == name), None)


@cache
def ruled() -> tuple[MechanismRule, ...]:
    """The rules of every mechanism of the shelf that has some, by name."""
    shelf = Path(str(files("foedus"))) / "shelf"
    return tuple(read_rule(path) for path in sorted(shelf.glob("*.toml")))


def rule_of(name: str) -> MechanismRule | None:
    return next((rule for rule in ruled() if rule.name == name), None)


def read_rule(path: Path) -> MechanismRule:
    """The rules in a file.

    Raises:
        InputError: it cannot be read, or says what no rule can; all of it at once.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            Problem(str(path), 0, 0, "bad-rules", f"the rules cannot be read: {error}.", "Write them as TOML.")
        ) from None
    problems = [Problem(str(path), 0, 0, "bad-rules", message, help) for message, help in _complaints(content)]
    if problems:
        raise InputError(problems)
    slots = [_slot(name, row) for table in ("slots", "extras") for name, row in content.get(table, {}).items()]
    triggers = (
        TriggerRule(
            name,
            tuple(row["say"]),
            row.get("not", ""),
            row.get("undo", ""),
            row["title"],
            row.get("size", ""),
            row.get("size_because", ""),
            is_own=bool(row.get("own", False)),
            points=int(row.get("points", 0)),
        )
        for name, row in content.get("triggers", {}).items()
    )
    answers = (
        AnswerRule(
            name,
            tuple(row["kind"].split()),
            row["say"],
            row["ask"],
            row.get("plus", ""),
            row.get("limit", ""),
            row.get("not", ""),
            comes=row.get("comes", ""),
            start=row.get("start", ""),
            is_capped=bool(row.get("capped", False)),
        )
        for name, row in content.get("answers", {}).items()
    )
    things = content.get("things", [])
    things = [things] if things and isinstance(things[0], str) else things
    named = tuple(tuple(one) for one in things)
    return MechanismRule(
        path.stem,
        content.get("alias", path.stem),
        content["about"],
        content.get("least", 2),
        content.get("fewest", 2),
        named,
        tuple(slots),
        tuple(triggers),
        tuple(answers),
        tuple(content.get("told", [])),
        content.get("told_not", ""),
        content.get("sentences", 1 if content.get("told") else 0),
        is_on_words=bool(content.get("on_words", False)),
        core=tuple(content.get("core", [])),
        alone=tuple(content.get("alone", [])),
        lone=tuple(content.get("lone", [])),
        counted=content.get("counted", ""),
        not_counted=content.get("not_counted", ""),
        index=content.get("index", ""),
        moves=tuple(content.get("moves", [])),
        still=content.get("still", ""),
    )


def _slot(name: str, row: Mapping[str, Any]) -> SlotRule:
    guess = row.get("guess", [])
    guesses = tuple(str(one) for one in (guess if isinstance(guess, list) else [guess]))
    because = row.get("because", ())
    told_ends = row.get("ends") or []
    told_ends = told_ends if told_ends and isinstance(told_ends[0], list) else [told_ends] if told_ends else []
    return SlotRule(
        name,
        tuple(row.get("kind", "").split()),
        row.get("of", ""),
        row.get("per", ""),
        tuple(row.get("say", [])),
        row.get("not", ""),
        row.get("apart", ""),
        tuple(row.get("moment", "now").split()),
        guesses,
        (because,) if isinstance(because, str) else tuple(because),
        tuple((float(low), float(high)) for low, high in told_ends),
        row.get("bind", ""),
        row.get("lever", ""),
        is_sum=bool(row.get("sum", False)),
        is_total=bool(row.get("total", False)),
        is_owned=bool(row.get("owned", False)),
        is_negated=bool(row.get("negated", False)),
        is_conditional=bool(row.get("conditional", False)),
        is_whole=bool(row.get("whole", False)),
        is_paced=bool(row.get("paced", False)),
        unit=row.get("unit", ""),
        label=row.get("label", ""),
        counts_as=row.get("as", ""),
        above=row.get("above", ""),
        follows=row.get("follows", ""),
        at_most=row.get("at_most", ""),
        today=row.get("today", ""),
        at=row.get("at", ""),
        gives_way=tuple(row.get("gives_way", [])),
        best=row.get("best", ""),
        is_each=bool(row.get("each", False)),
        is_foreign=bool(row.get("foreign", False)),
        is_part=bool(row.get("part", False)),
        is_by_itself=bool(row.get("by_itself", False)),
        lasts=int(row.get("lasts", 0)),
        is_of_side=bool(row.get("of_side", False)),
        is_abroad=bool(row.get("abroad", False)),
        where_set=row.get("where_set", ""),
        where_set_because=row.get("where_set_because", ""),
        streams=tuple(row.get("streams", [])),
    )


_TOP = frozenset(
    (
        "about least alias things fewest alone lone core slots extras triggers answers told told_not sentences on_words counted "
        "not_counted index moves still"
    ).split()
)
_SLOT = frozenset(
    (
        "kind of per say not apart moment guess because ends bind lever sum total owned negated conditional whole paced above "
        "follows at_most today at gives_way best each foreign part by_itself lasts of_side abroad streams where_set where_set_because as "
        "unit label"
    ).split()
)
_TRIGGER = {"say", "not", "undo", "title", "size", "size_because", "own", "points"}
_ANSWER = {"kind", "say", "not", "ask", "plus", "limit", "capped", "comes", "start"}


def _complaints(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in content.keys() - _TOP:
        yield f"there is no key `{key}`.", f"Known keys: {', '.join(sorted(_TOP))}."
    if not isinstance(content.get("about"), str) or not content["about"].split():
        yield "`about` must be words.", "Write the words by which a report speaks of the mechanism."
    if content.get("on_words") and not content.get("told"):
        yield "`on_words` needs `told`.", "Give the words that make the mechanism; everyday words alone make none."
    if content.get("moves") and not content.get("still"):
        yield "`moves` needs `still`.", "Say in words what is missing where nothing moves."
    slots = content.get("slots", {}).values()
    todays = {row.get("today") for row in slots} | {row["gives_way"][-1] for row in slots if row.get("gives_way")}
    for table, known in (("slots", _SLOT), ("extras", _SLOT), ("triggers", _TRIGGER), ("answers", _ANSWER)):
        for name, row in content.get(table, {}).items():
            for key in row.keys() - known:
                yield f"`{table}.{name}` has a key `{key}`.", f"Known keys: {', '.join(sorted(known))}."
            if table in ("slots", "extras"):
                yield from _slot_complaints(name, row, table == "extras", name in todays)
            elif not row.get("say") or not row.get("title" if table == "triggers" else "ask"):
                yield f"`{table}.{name}` needs `say` and `{'title' if table == 'triggers' else 'ask'}`.", "Give both."


def _slot_complaints(name: str, row: Mapping[str, Any], is_extra: bool, is_today: bool) -> Iterator[tuple[str, str]]:
    if (
        "guess" in row and "kind" not in row and "say" not in row and not is_extra
    ):  # no figure can be it: it is guessed, or an event sets it
        if not row.get("because"):
            yield f"slot `{name}` has a guess without `because`.", "Give its reason."
        return
    if set(str(row.get("kind", "?")).split()) - set(KINDS):
        yield f"slot `{name}` has a kind that is none.", f"Kinds: {', '.join(KINDS)}."
    if set(str(row.get("moment", "now")).split()) - set(MOMENTS):
        yield f"slot `{name}` has a moment that is none.", f"Moments: {', '.join(MOMENTS)}."
    if not is_today and (not isinstance(row.get("say"), list) or not row["say"]):
        yield (
            f"slot `{name}` needs `say`, a list of words.",
            "A slot that any figure fits would take what is about something else.",
        )
    if ("guess" in row and not row.get("because")) or ("where_set" in row and not row.get("where_set_because")):
        yield f"slot `{name}` has a guess without `because`.", "Give its reason: `because`, `where_set_because`."
    told, guesses = row.get("because"), row.get("guess")
    if isinstance(told, list) and (not isinstance(guesses, list) or len(told) != len(guesses)):
        yield (
            f"slot `{name}` has reasons that are not one for each of its guesses.",
            "Give one reason for each guess, or one for all.",
        )
    if is_extra and not (row.get("unit") and row.get("label")):
        yield f"`extras.{name}` needs `unit` and `label`.", "Give both."
