"""`foedus register`: forecasts laid down with their digests, stamped, resolved and scored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.common import console, emit_json, json_option
from foedus.files import write_bytes, write_text

if TYPE_CHECKING:
    from foedus.evidence import Claim
    from foedus.history.register import Register

__all__ = ["command"]

in_option = click.option(
    "--in", "folder", type=click.Path(file_okay=False), default="register", show_default=True, help="The register's folder."
)
case_option = click.option("--case", default="", help="Which case, where the register has several.")


@click.group("register")
def command() -> None:
    """Keep frozen forecasts so that everybody can see what was said, when, and what came of it.

    A register is a folder: a line for each forecast, stamp, rival and file of outcomes, each naming the digest of the line before it.
    """


@command.command("add")
@click.argument("forecasts", nargs=-1, required=True, type=click.Path(dir_okay=False))
@in_option
@json_option
def add(forecasts: tuple[str, ...], folder: str, as_json: bool) -> None:
    """Lay down FORECASTS, files of `foedus freeze`."""
    from foedus.history.register import add_forecast

    entries = [add_forecast(folder, path) for path in forecasts]
    if as_json:
        emit_json({"added": [{"day": one.day, **one.told} for one in entries]})
        return
    for one in entries:
        told = f"{one.told['questions']} questions, {one.told['short']} of short horizon"
        click.echo(f"{one.case} as of {one.told['as_of']}: {told}, digest {one.told['digest'][:16]}")


@command.command("list")
@in_option
@json_option
def list_entries(folder: str, as_json: bool) -> None:
    """What the register holds; every line and file is checked."""
    from foedus.history.register import read_register
    from foedus.history.register_scores import register_document
    from foedus.show.register import register_view

    document = register_document(read_register(folder))
    emit_json(document) if as_json else console().print(register_view(document))


@command.command("resolve")
@click.argument("outcomes", type=click.Path(dir_okay=False))
@case_option
@in_option
@json_option
def resolve(outcomes: str, case: str, folder: str, as_json: bool) -> None:
    """Lay down OUTCOMES, a JSON list as `foedus score` reads it. What it tells anew of a question holds from then on."""
    from foedus.history.register import add_outcomes

    entry, replaced = add_outcomes(folder, outcomes, case)
    if as_json:
        emit_json({"day": entry.day, **entry.told})
    else:
        anew = f", {replaced} of them other than told before" if replaced else ""
        click.echo(f"{entry.case}: {entry.told['count']} outcomes{anew}.")


@command.command("observed")
@click.argument("forecast")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False), required=True, help="The file of outcomes, to be laid down with `resolve`."
)
@in_option
@json_option
def observed(forecast: str, output: str, folder: str, as_json: bool) -> None:
    """Write what the case's own series tell of the figures in FORECAST (the start of its digest, or CASE@DAY)."""
    import json

    from foedus.case import load
    from foedus.history.from_series import series_outcomes
    from foedus.history.register import read_register

    register = read_register(folder)
    entry = register.named(forecast)
    found = series_outcomes(load(entry.case), register.forecast(entry))
    write_text(output, json.dumps(found, indent=1, ensure_ascii=False) + "\n", "the outcomes")
    emit_json({"outcomes": found}) if as_json else click.echo(f"{len(found)} figures are known: {output}")


@command.command("rival")
@click.argument("output", type=click.Path(dir_okay=False))
@click.option("--team", required=True, help="Whose forecast it is.")
@case_option
@in_option
@json_option
def rival(output: str, team: str, case: str, folder: str, as_json: bool) -> None:
    """Lay down somebody else's forecast of the same day: OUTPUT, a table of hubverse model output."""
    from foedus.history.register import add_rival

    entry = add_rival(folder, output, team, case)
    if as_json:
        emit_json({"day": entry.day, **entry.told})
    else:
        click.echo(f"{team}: {entry.told['count']} questions of {entry.case} as of {entry.told['as_of']}.")


@command.command("score")
@case_option
@click.option("--experts", is_flag=True, help="Set the predictions in the case's ledger beside the forecasts.")
@in_option
@json_option
def score(case: str, experts: bool, folder: str, as_json: bool) -> None:
    """Score every forecast against what came: by itself, by its own expectation, beside naive forecasts, rivals and experts."""
    from foedus.history.register import read_register, the_case
    from foedus.history.register_scores import score_register
    from foedus.show.register import scores_view

    register = read_register(folder)
    name = the_case(register, case)
    document = score_register(register, name, _predictions(register, name) if experts else ())
    emit_json(document) if as_json else console().print(scores_view(document))


def _predictions(register: Register, case: str) -> list[Claim]:
    """The predictions in the ledgers of the case and of its editions that have a forecast, each once."""
    from foedus.case import load

    names = dict.fromkeys(str(one.told["case"]) for one in register.of("forecast", case))
    ledgers = [ledger for name in names if (ledger := load(name).ledger) is not None]
    return list({claim.id: claim for ledger in ledgers for claim in ledger.predictions()}.values())


@command.command("stamp")
@click.argument("forecast")
@click.option("--request", type=click.Path(dir_okay=False), help="Write what to send to a time-stamping authority (.tsq).")
@click.option("--reply", type=click.Path(dir_okay=False), help="Lay down what the authority sent back (.tsr).")
@click.option("--root", type=click.Path(dir_okay=False), help="Its certificate, PEM: the reply's signature must lead to it.")
@in_option
@json_option
def stamp(forecast: str, request: str | None, reply: str | None, root: str | None, folder: str, as_json: bool) -> None:
    """Somebody else's clock on FORECAST (the start of its digest, or CASE@DAY), by RFC 3161. Needs the extra `stamp`.

    Write the request, send it to an authority, lay down the reply. Nothing is sent from here.
    """
    from foedus.history.register import read_register
    from foedus.history.stamp import add_stamp, stamp_request

    if (request is None) == (reply is None):
        raise click.UsageError("Give either --request or --reply.")
    register = read_register(folder)
    entry = register.named(forecast)
    if request is not None:
        write_bytes(stamp_request(register.forecast(entry)), request)
        told: dict[str, Any] = {"request": request, "digest": entry.told["digest"]}
        words = f"Send {request} to an authority, and lay down its answer with --reply."
    else:
        told = dict(add_stamp(register, entry, reply or "", root).told)
        trust = (
            "its signature leads to the certificate given" if told["verified"] else "taken at its word: no certificate was given"
        )
        words = f"Stamped {told['time']}{' by ' + told['authority'] if told['authority'] else ''}; {trust}."
    emit_json(told) if as_json else click.echo(words)


@command.command("export")
@click.option("--hub", type=click.Path(file_okay=False), help="Write a hubverse hub into this new folder.")
@click.option(
    "--percentiles", type=click.Path(dir_okay=False), help="Write a table of percentiles, a row for each question (.csv)."
)
@case_option
@in_option
@json_option
def export(hub: str | None, percentiles: str | None, case: str, folder: str, as_json: bool) -> None:
    """Write the forecasts of a case in forms that others read."""
    from foedus.history.hub import percentiles_text, write_hub
    from foedus.history.register import read_register, the_case

    if hub is None and percentiles is None:
        raise click.UsageError("Give --hub, --percentiles, or both.")
    register = read_register(folder)
    name = the_case(register, case)
    forecasts = [register.forecast(one) for one in register.of("forecast", name)]
    written = []
    if hub is not None:
        written += [str(Path(hub) / one) for one in write_hub(hub, forecasts, register.outcomes(name))]
    if percentiles is not None:
        write_text(percentiles, percentiles_text(forecasts), "the table")
        written.append(percentiles)
    if as_json:
        emit_json({"files": written})
    else:
        for path in written:
            click.echo(f"Written: {path}")
