"""The likeliest ways in which a judgement is wrong: a sentence, each way with its story and its first sign in 80 columns, and as JSON."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from foedus.analysis.explain import Amount
from foedus.analysis.redteam import RedTeam, ToldSign, ToldWay
from foedus.show.words import listed, people_date, percent, plain, share_stated, subject
from foedus.wording import counted

__all__ = ["redteam_document", "redteam_sentence", "redteam_view"]


def redteam_sentence(found: RedTeam) -> str:
    """`“the loss of the harbour …” is judged likely (57 %). That is wrong in 43 % of the futures, likeliest (23 %) where …`."""
    first = f"{_subject(found)} is judged {plain(found.judgement)}. That is wrong in {percent(found.wrong.value)} of the futures"
    if not found.ways:
        return f"{first}; no few causes tell these apart from the others: it is luck, or much together."
    most = found.ways[0]
    told = f"{first}, likeliest ({percent(most.chance.value)}) where {_where(most)}"
    sign = (
        f"; the first sign of that is {_sign(most.sign)}" if most.sign is not None else "; nothing shows that before it has come"
    )
    return f"{told}{sign}."


def _subject(found: RedTeam) -> str:
    told = subject(found.label, yes=not found.judgement.startswith("to lie"))
    return told[0].upper() + told[1:] if told.startswith(("a yes", "the answer", "what ")) else told


def _where(way: ToldWay) -> str:
    return listed([plain(words) for words in way.where])


def _sign(sign: ToldSign) -> str:
    day = people_date(sign.date)
    return f"{plain(sign.words)} {'on' if day[:1].isdigit() else 'at'} {day}"


def redteam_view(case: str, found: RedTeam) -> RenderableType:
    """The sentence, then each way with one of its futures and its first sign."""
    parts: list[RenderableType] = [Text(redteam_sentence(found), "bold")]
    for place, way in enumerate(found.ways, 1):
        parts += [Text(), *_way(case, found, way, place)]
    if found.ways:
        parts += [Text(), Text(f"Outside of these ways it is wrong in {_with_error(found.other)} % of the futures.")]
    for one in found.shared:
        density, coverage = percent(one.counted.density.value), percent(one.counted.coverage.value)
        told = f"Nearly all futures in which {plain(one.target)} have in common: {plain(one.words)} ({coverage} of them)."
        parts += [Text(), Text(f"{told} But only {density} of the futures of that kind are so: that tells no way.")]
    notes = [
        "Ways and signs were proposed by one half of the futures and counted on the other; ± is one standard error. In the half that "
        "proposes it a sign is the earliest that half of a way's futures show, and at most a tenth of those in which the judgement holds; "
        "what the other half shows otherwise by more than two errors is none."
    ]
    notes.append(f"{counted(found.futures, 'future')}; counted on {found.held_out:,}.")
    return Group(*parts, Text(), Text("\n".join(notes), "dim"))


def _way(case: str, found: RedTeam, way: ToldWay, place: int) -> list[RenderableType]:
    target = plain(way.target)
    head = Text(f"{place}. {target[0].upper()}{target[1:]}: {_with_error(way.chance)} % of the futures", "bold")
    density, coverage = percent(way.counted.density.value), percent(way.counted.coverage.value)
    share = f"That is so in {density} of the futures of this kind; they are {coverage} of those in which it is so."
    parts: list[RenderableType] = [head, Text(f"Where {_where(way)}."), Text(share)]
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 2), show_header=False)
    table.add_column(width=17, no_wrap=True)
    table.add_column(width=57, overflow="fold")
    for event in way.story:
        rare = "" if event.in_way is None else f" ({percent(event.in_way)} of these futures, {percent(event.in_all)} of all)"
        table.add_row(people_date(event.date), Text.assemble(plain(event.words), (rare, "dim")))
    told = Text(
        f"One of them (foedus replay {case} --future {way.future} --seed {found.seed}){':' if way.story else ' tells it.'}"
    )
    parts += [told, *([table] if way.story else [])]
    if way.sign is None:
        parts.append(Text("First sign: none before it has come."))
    else:
        alarm = f"a false alarm in {_with_error(way.sign.false_alarm)} % of those in which the judgement holds"
        seen = f"seen in {_with_error(way.sign.seen)} % of these futures, {alarm}"
        parts.append(Text.assemble(("First sign: ", "bold"), f"{_sign(way.sign)}; {seen}."))
    return parts


def _with_error(amount: Amount) -> str:
    return share_stated(amount.value, amount.error).said()


def redteam_document(case: str, found: RedTeam) -> dict[str, Any]:
    """What `foedus redteam --json` prints."""
    return {
        "case": case,
        "question": found.question,
        "label": found.label,
        "scenario": found.scenario,
        "judgement": found.judgement,
        "sentence": redteam_sentence(found),
        "wrong": _amount(found.wrong),
        "ways": [_document(way) for way in found.ways],
        "other": _amount(found.other),
        "shared": [
            {
                "target": one.target,
                "words": one.words,
                "density": _amount(one.counted.density),
                "coverage": _amount(one.counted.coverage),
            }
            for one in found.shared
        ],
        "futures": found.futures,
        "held_out": found.held_out,
        "seed": found.seed,
    }


def _document(way: ToldWay) -> dict[str, Any]:
    sign = way.sign
    return {
        "target": way.target,
        "where": list(way.where),
        "chance": _amount(way.chance),
        "density": _amount(way.counted.density),
        "coverage": _amount(way.counted.coverage),
        "future": way.future,
        "story": [{"date": one.date, "words": one.words, "in_way": one.in_way, "in_all": one.in_all} for one in way.story],
        "sign": None
        if sign is None
        else {"date": sign.date, "words": sign.words, "seen": _amount(sign.seen), "false_alarm": _amount(sign.false_alarm)},
    }


def _amount(one: Amount) -> dict[str, float]:
    return {"value": one.value, "error": one.error}
