"""The colours and fonts of pages, charts, report and diagram: one table, light and dark, safe for colour-blind readers."""

from __future__ import annotations

import re

__all__ = [
    "FONTS",
    "SCENARIO_COLOURS",
    "SCENARIO_DASHES",
    "THEME",
    "scenario_colour",
    "scenario_dash",
    "theme_css",
    "with_variables",
]

THEME: dict[str, tuple[str, str]] = {
    "page": ("#fbfbf9", "#14171a"),
    "card": ("#ffffff", "#1b1f24"),
    "ink": ("#1c2126", "#e8e6e1"),
    "soft": ("#555d66", "#a9b1ba"),
    "line": ("#d8dbdd", "#363d45"),
    "base": ("#1f4e79", "#8cbcec"),
    "band-90": ("#d9e4ef", "#223447"),
    "band-50": ("#aac4dd", "#35597d"),
    "seen": ("#1c2127", "#e8e6e2"),
    "rise": ("#c2570c", "#f0a35e"),
    "fall": ("#2166ac", "#7db4ea"),
    "good": ("#1b6e3c", "#76c893"),
    "bad": ("#b3261e", "#ff9a90"),
    "warn": ("#7a5200", "#e8bd62"),
    "link": ("#174a7c", "#8fc1f3"),
    "box": ("#eef2f6", "#232a31"),
    "s1": ("#b5483b", "#f08a7c"),
    "s2": ("#3b2f8f", "#a99df5"),
    "s3": ("#8a6d00", "#e0c34c"),
    "s4": ("#117733", "#62c282"),
    "s5": ("#0b7a99", "#5cc8e6"),
    "s6": ("#882255", "#e07fb1"),
    "s7": ("#2a8577", "#6fd0c0"),
    "s8": ("#6f7020", "#c2c45f"),
}
"""Name -> (light, dark). No light value occurs twice: a drawn chart is re-coloured by its values."""

FONTS = {
    "sans": '"Source Sans 3","Segoe UI",system-ui,-apple-system,"Helvetica Neue",Arial,sans-serif',
    "mono": 'ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace',
}
"""Name -> families, the first that a machine has; none is fetched."""
SCENARIO_COLOURS = 8
SCENARIO_DASHES: tuple[tuple[int, ...], ...] = ((1, 0), (6, 3), (2, 2), (8, 3, 2, 3))


def scenario_colour(place: int) -> str:
    """The theme name of the colour of the scenario at this place; 0 is the baseline."""
    return "base" if place == 0 else f"s{(place - 1) % SCENARIO_COLOURS + 1}"


def scenario_dash(place: int) -> tuple[int, ...]:
    """The dash pattern of a scenario: never the colour alone tells two lines apart."""
    return SCENARIO_DASHES[0] if place == 0 else SCENARIO_DASHES[(place - 1) % len(SCENARIO_DASHES)]


def theme_css() -> str:
    """Fonts and colours as CSS variables: light, dark on request of the system, and light in print."""
    fonts = "".join(f"--{name}:{families};" for name, families in FONTS.items())
    light, dark = ("".join(f"--{name}:{pair[side]};" for name, pair in THEME.items()) for side in (0, 1))
    return (
        f":root{{color-scheme:light dark;{fonts}{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not(.light){{{dark}}}}}\n"
        f":root.dark{{{dark}}}\n"
    )


def with_variables(svg: str) -> str:
    """A drawing in which every colour of the light theme has become its CSS variable."""
    names = {light.lower(): name for name, (light, _) in THEME.items()}
    return re.sub(
        r'(?<==")#[0-9a-fA-F]{6}(?=")',
        lambda match: f"var(--{names[match[0].lower()]})" if match[0].lower() in names else match[0],
        svg,
    )
