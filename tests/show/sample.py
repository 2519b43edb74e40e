"""A synthetic finding of realistic size with hostile texts in it: nothing of it is a forecast."""

from __future__ import annotations

import datetime as dt
import itertools
import math

import numpy as np

from foedus.analysis.finding import (
    Answer,
    Assumption,
    Band,
    CheckResult,
    ClaimReference,
    Driver,
    ExpertView,
    Finding,
    FlowInfo,
    Manifest,
    Occurrence,
    QuestionFinding,
    ScenarioInfo,
    StockInfo,
    Structure,
)

HOSTILE = "<script>alert('x')</script> [bold]not markup[/bold] {{ 7*7 }} \"quoted\" \x1b[31m & ​‮ “end”"
AS_OF = dt.date(2024, 10, 25)
FUTURES = 10_000

SCENARIOS = (
    ScenarioInfo("as_reported", "As reported"),
    ScenarioInfo("no_troops", "Nobody is sent", ("contingent = 0 person",)),
    ScenarioInfo("hundred_k", "100,000 over a year", ("contingent = 100000 person", "waves = send from 2024-12-01")),
    ScenarioInfo("shells_stop", "Shells stop", ("shells = 0 from 2025-01-01",)),
    ScenarioInfo("shells_double", "Shells double", ("shells = 2",)),
    ScenarioInfo("seoul_arms", "Seoul sends lethal aid", ("seoul_arms = lethal from 2025-01-01",)),
    ScenarioInfo("sanctions_bite", "New sanctions that bite", ("sanctions = 0.8 from 2025-03-01",)),
    ScenarioInfo("kursk_abandoned", "Kursk abandoned", ("kursk_priority = 0 from 2024-12-01",)),
    ScenarioInfo("invoked_korea", "Pact invoked in Korea", ("invaded[dprk] = on 2025-03-01",)),
)

CHANCES = (
    ("kursk_feb", "Will Ukraine hold under 50 km2 of Kursk on 1 February 2025?", 0.09),
    ("kursk_apr", "Will Ukraine hold under 50 km2 of Kursk on 1 April 2025?", 0.47),
    ("kursk_jul", "Will Ukraine hold under 50 km2 of Kursk on 1 July 2025?", 0.78),
    ("second_wave", "Will there be more than one wave of foreign soldiers by 30 April 2025?", 0.61),
    ("pact_in_force", "Will the pact be in force by 31 December 2024?", 0.93),
    ("admit_2024", "Will either party admit the deployment by 31 December 2024?", 0.04),
    ("admit_mid_2025", "Will either party admit the deployment by 30 June 2025?", 0.31),
    ("seoul_lethal", "Will Seoul deliver lethal weapons by the end of 2025?", 0.12),
    ("un_sanctions", "Will the UN Security Council adopt new sanctions over the deployment?", 0.0),
    (
        "fire_ratio_above_2",
        "Will the fire ratio (Russian to Ukrainian rounds per day) stay above 2 on average in the first half of 2025?",
        0.68,
    ),
    ("mobilisation", "Will Russia order a second mobilisation by the end of 2025?", 0.17),
    ("ceasefire", "Will a ceasefire be in force on 31 December 2025?", 0.22),
    ("korea_clash", "Will there be an armed clash with fatalities between the two Koreas by the end of 2025?", 0.14),
    ("russia_joins", "If the two Koreas clash, will Russia join within 90 days?", 0.008),
    ("foreign_in_ukraine", "Will foreign soldiers fight on internationally recognised Ukrainian ground by 30 June 2025?", 0.52),
    ("hostile", HOSTILE, 0.997),
)

AMOUNTS = (
    ("foreign_jan", "How many foreign soldiers will be at the front on 1 January 2025?", "person", 9_800, 0.35),
    ("foreign_apr", "How many foreign soldiers will be at the front on 1 April 2025?", "person", 11_400, 0.5),
    ("foreign_jul", "How many foreign soldiers will be at the front on 1 July 2025?", "person", 13_100, 0.7),
    ("foreign_losses", "How many of the foreign soldiers will be casualties by 1 July 2025?", "person", 4_700, 0.6),
    ("ground_2024", "Ground changing hands by 31 December 2024, net, DeepState measure", "km2", 940, 0.25),
    ("ground_apr", "Ground changing hands by 25 April 2025, net, DeepState measure", "km2", 1_900, 0.4),
    ("ground_isw", "Ground changing hands by 25 October 2025, net, ISW measure", "km2", 4_100, 0.55),
    (
        "losses_q1",
        "Russian casualties a day, claimed by the Ukrainian General Staff, November 2024 to January 2025",
        "person/day",
        1_480,
        0.18,
    ),
    (
        "losses_q2",
        "Russian casualties a day, claimed by the Ukrainian General Staff, February to April 2025",
        "person/day",
        1_390,
        0.24,
    ),
    ("losses_q3", "Russian casualties a day, claimed by the Ukrainian General Staff, May to July 2025", "person/day", 1_350, 0.3),
    (
        "losses_q4",
        "Russian casualties a day, claimed by the Ukrainian General Staff, August to October 2025",
        "person/day",
        1_310,
        0.36,
    ),
    ("shells_sent", "Artillery rounds delivered by the end of 2025", "shell", 5_200_000, 0.4),
    ("when_kursk", "First week in which Ukraine holds under 50 km2 of Kursk", "week", 24.5, 0.3),
    ("support", "Support for the war in Russia at the end of 2025", "1", 0.62, 0.12),
)

VARIABLES = (
    ("front[russia]", "Russian soldiers at the front", "person", "Forces", 480_000, 300, 0.10),
    ("front[ukraine]", "Ukrainian soldiers at the front", "person", "Forces", 310_000, -450, 0.12),
    ("foreign_front", "Foreign soldiers at the front", "person", "Forces", 3_000, 90, 0.5),
    ("foreign_casualties", "Foreign casualties so far", "person", "Forces", 50, 80, 0.6),
    ("reported_losses", "Russian casualties a week, claimed", "person/week", "Losses", 8_900, 8, 0.2),
    ("ground", "Ground gained, DeepState measure", "km2", "Ground", 0, 46, 0.5),
    ("ground_isw", "Ground gained, ISW measure", "km2", "Ground", 0, 52, 0.5),
    ("held[kursk]", "Kursk ground held by Ukraine", "km2", "Ground", 640, -7, 0.4),
    ("fire_ratio", "Fire ratio, Russian to Ukrainian rounds", "1", "Fire", 2.4, -0.004, 0.3),
    ("shells[russia]", "Russian shell stock", "shell", "Fire", 2_600_000, -9_000, 0.4),
    ("tension", "Tension in Korea", "1", "Korea", 0.45, 0.001, 0.4),
    ("belief", "Belief that troops are there", "1", "Belief", 0.7, 0.002, 0.1),
    ("support[russia]", "Support for the war, Russia", "1", "Home", 0.66, -0.001, 0.1),
    ("technology", "Missile and nuclear knowledge received", "1", "Bargain", 0.05, 0.004, 0.7),
)


def sample_finding() -> Finding:
    """About thirty questions, nine scenarios, fourteen bands, 120 assumptions, 40 stocks and 60 flows."""
    rng = np.random.default_rng(7)
    claims = _claims(rng)
    assumptions = _assumptions(rng, claims)
    return Finding(
        case="pact",
        title="What North Korean troops could mean for the war in Ukraine",
        as_of=AS_OF.isoformat(),
        horizon="104 weeks",
        scenarios=SCENARIOS,
        questions=_questions(rng, assumptions, claims),
        bands=tuple(_band(rng, *variable) for variable in VARIABLES),
        occurrences=_occurrences(rng),
        assumptions=assumptions,
        structure=sample_structure(),
        status={"ok": 89_971, "not finite": 8, "negative stock": 21},
        manifest=_manifest(),
        checks=_checks(),
        warnings=("The table `aid` ends before the horizon; its last value is kept.", HOSTILE),
        limits=_limits(),
    )


def _manifest() -> Manifest:
    return Manifest(
        versions={"foedus": "0.1.0", "python": "3.11.7", "numpy": "2.4.6", "llvmlite": "0.50.0"},
        seed=7,
        futures=FUTURES,
        design="independent",
        digests={"results": "9f2c" * 16, "model": "41ab" * 16, "ledger": "c0de" * 16},
        seconds={"compile": 0.412, "run": 7.93, "analysis": 1.2},
    )


def _checks() -> tuple[CheckResult, ...]:
    return (
        CheckResult("soldiers come from somewhere", True, "largest drift 3.1e-10 person in 10,000 futures"),
        CheckResult("no shells, no shelling", True, "held in 400 forced futures"),
        CheckResult("nobody sent lowers the chance", False, "the difference is −1.2 points ± 0.6; asked for −3"),
        CheckResult(HOSTILE, True, HOSTILE),
    )


def _limits() -> str:
    return (
        "## What this case cannot tell\n\nIt knows nothing of *intentions* that no source reports.\n\n"
        "- Air power and drones enter only through losses.\n- Kursk and the east are **two** fronts, not twenty.\n\n"
        "| quantity | why |\n|---|---|\n| desertion | no source before the as-of date |\n\n"
        "<script>alert('limits')</script> [a link](https://example.org/a) [bad](javascript:alert(1)) "
        "![picture](https://example.org/p.png)\n"
    )


def _questions(
    rng: np.random.Generator, assumptions: tuple[Assumption, ...], claims: tuple[ClaimReference, ...]
) -> tuple[QuestionFinding, ...]:
    asked = [_chance(rng, *row) for row in CHANCES] + [_amount(rng, *row) for row in AMOUNTS]
    questions = []
    for index, (name, ask, kind, unit, answers) in enumerate(asked):
        experts = ()
        if index in (1, 3, 11):
            experts = (
                ExpertView(claims[index], 0.55, 0.8, "probably"),
                ExpertView(claims[index + 1], 0.2, 0.5, "could"),
            )
        questions.append(QuestionFinding(name, ask, kind, unit, answers, _drivers(rng, assumptions), experts))
    return tuple(questions)


def _chance(rng: np.random.Generator, name: str, ask: str, base: float) -> tuple[str, str, str, str, dict[str, Answer]]:
    answers = {}
    for index, scenario in enumerate(SCENARIOS):
        shift = 0.0 if index == 0 else float(rng.normal(0, 0.09)) * float(rng.random() < 0.6) + float(rng.normal(0, 0.003))
        value = round(min(1.0, max(0.0, base + shift * min(1.0, 4 * base * (1 - base)))), 4)
        error = math.sqrt(value * (1 - value) / FUTURES)
        difference = None if index == 0 else value - base
        spread = None if difference is None else math.sqrt(abs(difference) * (1 - abs(difference)) / FUTURES + 1e-6)
        answers[scenario.name] = Answer(value, None, None, error, difference, spread, FUTURES)
    if name == "russia_joins":
        answers["no_troops"] = Answer(math.nan, None, None, math.nan, math.nan, math.nan, 0)
    return name, ask, "probability", "1", answers


def _amount(
    rng: np.random.Generator, name: str, ask: str, unit: str, base: float, spread: float
) -> tuple[str, str, str, str, dict[str, Answer]]:
    answers = {}
    for index, scenario in enumerate(SCENARIOS):
        factor = (
            1.0 if index == 0 else math.exp(float(rng.normal(0, 0.2)) * float(rng.random() < 0.6) + float(rng.normal(0, 0.002)))
        )
        quantiles = tuple(base * factor * math.exp(z * spread) for z in (-1.645, -0.674, 0.0, 0.674, 1.645))
        mean = base * factor * math.exp(spread**2 / 2)
        difference = None if index == 0 else mean - base * math.exp(spread**2 / 2)
        error = mean * spread / math.sqrt(FUTURES)
        answers[scenario.name] = Answer(None, quantiles, mean, error, difference, None if index == 0 else error * 0.6, FUTURES)
    return name, ask, "quantity", unit, answers


def _drivers(rng: np.random.Generator, assumptions: tuple[Assumption, ...]) -> tuple[Driver, ...]:
    picks = rng.choice(len(assumptions), 5, replace=False)
    shares = np.sort(rng.dirichlet(np.full(9, 0.6))[:5])[::-1]
    drivers = [
        Driver(assumptions[int(pick)].parameter, float(share), 0.011, 1 if rng.random() < 0.5 else -1)
        for pick, share in zip(picks, shares, strict=True)
    ]
    return (*drivers, Driver("tempo (luck)", 0.02, 0.01, 0))


def _band(
    rng: np.random.Generator,
    name: str,
    label: str,
    unit: str,
    chart: str,
    start: float,
    slope: float,
    spread: float,
) -> Band:
    weeks = np.arange(105, dtype=np.float64)
    dates = tuple((AS_OF + dt.timedelta(weeks=int(week))).isoformat() for week in weeks)
    width = (abs(start) + abs(slope) * 104) * spread * np.sqrt(weeks / 104) * 0.6
    z = np.array([-1.645, -0.674, 0.0, 0.674, 1.645])[:, None]
    quantiles = {}
    for index, scenario in enumerate(SCENARIOS):
        tilt = 0.0 if index == 0 else float(rng.normal(0, 0.5)) * float(rng.random() < 0.6)
        median = start + slope * (1 + tilt) * weeks
        quantiles[scenario.name] = np.maximum(0.0, median + z * width)
    return Band(name, label, unit, chart, weeks, dates, quantiles, _observed(rng, name, start), FUTURES)


def _observed(rng: np.random.Generator, name: str, start: float) -> tuple[tuple[str, tuple[str, ...], tuple[float, ...]], ...]:
    if name == "reported_losses":
        label, every = "Ukrainian General Staff, claimed", 1
    elif name in ("ground_isw", "held[kursk]"):
        label, every = "Institute for the Study of War, measured", 4
    else:
        return ()
    weeks = range(-39, 1, every)
    dates = tuple((AS_OF + dt.timedelta(weeks=week)).isoformat() for week in weeks)
    values = tuple(max(0.0, start * (1 + 0.012 * week) + float(rng.normal(0, 0.06)) * start) for week in weeks)
    return ((label, dates, values),)


EVENTS = (
    ("event", "ratified", "The pact is ratified", 0.98, 0, 30),
    ("event", "us_election", "Election in the United States", 1.0, 11, 0),
    ("event", "clash", "Armed clash between the Koreas", 0.14, 200, 300),
    ("event", "ceasefire", "A ceasefire comes into force", 0.22, 300, 300),
    ("event", "admission", "A party admits the deployment", 0.41, 60, 400),
    ("decision", "seoul_arms: lethal", "Seoul sends lethal weapons", 0.12, 90, 400),
    ("decision", "seoul_arms: nonlethal", "Seoul sends other help", 0.47, 30, 300),
    ("decision", "further_waves: send", "Pyongyang sends another wave", 0.61, 40, 250),
    ("decision", "mobilise: order", "Moscow orders a mobilisation", 0.17, 80, 400),
    ("treaty", "partnership: in force", "Comprehensive Strategic Partnership, in force", 0.98, 1, 45),
    ("treaty", "partnership: invoked", "Comprehensive Strategic Partnership, invoked", 0.09, 120, 300),
    ("treaty", "partnership: honoured", HOSTILE, 0.0, 0, 0),
)


def _occurrences(rng: np.random.Generator) -> tuple[Occurrence, ...]:
    rows = []
    for scenario, (kind, name, label, fired, first, spread) in itertools.product(SCENARIOS, EVENTS):
        chance = min(1.0, max(0.0, fired + float(rng.normal(0, 0.02)))) if 0 < fired < 1 else fired
        days = (first, first + spread // 2, first + spread)
        when = None if fired == 0 else tuple((AS_OF + dt.timedelta(days=day)).isoformat() for day in days)
        is_decision = kind == "decision"
        terms = {"constant": -2.1, "0.8 * salience": 0.44, "dprk_in_combat": 0.9} if is_decision else {}
        rows.append(
            Occurrence(
                kind,
                name,
                label,
                scenario.name,
                24.0 if is_decision else 0.0,
                chance,
                fired / 12 if is_decision else None,
                when,
                terms,
            )
        )
    return tuple(rows)


SOURCES = (
    ("National Intelligence Service of South Korea", "NIS", "B2"),
    ("Ukrainian military intelligence (HUR)", "HUR", "C3"),
    ("US Department of Defense", "US", "B1"),
    ("NATO Secretary General", "NIS", "B2"),
    ("Open-source analysts", "imagery", "C2"),
)


def _claims(rng: np.random.Generator) -> tuple[ClaimReference, ...]:
    claims = []
    for index in range(90):
        source, origin, grade = SOURCES[index % len(SOURCES)]
        count = int(rng.integers(2, 15)) * 1000
        quote = f"some {count:,} soldiers “probably” moved to the training grounds in the east" if index % 4 else None
        claims.append(
            ClaimReference(
                id=f"c{index:04d}",
                paraphrase=f"About {count:,} soldiers are being trained in the east" if index else HOSTILE,
                source=source,
                origin=origin,
                grade=grade,
                reliability=0.7,
                hedge="probably" if index % 3 else "",
                published=(AS_OF - dt.timedelta(days=index % 60)).isoformat(),
                url="javascript:alert(1)" if index == 2 else f"https://example.org/report/{index}",
                sha256="ab12" * 16,
                title="Up to 12,000 troops, intelligence service says",
                start=812 if quote else None,
                end=884 if quote else None,
                quote=quote,
            )
        )
    return tuple(claims)


GROUPS = ("Troops", "Ammunition", "Losses", "Ground", "Pact", "Korea", "Sanctions", "Home front")


def _assumptions(rng: np.random.Generator, claims: tuple[ClaimReference, ...]) -> tuple[Assumption, ...]:
    rows = []
    for index in range(120):
        group = GROUPS[index % len(GROUPS)]
        median = float(10 ** rng.uniform(-5, 6))
        is_assumed = index % 5 > 2
        used = () if is_assumed else tuple(claims[int(pick)] for pick in rng.choice(len(claims), 3, replace=False))
        rows.append(
            Assumption(
                parameter=f"{group.lower().replace(' ', '_')}_{index}" + ("[russia]" if index % 3 == 0 else ""),
                label=HOSTILE if index == 1 else f"Rate number {index} at which the {group.lower()} part of the system changes",
                unit=("1", "person", "1/week", "shell/day")[index % 4],
                prior="claims" if used else "lognormal, 90 % interval",
                low=median * 0.5,
                median=median,
                high=median * 2.1,
                assumed=is_assumed,
                because="90 % interval; fitted to 2023, see the case notes" if is_assumed else "",
                group=group,
                claims=used,
                effective_origins=2.4 if used else None,
                conflict="HUR and NIS barely overlap" if index % 17 == 5 and used else "",
            )
        )
    return tuple(rows)


PIPELINE = (
    ("mobilised", "training", "called_up"),
    ("training", "front", "trained"),
    ("front", "wounded", "wounded_rate"),
    ("wounded", "front", "return_rate"),
    ("front", "dead", "killed"),
    ("wounded", "dead", "died_of_wounds"),
    ("front", "captured", "captured_rate"),
    ("outside", "mobilised", "recruitment"),
    ("captured", "outside", "exchange"),
)


def sample_structure() -> Structure:
    """Forty stocks and sixty flows: pipelines by side, shells, ground, and single levels."""
    stocks, flows = [], []
    for side in ("russia", "ukraine", "dprk"):
        for stock in ("mobilised", "training", "front", "wounded", "dead", "captured"):
            stocks.append(StockInfo(f"{stock}[{side}]", "person", f"{stock.capitalize()}, {side}", (480_000.0, 455_000.0)))
        for source, target, name in PIPELINE:
            ends = [end if end == "outside" else f"{end}[{side}]" for end in (source, target)]
            feeds = (f"fire[{side}]", "tempo") if "front" in source else ("support[russia]",)
            flows.append(FlowInfo(f"{name}[{side}]", ends[0], ends[1], "person/week", f"{name} of {side}", feeds))
    for side in ("russia", "ukraine"):
        for stock in ("shells_in_transit", "shells", "tubes"):
            stocks.append(StockInfo(f"{stock}[{side}]", "shell", f"{stock} of {side}", (2.6e6, 1.1e6)))
        chain = (
            ("outside", "shells_in_transit", "ordered"),
            ("shells_in_transit", "shells", "delivered"),
            ("outside", "shells", "produced"),
            ("shells", "outside", "fired"),
            ("outside", "tubes", "tubes_made"),
            ("tubes", "outside", "tubes_worn"),
        )
        for source, target, name in chain:
            ends = [end if end == "outside" else f"{end}[{side}]" for end in (source, target)]
            flows.append(FlowInfo(f"{name}[{side}]", ends[0], ends[1], "shell/week", name, (f"front[{side}]",)))
    for place in ("kursk", "east"):
        stocks += [StockInfo(f"held[{side}, {place}]", "km2", f"Held by {side}", (640.0, 90.0)) for side in ("russia", "ukraine")]
        flows.append(
            FlowInfo(
                f"advance[{place}]",
                f"held[ukraine, {place}]",
                f"held[russia, {place}]",
                "km2/week",
                "Ground",
                ("fire_ratio",),
            )
        )
    singles = (
        "tension",
        "belief",
        "technology",
        "money",
        "oil",
        "food",
        "salience",
        "sanctions",
        "support[russia]",
        "support[ukraine]",
        "aid_in_transit",
        HOSTILE,
    )
    for name in singles:
        stocks.append(StockInfo(name, "1", f"The level of {name}"))
        flows.append(FlowInfo(f"{name}_grows", "outside", name, "1/week", "", ("tension",)))
        flows.append(FlowInfo(f"{name}_fades", name, "outside", "1/week", "", (name,)))
    auxiliaries = {
        "fire_ratio": ("1", "Russian to Ukrainian rounds", ("fire[russia]", "fire[ukraine]")),
        "fire[russia]": ("shell/day", "Rounds a day", ("shells[russia]", "tubes[russia]")),
        "fire[ukraine]": ("shell/day", "Rounds a day", ("shells[ukraine]", "tubes[ukraine]")),
        "fire[dprk]": ("shell/day", HOSTILE, ("fire[russia]",)),
    }
    return Structure(tuple(stocks), tuple(flows), auxiliaries, futures=2000)
