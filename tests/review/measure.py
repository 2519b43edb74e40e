"""From the key to the frame that shows its effect, on a large ledger: `python -m tests.review.measure [--claims 5000]`.

A real Chromium, a real store on disk, a real server; nothing is faked or warmed beyond the first decision of each kind.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.conftest import FLAGS
from tests.review.conftest import running
from tests.review.sample import make_large_case

__all__ = ["measure"]

SPENT = """new Promise((go) => { const look = () => { const { ms } = document.documentElement.dataset; ms ? go(ms) : setTimeout(look, 5); }; look(); })"""
KEYS = {"next": "j", "accept": "a", "reject": "r", "undo": "u"}


def press(tab: Any, key: str) -> float:
    """Milliseconds from the key to the painted change."""
    tab.evaluate("document.documentElement.dataset.ms = ''")
    tab.keyboard.press(key)
    return float(tab.evaluate(SPENT))


def measure(claims: int, in_group: int, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every key press, by what it does."""
    from playwright.sync_api import sync_playwright

    found: dict[str, list[float]] = {name: [] for name in (*KEYS, "edit")}
    with (
        tempfile.TemporaryDirectory() as folder,
        running(make_large_case(Path(folder), claims, in_group)) as review,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        started = time.perf_counter()
        tab.goto(f"{review.address}#L{claims // 2:05d}")
        tab.locator("html[data-ready=yes]").wait_for()
        found["open"] = [1e3 * (time.perf_counter() - started)]
        tab.wait_for_load_state("networkidle")
        for _ in range(rounds):
            for name, key in KEYS.items():
                found[name].append(press(tab, key))
            tab.keyboard.press("e")
            tab.locator("#edit-quantity-value").fill(str(300 + len(found["edit"])))
            found["edit"].append(press(tab, "Control+Enter"))
        browser.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=5_000)
    parser.add_argument("--in-group", type=int, default=25)
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args()
    lines = [
        f"{given.claims:,} claims, {given.in_group} in a group; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; milliseconds"
    ]
    for name, spent in measure(given.claims, given.in_group, given.rounds).items():
        ordered = sorted(spent)
        tail = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        lines.append(
            f"{name:8} median {statistics.median(spent):6.1f}  95 % {tail:6.1f}  most {ordered[-1]:6.1f}  n {len(spent)}"
        )
    sys.stdout.write("\n".join([*lines, f"load {os.getloadavg()[0]:.1f}"]) + "\n")


if __name__ == "__main__":
    main()
