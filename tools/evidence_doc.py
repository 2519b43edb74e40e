"""Writes the tables of docs/evidence.md from `foedus/evidence/defaults.py`: `python tools/evidence_doc.py`; a test holds the page to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from foedus.evidence.defaults import DEFAULTS

TARGET = Path(__file__).parent.parent / "docs" / "evidence.md"
BEGIN = "<!-- made by tools/evidence_doc.py from src/foedus/evidence/defaults.py: do not edit from here -->"
END = "<!-- to here -->"


def tables() -> str:
    """The part of the page that is made."""
    return "\n".join([BEGIN, "", *_kernels(), *_weights(), *_hedges(), *_settings(), END])


def _kernels() -> Iterator[str]:
    yield "### `kernels`: how wide a number is, by its qualifier\n"
    yield "90 % interval as factors of the value (of its odds, for a share). A bound is in no conflict with what it allows.\n"
    yield "| name | `low` | `high` | `bound` | because |\n|---|---|---|---|---|"
    for name, row in DEFAULTS.kernels.items():
        yield f"| `{name}` | {row.low:.4g} | {row.high:.4g} | {row.bound} | {row.because} |"
    yield ""


def _weights() -> Iterator[str]:
    titles = {"letters": "reliability of the source (Admiralty letter)", "digits": "credibility of the claim (Admiralty digit)"}
    for table, title in titles.items():
        yield f"### `{table}`: {title}\n"
        yield "| name | `value` | because |\n|---|---|---|"
        for name, row in getattr(DEFAULTS, table).items():
            yield f"| `{name}` | {row.value:g} | {row.because} |"
        yield ""


def _hedges() -> Iterator[str]:
    yield "### `hedges`: what a class of hedge means, and the weight that it leaves\n"
    yield "| name | `low` | `high` | `weight` | because |\n|---|---|---|---|---|"
    for name, row in DEFAULTS.hedges.items():
        yield f"| `{name}` | {row.low:g} | {row.high:g} | {row.weight:g} | {row.because} |"
    yield ""


def _settings() -> Iterator[str]:
    yield "### `settings`: the other numbers\n"
    yield "| name | `value` | from, to | what | because |\n|---|---|---|---|---|"
    for name, row in DEFAULTS.settings.items():
        yield f"| `{name}` | {row.value:.4g} | {row.least:g}, {row.most:g} | {row.what} | {row.because} |"
    yield ""


def document(page: str) -> str:
    """The page with its tables made anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + tables() + after


def main() -> None:
    """Write the page."""
    TARGET.write_text(document(TARGET.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
