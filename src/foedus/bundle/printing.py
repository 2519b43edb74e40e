"""The report of a dossier printed by a browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from foedus.errors import InputError, Problem
from foedus.extras import require

__all__ = ["browser_printer"]

_BROWSERS = "chromium chromium-browser google-chrome".split()


def browser_printer() -> Callable[[str, Path], None]:
    """What prints a page, asked for at the door.

    Raises:
        InputError: the extra `browser` is not installed, or there is no Chromium.
    """
    require("browser", "--pdf", "playwright")
    chromium = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if chromium is None:
        message = "no Chromium is found, which prints the report."
        help = "Install Chromium, or leave --pdf out: index.html prints from any browser."
        raise InputError(Problem("--pdf", 0, 0, "no-browser", message, help))

    def print_page(html: str, path: Path) -> None:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu"])
            tab = browser.new_page()
            tab.set_content(html)
            tab.pdf(path=str(path), prefer_css_page_size=True)
            browser.close()

    def print_apart(html: str, path: Path) -> None:
        with ThreadPoolExecutor(1) as apart:  # the driver refuses a thread in which a loop runs, as in a notebook
            apart.submit(print_page, html, path).result()

    return print_apart
