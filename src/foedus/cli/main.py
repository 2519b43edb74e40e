"""The command `foedus`. Each subcommand is one module, imported only when it is called."""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

import click

from foedus.errors import FoedusError

__all__ = ["main"]

_COMMANDS = {
    "run": "Answer a case's questions: table and report.html.",
    "check": "Parse, units, conservation, the file's own checks.",
    "trace": "From an answer to the sentences it rests on.",
    "replay": "One future in full: every event and decision with its date.",
    "show": "A model's structure: stocks, flows, what feeds what.",
    "hindcast": "The same equations over the past, held against the series.",
    "calibrate": "The model fitted to what was observed, with its uncertainty.",
    "backtest": "Forecasts from the past, frozen, scored, against naive ones.",
    "natural": "Events of the past, predicted from the day before, against what came.",
    "record": "How good a case's forecasts have been.",
    "freeze": "The answers under a digest, to be scored later.",
    "score": "Frozen answers, and experts, against what came.",
    "register": "Forecasts kept under digests: stamped, resolved, scored.",
    "fit": "A historical case held against published figures.",
    "read": "Documents to proposed claims.",
    "ledger": "The claims of a case: list, judge, edit, import, export, history.",
    "review": "A page on this machine to go through the claims: accept, reject, edit.",
    "sources": "Who says what, who repeats whom, what hangs on whom.",
    "flip": "Where a lever tips the answers.",
    "diff": "What changed between two versions of a case, from claims to answers.",
    "today": "What new reports would change: claims, priors, answers.",
    "why": "Where an answer's doubt comes from: evidence, assumptions, luck, structure.",
    "explain": "Why two scenarios differ: the parts of it, adding up.",
    "believe": "What one would have to believe for a stated answer to be true.",
    "discover": "The futures that matter, in a box and in words.",
    "redteam": "How an answer is likeliest to be wrong, and the first sign of it.",
    "twin": "Whether the stated ranges of differences hold in made-up worlds.",
    "worth": "What would narrow an answer, if it were settled.",
    "serve": "The page on this machine, built again on save.",
    "page": "One self-contained page: levers, live futures, every number traceable.",
    "dossier": "A folder to take away: question pages, charts and tables, all derivable.",
    "new": "A folder to start a case from.",
    "shelf": "The mechanisms that ship, to build models of.",
    "lsp": "The language server, for editors to start.",
    "fmt": "One look for model texts: blanks, indents, empty lines.",
}


class _Commands(click.Group):
    """Finds subcommands by name, without importing the others."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module = importlib.import_module(f"foedus.cli.{name}_command")
        command: click.Command = module.command
        return command

    def resolve_command(self, context: click.Context, arguments: list[str]) -> Any:
        import difflib

        try:
            return super().resolve_command(context, arguments)
        except click.UsageError as error:
            near = difflib.get_close_matches(arguments[0] if arguments else "", _COMMANDS, n=2)
            if near:
                raise click.UsageError(f"{error.message} Did you mean {' or '.join(near)}?", context) from None
            raise

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(package_name="foedus")
def foedus() -> None:
    """What could this move mean for that war?

    Reports become claims, claims a model, the model paired futures, and the futures an answer with its error.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line. Exit code 0: done; 1: refused, with a message that says where, what and what to do; 2: wrong usage."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        foedus(args=words, prog_name="foedus", standalone_mode=False)
    except FoedusError as error:
        _refuse(error, "--json" in words)
        sys.exit(1)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        if known := _known(error):
            click.echo(known, err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("foedus: interrupted; nothing was written.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _known(error: click.ClickException) -> str:
    """Where a question or a lever of a case is missing, which there are; empty where that cannot be told."""
    if not isinstance(error, click.MissingParameter) or error.ctx is None or error.param is None:
        return ""
    case, wanted = error.ctx.params.get("case"), str(error.param.name).rstrip("s")
    if not isinstance(case, str) or wanted not in ("question", "lever"):
        return ""
    from foedus.case import load
    from foedus.constructs import tree as t

    try:
        tree = load(case).tree
    except FoedusError:
        return ""
    names = [one.name for one in (tree.all(t.Question) if wanted == "question" else tree.all(t.Lever))]
    return f"{wanted.title()}s of {case}: {', '.join(names)}." if names else f"{case} has no {wanted}."


def _refuse(error: FoedusError, as_json: bool) -> None:
    """Say on standard error what is wrong; with --json, also as the one document on standard output."""
    click.echo(str(error), err=True)
    if as_json:
        click.echo(json.dumps(error.as_dict(), indent=2, ensure_ascii=False))
