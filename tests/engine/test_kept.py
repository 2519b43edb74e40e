"""What LLVM has made is kept by its size, the latest used longest."""

from __future__ import annotations

import os

from foedus.engine import kept


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
