"""The morning note: ten lines to paste, then the sentences they rest on. Every line fits 80 columns."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from foedus.analysis.today import MovedBy, NewClaim, Today
from foedus.show.diff import answers_table, diff_document, priors_table
from foedus.show.ranking import shown_difference
from foedus.show.words import counted, people_date, plain
from foedus.titles import name_words

__all__ = ["today_document", "today_view"]

_CLAIMS = 6


def today_view(found: Today, *, names: bool = False) -> RenderableType:
    """What is new, which priors it moves, which answers.

    Args:
        names: show the model's own names beside the words.
    """
    moving = [claim for claim in found.claims if claim.moves]
    rest = len(found.claims) - len(moving)
    count, groups = len(found.documents), len({claim.group for claim in moving})
    left_out = [claim for claim in found.claims if claim.is_left_out]
    bears = (
        f"{len(moving)} of them on {counted(groups, 'group')} of the model"
        if moving
        else "none of them with a figure that a group of the model can take"
        if left_out
        else "none of them on a group of the model"
    )
    new = f"{counted(len(found.claims), 'new claim')}, {bears}" if found.claims else "no new claim"
    known = f"{found.known} {'is' if found.known == 1 else 'are'} known already" if found.known else "none is known already"
    head = f"{counted(count, 'report')}: {new}; {known}."
    parts: list[RenderableType] = [Text(f"Today, {plain(found.case)}", "bold"), Text(head)]
    if not moving:
        told = "What is told anew is left out for its unit" if left_out else "Nothing that the model rests on is told anew"
        parts.append(Text(f"{told}: no prior and no answer moves."))
    parts += [_claim(claim) for claim in moving[:_CLAIMS]]
    if len(moving) > _CLAIMS:
        parts.append(Text(f"  and {len(moving) - _CLAIMS} more", "dim"))
    parts += [_left_out(claim) for claim in left_out[:_CLAIMS]]
    parts += _alike([claim for claim in found.claims if claim.looks_like])
    if found.diff.priors:
        parts += [Text(), priors_table(found.diff.priors, names=names)]
    moved = [one for one in found.diff.answers if one.is_moved]
    parts += (
        [Text(), answers_table(moved, names=names)]
        if moved
        else [Text(), Text("No answer moves beyond two errors and by enough to matter.")] * bool(moving)
    )
    if found.moved_by:
        parts += [Text(), Text("What moved them, each alone", "bold"), *_movers(found)]
    case = plain(found.case.split("@")[0])
    rest -= len(left_out)
    left = f"{counted(rest, 'claim')} bear{'s' if rest == 1 else ''} on no parameter (--json says why)"
    told = f"As read, not reviewed; nothing was written. {left + '. ' if rest else ''}".rstrip()
    if found.claims:
        told += " To take them in:\n"
        told += (
            f"  foedus read FILES --into {case}"
            if found.by_parts
            else f"  foedus read FILES --case {case} --json > new.json; foedus ledger {case} import new.json"
        )
    parts += [Text(found.grounds, "dim")] if found.grounds else []
    parts.append(Text(told, "dim"))
    return Group(*parts)


def _movers(found: Today) -> list[RenderableType]:
    """A paragraph a group: which answers it moves by itself, and the claims that do it."""
    claims = {one.claim: one for one in found.claims}
    called = {one.question: one.called or name_words(one.question) for one in found.diff.answers}
    groups = list(dict.fromkeys(one.group for one in found.moved_by))
    rows: list[RenderableType] = []
    for group in groups:
        own = [one for one in found.moved_by if one.group == group]
        moves = "; ".join(f"{called[one.question]} {_moved(one)}" for one in own[:_CLAIMS])
        words = "; ".join(f"“{claims[name].words}” ({claims[name].source})" for name in own[0].claims if name in claims)
        rows.append(Padding(Text.assemble((f"{plain(group)}: ", "bold"), plain(f"{words} – {moves}.")), (0, 0, 0, 2)))
    return rows


def _moved(one: MovedBy) -> str:
    return shown_difference(one.answer) + (" points" if one.answer.quantiles is None else "")


def _claim(claim: NewClaim) -> RenderableType:
    figure = f"{claim.figure}: " if claim.figure else ""
    told = f"({plain(claim.source)}, {people_date(claim.published or '') or 'no date'}, {claim.grade}: {claim.graded_because})"
    text = Text.assemble(
        ("• ", "dim"), (f"{plain(claim.group)}: ", "bold"), f"{plain(figure)}“{plain(claim.words)}” ", (told, "dim")
    )
    return Padding(text, (0, 0, 0, 1))


def _left_out(claim: NewClaim) -> RenderableType:
    """Why a claim on a group of the model counts for nothing."""
    named = (f"{plain(claim.group)}: ", "bold")
    text = Text.assemble(("• ", "dim"), named, f"left out: “{plain(claim.words)}”, for {plain(claim.why_not)}")
    return Padding(text, (0, 0, 0, 1))


def _alike(claims: list[NewClaim]) -> list[RenderableType]:
    """Claims that look like those of a group and count in none: somebody has to say where they belong."""
    if not claims:
        return []
    rows: list[RenderableType] = [Text(), Text("Not counted, but these look like", "bold")]
    for claim in claims[:_CLAIMS]:
        named = (f"{plain(claim.looks_like)}: ", "bold")
        why = (f" ({plain(claim.unsure)})" if claim.unsure else "", "dim")
        rows.append(Padding(Text.assemble(("• ", "dim"), named, f"“{plain(claim.words)}”", why), (0, 0, 0, 1)))
    rest = len(claims) - _CLAIMS
    return [*rows, Text(f"  and {rest} more (--json)", "dim")] if rest > 0 else rows


def _moved_by(found: Today, question: str) -> list[dict[str, Any]]:
    """The groups that move an answer by themselves, with the claims that do it."""
    words = {one.claim: {"claim": one.claim, "words": one.words, "source": one.source} for one in found.claims}
    return [
        {
            "group": one.group,
            "difference": one.answer.difference,
            "error": one.answer.difference_error,
            "claims": [words[name] for name in one.claims if name in words],
        }
        for one in found.movers(question)
    ]


def today_document(found: Today) -> dict[str, Any]:
    """What `foedus today --json` prints."""
    whole = diff_document(found.diff)
    moved = {name: answer for name, answer in whole["answers"].items() if answer["is_moved"]}
    return {
        "case": found.case,
        "documents": found.documents,
        "new_claims": [asdict(claim) for claim in found.claims],
        "known": found.known,
        "grounds": found.grounds,
        "priors_moved": whole["priors"],
        "answers_moved": {name: {**answer, "moved_by": _moved_by(found, name)} for name, answer in moved.items()},
        "futures": whole["futures"],
        "seed": whole["seed"],
    }
