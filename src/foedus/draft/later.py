"""A later report for a case that is there: what is new in it, which group each figure suits; nothing that stands is overwritten."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from foedus import extras
from foedus.case import Case, find_case
from foedus.case.folder import as_of, refuse_edition
from foedus.draft.binding import group_of
from foedus.draft.choosing import MechanismChoice
from foedus.draft.draft import DraftMaterial, in_unit, ledger_claim, material_of
from foedus.draft.facts import Fact
from foedus.draft.fitting import Match, match
from foedus.draft.matching import Filled
from foedus.draft.mechanisms import mechanism_of
from foedus.draft.rules import rule_of
from foedus.draft.sides import rule_for_sides, side_word, takes_for_sides
from foedus.draft.things import Matter, matter_of
from foedus.errors import EvidenceError, InputError, ModelError, Problem
from foedus.evidence import pool
from foedus.evidence.claim import Claim
from foedus.evidence.defaults import DEFAULTS, Defaults
from foedus.evidence.ledger import Ledger, write_ledger
from foedus.evidence.overrides import read_defaults
from foedus.evidence.reading import Reading
from foedus.evidence.store.beside import case_ledger, ledger_place
from foedus.evidence.store.taking import take_in
from foedus.files import write_text
from foedus.language import read_model_text
from foedus.model import compile_model, read_model
from foedus.study.read import read_whole, unpacked
from foedus.study.today import Place, place_of

__all__ = ["Added", "MovedGroup", "add_to_case", "matter_of_case", "placed_figures", "read_into_case"]


@dataclass(frozen=True)
class MovedGroup:
    """A group before and after: how many claims stand in it, and its median in its unit; None where it had or has no figure."""

    group: str
    unit: str
    claims: int
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Added:
    """What a later report brought.

    Attributes:
        added: ids of the claims that are new; known: how many were there already.
        placed: (id, group, why) of the figures that suit a group of the case. moved: these groups before and after.
        as_of: the day from which the case looks now.
    """

    case: str
    as_of: str
    added: tuple[str, ...]
    known: int
    placed: tuple[tuple[str, str, str], ...]
    moved: tuple[MovedGroup, ...]


def read_into_case(
    name: str,
    files: Sequence[str],
    who: str,
    *,
    published: date | None = None,
    as_of: date | None = None,
    folder: str | None = None,
    told: Callable[[str], None] | None = None,
) -> Added:
    """Read later reports and take their claims into a case, proposed.

    Args:
        published: the day of reports that do not tell it.
        as_of: the new day to look from, where the reports are younger than the case.
        folder: where the articles of feeds among the files are put.
        told: called with what is worth knowing of feeds.
    Raises:
        EvidenceError: one of them cannot be read. InputError: as of `add_to_case`.
    """
    extras.require("read", "reading documents")
    return add_to_case(name, read_whole(unpacked(files, folder, told), published), who, as_of)


def add_to_case(name: str, readings: Sequence[Reading], who: str, as_of: date | None = None) -> Added:
    """Take the claims of later reports into a case, proposed.

    Args:
        as_of: the new day to look from, where the reports are younger than the case.
    Raises:
        InputError: the reports are younger than the case, and no later day is given.
    """
    folder = find_case(name)
    refuse_edition(folder)
    text = folder.model.read_text(encoding="utf-8")
    day = _day_of(name, text)
    latest = max((one.report.published.date for one in readings if one.report.published.date), default=day)
    if latest > (as_of or day):
        message = f"the newest report is of {latest}, and the case looks from {as_of or day}."
        help = f"Move the case to a later day: add --as-of {latest}. What lies before that day is then past in it."
        raise InputError(Problem(name, 0, 0, "after-as-of", message, help))
    if as_of is not None and as_of < day:
        raise InputError(
            Problem("--as-of", 0, 0, "before-as-of", f"the case looks from {day} already.", "Give a later day, or none.")
        )
    new_day = as_of or day
    place = ledger_place(folder.folder, folder.name, new_day.isoformat())
    before = case_ledger(place) or Ledger((), str(place.text), "")
    defaults = read_defaults(folder.evidence) if folder.evidence is not None else DEFAULTS
    placed, claims = _claims(name, readings, new_day, before)
    fresh = [claim for claim in claims if claim.id not in before.by_id]
    if new_day != day:
        _require_sound(name, folder.model, day, new_day)
        write_text(folder.model, _with_day(text, day, new_day), "the model")
    if fresh:
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch) / "later.jsonl"
            write_ledger(fresh, file)
            take_in(place, file, who, "read from " + ", ".join(one.report.name for one in readings))
    own = {claim.id for claim in fresh}
    told = tuple(one for one in placed if one[0] in own)
    return Added(
        folder.name,
        new_day.isoformat(),
        tuple(claim.id for claim in fresh),
        len(claims) - len(fresh),
        told,
        tuple(_moved(group, before.claims, fresh, defaults) for group in dict.fromkeys(one[1] for one in told)),
    )


def _with_day(text: str, old: date, new: date) -> str:
    """The text of a model with another day in its head."""
    return re.sub(rf"\bas of {old}\b", f"as of {new}", text, count=1)


def _require_sound(name: str, model: Path, old: date, day: date) -> None:
    """Refuse a move to a day behind days that the model names.

    Raises:
        InputError: it does not compile from that day.
    """
    try:
        source = read_model_text(model)
        compile_model(read_model(replace(source, text=_with_day(source.text, old, day))))
    except ModelError as error:
        first = error.problems[0]
        message = f"the model cannot look from {day}: {first.message} (line {first.line})"
        help = "It names days that are past by then. Draft it anew from all reports (foedus new OTHER --from …), or change its days by hand."
        raise InputError(Problem(name, 0, 0, "cannot-move", message, help)) from None


def _day_of(name: str, text: str) -> date:
    found = re.search(r"\bas of (\d{4}-\d{2}-\d{2})", text)
    if not found:
        raise InputError(
            Problem(
                name,
                0,
                0,
                "no-date",
                "the model has no `as of`, so it is not known which reports it may use.",
                "Add `as of DATE` to its head.",
            )
        )
    return date.fromisoformat(found[1])


def _claims(name: str, readings: Sequence[Reading], day: date, before: Ledger) -> tuple[list[tuple[str, str, str]], list[Claim]]:
    """The claims of the reports, those that suit a group of the case in it; with (id, group, why) of these."""
    material = material_of(readings, day)
    groups = _figure_groups(before)
    placed: dict[str, tuple[str, str, str]] = {}
    moved: dict[str, Claim] = {}
    for fact, own, because in _placed(find_case(name).model, material, before):
        moved[fact.claim.id] = own
        placed[fact.claim.id] = (fact.claim.id, own.group, because)
    claims = [moved.get(claim.id) or _apart(claim, groups) for claim in material.claims]
    return list(placed.values()), claims


def placed_figures(case: Case, readings: Sequence[Reading]) -> dict[Place, Claim]:
    """The figures of reports that suit a group of a case, by where they stand, each as a claim in its group and in the unit of the model."""
    if case.ledger is None or not readings or not (day := as_of(case.folder.model)):
        return {}
    days = [one.report.published.date for one in readings if one.report.published.date]
    material = material_of(readings, max([*days, date.fromisoformat(day)]))
    found = _placed(case.folder.model, material, case.ledger)
    return {place_of(fact.claim): own for fact, own, _ in found}


def _figure_groups(ledger: Ledger) -> dict[str, str]:
    """The groups that have figures, each with its unit."""
    return {claim.group: claim.quantity_unit for claim in ledger.claims if claim.quantity}


def _placed(model: Path, material: DraftMaterial, ledger: Ledger) -> Iterator[tuple[Fact, Claim, str]]:
    """The figures that suit a group of a case, each with its claim in that group, and why it suits."""
    text = read_model_text(model).text
    said = _said_before(text, ledger)
    parts, groups, matter = _parts(text), _figure_groups(ledger), matter_of_case(text, said, material.matter)
    for fact in material.facts:
        is_elsewhere = bool(fact.places) and not any(place in one for place in fact.places for one in said)
        best = None if is_elsewhere or _is_of_a_part(fact, text) else _best(fact, parts, groups, matter)
        if best is not None:
            part_match, group = best
            told = in_unit(part_match, groups[group])
            yield fact, ledger_claim(told, group, part_match.slot.label or part_match.slot.name), part_match.because


def _is_of_a_part(fact: Fact, text: str) -> bool:
    """Whether a number or a pace is of a town or district of which the model does not speak: it is none of the whole."""
    return fact.kind in ("level", "flow") and bool(fact.within) and not any(name in text for name in fact.within)


def _said_before(text: str, ledger: Ledger) -> list[str]:
    """What a case has heard and is called: its claims, the titles of their documents, and its own head."""
    titles = {one.document.title for one in ledger.claims if one.document}
    head = [text.partition("\n")[0], *_TITLE.findall(text)]
    return [one for one in (*head, *(claim.paraphrase for claim in ledger.claims), *titles) if one]


def matter_of_case(text: str, said: Sequence[str], told: Matter) -> Matter:
    """What a case is about: a report of coal is none of it where the case is of palm oil, whatever the report speaks of most."""
    own = matter_of(said, _TITLE.findall(text), ())
    return replace(told, good=own.good or told.good, word=own.word if own.good else told.word, ill=own.ill or told.ill)


_TITLE = re.compile(r'^model \w+ "([^"]+)"', re.MULTILINE)


def _apart(claim: Claim, groups: Mapping[str, str]) -> Claim:
    return replace(claim, group=f"{claim.group}, not placed") if claim.group in groups else claim


_USE = re.compile(
    r'^\s*use (?P<mechanism>\w+) as (?P<alias>\w+)(?:\s+"(?:[^"\\]|\\.)*")?'
    r"(?:\s+for (?P<index>\w+) facing \w+)?(?:\s+of (?P<things>[\w, ]+))?",
    re.MULTILINE,
)


def _parts(text: str) -> list[MechanismChoice]:
    """The parts of the case whose mechanism has rules of matching."""
    found = []
    for use in _USE.finditer(text):
        rule, takes = rule_of(use["mechanism"]), mechanism_of(use["mechanism"])
        if rule is not None and takes is not None:
            things = tuple(one.strip() for one in (use["things"] or "").split(",") if one.strip())
            sides = _sides(text, use["index"]) if takes.facing else ()
            own, each = rule_for_sides(rule, takes, sides), takes_for_sides(takes, sides)
            found.append(MechanismChoice(use["alias"], Filled(own, things, {}, (), sides=sides), each))
    return found


def _sides(text: str, index: str | None) -> tuple[str, ...]:
    """The elements of the index over which a part between two is used; () where they are not two."""
    told = re.search(rf"^\s*index {index} = (?P<one>\w+), (?P<other>\w+)\s*$", text, re.MULTILINE) if index else None
    return (told["one"], told["other"]) if told else ()


def _best(fact: Fact, parts: Sequence[MechanismChoice], groups: Mapping[str, str], matter: Matter) -> tuple[Match, str] | None:
    """The slot that a figure suits best, among those for which the case has a group."""
    found: list[tuple[Match, str]] = []
    for part in parts:
        for slot in part.filled.rule.slots:
            info = part.takes.slot(slot.name)
            label = slot.label or (info.label if info else slot.name)
            group = next((one for one in groups if one.lower() == group_of(part, label).lower()), "")
            own = replace(fact, side=side_word(fact.side)) if slot.side and fact.side else fact
            got = match(own, slot, part.filled.things, matter) if group else None
            if got is not None:
                found.append((got, group))
    return max(found, key=lambda one: one[0].score) if found else None


def _moved(group: str, before: Sequence[Claim], fresh: Sequence[Claim], defaults: Defaults) -> MovedGroup:
    own = [claim for claim in (*before, *fresh) if claim.group == group]
    unit = next((claim.quantity_unit for claim in own if claim.quantity), "1")
    return MovedGroup(
        group,
        unit,
        len(own),
        _median([one for one in before if one.group == group], unit, defaults),
        _median(own, unit, defaults),
    )


def _median(claims: Sequence[Claim], unit: str, defaults: Defaults) -> float | None:
    """The median of a group's pool; None where nothing in it has a figure that counts."""
    counted = [replace(claim, is_taken=defaults.takes_proposed) for claim in claims]
    try:
        return float(pool(counted, unit=unit, defaults=defaults).distribution.quantile(np.array([0.5]))[0]) if counted else None
    except EvidenceError:
        return None
