// The benchmark model as a hand would write it in scalar C++: one future after the other. Equations as in specification.py;
// parameters, noise and the event are drawn inside, from a counter-based generator (Philox4x32-10) addressed by
// (seed, future, stream, index).
#include <algorithm>
#include <cmath>
#include <cstdint>

namespace {

constexpr uint32_t WEEKS = 104, WEEKS_PER_MONTH = 4, PACT_WEEK = 26;
constexpr int STEPS_PER_WEEK = 8, PARAMETERS = 18, OUTPUTS = 10;
constexpr double STEP = 1.0 / STEPS_PER_WEEK, PI = 3.14159265358979323846;
enum Parameter { KA, KB, PA, PB, Q, RRA, RRB, SPA, SPB, SHD, TDEL, SENS, SANCE, AIDB, CONT, SIG, THA, THB };
constexpr double NOMINAL[PARAMETERS] = {5, 5, 1, 1, .3, 7, 6, 60, 45, .15, 10, .8, .35, 15, 20, .15, .35, .45};
constexpr double LOW[PARAMETERS] = {3.5, 3.5, .8, .8, 0, 5, 4.5, 45, 30, .1, 6, .4, .1, 5, 5, .05, .05, .05};
constexpr double HIGH[PARAMETERS] = {6.5, 6.5, 1.2, 1.2, .6, 9, 8, 75, 60, .2, 14, 1.2, .6, 25, 40, .25, 2, 2};
enum Stream : uint32_t { PRIORS, NOISE, PACT };

struct Words { uint32_t w[4]; };

inline Words philox(uint64_t seed, uint64_t future, uint32_t stream, uint32_t index) {
    uint32_t a = uint32_t(future), b = uint32_t(future >> 32), c = stream, d = index;
    uint32_t k = uint32_t(seed), l = uint32_t(seed >> 32);
    for (int round = 0; round < 10; ++round) {
        const uint64_t x = uint64_t(0xD2511F53u) * a, y = uint64_t(0xCD9E8D57u) * c;
        const uint32_t next_a = uint32_t(y >> 32) ^ b ^ k, next_c = uint32_t(x >> 32) ^ d ^ l;
        a = next_a, b = uint32_t(y), c = next_c, d = uint32_t(x);
        k += 0x9E3779B9u, l += 0xBB67AE85u;
    }
    return {{a, b, c, d}};
}

inline double uniform(uint32_t word) { return (word + 0.5) * 0x1p-32; }

inline void normals(const Words& words, double* z) {
    for (int pair = 0; pair < 4; pair += 2) {
        const double radius = std::sqrt(-2 * std::log(uniform(words.w[pair])));
        const double angle = 2 * PI * uniform(words.w[pair + 1]);
        z[pair] = radius * std::cos(angle), z[pair + 1] = radius * std::sin(angle);
    }
}

inline double logistic(double x) { return 1 / (1 + std::exp(-x)); }

inline double fire_of(double x) {
    return 0.1 + 1.0 * x - 0.12 * std::max(0., x - .5) - 0.16 * std::max(0., x - .75) - 0.48 * std::max(0., x - 1) -
           0.08 * std::max(0., x - 1.5) - 0.16 * std::max(0., x - 2);
}

inline double recruit_of(double x) {
    return 0.15 + 1.25 * x + 0.25 * std::max(0., x - .2) - 0.75 * std::max(0., x - .6) - 0.25 * std::max(0., x - .8) -
           0.5 * std::max(0., x - 1);
}

struct Side {
    double troops, t1, t2, reserve, shells, vehicles, foreign, discipline, losses, perceived, pressure;
};

struct Rates {  // of one side: what is constant for a future, and what its week makes of it
    double enemy_power, threshold, killing, recruits, shells, killing_now, recruits_now, shells_now;
};

struct Future {
    Side a, b;
    double terr, sanc, tech;
    Rates ra, rb;
    double q, shd, training_rate, sensitivity, sanctions_effect, aid, contingent, sigma;
    bool pact;
};

inline double total(const Side& s) { return s.troops + s.foreign; }

inline double strength(const Side& s) {
    return total(s) * (1.6 - 1.8 / (s.vehicles + 3)) * (0.5 + 0.5 * s.discipline);
}

inline Future start(const double* p) {
    Future f;
    f.a = {450, 20, 20, 60, 900, 6, 0, .65, 0, 0, 0}, f.b = {480, 15, 15, 50, 700, 4.5, 2, .7, 0, 0, 0};
    f.a.perceived = strength(f.a), f.b.perceived = strength(f.b);
    f.terr = .2, f.sanc = .35, f.tech = .1;
    const double scale = -std::log(500.);
    f.ra = {p[PB], p[THA], p[KB] * std::exp(scale * (p[PB] + p[Q])), p[RRA], p[SPA], 0, 0, 0};
    f.rb = {p[PA], p[THB], p[KA] * std::exp(scale * (p[PA] + p[Q])), p[RRB], p[SPB], 0, 0, 0};
    f.q = p[Q], f.shd = p[SHD], f.training_rate = 2 / p[TDEL], f.sensitivity = p[SENS] / 5;
    f.sanctions_effect = p[SANCE], f.aid = p[AIDB], f.contingent = p[CONT], f.sigma = p[SIG];
    f.pact = false;
    return f;
}

inline void begin_week(Future& f, const double* z) {  // noise factors with mean 1
    const double half = 0.5 * f.sigma * f.sigma;
    const double n0 = std::exp(f.sigma * z[0] - half), n1 = std::exp(f.sigma * z[1] - half);
    const double n2 = std::exp(f.sigma * z[2] - half), n3 = std::exp(f.sigma * z[3] - half);
    f.ra.killing_now = f.ra.killing * n1, f.rb.killing_now = f.rb.killing * n0;
    f.ra.shells_now = f.ra.shells * n2, f.rb.shells_now = f.rb.shells * n2;
    f.ra.recruits_now = f.ra.recruits * n3, f.rb.recruits_now = f.rb.recruits * n3;
}

inline double monthly_hazard(const Future& f) {
    return 0.02 + 0.3 * std::max(0., f.b.perceived / std::max(f.a.perceived, 1e-6) - 1);
}

struct Shelling { double fire, used; };

inline Shelling shell(const Side& s, double intensity, double shd) {
    const double demand = shd * total(s) * intensity;
    const double fire = fire_of(s.shells / std::max(8 * demand, 1e-6));
    return {fire, std::min(demand * fire, 8 * s.shells)};
}

struct Supply { double shells, vehicles, foreign, wanted, ground; };

inline Side after(const Side& s, const Future& f, const Rates& r, Shelling own_shelling, double enemy_fire, double own,
                  double enemy, double enemy_perceived, const Supply& supply) {
    const double troops = total(s);
    const double power = std::exp(r.enemy_power * std::log(enemy) + f.q * std::log(troops));
    const double loss = std::min(r.killing_now * enemy_fire * power, 0.5 * troops);
    const double foreign_loss = loss * s.foreign / std::max(troops, 1e-6);
    const double vehicle_loss = 0.01 * enemy_fire * s.vehicles * std::min(2., enemy / std::max(own, 1e-6));
    const double mobilised = s.pressure > r.threshold ? 1 : 0;
    const double recruits = r.recruits_now * recruit_of(s.discipline) * (1 + 0.8 * mobilised);
    const double half_trained = s.t1 * f.training_rate, trained = s.t2 * f.training_rate;
    const double deployed = std::min(s.reserve, 0.5 * std::max(0., supply.wanted - s.troops));
    const double aim = logistic(0.9 - f.sensitivity * loss + supply.ground - 0.3 * mobilised);
    const double push = 4 * (enemy_perceived / std::max(s.perceived, 1e-6) - 1) - 1;
    Side n = s;
    n.troops += STEP * (deployed - (loss - foreign_loss));
    n.t1 += STEP * (recruits - half_trained);
    n.t2 += STEP * (half_trained - trained);
    n.reserve += STEP * (trained - deployed);
    n.shells += STEP * (supply.shells - own_shelling.used);
    n.vehicles += STEP * (supply.vehicles - vehicle_loss);
    n.foreign += STEP * (supply.foreign - foreign_loss);
    n.discipline += STEP / 12 * (aim - s.discipline);
    n.losses += STEP * loss;
    n.perceived += STEP / 6 * (own - s.perceived);
    n.pressure += STEP * 0.05 * logistic(push);
    return n;
}

inline void step(Future& f) {
    const double own_a = strength(f.a), own_b = strength(f.b), ground = 1.5 * (f.terr - 0.2);
    const Shelling shell_a = shell(f.a, f.pact ? 1.15 : 1.0, f.shd), shell_b = shell(f.b, f.terr > 0.5 ? 1.1 : 1.0, f.shd);
    const double bite = f.sanctions_effect * f.sanc;
    const Supply supply_a = {f.ra.shells_now * (1 - bite) * (1.5 - 0.5 / (f.tech + 1)), 0.05 * (1 - 0.5 * bite),
                             f.pact ? std::max(0., f.contingent - f.a.foreign) / 12 : 0, 520, ground};
    const Supply supply_b = {f.rb.shells_now + f.aid * (0.5 + f.b.discipline), 0.045,
                             std::max(0., 3 - f.b.foreign) / 12, 500, -ground};
    const Side a = after(f.a, f, f.ra, shell_a, shell_b.fire, own_a, own_b, f.b.perceived, supply_a);
    const Side b = after(f.b, f, f.rb, shell_b, shell_a.fire, own_b, own_a, f.a.perceived, supply_b);
    const double sum = std::max(f.a.perceived + f.b.perceived, 1e-6);
    const double d_terr = 0.08 * (f.a.perceived - f.b.perceived) / sum * f.terr * (1 - f.terr);
    const double target = std::min(1., 0.3 + (f.pact ? 0.4 : 0) + 0.5 * std::max(0., f.terr - 0.2));
    const double d_sanc = (target - f.sanc) / 10, d_tech = (f.pact ? 0.03 : 0) - 0.005 * f.tech;
    f.a = a, f.b = b;
    f.terr += STEP * d_terr, f.sanc += STEP * d_sanc, f.tech += STEP * d_tech;
}

inline void store(const Future& f, double* out, long stride) {
    const double values[OUTPUTS] = {f.a.troops, f.b.troops, f.a.shells, f.b.shells, f.a.losses,
                                    f.b.losses, f.a.discipline, f.b.discipline, f.terr, f.sanc};
    for (int k = 0; k < OUTPUTS; ++k) out[k * stride] = values[k];
}

inline Future draw(uint64_t seed, uint64_t future) {
    double p[PARAMETERS];
    for (int k = 0; k < PARAMETERS; k += 4) {
        const Words words = philox(seed, future, PRIORS, uint32_t(k));
        for (int i = k; i < std::min(k + 4, PARAMETERS); ++i) p[i] = LOW[i] + (HIGH[i] - LOW[i]) * uniform(words.w[i - k]);
    }
    return start(p);
}

void run(uint64_t seed, long futures, double* out) {
    for (long future = 0; future < futures; ++future) {
        Future f = draw(seed, uint64_t(future));
        for (uint32_t week = 0; week < WEEKS; ++week) {
            double z[4];
            normals(philox(seed, uint64_t(future), NOISE, week), z);
            begin_week(f, z);
            if (week % WEEKS_PER_MONTH == 0) {
                const Words words = philox(seed, uint64_t(future), PACT, week);
                f.pact |= uniform(words.w[0]) < 1 - std::exp(-monthly_hazard(f));
            }
            for (int s = 0; s < STEPS_PER_WEEK; ++s) step(f);
        }
        store(f, out + future, futures);
    }
}

}  // namespace

extern "C" void war25_futures(uint64_t seed, long futures, double* out) { run(seed, futures, out); }

extern "C" void war25_quiet(double* out) {
    const double z[4] = {0, 0, 0, 0};
    Future f = start(NOMINAL);
    f.sigma = 0;
    for (uint32_t week = 0; week < WEEKS; ++week) {
        begin_week(f, z);
        f.pact = week >= PACT_WEEK;
        for (int s = 0; s < STEPS_PER_WEEK; ++s) step(f);
    }
    store(f, out, 1);
}
