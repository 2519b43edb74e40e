"""What is asked before a scenario begins differs by nothing, and no future that has not been seen could differ."""

from __future__ import annotations

import math

from foedus.analysis.compare import begins_at, compare
from helpers import ensemble

MODEL = """model m as of 2024-01-01 for 10 weeks step 1 week
param a : 1 ~ normal(1, 1) because "judgement"
let pull : 1 = 1
event alarm at rate 1/5 per week
stock x : 1 = a signed
flow grown : outside -> x = a * pull / 1 week
scenario later { pull = 2 from 2024-02-05 }
scenario always { a = 3 }
scenario rung { alarm = on 2024-02-05 }
question soon on 2024-01-22 value x
question late on 2024-03-04 value x
question rang by 2024-01-22 true when alarm
"""


def test_a_difference_before_a_scenario_begins_has_no_error() -> None:
    futures = ensemble(MODEL, 200)
    answers = {slot.name: compare(futures, slot) for slot in futures.program.results}
    begins = {slot.name: begins_at(slot) for slot in futures.scenarios}
    assert begins["later"] == 5 and begins["always"] == begins["rung"] == -math.inf and begins["baseline"] == math.inf
    soon = answers["soon"]["later"]
    assert (soon.difference, soon.difference_error, soon.is_out_of_reach) == (0.0, 0.0, False)
    assert answers["late"]["later"].difference_error > 0 and answers["soon"]["always"].difference_error > 0
    assert answers["rang"]["later"].difference_error == 0.0 < answers["rang"]["rung"].difference_error
