"""Words that no definition may take as its name: the language or the output means something by them.

The keywords of statements are not among them: they are keywords where they begin a line, and names everywhere else.
"""

from __future__ import annotations

from foedus.language.builtins import BUILTINS
from foedus.units import DAYS

__all__ = ["CLAUSES", "COLUMNS", "OPERATORS", "OUTPUT", "TIMES", "TIME_WORDS", "meaning", "output_meaning", "word_meaning"]

# words inside expressions: a variable with such a name could never be read
OPERATORS = frozenset("and or not if then else is per".split())
# words that begin a clause where an expression could go on; the other words of clauses can be told from names
CLAUSES = frozenset("given because when".split())
# words that stand for a time, and for a place
TIMES = frozenset("time time_step end".split())
_VALUES = frozenset({*TIMES, "outside"})
# dimensions and figures of a saved run
OUTPUT = frozenset("scenario future time elapsed status".split())
# further columns of a saved table, beside which an index has its own
COLUMNS = frozenset("kind name date value unit".split())
TIME_WORDS = frozenset({*DAYS, *(name + "s" for name in DAYS)})


def word_meaning(name: str) -> str:
    """What a word inside expressions means; "" if it is none."""
    return "a word of the language" if name in OPERATORS else ""


def output_meaning(name: str) -> str:
    """What a name means in expressions or in a saved run, for what is not itself read by expressions; "" if it is free."""
    return word_meaning(name) or (
        "a name of the output" if name in OUTPUT else "a word of the language" if name in _VALUES else ""
    )


def meaning(name: str) -> str:
    """What a name means already, where expressions would read it; "" if it is free."""
    if name in BUILTINS:
        return "a function"
    if name in TIME_WORDS:
        return "a unit of time"
    if name in CLAUSES:
        return "a word of the language"
    return output_meaning(name)
