"""Boxes keep the bounds that futures confirm which had no say in them."""

import numpy as np

from foedus.analysis.boxes import Box, Condition, confirmed


def test_a_bound_that_other_futures_do_not_confirm_is_dropped():
    luck = np.random.default_rng(3)
    values = luck.normal(size=(2, 2000))
    matters = values[0] > 0.5
    box = Box((Condition(0, 0.5, np.inf, 0.1), Condition(1, -np.inf, 1.0, 0.1)))
    assert confirmed(box, values, matters).conditions == (box.conditions[0],)
    both = values[0] + values[1] > 1.0
    joint = Box((Condition(0, 0.5, np.inf, 0.1), Condition(1, 0.5, np.inf, 0.1)))
    assert set(confirmed(joint, values, both).conditions) == set(joint.conditions)
