"""The texts of a dossier for people who open the folder: what is here, and how every number is derived again."""

from __future__ import annotations

from foedus.bundle.facts import Facts
from foedus.show.judgements import judgements_of, topic_of
from foedus.show.words import plain

__all__ = ["judgements_text", "readme_text", "rerun_text"]


def judgements_text(facts: Facts) -> str:
    """The key judgements, each on a line, to paste."""
    topic = topic_of(facts.finding)
    head = plain(topic.ask) if topic is not None and topic.ask else plain(facts.finding.title)
    lines = [
        head,
        facts.dates,
        "",
        *(f"- {plain(one.text)}" for one in judgements_of(facts.finding)),
        "",
        f"Cite this: {facts.cite}",
        f"Licence: {plain(facts.licence)}",
    ]
    return "\n".join(lines) + "\n"


def readme_text(facts: Facts) -> str:
    """What is in the folder."""
    finding, versions = facts.finding, facts.finding.manifest.versions
    needs = ", ".join(f"{name} {version}" for name, version in versions.items() if name != "machine")
    return f"""{plain(finding.title)}
{facts.dates}

Open index.html. It needs no network and runs nothing.

index.html               key judgements, all questions
questions/NAME.html      a question: its answer and doubt, how it is settled, scenarios, why, claims
data/answers.csv         every answer of every scenario; what its columns are: answers.csv-metadata.json
data/judgements.txt      the key judgements as text
charts/                  each chart as SVG, PNG and CSV
inputs/                  the model with all that it reads
ro-crate-metadata.json   which file was made from which (RO-Crate 1.1, PROV), with digests

Every number is derived again by

    sh rerun.sh

which needs {needs}, runs

    {facts.command}

and compares: data/answers.csv comes out the same to the byte.

Cite this: {facts.cite}
Licence: {plain(facts.licence)}
"""


def rerun_text(command: str) -> str:
    """The script that derives everything again and compares."""
    return f"""#!/bin/sh
# Derives every number of this folder again, in a folder of its own, and compares.
set -e
cd "$(dirname "$0")"
unset FOEDUS_LEDGER
again="${{1:-$(mktemp -d)/again}}"
{command}
cmp data/answers.csv "$again/data/answers.csv"
echo "The same answers, to the byte. The other folder: $again"
"""
