"""How fast the page answers, measured in headless Chromium with the page opened from its file.

    python benchmarks/page.py [CASE] [--rounds 3]

Milliseconds, from the event of a lever to the painted band (the page's own `data-ms`, two frames after the event at the earliest), and
from a lever's last event to 2,000 futures under its scenario. Wants the extra `browser` and Chromium.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from pathlib import Path

import foedus
from foedus.page.build import page_html

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
LEVER = "const lever = document.querySelector('input[data-lever]'), root = document.documentElement;"
MOVE = """const least = +lever.min, span = +lever.max - least;
  const move = (share) => { lever.value = least + span * share; lever.dispatchEvent(new Event('input', {bubbles: true})); };
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));"""
SINGLE = f"""async () => {{ {LEVER} {MOVE} const found = [];
  for (let n = 0; n < 40; n++) {{ await wait(60 + 7 * (n % 9)); root.dataset.ms = ''; move(0.05 + 0.9 * ((n * 37) % 120) / 120);
    while (!root.dataset.ms) await wait(1); found.push(+root.dataset.ms); }} return found; }}"""
DRAG = f"""async () => {{ {LEVER} {MOVE} const found = []; let last = '', n = 0; const end = performance.now() + 6000;
  while (performance.now() < end) {{ move((n++ % 150) / 150); await new Promise((done) => requestAnimationFrame(done));
    if (root.dataset.ms !== last) {{ last = root.dataset.ms; found.push(+last); }} }} return found; }}"""
STOP = f"""async () => {{ {LEVER} {MOVE} const found = [];
  for (let n = 0; n < 6; n++) {{ const start = performance.now(); move(0.1 + 0.13 * n);
    while (+root.dataset.futures >= 2000) await wait(1);  // of the lever's place before
    while (+root.dataset.futures < 2000) await wait(1);
    found.push(performance.now() - start); await wait(500); }} return found; }}"""


def measured(file: Path, rounds: int) -> dict[str, list[float]]:
    """What each kind of move took, in milliseconds, over all rounds; the first moves after opening are not counted."""
    from playwright.sync_api import sync_playwright

    found: dict[str, list[float]] = {"single move": [], "dragging": [], "2,000 futures after a stop": []}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for _ in range(rounds):
            page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
            page.goto(f"file://{file}?seed=7&futures=2000")
            page.wait_for_function("() => document.documentElement.dataset.digest !== ''", timeout=120_000)
            page.evaluate(SINGLE)
            for name, script in zip(found, (SINGLE, DRAG, STOP), strict=True):
                found[name] += page.evaluate(script)
                page.wait_for_timeout(2500)
            page.close()
        browser.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", nargs="?", default="pact")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page_html(foedus.load(asked.case)), encoding="utf-8")
        before = os.getloadavg()[0]
        for name, values in measured(file, asked.rounds).items():
            ranked = sorted(values)
            print(
                f"{name:28}  median {statistics.median(ranked):5.0f} ms   95 % {ranked[int(0.95 * len(ranked))]:5.0f} ms   n {len(ranked)}"
            )
        print(f"load {before:.1f} before, {os.getloadavg()[0]:.1f} after, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
