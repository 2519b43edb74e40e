"""A register of forecasts in the terminal: what it holds, and how good the forecasts have been. Every line fits 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.show.fitted import FittedTable
from foedus.show.words import MISSING, people_date, percent, plain
from foedus.wording import counted

__all__ = ["register_view", "scores_view"]

FEWEST = 5  # outcomes of which a base rate is told


def register_view(document: Mapping[str, Any]) -> RenderableType:
    """The forecasts with digests and days, then rivals and outcomes."""
    rows = [
        (
            one["case"],
            people_date(one["edition"] or MISSING, is_short=True),
            people_date(one["made_on"] or MISSING, is_short=True),
            people_date(one["registered"], is_short=True),
            str(one["questions"] + one["short"]),
            one["digest"][:12],
            "; ".join(_stamp(stamp) for stamp in one["stamps"]) or "none",
        )
        for one in document["forecasts"]
    ]
    heads = ("case", "as of", "made on", "laid down", "n", "digest", "stamped")
    parts: list[RenderableType] = [_table(heads, rows, right=("n",))]
    for one in document["rivals"]:
        parts.append(
            Text(
                f"Rival {plain(one['team'])}: {counted(one['count'], 'question')} of {one['case']} as of {people_date(one['as_of'])}."
            )
        )
    for one in document["outcomes"]:
        anew = f", {one['replaces']} of them other than told before" if one["replaces"] else ""
        parts.append(Text(f"Outcomes of {one['case']}, laid down on {people_date(one['day'])}: {one['count']}{anew}."))
    parts.append(Text(f"Every line and file is as it was laid down; the last line is {str(document['last_line'])[:16]}.", "dim"))
    if not any(one["stamps"] for one in document["forecasts"]):
        told = "No stamp of anybody else's clock: the days are those of this machine. Publish the last line where its day can be seen."
        parts.append(Text(told, "dim"))
    return Group(*parts)


def _stamp(stamp: Mapping[str, Any]) -> str:
    return f"{people_date(str(stamp['time'])[:10], is_short=True)}{'' if stamp['verified'] else ' (unverified)'}"


def scores_view(document: Mapping[str, Any]) -> RenderableType:
    """First in words how good the forecasts have been, then the figures by forecast, series, rival."""
    told = f"{document['outcomes']} of {counted(document['questions'], 'question')} have an outcome."
    parts: list[RenderableType] = [Text(f"{plain(document['case'])}: {told}", "bold")]
    parts += [Text(sentence) for sentence in _sentences(document["all"])]
    named = [(f"as of {people_date(one['edition'] or '')}", one) for one in document["forecasts"]]
    rows = [*named, ("all", document["all"])] if len(named) > 1 else named
    parts += _chances(rows)
    parts += _amounts(rows)
    parts += _series(document["all"]["amounts"])
    for one in document["rivals"]:
        parts += _rival(one)
    if document["experts"] is not None:
        parts.append(Text(_experts(document["experts"])))
    return Group(*parts)


def _sentences(summary: Mapping[str, Any]) -> Iterable[str]:
    chances, amounts = summary["chances"], summary["amounts"]
    if chances is not None:
        by = f"; {_verdict(chances['excess_interval'], 0.0)}" if chances["excess_interval"] else ""
        yield (
            f"Yes or no: {percent(chances['said'])} were said on average and {percent(chances['came'])} came. Brier {chances['brier']:.3f}, "
            f"by the forecasts' own word {chances['expected_brier']:.3f} was to be expected{by}."
        )
    if amounts is not None:
        ratio = amounts["crps_over_expected"]
        by = f"; {_verdict(amounts['crps_over_expected_interval'], 1.0)}" if amounts["crps_over_expected_interval"] else ""
        score = f"{MISSING}" if ratio is None else f"{ratio:.2f} times what the forecasts expected of themselves{by}"
        yield f"Numbers: {percent(amounts['coverage_90'])} lie in their 90 % interval; their CRPS was {score}."
    if chances is None and amounts is None:
        yield "Nothing can be scored yet."
    for one, what in ((chances, "yes-no questions"), (amounts, "numbers")):
        if one is not None and one["clusters"] < 5:
            many = counted(one["clusters"], "cluster")
            yield f"The {one['n']} {what} hang together in {many}: too few to say more of their error."


def _verdict(interval: Sequence[float], honest: float) -> str:
    """Whether what came was worse than expected, better, or as it should be, beyond the error of the mean."""
    low, high = interval
    between = f"90 % interval {low:+.3f} to {high:+.3f}" if honest == 0 else f"90 % interval {low:.2f} to {high:.2f}"
    if low > honest:
        return f"they were too sure ({between})"
    return f"they were not sure enough ({between})" if high < honest else f"the difference is no more than chance ({between})"


def _chances(rows: Sequence[tuple[str, Mapping[str, Any]]]) -> list[RenderableType]:
    found = [(name, one["chances"]) for name, one in rows if one["chances"] is not None]
    if not found:
        return []
    heads = ("Yes or no", "n", "clusters", "Brier", "expected", "z", "base rate", "even chance")
    cells = [
        (
            name,
            str(one["n"]),
            str(one["clusters"]),
            f"{one['brier']:.3f}",
            f"{one['expected_brier']:.3f}",
            MISSING if one["spiegelhalter_z"] is None else f"{one['spiegelhalter_z']:+.1f}",
            f"{one['climatology']:.3f}" if one["n"] >= FEWEST else MISSING,
            f"{one['even_chance']:.3f}",
        )
        for name, one in found
    ]
    return [
        Text(),
        _table(heads, cells, right=heads[1:]),
        Text(f"base rate: of these very outcomes, known only afterwards; of fewer than {FEWEST} it says nothing.", "dim"),
    ]


def _amounts(rows: Sequence[tuple[str, Mapping[str, Any]]]) -> list[RenderableType]:
    found = [(name, one["amounts"]) for name, one in rows if one["amounts"] is not None]
    if not found:
        return []
    heads = ("Numbers", "n", "clusters", "in 50 %", "in 90 %", "mean PIT", "CRPS / expected")
    cells = [
        (
            name,
            str(one["n"]),
            str(one["clusters"]),
            percent(one["coverage_50"]),
            percent(one["coverage_90"]),
            f"{one['mean_pit']:.2f}",
            MISSING if one["crps_over_expected"] is None else f"{one['crps_over_expected']:.2f}",
        )
        for name, one in found
    ]
    return [Text(), _table(heads, cells, right=heads[1:])]


def _series(amounts: Mapping[str, Any] | None) -> list[RenderableType]:
    if amounts is None or not amounts["by_series"]:
        return []
    heads = ("Series", "n", "CRPS", "naive", "its CRPS", "skill")
    cells = [
        (
            plain(name),
            str(one["n"]),
            f"{one['crps']:.4g}",
            one["naive"],
            f"{one['crps_naive']:.4g}",
            MISSING if one["skill"] is None else f"{100 * one['skill']:+.0f} %",
        )
        for name, one in amounts["by_series"].items()
    ]
    told = "The figures of one series come out together: one series is nearer to one trial than to n."
    return [Text(), _table(heads, cells, right=("n", "CRPS", "its CRPS", "skill")), Text(told, "dim")]


def _rival(one: Mapping[str, Any]) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for key, score, what in (("chances", "brier", "Brier"), ("amounts", "wis", "interval score")):
        pair = one[key]
        if pair is not None and pair["ratio"] is not None:
            between = pair["ratio_interval"]
            error = "" if between is None else f", 90 % interval {between[0]:.2f} to {between[1]:.2f}"
            told = f"{what} {pair[score]:.4g}, theirs {pair[score + '_theirs']:.4g} on {pair['n']}: ratio {pair['ratio']:.2f}{error}."
            parts.append(Text(f"Beside {plain(one['team'])}, {people_date(one['as_of'])}: {told}"))
    return parts or [
        Text(f"Beside {plain(one['team'])}, {people_date(one['as_of'])}: nothing that both answered has come out yet.")
    ]


def _experts(one: Mapping[str, Any]) -> str:
    early = (
        f" {one['before_the_first_forecast']} spoke before the first forecast and are left out."
        if one["before_the_first_forecast"]
        else ""
    )
    if not one["n"]:
        return f"No prediction of an expert has come out yet.{early}"
    error = "" if one["difference_error"] is None else f" ± {one['difference_error']:.3f}"
    return (
        f"Experts: {counted(one['n'], 'saying')} on {counted(one['questions'], 'question')}, "
        f"Brier {one['brier']:.3f}; the model of the last day before each "
        f"{one['model_brier']:.3f}; experts less model, by question, {one['difference']:+.3f}{error}.{early}"
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> FittedTable:
    table = FittedTable(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for head in heads:
        table.add_column(head, justify="right" if head in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
