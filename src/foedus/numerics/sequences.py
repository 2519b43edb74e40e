"""exp, log, pow, sin, cos, the normal quantile and the random streams, each written once as an exact sequence of IEEE operations.

tests/test_numerics.py holds them against numpy and scipy: exp and log within 2 units in the last place, sin and cos within 2e-15, the
normal quantile within one part in 10**12. The relative error of pow stays below 1e-15 * max(1, |b log |a||).
"""

from __future__ import annotations

from foedus.numerics.arithmetic import Arithmetic, Value

__all__ = ["bounded", "cos", "exp", "growth", "log", "normal_cdf", "normal_quantile", "power", "sin", "threefry", "uniform"]

_ROUND = 6755399441055744.0  # 1.5 * 2**52: adding and subtracting it rounds to the nearest integer
_LOG2_E = 1.4426950408889634
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
# (exp(r) - 1 - r) / r**2 on |r| <= ln(2)/2: Chebyshev fit of degree 9, error 1.1e-16
_EXP = (
    0.5000000000000001,
    0.16666666666666669,
    0.041666666666624164,
    0.008333333333330065,
    0.0013888888917196736,
    0.00019841269863040559,
    2.480152132234228e-05,
    2.7557268480289716e-06,
    2.7620075892548164e-07,
    2.51003758422237e-08,
)
# log: the coefficients of the usual series in s = f / (2 + f) (as published with 4.4BSD's mathematical library)
_LOG = (
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
)
_SQRT_HALF_WORD = 0x3FE6A09E00000000
_SMALLEST_NORMAL = 2.2250738585072014e-308
_INFINITY, _NAN = float("inf"), float("nan")
_BOUND = 2.0**512  # what a model holds is below it, so that a product of two such numbers is finite
_LOG_BOUND = 354.0
_WHOLE = 2.0**40  # whole powers up to here are off by less than a half


def _polynomial(m: Arithmetic, x: Value, coefficients: tuple[float, ...]) -> Value:
    """c[0] + x (c[1] + x (…)), from the inside out."""
    value = m.number(coefficients[-1])
    for coefficient in reversed(coefficients[:-1]):
        value = m.add(m.multiply(value, x), m.number(coefficient))
    return value


def bounded(m: Arithmetic, x: Value) -> Value:
    """x to the bit, and infinite from 2**512 on."""
    return m.multiply(m.multiply(x, m.number(_BOUND)), m.number(1.0 / _BOUND))


def growth(m: Arithmetic, x: Value) -> Value:
    """e to the x as models have it: infinite above 354, which is 5e153."""
    return exp(m, x, _LOG_BOUND)


def exp(m: Arithmetic, x: Value, most: float = 709.0) -> Value:
    """e to the x; infinite above `most`, zero below -708."""
    inside = m.minimum(m.maximum(x, m.number(-708.0)), m.number(most))
    shifted = m.add(m.multiply(inside, m.number(_LOG2_E)), m.number(_ROUND))
    whole = m.subtract(shifted, m.number(_ROUND))
    rest = m.subtract(inside, m.multiply(whole, m.number(_LN2_HIGH)))
    rest = m.subtract(rest, m.multiply(whole, m.number(_LN2_LOW)))
    square = m.multiply(rest, rest)
    value = m.add(m.add(m.multiply(square, _polynomial(m, rest, _EXP)), rest), m.number(1.0))
    scale = m.from_bits(m.add64(m.shift_left64(m.bits(shifted), 52), m.word64(1023 << 52)))
    value = m.multiply(value, scale)
    value = m.choose(m.less(x, m.number(-708.0)), m.number(0.0), value)
    value = m.choose(m.less(m.number(most), x), m.number(_INFINITY), value)
    return m.choose(m.equal(x, x), value, x)


def log(m: Arithmetic, x: Value) -> Value:
    """The natural logarithm; minus infinity at zero (and below the smallest normal number), NaN below zero."""
    moved = m.add64(m.bits(x), m.word64((0x3FF0000000000000 - _SQRT_HALF_WORD) % 2**64))
    exponent = m.from_bits(m.or64(m.shift_right64(moved, 52), m.word64(0x4330000000000000)))
    exponent = m.subtract(exponent, m.number(2.0**52 + 1023.0))
    mantissa = m.from_bits(m.add64(m.and64(moved, m.word64(0x000FFFFFFFFFFFFF)), m.word64(_SQRT_HALF_WORD)))
    f = m.subtract(mantissa, m.number(1.0))
    s = m.divide(f, m.add(m.number(2.0), f))
    z = m.multiply(s, s)
    half_square = m.multiply(m.multiply(m.number(0.5), f), f)
    series = m.multiply(z, _polynomial(m, z, _LOG))
    low = m.add(m.multiply(s, m.add(half_square, series)), m.multiply(exponent, m.number(_LN2_LOW)))
    value = m.subtract(m.multiply(exponent, m.number(_LN2_HIGH)), m.subtract(m.subtract(half_square, low), f))
    value = m.choose(m.less(x, m.number(_SMALLEST_NORMAL)), m.number(-_INFINITY), value)
    value = m.choose(m.less(x, m.number(0.0)), m.number(_NAN), value)
    return m.choose(m.less(x, m.number(_INFINITY)), value, x)


def power(m: Arithmetic, a: Value, b: Value) -> Value:
    """a to the b as exp(b log |a|), with the sign of a negative a to a whole power.

    1 where b is 0, whatever a is; 0 or infinite where a is 0; NaN for a negative a to a power that is not whole. A whole power of a whole
    number is whole; what is above 5e153 is infinite.
    """
    size = growth(m, m.multiply(b, log(m, m.absolute(a))))
    is_whole = m.both(m.equal(m.floor(a), a), m.both(m.equal(m.floor(b), b), m.less(size, m.number(_WHOLE))))
    is_whole = m.both(is_whole, m.less(m.number(0.0), b))
    size = m.choose(is_whole, m.floor(m.add(size, m.number(0.5))), size)
    half = m.multiply(m.number(0.5), b)
    is_odd = m.less(m.floor(half), half)  # of whole powers; beyond 2**53 all are even
    turned = m.choose(is_odd, m.subtract(m.number(0.0), size), size)
    turned = m.choose(m.less(m.floor(b), b), m.number(_NAN), turned)
    value = m.choose(m.less(a, m.number(0.0)), turned, size)
    return m.choose(m.equal(b, m.number(0.0)), m.number(1.0), value)


_SIN = (
    -1.66666666666666324348e-01,
    8.33333333332248946124e-03,
    -1.98412698298579493134e-04,
    2.75573137070700676789e-06,
    -2.50507602534068634195e-08,
    1.58969099521155010221e-10,
)
_COS = (
    4.16666666666666019037e-02,
    -1.38888888888741095749e-03,
    2.48015872894767294178e-05,
    -2.75573143513906633035e-07,
    2.08757232129817482790e-09,
    -1.13596475577881948265e-11,
)


def _quarter_turns(m: Arithmetic, x: Value, turns: int) -> Value:
    """sin(x + turns * pi / 2) for |x| < 1e5."""
    shifted = m.add(m.multiply(x, m.number(0.6366197723675814)), m.number(_ROUND))
    whole = m.subtract(shifted, m.number(_ROUND))
    r = m.subtract(x, m.multiply(whole, m.number(1.57079632673412561417e00)))
    r = m.subtract(r, m.multiply(whole, m.number(6.07710050650619224932e-11)))
    z = m.multiply(r, r)
    sine = m.add(r, m.multiply(m.multiply(r, z), _polynomial(m, z, _SIN)))
    cosine = m.multiply(m.multiply(z, z), _polynomial(m, z, _COS))
    cosine = m.add(m.subtract(m.number(1.0), m.multiply(m.number(0.5), z)), cosine)
    quarter = m.add64(m.bits(shifted), m.word64(turns))
    is_odd = m.equal(_low_bit(m, quarter, 1), m.number(1.0))
    is_lower = m.equal(_low_bit(m, quarter, 2), m.number(2.0))
    value = m.choose(is_odd, cosine, sine)
    return m.choose(is_lower, m.subtract(m.number(0.0), value), value)


def _low_bit(m: Arithmetic, word: Value, mask: int) -> Value:
    """The masked low bits of a word as a number."""
    bits = m.or64(m.and64(word, m.word64(mask)), m.word64(0x4330000000000000))
    return m.subtract(m.from_bits(bits), m.number(2.0**52))


def sin(m: Arithmetic, x: Value) -> Value:
    """The sine of an angle in radians, |x| < 1e5."""
    return _quarter_turns(m, x, 0)


def cos(m: Arithmetic, x: Value) -> Value:
    """The cosine of an angle in radians, |x| < 1e5."""
    return _quarter_turns(m, x, 1)


# Wichura 1988, algorithm AS 241 (PPND16): numerators and denominators for the middle, the near and the far tail
_MIDDLE = (
    (
        3.3871328727963666080e0,
        1.3314166789178437745e2,
        1.9715909503065514427e3,
        1.3731693765509461125e4,
        4.5921953931549871457e4,
        6.7265770927008700853e4,
        3.3430575583588128105e4,
        2.5090809287301226727e3,
    ),
    (
        1.0,
        4.2313330701600911252e1,
        6.8718700749205790830e2,
        5.3941960214247511077e3,
        2.1213794301586595867e4,
        3.9307895800092710610e4,
        2.8729085735721942674e4,
        5.2264952788528545610e3,
    ),
)
_NEAR = (
    (
        1.42343711074968357734e0,
        4.63033784615654529590e0,
        5.76949722146069140550e0,
        3.64784832476320460504e0,
        1.27045825245236838258e0,
        2.41780725177450611770e-1,
        2.27238449892691845833e-2,
        7.74545014278341407640e-4,
    ),
    (
        1.0,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9,
    ),
)
_FAR = (
    (
        6.65790464350110377720e0,
        5.46378491116411436990e0,
        1.78482653991729133580e0,
        2.96560571828504891230e-1,
        2.65321895265761230930e-2,
        1.24266094738807843860e-3,
        2.71155556874348757815e-5,
        2.01033439929228813265e-7,
    ),
    (
        1.0,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15,
    ),
)


def _ratio(m: Arithmetic, x: Value, pair: tuple[tuple[float, ...], tuple[float, ...]]) -> Value:
    return m.divide(_polynomial(m, x, pair[0]), _polynomial(m, x, pair[1]))


def normal_quantile(m: Arithmetic, u: Value) -> Value:
    """The standard normal quantile of u in (0, 1). Source: Wichura 1988 (AS 241), relative accuracy about 1e-16 of the formula."""
    q = m.subtract(u, m.number(0.5))
    middle = m.multiply(q, _ratio(m, m.subtract(m.number(0.180625), m.multiply(q, q)), _MIDDLE))
    tail = m.minimum(u, m.subtract(m.number(1.0), u))
    r = m.square_root(m.subtract(m.number(0.0), log(m, tail)))
    near = _ratio(m, m.subtract(r, m.number(1.6)), _NEAR)
    far = _ratio(m, m.subtract(r, m.number(5.0)), _FAR)
    outer = m.choose(m.less_equal(r, m.number(5.0)), near, far)
    outer = m.choose(m.less(q, m.number(0.0)), m.subtract(m.number(0.0), outer), outer)
    return m.choose(m.less_equal(m.absolute(q), m.number(0.425)), middle, outer)


_CDF_ABOVE = (
    220.206867912376,
    221.213596169931,
    112.079291497871,
    33.912866078383,
    6.37396220353165,
    0.700383064443688,
    3.52624965998911e-02,
)
_CDF_BELOW = (
    440.413735824752,
    793.826512519948,
    637.333633378831,
    296.564248779674,
    86.7807322029461,
    16.064177579207,
    1.75566716318264,
    8.83883476483184e-02,
)


def normal_cdf(m: Arithmetic, x: Value) -> Value:
    """The standard normal distribution function. Source: Hart 1968 in the form of West 2005; absolute error below 1e-14."""
    size = m.absolute(x)
    density = exp(m, m.multiply(m.multiply(size, size), m.number(-0.5)))
    inner = m.multiply(density, _ratio(m, size, (_CDF_ABOVE, _CDF_BELOW)))
    fraction = m.add(size, m.number(0.65))
    for step in (4.0, 3.0, 2.0, 1.0):
        fraction = m.add(size, m.divide(m.number(step), fraction))
    outer = m.divide(m.divide(density, fraction), m.number(2.506628274631))
    below = m.choose(m.less(size, m.number(7.07106781186547)), inner, outer)
    return m.choose(m.less(m.number(0.0), x), m.subtract(m.number(1.0), below), below)


_ROTATIONS = (13, 15, 26, 6, 17, 29, 16, 24)


def threefry(m: Arithmetic, key: tuple[Value, Value], counter: tuple[Value, Value]) -> tuple[Value, Value]:
    """Threefry-2x32 with 20 rounds: two random 32-bit words for a key and a counter.

    Source: Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3".
    """
    keys = (key[0], key[1], m.xor32(m.xor32(key[0], key[1]), m.word32(0x1BD11BDA)))
    x, y = m.add32(counter[0], keys[0]), m.add32(counter[1], keys[1])
    for turn in range(20):
        x = m.add32(x, y)
        y = m.xor32(m.rotate_left32(y, _ROTATIONS[turn % 8]), x)
        if turn % 4 == 3:
            injection = turn // 4 + 1
            x = m.add32(x, keys[injection % 3])
            y = m.add32(m.add32(y, keys[(injection + 1) % 3]), m.word32(injection))
    return x, y


def uniform(m: Arithmetic, key: tuple[Value, Value], counter: tuple[Value, Value]) -> Value:
    """A number strictly inside (0, 1), a multiple of 2**-53, from 52 random bits."""
    x, y = threefry(m, key, counter)
    high, low = m.number_from32(m.shift_right32(x, 6)), m.number_from32(m.shift_right32(y, 6))
    whole = m.add(m.multiply(high, m.number(67108864.0)), low)
    return m.multiply(m.add(whole, m.number(0.5)), m.number(2.0**-52))
