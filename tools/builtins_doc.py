"""Writes docs/builtins.md from the tables of the language: `python tools/builtins_doc.py`; a test holds the page to it."""

from __future__ import annotations

from pathlib import Path

from foedus.language.builtins import BUILTINS, FAMILIES, REDUCTIONS

TARGET = Path(__file__).parent.parent / "docs" / "builtins.md"

RULES = {
    "same": "All arguments have one unit; so has the result.",
    "plain": "Plain numbers in, a plain number out.",
    "root": "The result's unit is the root of the argument's.",
    "quotient": "The unit of a over that of b; `otherwise` has it too.",
    "step": "The unit of `height`; `start` is a time or a date.",
    "ramp": "The unit of `slope` times time; `start` and `end` are times or dates.",
    "pulse": "1 per unit of time.",
    "count": "A plain number.",
    "condition": "A condition; as a number 0 or 1.",
    "time": "A time.",
    "delay": "The unit of x; `time` is a time, `start` has the unit of x.",
    "delay_n": "The unit of x; `time` is a time, `n` a fixed whole number from 1 to 100, `start` has the unit of x.",
    "reduce": "The unit of x.",
    "share": "A plain number from 0 to 1.",
    "calendar": "A time or a date in, a plain number out.",
}

GROUPS = {
    "Arithmetic": (
        "min",
        "max",
        "abs",
        "clip",
        "floor",
        "round",
        "sqrt",
        "exp",
        "log",
        "log10",
        "sin",
        "cos",
        "tanh",
        "logistic",
        "logit",
        "safe_divide",
    ),
    "Time": ("step", "ramp", "month_of", "part_of_year", "weekday_of"),
    "Happenings": ("pulse", "count", "ever", "time_since", "in_force", "invoked", "honoured"),
    "Delays and smoothing": ("smooth", "smooth3", "smoothn", "delay1", "delay3", "delayn", "delay"),
    "Over indices": ("sum", "mean", "product", "share"),
}

HEAD = """\
# Built-in functions and families

*Made by `python tools/builtins_doc.py` from `src/foedus/language/builtins.py`; do not edit.*

Arguments in brackets may be left out. How names, units and priors are written: [language.md](language.md).
"""


def document() -> str:
    """The whole page."""
    parts = [HEAD]
    for group, names in GROUPS.items():
        parts.append(f"## {group}\n")
        parts += [_function(name) for name in names]
    parts.append(f"Over an index, with `over`: {', '.join(f'`{name}`' for name in BUILTINS if name in REDUCTIONS)}.\n")
    parts.append("## Families of distributions\n\nArguments without the unit of what is declared are plain numbers.\n")
    parts += [_family(name) for name in FAMILIES]
    return "\n".join(parts)


def _function(name: str) -> str:
    row = BUILTINS[name]
    return f"**`{name}({row.arguments})`** {row.doc}  \nUnits: {RULES[row.rule]}\n"


def _family(name: str) -> str:
    row = FAMILIES[name]
    carried = [argument for argument, carries in zip(row.arguments.split(", "), row.carries_unit, strict=False) if carries]
    told = ", ".join(carried) if row.carries_unit else "as each distribution has it"
    unit = f"  \nWith the unit: {told}." if told else ""
    return f"**`{name}({row.arguments})`** {row.doc}{unit}\n"


def main() -> None:
    """Write the page."""
    TARGET.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
