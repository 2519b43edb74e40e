"""What LLVM has made is kept by its size, the latest used longest."""

from __future__ import annotations

import os

from foedus.engine import compile_program, kept
from foedus.engine.emit_code import code_size
from helpers import program_of


def test_the_folder_holds_what_was_used_last_and_no_more_than_its_size(tmp_path, monkeypatch):
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path))
    monkeypatch.setattr(kept, "_MOST_BYTES", 5_000)
    monkeypatch.setattr(kept, "_LOOKS", 1)
    made = []

    def make(name: str, size: int) -> bytes:
        made.append(name)
        return name.encode() * size

    kept.kept_or_made(["large"], lambda: make("L", 3_000))
    for number in range(40):
        path = next(one for one in tmp_path.glob("*.o") if one.stat().st_size > 2_000)
        os.utime(path, (1e9 + number, 1e9 + number))  # the large one is the oldest by far
        kept.kept_or_made([f"small {number}"], lambda: make("s", 10))
        kept.kept_or_made(["large"], lambda: make("L", 3_000))  # used again
    assert made.count("L") == 1
    for number in range(3):
        kept.kept_or_made([f"other {number}"], lambda: make("o", 2_000))
    assert sum(path.stat().st_size for path in tmp_path.glob("*.o")) <= 5_000
    kept.kept_or_made(["large"], lambda: make("L", 3_000))
    assert made.count("L") == 2


def test_few_futures_use_the_code_for_many_where_it_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path))
    program = program_of(
        "model kept_twice for 3 weeks\nstock x : 1 = 1\nflow f : outside -> x = 0.123456 / 1 week\nquestion q at the end value x\n"
    )
    assert compile_program(program, futures=1).is_quick
    compile_program(program)
    assert not compile_program(program, futures=1).is_quick
    monkeypatch.setenv("FOEDUS_CACHE", "")
    assert compile_program(program, futures=1).is_quick


def test_few_futures_that_come_again_have_become_many(tmp_path, monkeypatch):
    monkeypatch.setenv("FOEDUS_CACHE", "")
    program = program_of(
        "model often for 3 weeks\nstock x : 1 = 1\nflow f : outside -> x = 0.234567 / 1 week\nquestion q at the end value x\n"
    )
    monkeypatch.setattr("foedus.engine.compiled._FEW", 100 * program.steps * code_size(program))
    assert [compile_program(program, futures=40).is_quick for _ in range(4)] == [True, True, False, False]
