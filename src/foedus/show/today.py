"""The morning note: ten lines to paste, then the sentences they rest on. Every line fits 80 columns."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from foedus.analysis.changes import AnswerChange
from foedus.analysis.moves import move_size
from foedus.analysis.today import MovedBy, NewClaim, Today
from foedus.show.diff import answers_table, diff_document, priors_table
from foedus.show.ranking import shown_difference, shown_ends
from foedus.show.words import clipped, counted, number, people_date, plain, quoted, shortened, unit_words
from foedus.titles import name_words

__all__ = ["today_document", "today_note", "today_sentence", "today_view"]

_CLAIMS = 6
_LINES, _WIDE = 10, 80


def today_view(found: Today, *, names: bool = False) -> RenderableType:
    """Ten lines to paste, then in full: what is new, which priors it moves, which answers.

    Args:
        names: show the model's own names beside the words.
    """
    moving = [claim for claim in found.claims if claim.moves]
    rest = len(found.claims) - len(moving)
    left_out = [claim for claim in found.claims if claim.is_left_out]
    title, *note = today_note(found)
    parts: list[RenderableType] = [Text(title, "bold"), *(Text(line) for line in note)]
    if moving:
        parts += [Text(), Text("What is new, in full", "bold")]
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
            else f"  foedus read FILES --case {case} --json > new.json\n  foedus ledger {case} import new.json"
        )
    parts += [Text(found.grounds, "dim")] if found.grounds else []
    parts.append(Text(told, "dim"))
    return Group(*parts)


def today_note(found: Today) -> tuple[str, ...]:
    """At most ten lines of 80 columns: what is new, the first claims that move something, then priors and answers as the model has them."""
    moving = [claim for claim in found.claims if claim.moves]
    lines = [f"Today, {plain(found.case)}", *textwrap.wrap(_head(found, moving), _WIDE)[:2]]
    if not moving:
        has_left_out = any(claim.is_left_out for claim in found.claims)
        told = (
            "What is told anew is left out for its unit" if has_left_out else "Nothing of it is surely of what the model rests on"
        )
        return (*lines, f"{told}: no prior and no answer moves.")
    lines += [_short("“", plain(claim.words), f"” ({clipped(claim.source, 36)})") for claim in moving[:2]]
    priors = [one for one in found.diff.priors if one.before is not None and one.after is not None]
    for prior in priors[:2]:
        assert prior.before is not None and prior.after is not None
        ends = " → ".join(shortened(number(median)) for _, median, _ in (prior.before, prior.after))
        lines.append(_short("Prior: ", prior.label, f": {ends} {unit_words(prior.unit)}".rstrip()))
    moved = [one for one in found.diff.answers if one.is_moved and one.after is not None and _is_seen(one)]
    most = moved[: _LINES - 1 - len(lines)]
    for answer in most:
        lines.append(_short("", answer.called or name_words(answer.question), f": {_both(answer)}"))
    rest = len(moved) - len(most)
    lines.append(f"and {counted(rest, 'more answer')}." if rest else "" if moved else "No answer moves by enough to matter.")
    return tuple(line for line in lines if line)


def today_sentence(found: Today) -> str:
    """`2 reports: 3 new claims, 2 of them on 1 group of the model; none is known already. 5 of 45 answers move, most …: 5 % → 32 % (…).`"""
    moving = [claim for claim in found.claims if claim.moves]
    moved = [one for one in found.diff.answers if one.is_moved and one.after is not None and _is_seen(one)]
    head = _head(found, moving)
    if not moved:
        return f"{head} No answer moves by enough to matter."
    most = max(moved, key=lambda one: 0.0 if one.after is None else move_size(one.after, one.before))
    called, count = plain(most.called or name_words(most.question)), counted(len(found.diff.answers), "answer")
    return f"{head} {len(moved)} of {count} move{'s' if len(moved) == 1 else ''}, most {quoted(called)}: {_both(most)}."


def _is_seen(answer: AnswerChange) -> bool:
    """Whether a move shows in the digits that are shown of it."""
    assert answer.after is not None
    first, second = shown_ends(answer.before, answer.after)
    return first != second


def _head(found: Today, moving: list[NewClaim]) -> str:
    """How much is new, and how much of it the model can take."""
    groups = len({claim.group for claim in moving})
    bears = (
        f"{len(moving)} of them on {counted(groups, 'group')} of the model"
        if moving
        else "none of them with a figure that a group of the model can take"
        if any(claim.is_left_out for claim in found.claims)
        else "none of them on a group of the model"
    )
    new = f"{counted(len(found.claims), 'new claim')}, {bears}" if found.claims else "no new claim"
    known = f"{found.known} {'is' if found.known == 1 else 'are'} known already" if found.known else "none is known already"
    return f"{counted(len(found.documents), 'report')}: {new}; {known}."


def _short(before: str, words: str, after: str) -> str:
    """A line that fits: what is too long of its words is cut between two of them."""
    return f"{before}{clipped(words, _WIDE - len(before) - len(after) - 2)}{after}"


def _both(answer: AnswerChange) -> str:
    """`5 % → 32 % (+26.6 points)`."""
    assert answer.after is not None
    first, second = (shortened(told) for told in shown_ends(answer.before, answer.after))
    unit = "points" if answer.kind == "probability" else unit_words(answer.unit)
    first = f"median {first}" if answer.after.statistic == "median" else first
    return f"{first} → {second} ({shown_difference(answer.after)} {unit}".rstrip() + ")"


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
        "sentence": today_sentence(found),
        "note": list(today_note(found)),
        "grounds": found.grounds,
        "priors_moved": whole["priors"],
        "answers_moved": {name: {**answer, "moved_by": _moved_by(found, name)} for name, answer in moved.items()},
        "futures": whole["futures"],
        "seed": whole["seed"],
    }
