"""`foedus ledger CASE add|place`: claims that reading missed, and claims put where they belong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.common import Number, console, emit_json
from foedus.cli.ledger_case import LedgerCase, change_options, changing, find_ledger, reading
from foedus.cli.ledger_judging import tell_changes
from foedus.errors import InputError, Problem
from foedus.evidence.schema import VOCABULARY

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["add", "place"]

_FIELDS = {
    "value": "quantity.value",
    "low": "quantity.low",
    "high": "quantity.high",
    "count": "quantity.count",
    "exposure": "quantity.exposure",
    "unit": "quantity.unit",
    "qualifier": "quantity.qualifier",
    "hedge": "hedge.class",
    "source": "source.canonical",
    "source_type": "source.type",
    "because": "graded_because",
    "says": "paraphrase",
    "time": "time.value",
}
"""Option -> field of the claim, where the two have different names."""


def _word(name: str, key: str, text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        name, type=click.Choice(VOCABULARY[key]), default=None, metavar="WORD", help=f"{text}: {', '.join(VOCABULARY[key])}."
    )


@click.command("add")
@click.option("--doc", "file", type=click.Path(path_type=Path), required=True, help="The document.")
@click.option("--text", "words", required=True, help="The words of the claim, as they stand in the document.")
@click.option("--which", type=click.IntRange(0), default=0, help="Which of several places where they stand.")
@click.option("--says", default=None, metavar="TEXT", help="The claim in your own words; the words of the document if left out.")
@click.option("--value", type=Number(), default=None)
@click.option("--low", type=Number(), default=None)
@click.option("--high", type=Number(), default=None)
@click.option("--count", type=Number(), default=None, help="How often, of a reference class: --count 6 --exposure 43.")
@click.option("--exposure", type=Number(), default=None, help="Out of how many (--unit 1) or in how long (--unit 1/year).")
@click.option("--unit", default=None, help="person/month; 1 for a plain number.")
@_word("--qualifier", "quantity.qualifier", "How the number is meant")
@click.option("--group", default=None, help="The group in which it is pooled.")
@click.option("--grade", default=None, help="Such as B2; needs --because.")
@click.option("--because", default=None, metavar="TEXT", help="Why it is graded so.")
@click.option(
    "--source", default=None, metavar="NAME", help="Who says it; that of the nearest claim of the document if left out."
)
@_word("--source-type", "source.type", "What kind of source")
@click.option("--origin", default=None, metavar="NAME", help="Whose statement it repeats.")
@_word("--hedge", "hedge.class", "How surely it is said")
@_word("--commitment", "commitment", "How the speaker stands to it")
@_word("--polarity", "polarity", "For or against what its group is about")
@_word("--ctype", "ctype", "Kind of claim")
@click.option("--time", default=None, metavar="DATE", help="The time it speaks of.")
@click.option("--published", default=None, metavar="DATE", help="Where the document does not tell.")
@click.option("--accept", "is_accepted", is_flag=True, help="Let it count at once; else it is proposed.")
@change_options
@click.pass_obj
def add(
    name: str,
    /,
    file: Path,
    words: str,
    which: int,
    is_accepted: bool,
    published: str | None,
    who: str,
    why: str,
    store: str | None,
    as_json: bool,
    **fields: Any,
) -> None:
    """Add a claim that reading missed: its words are found in the document, its place and their digest are kept."""
    typed = {_FIELDS.get(key, key): value for key, value in fields.items() if value is not None}
    _check(typed)
    case = find_ledger(name, store)
    with changing(case, who) as opened:
        record = _record(opened.ledger(), file, words, which, published, typed)
        from foedus.evidence.store.changes import claim_of_record

        claim = claim_of_record(record, str(file))
        events = opened.add([claim], who, why)
        if is_accepted:
            events += opened.accept(claim.id, who, why)
        added = opened.claim(claim.id).claim
    if as_json:
        emit_json({"case": case.name, "claim": added.as_dict(), "events": [event.as_dict() for event in events]})
        return
    from foedus.show.ledger_table import claim_view

    console().print(claim_view(added, len(events), (), words, ""))


def _check(typed: dict[str, Any]) -> None:
    """What cannot be seen from one option alone."""
    if ("quantity.count" in typed) != ("quantity.exposure" in typed):
        raise click.UsageError("A count needs out of how many, or in how long: --count 6 --exposure 43 --unit 1")
    numbers = [key for key in typed if key in ("quantity.value", "quantity.low", "quantity.high", "quantity.count")]
    if numbers and "quantity.unit" not in typed:
        raise click.UsageError("A number needs its unit: --value 12 --unit person")
    if "quantity.unit" in typed and not numbers:
        raise click.UsageError("A unit needs its number: --value 12 --unit person")
    if "grade" in typed and "graded_because" not in typed:
        raise click.UsageError("A grade needs its reason: --grade B2 --because 'usually right'")


def _record(ledger: Ledger, file: Path, words: str, which: int, published: str | None, typed: dict[str, Any]) -> dict[str, Any]:
    """The record of the claim, with what was typed; a number is only ever the one that was typed."""
    from foedus.evidence.reading.reports import read_report
    from foedus.evidence.store.adding import document_of, drafted, find_words

    report = read_report(file, _day(published))
    span = find_words(report.text, words, str(file), which)
    record = drafted(report.text.original, document_of(report, ledger.claims), span, ledger.by_id)
    record.pop("quantity", None)
    is_numeric = any(key.startswith("quantity.") for key in typed)
    if is_numeric:
        if typed.get("quantity.exposure"):
            typed = {"quantity.value": typed["quantity.count"] / typed["quantity.exposure"], **typed, "quantity.kind": "ratio"}
        is_range = "quantity.value" not in typed
        record["quantity"] = {
            "kind": "numeric",
            "qualifier": "between" if is_range else "eq",
            "value": None,
            "low": None,
            "high": None,
        }
    if "time.value" in typed:
        record["time"] = {"kind": "absolute"}
    record["ctype"] = "quantity" if is_numeric else "event"
    for key, value in typed.items():
        outer, _, inner = key.partition(".")
        if inner:
            record[outer] = {**record[outer], inner: value}
        else:
            record[outer] = value
    if "source.canonical" in typed and "origin" not in typed:
        record["origin"] = typed["source.canonical"]
    if "source.canonical" in typed and record["source"]["mode"] == "narrator":
        record["source"]["mode"] = "indirect"
    return record


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        raise InputError(
            Problem("--published", 0, 0, "bad-date", f"`{published}` is no date.", "Write it as 2024-10-25.")
        ) from None


@click.command("place")
@click.argument("words", nargs=-1, required=True, metavar="ID... GROUP")
@click.option("--factor", type=Number(0, min_open=True), default=None, help="How many of the group's unit one of the claim's is.")
@change_options
@click.pass_obj
def place(name: str, words: tuple[str, ...], factor: float | None, who: str, why: str, store: str | None, as_json: bool) -> None:
    """Put claims into GROUP, their figures in the group's unit; without GROUP, show which groups suit a claim."""
    case = find_ledger(name, store)
    people = _people(case)
    if len(words) == 1:
        _suggest(case, words[0], people, as_json)
        return
    from foedus.evidence.store.placing import group_units, placed

    *ids, group = words
    with changing(case, who) as opened:
        unit = group_units(opened.ledger().claims).get(group, "")
        changes = {id: placed(opened.claim(id).claim, group, unit, factor, people) for id in ids}
        tell_changes(case, opened.edit_each(changes, who, why), as_json)


def _people(case: LedgerCase) -> frozenset[str]:
    """The case's own words that count people."""
    from foedus.evidence.reading.subject import subject_beside

    subject = subject_beside(case.folder.folder)
    return subject.people if subject else frozenset()


def _suggest(case: LedgerCase, id: str, people: frozenset[str], as_json: bool) -> None:
    """The groups that suit a claim."""
    from dataclasses import asdict

    from foedus.cli.ledger_case import claim_in
    from foedus.evidence.store.placing import group_units, homes_of, words_of_group

    with reading(case) as (ledger, _):
        groups: dict[str, list[Any]] = {}
        for claim in ledger.claims:
            if claim.group != "ungrouped":
                groups.setdefault(claim.group, []).append(claim)
        bags = {group: words_of_group(group, claims) for group, claims in groups.items()}
        homes = homes_of(claim_in(ledger, id), bags, group_units(ledger.claims), (), people)
    if as_json:
        emit_json({"case": case.name, "claim": id, "groups": [asdict(home) for home in homes]})
        return
    for home in homes:
        times = f", × {home.factor:g} {home.unit}" if home.factor not in (None, 1.0) else ""
        console().print(f"{home.group}{times}  ({', '.join(home.shared)})", markup=False)
    if not homes:
        console().print("No group shares unit and words with this claim.", style="dim")
