"""The benchmark model in numpy as a careful hand would write it for speed: the baseline to beat.

The equations are those of `specification.py`. Both sides stand in one array (side, future), so that each
operation serves both; every operation writes into a buffer there already; futures run in blocks that suit
the cache; what is constant for a week is worked out once a week, what is constant for a future once a
future; the two powers are one exponential of two logarithms; the tables are sums of hinges. Noise,
parameters and the event are drawn inside, from numpy's own generator.
"""

import numpy as np

from war25.specification import (
    FIRE_TABLE,
    OUTPUTS,
    PACT_WEEK,
    PARAMETERS,
    RECRUIT_TABLE,
    STEP,
    STEPS_PER_WEEK,
    WEEKS,
    WEEKS_PER_MONTH,
    start,
)

BLOCK = 8192  # futures; the fastest of 256 … 32768 where it was tried
PAIRED = ("P", "T1", "T2", "R", "S", "V", "F", "D", "K", "PS", "H")
SINGLE = ("TERR", "SANC", "TECH")


def run_vectorised(futures, seed=0, block=BLOCK):
    """The ten outputs at week 104 of so many futures: (output, future)."""
    outputs = np.empty((len(OUTPUTS), futures))
    for index, first in enumerate(range(0, futures, block)):
        size = min(block, futures - first)
        rng = np.random.Generator(np.random.SFC64([seed, index]))
        run = Block(size, draw_parameters(rng, size))
        run.simulate(rng)
        outputs[:, first : first + size] = run.outputs()
    return outputs


def run_vectorised_quiet(futures=1):
    """The ten outputs at week 104 of the deterministic variant, as a check of the above."""
    nominal = {name: np.full(futures, row[0]) for name, row in PARAMETERS.items()}
    run = Block(futures, nominal)
    run.simulate(None)
    return run.outputs()


def draw_parameters(rng, size):
    """Each parameter uniform on its range."""
    return {name: rng.uniform(low, high, size) for name, (_, low, high) in PARAMETERS.items()}


def hinges(table):
    """A piecewise linear table as (constant, first slope, [(knot, change of slope)]), from its first knot."""
    knots, values = (np.array(row) for row in table)
    slopes = np.append(np.diff(values) / np.diff(knots), 0.0)
    changes = [(k, c) for k, c in zip(knots[1:], np.diff(slopes), strict=True) if abs(c) > 1e-12]
    return values[0] - slopes[0] * knots[0] - sum(k * c for k, c in changes), slopes[0], changes


FIRE, RECRUIT = hinges(FIRE_TABLE), hinges(RECRUIT_TABLE)


def look_up(table, x, out, spare):
    """Evaluate a sum of hinges into `out`: constant + slope x + sum of change max(x, knot)."""
    constant, slope, changes = table
    np.multiply(x, slope, out)
    out += constant
    for knot, change in changes:
        np.maximum(x, knot, out=spare)
        spare *= change
        out += spare


def logistic_of_negative(x):
    """x becomes 1 / (1 + exp(x))."""
    np.exp(x, x)
    x += 1
    np.reciprocal(x, x)


class Block:
    """A block of futures: stocks, parameters, buffers for one step; each (side, future) or (future)."""

    def __init__(self, size, p):
        self.p, self.in_force = p, np.zeros(size, bool)
        self.set_stocks(size)
        self.set_parameters(p)
        self.killing_now, self.recruits_now = self.killing.copy(), self.recruits.copy()
        self.shells_now = self.shells.copy()
        self.intensity = np.ones((2, size))
        self.intake_rate, self.push, self.technology = np.zeros((3, size))
        self.total, self.own, self.fire, self.used, self.mobilised = np.empty((5, 2, size))
        self.spare, self.safe = np.empty((2, 2, size))
        self.row, self.sanctioned = np.empty((2, size))
        self.enemy_own, self.enemy_fire = self.own[::-1], self.fire[::-1]
        self.enemy_perceived = self.perceived[::-1]

    def set_stocks(self, size):
        """Starting stocks, and a name for the row of each stock and of its net flow."""
        levels = start()
        self.x, self.z = np.empty((len(PAIRED), 2, size)), np.empty((len(SINGLE), size))
        for row, kind in enumerate(PAIRED):
            self.x[row] = [[levels[f"{kind}_A"]], [levels[f"{kind}_B"]]]
        self.z[:] = [[levels[name]] for name in SINGLE]
        self.flow, self.single_flow = np.empty_like(self.x), np.empty_like(self.z)
        # fmt: off
        (self.troops, self.t1, self.t2, self.reserve, self.shells_held, self.vehicles,
         self.foreign, self.discipline, _, self.perceived, self.pressure) = self.x
        (self.d_troops, self.d_t1, self.d_t2, self.d_reserve, self.d_shells, self.d_vehicles,
         self.d_foreign, self.d_discipline, self.loss, self.d_perceived, self.d_pressure) = self.flow
        # fmt: on
        self.terr, self.sanc, self.tech = self.z
        self.d_terr, self.d_sanc, self.d_tech = self.single_flow

    def set_parameters(self, p):
        """Pair the parameters of the two sides and fold the constants in."""
        self.killing = np.stack([p["kB"], p["kA"]])  # by the enemy
        self.enemy_power = np.stack([p["pB"], p["pA"]])
        # (own / 500)^p (total / 500)^q: the divisors go into one constant
        self.killing *= np.exp(-np.log(500) * (self.enemy_power + p["q"]))
        self.recruits = np.stack([p["rrA"], p["rrB"]])
        self.shells = np.stack([p["spA"], p["spB"]])
        self.threshold = np.stack([p["thA"], p["thB"]])
        self.training_rate = 2 / p["tdel"]
        self.sensitivity = p["sens"] / 5
        self.wanted = np.array([[520.0], [500.0]])

    def simulate(self, rng):
        """Run all weeks; without a generator there is no noise and the pact is dated."""
        for week in range(WEEKS):
            if rng is None:
                self.set_pact(np.full(self.in_force.shape, week >= PACT_WEEK))
            else:
                self.draw_week(rng)
                if week % WEEKS_PER_MONTH == 0:
                    self.draw_pact(rng)
            for _ in range(STEPS_PER_WEEK):
                self.step()

    def outputs(self):
        """The ten outputs now: (output, future)."""
        rows = dict(zip(SINGLE, self.z, strict=True))
        for kind, (row_a, row_b) in zip(PAIRED, self.x, strict=True):
            rows |= {f"{kind}_A": row_a, f"{kind}_B": row_b}
        return np.stack([rows[name] for name in OUTPUTS])

    def draw_week(self, rng):
        """New noise factors exp(sig z - sig^2 / 2), and what they scale this week."""
        sigma = self.p["sig"]
        noise = rng.standard_normal((4, sigma.size))
        noise *= sigma
        noise -= 0.5 * sigma**2
        np.exp(noise, noise)
        np.multiply(self.killing, noise[1::-1], self.killing_now)
        np.multiply(self.recruits, noise[3], self.recruits_now)
        np.multiply(self.shells, noise[2], self.shells_now)

    def draw_pact(self, rng):
        """The monthly draw: a uniform below 1 - exp(-hazard)."""
        perceived_a, perceived_b = self.perceived
        hazard = 0.02 + 0.3 * np.maximum(0, perceived_b / np.maximum(perceived_a, 1e-6) - 1)
        self.set_pact(self.in_force | (rng.random(hazard.size) < -np.expm1(-hazard)))

    def set_pact(self, in_force):
        """Note whether the pact is in force, and what it changes until the next draw."""
        self.in_force = in_force
        self.intensity[0] = np.where(in_force, 1.15, 1.0)
        self.intake_rate[:] = in_force / 12
        self.push[:] = 0.3 + 0.4 * in_force
        self.technology[:] = 0.03 * in_force

    def step(self):
        """One Euler step."""
        self.find_strength()
        self.find_fire()
        self.make_shells_and_vehicles()
        self.lose_troops_and_vehicles()
        self.recruit_and_deploy()
        self.move_discipline_and_pressure()
        self.move_singles()
        self.flow *= STEP
        self.x += self.flow
        self.single_flow *= STEP
        self.z += self.single_flow

    def find_strength(self):
        """total; own = total (1.6 - 1.8 / (V + 3)) (0.5 + 0.5 D)."""
        spare, safe = self.spare, self.safe
        np.add(self.troops, self.foreign, self.total)
        np.add(self.vehicles, 3, spare)
        np.divide(-1.8, spare, spare)
        spare += 1.6
        np.multiply(self.discipline, 0.5, safe)
        safe += 0.5
        spare *= safe
        np.multiply(self.total, spare, self.own)

    def find_fire(self):
        """fire, and the shells used."""
        spare, used = self.spare, self.used
        np.greater(self.terr, 0.5, self.row)
        self.row *= 0.1
        np.add(self.row, 1, self.intensity[1])
        np.multiply(self.total, self.intensity, used)
        used *= self.p["shd"]
        np.multiply(used, 8, spare)
        np.maximum(spare, 1e-6, out=spare)
        np.divide(self.shells_held, spare, spare)
        look_up(FIRE, spare, self.fire, self.safe)
        used *= self.fire
        np.multiply(self.shells_held, 8, spare)
        np.minimum(used, spare, out=used)

    def make_shells_and_vehicles(self):
        """What is made, less the shells used."""
        row, sanctioned = self.row, self.sanctioned
        np.multiply(self.sanc, self.p["sancE"], sanctioned)
        np.multiply(sanctioned, -0.025, self.d_vehicles[0])
        self.d_vehicles[0] += 0.05
        self.d_vehicles[1] = 0.045
        np.add(self.tech, 1, row)
        np.divide(-0.5, row, row)
        row += 1.5
        np.subtract(1, sanctioned, sanctioned)
        row *= sanctioned
        np.multiply(self.shells_now[0], row, self.d_shells[0])
        np.add(self.discipline[1], 0.5, row)
        row *= self.p["aidB"]
        np.add(self.shells_now[1], row, self.d_shells[1])
        self.d_shells -= self.used

    def lose_troops_and_vehicles(self):
        """loss = k tempo fire own^p total^q, own and foreign; arrivals of foreign troops; vehicles lost."""
        spare, safe, loss, row = self.spare, self.safe, self.loss, self.row
        np.log(self.enemy_own, spare)
        spare *= self.enemy_power
        np.log(self.total, loss)
        loss *= self.p["q"]
        loss += spare
        np.exp(loss, loss)
        loss *= self.killing_now
        loss *= self.enemy_fire
        np.multiply(self.total, 0.5, spare)
        np.minimum(loss, spare, out=loss)
        np.maximum(self.total, 1e-6, out=safe)
        np.divide(self.foreign, safe, spare)
        spare *= loss
        np.subtract(spare, loss, self.d_troops)
        np.subtract(self.p["cont"], self.foreign[0], row)
        np.maximum(row, 0, out=row)
        np.multiply(row, self.intake_rate, self.d_foreign[0])
        np.subtract(3, self.foreign[1], row)
        np.maximum(row, 0, out=row)
        np.multiply(row, 1 / 12, self.d_foreign[1])
        self.d_foreign -= spare
        np.maximum(self.own, 1e-6, out=safe)
        np.divide(self.enemy_own, safe, spare)
        np.minimum(spare, 2, out=spare)
        spare *= self.vehicles
        spare *= self.enemy_fire
        spare *= 0.01
        self.d_vehicles -= spare

    def recruit_and_deploy(self):
        """The pipeline: recruits, two stages of training, reserve, troops."""
        spare, safe, mobilised = self.spare, self.safe, self.mobilised
        np.greater(self.pressure, self.threshold, mobilised)
        look_up(RECRUIT, self.discipline, self.d_t1, safe)
        self.d_t1 *= self.recruits_now
        np.multiply(mobilised, 0.8, spare)
        spare += 1
        self.d_t1 *= spare
        np.multiply(self.t1, self.training_rate, self.d_t2)
        self.d_t1 -= self.d_t2
        np.multiply(self.t2, self.training_rate, self.d_reserve)
        self.d_t2 -= self.d_reserve
        np.subtract(self.wanted, self.troops, safe)
        np.maximum(safe, 0, out=safe)
        safe *= 0.5
        np.minimum(safe, self.reserve, out=safe)
        self.d_reserve -= safe
        self.d_troops += safe

    def move_discipline_and_pressure(self):
        """Discipline, perceived strength, pressure; both logistics with the sign of the exponent turned."""
        row, safe, change = self.row, self.safe, self.d_discipline
        np.multiply(self.loss, self.sensitivity, change)
        self.mobilised *= 0.3
        change += self.mobilised
        change -= 0.9
        np.multiply(self.terr, 1.5, row)
        row -= 0.3
        change[0] -= row
        change[1] += row
        logistic_of_negative(change)
        change -= self.discipline
        change *= 1 / 12
        np.subtract(self.own, self.perceived, self.d_perceived)
        self.d_perceived *= 1 / 6
        np.maximum(self.perceived, 1e-6, out=safe)
        np.divide(self.enemy_perceived, safe, self.d_pressure)
        self.d_pressure *= -4
        self.d_pressure += 5
        logistic_of_negative(self.d_pressure)
        self.d_pressure *= 0.05

    def move_singles(self):
        """Ground, sanctions, technology."""
        row, (perceived_a, perceived_b) = self.row, self.perceived
        np.add(perceived_a, perceived_b, row)
        np.maximum(row, 1e-6, out=row)
        np.subtract(perceived_a, perceived_b, self.d_terr)
        self.d_terr /= row
        np.subtract(1, self.terr, row)
        row *= self.terr
        self.d_terr *= row
        self.d_terr *= 0.08
        np.subtract(self.terr, 0.2, row)
        np.maximum(row, 0, out=row)
        row *= 0.5
        row += self.push
        np.minimum(row, 1, out=row)
        np.subtract(row, self.sanc, self.d_sanc)
        self.d_sanc *= 0.1
        np.multiply(self.tech, -0.005, self.d_tech)
        self.d_tech += self.technology
