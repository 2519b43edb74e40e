"""Larger models: copies of the benchmark model side by side, so that the mix of operations stays the same."""

import re
from pathlib import Path

HERE = Path(__file__).parent / "war25"
STOCKS = 25  # of the benchmark model
SHARED = ("model", "index", "map")
DECLARED = re.compile(r"^(?:param|let|stock|flow|table|noise|event|scenario) (\w+)", re.MULTILINE)
STATEMENT = re.compile(r"^(?=[a-z]+ )", re.MULTILINE)


def write_copies(folder, copies):
    """A case folder with `copies` copies of the model: 25 stocks each. Returns the folder."""
    text = re.sub(r"#.*", "", (HERE / "model.foedus").read_text())
    statements = [part.strip() for part in STATEMENT.split(text) if part.strip()]
    shared = [part for part in statements if part.startswith(SHARED)]
    own = [part for part in statements if not part.startswith((*SHARED, "scenario"))]
    names = sorted(set(DECLARED.findall("\n".join(own))))
    pattern = re.compile(rf"\b({'|'.join(names)})\b")
    parts = shared
    for copy in range(copies):
        parts += [rename(part, pattern, copy) for part in own]
    case = Path(folder) / f"war{STOCKS * copies}"
    case.mkdir(parents=True)
    (case / "model.foedus").write_text("\n".join(parts) + "\n")
    return case


def rename(statement, pattern, copy):
    """Give every name of a statement the copy's number, leaving quoted text alone."""
    pieces = re.split(r'("[^"]*")', statement)
    pieces[::2] = [pattern.sub(rf"\1_{copy}", piece) for piece in pieces[::2]]
    written = "".join(pieces)
    return re.sub(r"^question (\w+)", rf"question \1_{copy}", written)
