"""PySD and BPTK-Py on the deterministic variant: each gives a function that runs the model once."""

import importlib.util
import shutil
from pathlib import Path

from war25 import peer_models, specification

HERE = Path(__file__).parent / "war25"


class NotInstalled(Exception):
    """A peer that is not there, and how to get it."""


def needs(module):
    """Refuse clearly when a peer is missing."""
    if importlib.util.find_spec(module) is None:
        raise NotInstalled(f"{module} is not installed: pip install -e '.[bench]'")


def pysd_from_vensim(folder, outputs):
    """PySD's translation of model.mdl; the last week of each output is returned."""
    needs("pysd")
    import pysd

    model = pysd.read_vensim(str(shutil.copy(HERE / "model.mdl", folder)))

    def run():
        table = model.run(return_columns=list(outputs), return_timestamps=[104])
        return [float(table[name].iloc[-1]) for name in outputs]

    return run


def bptk_compiled(folder, outputs):
    """BPTK-Py's Python from model.xmile. Each run starts with an empty memory, and goes forward in weeks."""
    needs("BPTK_Py")
    needs("parsimonious")
    from BPTK_Py.sdcompiler.compile import compile_xmile

    target = Path(folder) / "bptk_model.py"
    compile_xmile(str(HERE / "model.xmile"), str(target), "py")
    spec = importlib.util.spec_from_file_location("bptk_model", target)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    own_names = {name.lower(): name for name in module.simulation_model().equations}
    names = [own_names[name.replace("_", "").lower()] for name in outputs]

    def run():
        model = module.simulation_model()
        for week in range(105):
            values = [model.equation(name, week) for name in names]
        return [float(value) for value in values]

    return run


def bptk_rust(_folder, outputs):
    """BPTK-Py's own modelling language on its compiled engine (BPTK-Py 3): its fastest form."""
    needs("BPTK_Py")
    from BPTK_Py._rust_engine import RustSdEngine

    model = RustSdEngine().load_model(bptk_model().to_json())
    names = [f"stock_{name}" for name in outputs]

    def run():
        table = model.simulate(names)
        return [table[name][max(table[name], key=float)] for name in names]

    return run


def bptk_model():
    """The equations of peer_models.py in BPTK-Py's own language, where operators build the equations."""
    from BPTK_Py import Model
    from BPTK_Py import sd_functions as sd

    model = Model(starttime=0.0, stoptime=104.0, dt=specification.STEP, name="war25")
    names = {"min": sd.min, "max": sd.max, "exp": sd.exp, "where": sd.If, "time": sd.time()}
    for name, value in specification.NOMINAL.items():
        names[name] = model.constant(f"given_{name}")
        names[name].equation = value
    names |= {name: model.stock(f"stock_{name}") for name in specification.start()}
    names |= {name: model.converter(f"aux_{name}") for name in peer_models.auxiliaries()}
    for name, text in peer_models.auxiliaries().items():
        names[name].equation = eval(text, {"__builtins__": {}}, names)
    for name, value in specification.start().items():
        flow = model.biflow(f"net_{name}")
        flow.equation = eval(peer_models.net_flows()[name], {"__builtins__": {}}, names)
        names[name].initial_value, names[name].equation = value, flow
    return model


PEERS = {  # name: (builder, how many times faster foedus is to be)
    "PySD, Vensim model": (pysd_from_vensim, 5_000),
    "BPTK-Py, compiled XMILE": (bptk_compiled, 10_000),
    "BPTK-Py, own language on its Rust engine": (bptk_rust, None),
}
