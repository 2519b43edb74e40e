"""The deterministic variant for other tools of system dynamics: one list of equations, as Vensim and XMILE.

`python -m war25.peer_models` writes model.mdl and model.xmile beside this file. The tables are sums of
hinges, which runs faster in these tools than their own lookups; powers, conditions and limits are theirs.
"""

import ast
from pathlib import Path

from war25.specification import FIRE_TABLE, NOMINAL, PACT_WEEK, RECRUIT_TABLE, STEP, WEEKS, start
from war25.vectorised import hinges

SIDED = {  # {s} the side, {e} its enemy; the rest of a row that differs by side is in BY_SIDE
    "tot": "P_{s} + F_{s}",
    "str": "tot_{s} * (1 + 0.6 * V_{s} / (V_{s} + 3)) * (0.5 + 0.5 * D_{s})",
    "inten": "{inten}",
    "dem": "shd * tot_{s} * inten_{s}",
    "adeq": "S_{s} / max(8 * dem_{s}, 0.000001)",
    "fire": "fire_table(adeq_{s})",
    "used": "min(dem_{s} * fire_{s}, 8 * S_{s})",
    "prod": "{prod}",
    "loss": "min(k{e} * fire_{e} * (str_{e} / 500) ** p{e} * (tot_{s} / 500) ** q, 0.5 * tot_{s})",
    "shf": "F_{s} / max(tot_{s}, 0.000001)",
    "lossF": "loss_{s} * shf_{s}",
    "vloss": "0.01 * fire_{e} * V_{s} * min(2, str_{e} / max(str_{s}, 0.000001))",
    "mob": "where(H_{s} > th{s}, 1, 0)",
    "rec": "rr{s} * recruit_table(D_{s}) * (1 + 0.8 * mob_{s})",
    "g1": "T1_{s} / (0.5 * tdel)",
    "g2": "T2_{s} / (0.5 * tdel)",
    "dep": "min(R_{s}, max(0, {wanted} - P_{s}) / 2)",
    "dt": "1 / (1 + exp(-(0.9 - sens * loss_{s} / 5 + {ground} - 0.3 * mob_{s})))",
    "hz": "0.05 / (1 + exp(-(4 * (PS_{e} / max(PS_{s}, 0.000001) - 1) - 1)))",
    "fin": "{fin}",
    "vprod": "{vprod}",
}
BY_SIDE = {
    "A": {
        "inten": "where(pact > 0.5, 1.15, 1)",
        "prod": "spA * (1 - sancE * SANC) * (1 + 0.5 * TECH / (TECH + 1))",
        "wanted": "520",
        "ground": "1.5 * (TERR - 0.2)",
        "fin": "where(pact > 0.5, max(0, cont - F_A) / 12, 0)",
        "vprod": "0.05 * (1 - 0.5 * sancE * SANC)",
    },
    "B": {
        "inten": "where(TERR > 0.5, 1.1, 1)",
        "prod": "spB + aidB * (0.5 + D_B)",
        "wanted": "500",
        "ground": "1.5 * (0.2 - TERR)",
        "fin": "max(0, 3 - F_B) / 12",
        "vprod": "0.045",
    },
}
FLOWS = {
    "P": "dep_{s} - (loss_{s} - lossF_{s})",
    "T1": "rec_{s} - g1_{s}",
    "T2": "g1_{s} - g2_{s}",
    "R": "g2_{s} - dep_{s}",
    "S": "prod_{s} - used_{s}",
    "V": "vprod_{s} - vloss_{s}",
    "F": "fin_{s} - lossF_{s}",
    "D": "(dt_{s} - D_{s}) / 12",
    "K": "loss_{s}",
    "PS": "(str_{s} - PS_{s}) / 6",
    "H": "hz_{s}",
}
SHARED_FLOWS = {
    "TERR": "0.08 * (PS_A - PS_B) / max(PS_A + PS_B, 0.000001) * TERR * (1 - TERR)",
    "SANC": "(min(1, 0.3 + 0.4 * pact + 0.5 * max(0, TERR - 0.2)) - SANC) / 10",
    "TECH": "where(pact > 0.5, 0.03, 0) - TECH * 0.005",
}


def auxiliaries():
    """Name to Python expression; `pact` is 0 or 1 by the clock (half a step early, against rounding)."""
    rows = {"pact": f"where(time > {PACT_WEEK - STEP / 2}, 1, 0)"}
    for side, enemy in ("AB", "BA"):
        for name, text in SIDED.items():
            rows[f"{name}_{side}"] = text.format(s=side, e=enemy, **BY_SIDE[side])
    return {name: expand_tables(text) for name, text in rows.items()}


def net_flows():
    """Stock to Python expression of its net flow."""
    sided = {f"{kind}_{side}": text.format(s=side) for side in "AB" for kind, text in FLOWS.items()}
    return sided | SHARED_FLOWS


def expand_tables(text):
    """Write the two tables out as sums of hinges."""
    for name, table in (("fire_table", FIRE_TABLE), ("recruit_table", RECRUIT_TABLE)):
        if name + "(" in text:
            argument = text.split(name + "(")[1].split(")")[0]
            constant, slope, changes = hinges(table)
            terms = [f"{change:.12g} * max({argument}, {knot:.12g})" for knot, change in changes]
            written = f"({constant:.12g} + {slope:.12g} * {argument} + {' + '.join(terms)})"
            text = text.replace(f"{name}({argument})", written)
    return text


def translate(text, choice, time):
    """A Python expression in Vensim's or XMILE's words; `choice` is their form of where(c, a, b)."""
    signs = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}

    def written(node):
        match node:
            case ast.Constant(value):
                return repr(value)
            case ast.Name(name):
                return time if name == "time" else own_name(name)
            case ast.UnaryOp(_, operand):
                return f"(-{written(operand)})"
            case ast.BinOp(left, sign, right):
                return f"({written(left)} {signs[type(sign)]} {written(right)})"
            case ast.Compare(left, [_], [right]):
                return f"{written(left)} > {written(right)}"
            case ast.Call(ast.Name("where"), arguments):
                return choice.format(*map(written, arguments))
            case ast.Call(ast.Name(function), arguments):
                return f"{function.upper()}({', '.join(map(written, arguments))})"
        raise ValueError(ast.dump(node))

    return written(ast.parse(text, mode="eval").body)


def own_name(name):
    """BPTK-Py takes `P_A` and `pA` for one name: parameters get a prefix."""
    return f"given_{name}" if name in NOMINAL else name


def vensim():
    """The text of model.mdl."""
    choice, rows = "IF THEN ELSE({}, {}, {})", []
    rows += [f"{name} = {translate(text, choice, 'Time')}" for name, text in auxiliaries().items()]
    rows += [f"{own_name(name)} = {value}" for name, value in NOMINAL.items()]
    for name, value in start().items():
        rows.append(f"{name} = INTEG({translate(net_flows()[name], choice, 'Time')}, {float(value)!r})")
    rows += ["INITIAL TIME = 0", f"FINAL TIME = {WEEKS}", f"TIME STEP = {STEP}", "SAVEPER = 1"]
    return "{UTF-8}\n" + "\n\n".join(f"{row}\n~~|" for row in rows) + "\n"


def xmile():
    """The text of model.xmile."""
    choice, rows = "(IF ({}) THEN ({}) ELSE ({}))", []
    rows += [(name, translate(text, choice, "TIME")) for name, text in auxiliaries().items()]
    rows += [(own_name(name), value) for name, value in NOMINAL.items()]
    written = [f'<aux name="{name}"><eqn>{escape(text)}</eqn></aux>' for name, text in rows]
    for name, value in start().items():
        flow = escape(translate(net_flows()[name], choice, "TIME"))
        written.append(f'<stock name="{name}"><eqn>{float(value)!r}</eqn><inflow>net_{name}</inflow></stock>')
        written.append(f'<flow name="net_{name}"><eqn>{flow}</eqn></flow>')
    body = "\n".join(written)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><name>war25</name><vendor>foedus</vendor><product version="1.0">benchmarks</product></header>
<sim_specs method="Euler" time_units="week"><start>0</start><stop>{WEEKS}</stop><dt>{STEP}</dt></sim_specs>
<model><variables>
{body}
</variables></model>
</xmile>
"""


def escape(text):
    """Text inside XML."""
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


if __name__ == "__main__":
    here = Path(__file__).parent
    here.joinpath("model.mdl").write_text(vensim())
    here.joinpath("model.xmile").write_text(xmile())
