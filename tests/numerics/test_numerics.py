"""The sequences against scipy and mpmath-free identities; the streams against Random123's published vectors."""

import math

import numpy as np
import pytest
from scipy import special, stats

from foedus import numerics
from foedus.numerics import NumpyArithmetic, sequences

POINTS = 200_000


def ulps(found, expected):
    return np.max(np.abs(found - expected) / np.spacing(np.abs(expected)))


def test_exp_is_within_two_units_in_the_last_place():
    x = np.linspace(-700, 700, POINTS)
    assert ulps(numerics.exp(x), np.exp(x)) <= 2


def test_exp_at_the_edges():
    with np.errstate(all="ignore"):
        found = numerics.exp([0.0, 1000.0, -1000.0, np.inf, -np.inf, np.nan])
    assert found[0] == 1.0 and found[1] == np.inf and found[2] == 0.0
    assert found[3] == np.inf and found[4] == 0.0 and math.isnan(found[5])


def test_log_is_within_two_units_in_the_last_place():
    x = np.concatenate([np.geomspace(1e-300, 1e300, POINTS), np.linspace(0.5, 2.0, POINTS)])
    x = x[x != 1.0]
    assert ulps(numerics.log(x), np.log(x)) <= 2


def test_log_at_the_edges():
    found = numerics.log([1.0, 0.0, -1.0, np.inf, np.nan])
    assert found[0] == 0.0 and found[1] == -np.inf and math.isnan(found[2]) and found[3] == np.inf and math.isnan(found[4])


def test_sine_and_cosine():
    x = np.linspace(-1000, 1000, POINTS)
    m = NumpyArithmetic()
    assert np.max(np.abs(sequences.sin(m, x) - np.sin(x))) < 1e-15 * 2
    assert np.max(np.abs(sequences.cos(m, x) - np.cos(x))) < 1e-15 * 2


@pytest.mark.parametrize(("a", "b"), [(2.0, 0.5), (0.0, 0.5), (3.0, 0.0), (0.0, 0.0), (10.0, -2.0)])
def test_power(a, b):
    with np.errstate(all="ignore"):
        found = sequences.power(NumpyArithmetic(), np.float64(a), np.float64(b))
    assert found == pytest.approx(a**b, rel=1e-14)


def test_normal_quantile_and_cdf():
    u = np.concatenate([np.linspace(1e-6, 1 - 1e-6, POINTS), np.geomspace(1e-16, 1e-3, 1000)])
    assert np.allclose(numerics.normal_quantile(u), special.ndtri(u), rtol=1e-12, atol=1e-13)
    x = np.linspace(-9, 9, POINTS)
    assert np.max(np.abs(numerics.normal_cdf(x) - special.ndtr(x))) < 1e-14


@pytest.mark.parametrize(
    ("counter", "key", "expected"),
    [
        ((0x00000000, 0x00000000), (0x00000000, 0x00000000), (0x6B200159, 0x99BA4EFE)),
        ((0xFFFFFFFF, 0xFFFFFFFF), (0xFFFFFFFF, 0xFFFFFFFF), (0x1CB996FC, 0xBB002BE7)),
        ((0x243F6A88, 0x85A308D3), (0x13198A2E, 0x03707344), (0xC4923A9C, 0x483DF7A0)),
    ],
)
def test_threefry_gives_the_published_vectors(counter, key, expected):
    words = [np.array([word], dtype=np.uint32) for word in (*key, *counter)]
    found = sequences.threefry(NumpyArithmetic(), (words[0], words[1]), (words[2], words[3]))
    assert (int(found[0][0]), int(found[1][0])) == expected


def test_uniform_draws_are_uniform_and_addressed():
    futures = np.arange(100_000)
    draws = numerics.uniform(7, "tempo", futures)
    assert stats.kstest(draws, "uniform").pvalue > 1e-4
    assert np.array_equal(draws[500:600], numerics.uniform(7, "tempo", np.arange(500, 600)))
    assert not np.array_equal(draws, numerics.uniform(7, "tempo2", futures))
    assert not np.array_equal(draws, numerics.uniform(8, "tempo", futures))
    assert abs(np.corrcoef(draws, numerics.uniform(7, "tempo", futures, index=1))[0, 1]) < 5 / math.sqrt(100_000)


def test_several_streams_at_once_give_the_bits_of_each() -> None:
    names, futures = [f"stream {number}" for number in range(40)], np.arange(3, 900)
    assert np.array_equal(numerics.uniforms(7, names, futures), [numerics.uniform(7, name, futures) for name in names])
    assert numerics.uniforms(7, [], futures).shape == (0, 897)
