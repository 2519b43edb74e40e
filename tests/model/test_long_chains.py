"""A chain of definitions far longer than Python's stack is deep is followed without recursion, whatever reads its end."""

import numpy as np
import pytest
from tests.helpers import HEAD, ensemble

LENGTH = 2500
ENDS = {
    "a question": 'question q "What?"\n  at 1 weeks value x{last}\n',
    "a chart": 'chart "c" of x{last}\nquestion q "What?"\n  at 1 weeks value s\n',
    "an event": 'event e when x{last} > 1\nquestion q "What?"\n  by 4 weeks true when e\n',
    "a flow": 'flow f : outside -> s = x{last} / (1 week)\nquestion q "What?"\n  at 1 weeks value s\n',
}


@pytest.mark.parametrize("end", ENDS)
def test_a_long_chain_compiles_and_runs(end: str) -> None:
    chain = "".join(f"let x{place} : 1 = max(x{place - 1}, s) + p\n" for place in range(1, LENGTH + 1))
    text = f'{HEAD}param p : 1 ~ uniform(0, 1) because "made up"\nstock s : 1 = 1\nlet x0 : 1 = s\n{chain}{ENDS[end].format(last=LENGTH)}'
    assert np.isfinite(ensemble(text, 4).values("q")).all()
