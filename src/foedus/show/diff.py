"""Two versions of a case side by side, for the terminal and as JSON. Every line fits 80 columns."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from foedus.analysis.changes import AnswerChange, ClaimChange, Diff, PriorChange, StatementChange
from foedus.analysis.finding import Answer
from foedus.show.document import answer_document
from foedus.show.fitted import FittedTable
from foedus.show.naming import titled
from foedus.show.ranking import OTHER_FUTURES, UNKNOWN_ERROR, shown_difference, shown_ends, shown_error, shown_share, tail_words
from foedus.show.words import error_points, number, people_date, plain, quoted, shortened, unit_words
from foedus.titles import name_words
from foedus.wording import counted

__all__ = ["answers_table", "claims_list", "dated", "diff_document", "diff_sentence", "diff_view", "priors_table"]

_SHOWN = 12
_KINDS = {"param": "parameter", "let": "auxiliary", "use": "part", "observe": "observation", "correlate": "correlation"}
_DAY = re.compile(r"(?<=as of )\d{4}-\d{2}-\d{2}")


def diff_sentence(found: Diff) -> str:
    """`12 claims are new, 1 is gone; 5 statements and 8 priors differ; of 45 answers 6 moved.`"""
    kinds = {kind: sum(claim.kind == kind for claim in found.claims) for kind in ("new", "gone", "changed")}
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count) or "none differ"
    asked = [one for one in found.answers if one.before is not None and one.after is not None]
    shared = [one for one in asked if not one.is_of_other_days]
    moved = sum(one.is_moved for one in shared)
    alone, others = len(found.answers) - len(asked), len(asked) - len(shared)
    more = f"; {alone} {'is' if alone == 1 else 'are'} asked in one version only" if alone else ""
    apart = (
        "asks of another day, or otherwise, in each, and is"
        if others == 1
        else "ask of other days, or otherwise, in each, and are"
    )
    more += f"; {others} {apart} not compared" if others else ""
    return (
        f"Claims: {told}. Statements that differ: {len(found.statements)}. Priors that moved: {len(found.priors)}. "
        f"Of {counted(len(shared), 'answer')} {moved} moved beyond two errors and by enough to matter{more}."
    )


def diff_view(found: Diff, *, names: bool = False) -> RenderableType:
    """What changed, from claims to answers.

    Args:
        names: show the model's own names beside the words.
    """
    parts: list[RenderableType] = [
        Text(f"From {dated(found.before)} to {dated(found.after)}", "bold"),
        Text(diff_sentence(found)),
        Text(),
    ]
    if found.claims:
        parts += [claims_list(found.claims, frozenset(one.group for one in found.priors), names=names), Text()]
    if found.statements:
        parts += [Text("Statements of the model", "bold"), *_statements(found, names), Text()]
    if found.priors:
        parts += [priors_table(found.priors, names=names), Text()]
    if found.moved:
        parts.append(answers_table(_of_both(found.moved), names=names))
        parts += _asked_once(found.moved, names)
    parts.append(
        Text(
            f"{counted(found.futures, 'future')} of each, on the same luck; ± is one standard error of the paired difference.",
            "dim",
        )
    )
    return Group(*parts)


def dated(told: str) -> str:
    """Words with their days as people write them."""
    return _DAY.sub(lambda match: people_date(match[0]), plain(told))


def claims_list(claims: Sequence[ClaimChange], carrying: frozenset[str] = frozenset(), *, names: bool = False) -> RenderableType:
    """Each claim in its words; of many, how many there are on each group, those that a prior which moved rests on (`carrying`) first."""
    if len(claims) > 2 * _SHOWN:
        return _claims_by_group(claims, carrying)
    rows: list[RenderableType] = [Text("Claims", "bold")]
    for claim in claims[:_SHOWN]:
        keys = f" ({', '.join(claim.keys)})" if claim.keys else ""
        rows.append(Padding(titled(f"{claim.kind}{keys}  {claim.group}: {dated(claim.words)}", claim.claim, names), (0, 0, 0, 2)))
    return Group(*rows, *_rest(len(claims)))


def _claims_by_group(claims: Sequence[ClaimChange], carrying: frozenset[str]) -> RenderableType:
    groups: dict[str, list[ClaimChange]] = {}
    for claim in claims:
        groups.setdefault(claim.group, []).append(claim)
    order = sorted(groups, key=lambda name: (name not in carrying, -len(groups[name]), name))
    rows: list[RenderableType] = []
    for name in order[:_SHOWN]:
        kinds = {kind: sum(claim.kind == kind for claim in groups[name]) for kind in ("new", "gone", "changed")}
        counts = ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count)
        text = Text.assemble((f"{plain(name)}: ", "bold"), f"{counts}. {dated(groups[name][-1].words)}")
        rows.append(Padding(text, (0, 0, 0, 2)))
    more = len(order) - _SHOWN
    rest = [Text(f"  and {more} more groups; --json has every claim", "dim")] if more > 0 else []
    return Group(Text("Claims by group, each with one of them", "bold"), *rows, *rest)


def _rest(count: int) -> list[Text]:
    return [Text(f"  and {count - _SHOWN} more", "dim")] if count > _SHOWN else []


def _of_both(answers: Sequence[AnswerChange]) -> list[AnswerChange]:
    """The answers of both versions; all of them where only one or two stand alone."""
    both = [one for one in answers if one.before is not None and one.after is not None]
    return both if len(answers) - len(both) > _SHOWN else list(answers)


def _asked_once(answers: Sequence[AnswerChange], names: bool) -> list[RenderableType]:
    """The questions of one version only, in words, where they are too many for the table."""
    if len(_of_both(answers)) == len(answers):
        return []
    told = [
        (words, [_asked(one, names) for one in answers if (one.before is None) == is_new and (one.after is None) != is_new])
        for words, is_new in (("Asked before only", False), ("Asked after only", True))
    ]
    return [
        Padding(Text.assemble((f"{words}: ", "bold"), plain("; ".join(asked))), (1, 0, 0, 0)) for words, asked in told if asked
    ]


def _asked(one: AnswerChange, names: bool) -> str:
    called = one.called or name_words(one.question)
    return f"{called} ({one.question})" if names else called


def _statements(found: Diff, names: bool) -> list[RenderableType]:
    """Each as it was and as it is; for readers who want no model text, by title."""
    if len(found.statements) > 4 * _SHOWN:
        return _statement_counts(found)
    if not names:
        kinds: dict[str, list[str]] = {"new": [], "gone": [], "changed": []}
        for one in found.statements:
            kinds["new" if not one.before else "gone" if not one.after else "changed"].append(_title(one))
        told = [f"{kind}: {'; '.join(titles)}" for kind, titles in kinds.items() if titles]
        return [*(Padding(Text(line), (0, 0, 0, 2)) for line in told), Text("  --names shows their text", "dim")]
    rows: list[RenderableType] = []
    for one in found.statements[:_SHOWN]:
        if one.before:
            rows.append(Padding(Text(f"− {plain(one.before)}", "red"), (0, 0, 0, 2)))
        if one.after:
            rows.append(Padding(Text(f"+ {plain(one.after)}", "green"), (0, 0, 0, 2)))
    return [*rows, *_rest(len(found.statements))]


def _title(one: StatementChange) -> str:
    """`“Carried in a week” (param)`: the label of a statement, else its name as words."""
    text = one.after or one.before
    label = re.search(r'(?<!because )(?<!claims )(?<!group )(?<!called )"([^"]+)"', text)
    return f"{quoted(label[1]) if label else name_words(one.name)} ({one.keyword})"


def _statement_counts(found: Diff) -> list[RenderableType]:
    """How many of each keyword differ: two texts that share few statements are read side by side, not line by line."""
    kinds = {
        "changed": [one for one in found.statements if one.before and one.after],
        "before only": [one for one in found.statements if not one.after],
        "after only": [one for one in found.statements if not one.before],
    }
    rows: list[RenderableType] = []
    for words, statements in kinds.items():
        counts = Counter(one.keyword for one in statements)
        told = ", ".join(counted(count, _KINDS.get(keyword, keyword)) for keyword, count in counts.most_common())
        rows.append(Padding(Text(f"{words}: {told or 'none'}"), (0, 0, 0, 2)))
    return [*rows, Text("  --json has each of them", "dim")]


def _table(title: str, *columns: tuple[str, int]) -> FittedTable:
    table = FittedTable(
        title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold"
    )
    for name, width in columns:
        table.add_column(name, width=width, overflow="fold", justify="left" if width > 20 else "right")
    return table


def priors_table(priors: Sequence[PriorChange], *, names: bool = False) -> RenderableType:
    """Each prior's median and 90 % interval before and after.

    Args:
        names: show the model's own names beside the words.
    """
    table = _table("Priors: median, 90 % interval", ("parameter", 36), ("before", 18), ("after", 18))
    both = [one for one in priors if one.before is not None and one.after is not None]
    alone = len(priors) - len(both)
    shown = both if alone > _SHOWN else list(priors)
    for one in shown[:_SHOWN]:
        unit = unit_words(one.unit)
        name = titled(f"{one.label}, {unit}" if unit else one.label, one.parameter, names)
        table.add_row(name, _ends(one.before), _ends(one.after))
    rest = [Text(f"  and {alone} that one version alone has", "dim")] if alone > _SHOWN else []
    return Group(table, *_rest(len(shown)), *rest)


def _ends(ends: tuple[float, float, float] | None) -> str:
    if ends is None:
        return "–"
    low, median, high = (shortened(number(end)) for end in ends)
    return f"{median}\n{low}–{high}"


def answers_table(answers: Sequence[AnswerChange], *, names: bool = False) -> RenderableType:
    """The answers that moved.

    Args:
        names: show the model's own names beside the words.
    """
    table = _table("Answers", ("question", 32), ("before", 10), ("after", 10), ("difference", 12), ("±", 6))
    for one in answers:
        unit = "" if one.kind == "probability" else unit_words(one.unit)
        called = one.called or name_words(one.question)
        name = titled(f"{called}, {unit}" if unit else called, one.question, names)
        for note in (tail_words(one.before, one.after), _rests(one)):
            name.append(f"\n{note}" if note else "", "yellow")
        shown = [
            "–" if answer is None else told
            for answer, told in zip((one.before, one.after), shown_ends(one.before, one.after), strict=True)
        ]
        paired = one.after is not None and one.after.difference is not None
        difference = shown_difference(one.after) if paired and one.after is not None else "–"
        difference += " points" if paired and one.kind == "probability" and difference not in ("", OTHER_FUTURES) else ""
        table.add_row(name, *shown, difference, shown_error(one.after).removeprefix("±") if one.after is not None else "")
    return table


def _rests(one: AnswerChange) -> str:
    """On which part of the futures the answers rest, where it is not all, with the error of each chance: `rests on 2.6 % of the futures`."""
    versions = [(name, answer) for name, answer in (("before", one.before), ("after", one.after)) if answer is not None]
    told = [(name, shown_share(answer), _own_error(answer)) for name, answer in versions]
    if not any(share for _, share, _ in told):
        return ""
    if len({words[1:] for words in told}) == 1 and len(told) == 2:
        return f"{told[0][1]}{told[0][2]}"
    return "; ".join(f"{name}: {share or 'rests on all futures'}{error}" for name, share, error in told)


def _own_error(answer: Answer) -> str:
    """The Monte Carlo standard error of a chance itself, which that of a difference does not tell: ` (± 13 points)`."""
    if answer.quantiles is not None or not answer.futures:
        return ""
    return f" (± {error_points(answer.mc_error)} points)" if math.isfinite(answer.mc_error) else f" ({UNKNOWN_ERROR})"


def diff_document(found: Diff) -> dict[str, Any]:
    """What `foedus diff --json` prints."""
    return {
        "before": found.before,
        "after": found.after,
        "futures": found.futures,
        "seed": found.seed,
        "sentence": diff_sentence(found),
        "claims": [asdict(one) for one in found.claims],
        "statements": [asdict(one) for one in found.statements],
        "priors": [asdict(one) for one in found.priors],
        "answers": {
            one.question: {
                "called": one.called or None,
                "kind": one.kind,
                "unit": one.unit,
                "is_moved": one.is_moved,
                "before": None if one.before is None else answer_document(one.before, one.kind),
                "after": None if one.after is None else answer_document(one.after, one.kind),
            }
            for one in found.answers
        },
    }
