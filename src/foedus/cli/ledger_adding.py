"""`foedus ledger CASE add|place`: claims that reading missed, and claims put where they belong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from foedus.cli.common import FiniteNumber, console, day_of, emit_json
from foedus.cli.ledger_case import change_options, note
from foedus.cli.ledger_judging import tell_changes
from foedus.evidence.schema import VOCABULARY

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
@click.option("--value", type=FiniteNumber(), default=None)
@click.option("--low", type=FiniteNumber(), default=None)
@click.option("--high", type=FiniteNumber(), default=None)
@click.option("--count", type=FiniteNumber(), default=None, help="How often, of a reference class: --count 6 --exposure 43.")
@click.option("--exposure", type=FiniteNumber(), default=None, help="Out of how many (--unit 1) or in how long (--unit 1/year).")
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
    from foedus.show.ledger_table import claim_view
    from foedus.study.ledger.judging import add_claim
    from foedus.study.ledger.told import added_document

    typed = {_FIELDS.get(key, key): value for key, value in fields.items() if value is not None}
    _check(typed)
    found = add_claim(
        name,
        file,
        words,
        typed,
        who,
        why,
        which=which,
        published=day_of(published),
        is_accepted=is_accepted,
        store=store,
        note=note,
    )
    if as_json:
        emit_json(added_document(found))
    else:
        console().print(claim_view(found.claim, len(found.events), (), words, ""))


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


@click.command("place")
@click.argument("words", nargs=-1, required=True, metavar="ID... GROUP")
@click.option(
    "--factor", type=FiniteNumber(0, min_open=True), default=None, help="How many of the group's unit one of the claim's is."
)
@change_options
@click.pass_obj
def place(name: str, words: tuple[str, ...], factor: float | None, who: str, why: str, store: str | None, as_json: bool) -> None:
    """Put claims into GROUP, their figures in the group's unit; without GROUP, show which groups suit a claim."""
    from foedus.study.ledger.judging import place_claims

    if len(words) == 1:
        _suggest(name, words[0], store, as_json)
        return
    *ids, group = words
    tell_changes(place_claims(name, ids, group, who, why, factor, store=store, note=note), as_json)


def _suggest(name: str, id: str, store: str | None, as_json: bool) -> None:
    """The groups that suit a claim."""
    from foedus.study.ledger.judging import suggest_groups
    from foedus.study.ledger.told import homes_document, homes_words

    found = suggest_groups(name, id, store=store, note=note)
    if as_json:
        emit_json(homes_document(found))
        return
    for words in homes_words(found):
        console().print(words, markup=False)
    if not found.groups:
        console().print("No group shares unit and words with this claim.", style="dim")
