"""The benchmark model in plain numpy: two coalitions, attrition and supply. Slow, and readable.

25 stocks, 42 auxiliaries, 18 uncertain parameters, four noises, one event; Euler, step 1/8 week, 104 weeks.
Every function works on floats and on arrays over futures alike; `vectorised.py` is the fast form of the same.

Letters: P troops, T1 T2 training, R reserve, S shells, V vehicles, F foreign troops, D discipline, K
losses, PS perceived strength, H accumulated pressure to mobilise; _A and _B the two sides. TERR share of
ground held by A, SANC sanctions on A, TECH technology given to A.

What the equations leave open is settled here, and in every other form of the model:
- noise: a factor exp(sig z - sig^2 / 2) with mean 1, drawn at the start of each week and held for it;
- event: one draw at the start of weeks 0, 4, …, 100 with the chance 1 - exp(-hazard) at that moment; once in
  force the pact stays.
"""

import json
from pathlib import Path

import numpy as np

STEPS_PER_WEEK, WEEKS, WEEKS_PER_MONTH = 8, 104, 4
STEP = 1 / STEPS_PER_WEEK
PACT_WEEK = 26  # in the deterministic variant
OUTPUTS = ("P_A", "P_B", "S_A", "S_B", "K_A", "K_B", "D_A", "D_B", "TERR", "SANC")

PARAMETERS = {  # name: nominal, low, high (uniform)
    "kA": (5.0, 3.5, 6.5),
    "kB": (5.0, 3.5, 6.5),
    "pA": (1.0, 0.8, 1.2),
    "pB": (1.0, 0.8, 1.2),
    "q": (0.3, 0.0, 0.6),
    "rrA": (7.0, 5.0, 9.0),
    "rrB": (6.0, 4.5, 8.0),
    "spA": (60.0, 45.0, 75.0),
    "spB": (45.0, 30.0, 60.0),
    "shd": (0.15, 0.10, 0.20),
    "tdel": (10.0, 6.0, 14.0),
    "sens": (0.8, 0.4, 1.2),
    "sancE": (0.35, 0.1, 0.6),
    "aidB": (15.0, 5.0, 25.0),
    "cont": (20.0, 5.0, 40.0),
    "sig": (0.15, 0.05, 0.25),
    "thA": (0.35, 0.05, 2.0),
    "thB": (0.45, 0.05, 2.0),
}
NOMINAL = {name: row[0] for name, row in PARAMETERS.items()}

FIRE_TABLE = ((0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0), (0.1, 0.35, 0.6, 0.82, 1.0, 1.12, 1.2))
RECRUIT_TABLE = ((0.0, 0.2, 0.4, 0.6, 0.8, 1.0), (0.15, 0.4, 0.7, 1.0, 1.15, 1.25))


def start():
    """The stocks at week 0; perceived strength starts at the strength itself."""
    stocks = {"TERR": 0.2, "SANC": 0.35, "TECH": 0.1}
    levels = {"A": (450, 20, 20, 60, 900, 6.0, 0, 0.65), "B": (480, 15, 15, 50, 700, 4.5, 2, 0.70)}
    for side, values in levels.items():
        kinds = ("P", "T1", "T2", "R", "S", "V", "F", "D")
        stocks |= {f"{kind}_{side}": float(value) for kind, value in zip(kinds, values, strict=True)}
        stocks |= {f"K_{side}": 0.0, f"H_{side}": 0.0}
        stocks[f"PS_{side}"] = strength(stocks, side)
    return stocks


def total(x, side):
    """Own and foreign troops."""
    return x["P_" + side] + x["F_" + side]


def strength(x, side):
    """Troops weighted by vehicles and discipline."""
    vehicles, discipline = x["V_" + side], x["D_" + side]
    return total(x, side) * (1 + 0.6 * vehicles / (vehicles + 3)) * (0.5 + 0.5 * discipline)


def monthly_hazard(x):
    """The hazard per month that the pact comes into force; the chance is 1 - exp(-hazard)."""
    return 0.02 + 0.3 * np.maximum(0, x["PS_B"] / np.maximum(x["PS_A"], 1e-6) - 1)


def use_of_shells(x, p, side, pact):
    """Fire (share of full effect) and shells used per week."""
    intensity = np.where(pact, 1.15, 1.0) if side == "A" else np.where(x["TERR"] > 0.5, 1.1, 1.0)
    demand = p["shd"] * total(x, side) * intensity
    fire = np.interp(x["S_" + side] / np.maximum(8 * demand, 1e-6), *FIRE_TABLE)
    return fire, np.minimum(demand * fire, 8 * x["S_" + side])


def net_flows(x, p, noise, pact):
    """Net flow per week into each stock. `noise` is the four factors n0 … n3."""
    shelling = {side: use_of_shells(x, p, side, pact) for side in "AB"}
    flows = {}
    for side, enemy in ("AB", "BA"):
        flows |= side_flows(x, p, noise, pact, side, enemy, shelling)
    ratio = (x["PS_A"] - x["PS_B"]) / np.maximum(x["PS_A"] + x["PS_B"], 1e-6)
    flows["TERR"] = 0.08 * ratio * x["TERR"] * (1 - x["TERR"])
    target = np.minimum(1, 0.3 + 0.4 * np.where(pact, 1.0, 0.0) + 0.5 * np.maximum(0, x["TERR"] - 0.2))
    flows["SANC"] = (target - x["SANC"]) / 10
    flows["TECH"] = np.where(pact, 0.03, 0.0) - 0.005 * x["TECH"]
    return flows


def side_flows(x, p, noise, pact, side, enemy, shelling):
    """The eleven net flows of one side."""
    is_a = side == "A"
    (_, own_use), (enemy_fire, _) = shelling[side], shelling[enemy]
    troops, own, other = total(x, side), strength(x, side), strength(x, enemy)
    tempo = noise[1] if is_a else noise[0]
    loss = p["k" + enemy] * tempo * enemy_fire * (other / 500) ** p["p" + enemy] * (troops / 500) ** p["q"]
    loss = np.minimum(loss, 0.5 * troops)
    foreign_loss = loss * x["F_" + side] / np.maximum(troops, 1e-6)
    vehicle_loss = 0.01 * enemy_fire * x["V_" + side] * np.minimum(2, other / np.maximum(own, 1e-6))
    mobilised = np.where(x["H_" + side] > p["th" + side], 1.0, 0.0)
    recruits = p["rr" + side] * noise[3] * np.interp(x["D_" + side], *RECRUIT_TABLE) * (1 + 0.8 * mobilised)
    trained_half, trained = x["T1_" + side] / (0.5 * p["tdel"]), x["T2_" + side] / (0.5 * p["tdel"])
    wanted = 520 if is_a else 500
    deployed = np.minimum(x["R_" + side], np.maximum(0, wanted - x["P_" + side]) / 2)
    ground = 1.5 * (x["TERR"] - 0.2) * (1 if is_a else -1)
    discipline = logistic(0.9 - p["sens"] * loss / 5 + ground - 0.3 * mobilised)
    pressure = 4 * (x["PS_" + enemy] / np.maximum(x["PS_" + side], 1e-6) - 1) - 1
    flows = {
        "P": deployed - (loss - foreign_loss),
        "T1": recruits - trained_half,
        "T2": trained_half - trained,
        "R": trained - deployed,
        "S": shells_made(x, p, noise, side) - own_use,
        "V": vehicles_made(x, p, side) - vehicle_loss,
        "F": foreign_intake(x, p, pact, side) - foreign_loss,
        "D": (discipline - x["D_" + side]) / 12,
        "K": loss,
        "PS": (own - x["PS_" + side]) / 6,
        "H": 0.05 * logistic(pressure),
    }
    return {f"{kind}_{side}": flow for kind, flow in flows.items()}


def logistic(x):
    """1 / (1 + exp(-x))."""
    return 1 / (1 + np.exp(-x))


def shells_made(x, p, noise, side):
    """Shells per week: A's own make under sanctions, with technology; B's own make and aid."""
    if side == "B":
        return p["spB"] * noise[2] + p["aidB"] * (0.5 + x["D_B"])
    return p["spA"] * noise[2] * (1 - p["sancE"] * x["SANC"]) * (1 + 0.5 * x["TECH"] / (x["TECH"] + 1))


def vehicles_made(x, p, side):
    """Vehicles per week."""
    return 0.05 * (1 - 0.5 * p["sancE"] * x["SANC"]) if side == "A" else 0.045


def foreign_intake(x, p, pact, side):
    """Foreign troops arriving per week: A's under the pact, B's volunteers."""
    if side == "B":
        return np.maximum(0, 3 - x["F_B"]) / 12
    return np.where(pact, np.maximum(0, p["cont"] - x["F_A"]) / 12, 0.0)


def run_deterministic(p=NOMINAL):
    """All stocks at week 0, 1, …, 104 without noise, the pact in force from week 26: one dict per week."""
    x, quiet, weeks = start(), (1.0, 1.0, 1.0, 1.0), []
    for step in range(WEEKS * STEPS_PER_WEEK + 1):
        if step % STEPS_PER_WEEK == 0:
            weeks.append({name: float(value) for name, value in x.items()})
        flows = net_flows(x, p, quiet, pact=step >= PACT_WEEK * STEPS_PER_WEEK)
        x = {name: x[name] + STEP * flows[name] for name in x}
    return weeks


def run_readable(p, normals, uniforms):
    """The stocks at week 104 of many futures, one array each.

    Args:
        p: parameters; name to array over futures.
        normals: standard normal draws; (week, noise, future).
        uniforms: draws in [0, 1) for the pact; (month, future).
    """
    futures = normals.shape[2]
    x = {name: np.full(futures, value) for name, value in start().items()}
    pact = np.zeros(futures, bool)
    for week in range(WEEKS):
        if week % WEEKS_PER_MONTH == 0:
            pact |= uniforms[week // WEEKS_PER_MONTH] < -np.expm1(-monthly_hazard(x))
        noise = np.exp(p["sig"] * normals[week] - 0.5 * p["sig"] ** 2)
        for _ in range(STEPS_PER_WEEK):
            flows = net_flows(x, p, noise, pact)
            x = {name: x[name] + STEP * flows[name] for name in x}
    return x


def write_expected():
    """Write the deterministic figures that every other form of the model is held against."""
    weeks = run_deterministic()
    figures = {str(week): {name: weeks[week][name] for name in OUTPUTS} for week in (26, 52, 78, 104)}
    Path(__file__).with_name("expected.json").write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    write_expected()
