"""Whatever text comes, a tree or a ModelError goes out: nothing else."""

from __future__ import annotations

import contextlib
import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.random_models import random_model
from foedus.constructs import KEYWORDS
from foedus.ensemble import Settings, run_ensemble
from foedus.errors import ModelError
from foedus.language.builtins import BUILTINS, FAMILIES
from foedus.model import compile_model, parse
from helpers import SHIPPED, shipped

_SMALL = (
    "a b x side week weeks person time in force when of on by at rate from until to after or and not is then else if every "
    "memory named claims group within signed given honoured with chance between obliges before it true value first always "
    "mean total change over per the end never repeating once as share above below because hidden column conserve lowers { } ( "
    ") [ ] : = < > <= -> , ; ~ ^ * / + - % 1 0 2.5 1e9 90 2024-01-01 "
)
_WORDS = sorted(
    KEYWORDS
    | set(BUILTINS)
    | set(FAMILIES)
    | set(_SMALL.split())
    | {'"text"', "\n", "\nlet x : 1 =", "\nstock x : 1 =", "\nparam p : 1 ~"}
)
_HEAD = "model m as of 2024-01-01 for 2 weeks step 1 week\nunit person\nindex side = a, b\n"


def _only_a_model_error(text: str) -> None:
    with contextlib.suppress(ModelError):
        compile_model(parse(text))


@settings(max_examples=300)
@given(st.lists(st.sampled_from(_WORDS), max_size=40))
def test_a_soup_of_words_gives_a_tree_or_a_model_error(words: list[str]) -> None:
    _only_a_model_error(_HEAD + " ".join(words))


@settings(max_examples=150)
@given(st.text(max_size=80))
def test_any_text_gives_a_tree_or_a_model_error(text: str) -> None:
    _only_a_model_error(text)
    _only_a_model_error(_HEAD + "let y : 1 = " + text)


def _mutated(text: str, luck: random.Random) -> str:
    """A piece of a shipped model with a few statements broken."""
    head, *statements = [one for one in text.split("\n\n") if one.strip()]
    kept = [head, *(one for one in statements if luck.random() < 0.5)]
    words = "\n\n".join(kept).split(" ")
    for _ in range(luck.randint(1, 6)):
        place = luck.randrange(len(words))
        change = luck.randrange(4)
        words[place : place + 1] = [[], [words[place]] * 2, [luck.choice(_WORDS)], [words[place][::-1]]][change]
    return " ".join(words)


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_a_shipped_model_with_words_changed_gives_a_program_or_a_model_error(seed: int) -> None:
    luck = random.Random(seed)
    _only_a_model_error(_mutated(shipped(luck.choice(SHIPPED)), luck))


def _exchanged(text: str, luck: random.Random) -> str:
    """A valid model with some words replaced by other words of its own of the same kind: it parses, and means something else."""
    words = re.findall(r"\w+|\W", text)
    kinds = [
        [place for place, word in enumerate(words) if re.fullmatch(pattern, word)]
        for pattern in (r"[A-Za-z]\w*", r"\d+", r"[-+*/<>=^]")
    ]
    for _ in range(luck.randint(1, 3)):
        kind = luck.choice(kinds)
        words[luck.choice(kind)] = words[luck.choice(kind)]
    return "".join(words)


@settings(max_examples=80)
@given(st.integers(0, 2**32))
def test_a_model_with_words_exchanged_is_refused_or_runs(seed: int) -> None:
    luck = random.Random(seed)
    try:
        program = compile_model(parse(_exchanged(random_model(luck.randrange(10)), luck)))
    except ModelError:
        return
    if program.steps < 50:
        assert run_ensemble(program, Settings(futures=3, engine="reference")).count == 3
