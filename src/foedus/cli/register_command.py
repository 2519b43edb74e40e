"""`foedus register`: forecasts laid down with their digests, stamped, resolved and scored."""

from __future__ import annotations

import click

from foedus.cli.common import console, emit_json, json_option
from foedus.wording import counted

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
    from foedus.history.register_folder import add_forecasts, entries_document

    entries = add_forecasts(folder, forecasts)
    if as_json:
        emit_json(entries_document(entries))
        return
    for one in entries:
        told = f"{counted(one.told['questions'], 'question')}, {one.told['short']} of short horizon"
        click.echo(f"{one.case} as of {one.told['as_of']}: {told}, digest {one.told['digest'][:16]}")


@command.command("list")
@in_option
@json_option
def list_entries(folder: str, as_json: bool) -> None:
    """What the register holds; every line and file is checked."""
    from foedus.history.register_folder import list_register
    from foedus.show.register import register_view

    document = list_register(folder)
    emit_json(document) if as_json else console().print(register_view(document))


@command.command("resolve")
@click.argument("outcomes", type=click.Path(dir_okay=False))
@case_option
@in_option
@json_option
def resolve(outcomes: str, case: str, folder: str, as_json: bool) -> None:
    """Lay down OUTCOMES, a JSON list as `foedus score` reads it. What it tells anew of a question holds from then on."""
    from foedus.history.register import add_outcomes
    from foedus.history.register_folder import entry_document

    entry, replaced = add_outcomes(folder, outcomes, case)
    if as_json:
        emit_json(entry_document(entry))
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
    from foedus.history.register_folder import outcomes_document, write_observed

    found = write_observed(folder, forecast, output)
    emit_json(outcomes_document(found)) if as_json else click.echo(f"{counted(len(found), 'figure')} are known: {output}")


@command.command("rival")
@click.argument("output", type=click.Path(dir_okay=False))
@click.option("--team", required=True, help="Whose forecast it is.")
@case_option
@in_option
@json_option
def rival(output: str, team: str, case: str, folder: str, as_json: bool) -> None:
    """Lay down somebody else's forecast of the same day: OUTPUT, a table of hubverse model output."""
    from foedus.history.register import add_rival
    from foedus.history.register_folder import entry_document

    entry = add_rival(folder, output, team, case)
    if as_json:
        emit_json(entry_document(entry))
    else:
        click.echo(f"{team}: {counted(entry.told['count'], 'question')} of {entry.case} as of {entry.told['as_of']}.")


@command.command("score")
@case_option
@click.option("--experts", is_flag=True, help="Set the predictions in the case's ledger beside the forecasts.")
@in_option
@json_option
def score(case: str, experts: bool, folder: str, as_json: bool) -> None:
    """Score every forecast against what came: by itself, by its own expectation, beside naive forecasts, rivals and experts."""
    from foedus.history.register_folder import score_folder
    from foedus.show.register import scores_view

    document = score_folder(folder, case, has_experts=experts)
    emit_json(document) if as_json else console().print(scores_view(document))


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
    from foedus.history.register_folder import request_stamp, stamp_folder, stamped_document

    if (request is None) == (reply is None):
        raise click.UsageError("Give either --request or --reply.")
    asked = request is not None
    found = request_stamp(folder, forecast, request or "") if asked else stamp_folder(folder, forecast, reply or "", root)
    emit_json(stamped_document(found)) if as_json else click.echo(found.words)


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
    from foedus.history.register_folder import export_register, written_document

    if hub is None and percentiles is None:
        raise click.UsageError("Give --hub, --percentiles, or both.")
    written = export_register(folder, case, hub=hub, percentiles=percentiles)
    if as_json:
        emit_json(written_document(written))
    else:
        for path in written:
            click.echo(f"Written: {path}")
