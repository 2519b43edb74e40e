"""A program as data and WebAssembly: everything the page needs to run futures, nothing about how they are shown."""

from __future__ import annotations

import base64
import dataclasses
from typing import Any

import numpy as np

from foedus.case import Case
from foedus.compile import Program
from foedus.compile.program import ScenarioSlot
from foedus.engine import columns, timetable
from foedus.engine.emit import emit
from foedus.engine.emit_code import FUNCTION, is_large
from foedus.ensemble import Joint, Sampler
from foedus.ensemble.sampling import Law
from foedus.errors import InputError, Problem
from foedus.model import Options
from foedus.page.apart import set_by_scenarios
from foedus.page.kernel import kernel_module
from foedus.page.laws import law_document, packed
from foedus.page.wasm import wasm_module

__all__ = ["LANES", "MOMENTS", "drawn_program", "plan_document"]

LANES = 2
MOMENTS = 53
_MOST_BYTES = 2_000_000


def drawn_program(case: Case) -> Program:
    """The case's program with no more saved moments than a chart shows; after the charted variables it saves the flows."""
    program = case.compiled(Options(save="all"))
    place = {slot.name: slot for slot in program.saved}
    charted = [place[slot.name] for slot in case.program.saved]
    flows = [slot for slot in program.saved if slot.kind == "flow" and slot not in charted]
    moments = program.steps // program.save_every + 1
    every = program.save_every * max(1, -(-(moments - 1) // (MOMENTS - 1)))
    return dataclasses.replace(program, save_every=every, saved=(*charted, *flows))


def plan_document(program: Program, pools: dict[str, Law], charted: int, joint: Joint | None = None) -> dict[str, Any]:
    """The plan.

    Args:
        program: as `drawn_program` gives it.
        pools: parameter name -> its pooled law.
        charted: how many of the saved variables are for charts; the others are flows.
        joint: members of a posterior that stand in for priors.
    Raises:
        InputError: the program is too large for a page.
    """
    sampler = Sampler(program, pools, 0, "random", 1, joint)
    emission = emit(program, LANES, keeps_noise=True, charted=charted)
    module = wasm_module(emission.text, [FUNCTION])
    if len(module) > _MOST_BYTES:
        message = f"the model makes {len(module) / 1e6:.1f} MB of code, too much for one page."
        raise InputError(Problem(program.name, 0, 0, "too-large", message, "Use `foedus run`, or make the model smaller."))
    table = timetable(program)
    return {
        "steps": program.steps,
        "firstStep": program.first_step,
        "step": program.step,
        "halfSteps": program.half_steps,
        "saveEvery": program.save_every,
        "moments": list(table.moments),
        "isLarge": is_large(program),
        "parameters": [_parameter(program, sampler, index) for index in range(len(program.parameters))],
        "groups": [{"members": members, "factor": factor.tolist()} for members, factor in sampler.groups],
        "joint": _joint(program, sampler, joint),
        "streams": list(program.streams),
        "due": packed(table.due, "u1"),
        "occurrence": packed(table.occurrence, "<u4"),
        "columns": _columns(program),
        "results": [[slot.name, slot.kind] for slot in program.results],
        "saved": [[slot.name, slot.scale] for slot in program.saved[:charted]],
        "flows": [slot.name for slot in program.saved[charted:]],
        "reports": [[slot.kind, slot.name, slot.stage] for slot in program.reports],
        "faults": _faults(program),
        "scenarios": [_scenario(program, slot) for slot in program.scenarios if not slot.is_hidden],
        "workspace": emission.workspace + LANES,
        "kept": emission.kept,
        "module": _text(module),
        "kernel": _text(kernel_module()),
    }


def _text(code: bytes) -> str:
    return base64.b64encode(code).decode()


def _parameter(program: Program, sampler: Sampler, index: int) -> dict[str, Any]:
    """A parameter that is drawn, with its law, or one that is fixed, with its value in base units."""
    slot, law = program.parameters[index], sampler.laws[index]
    found: dict[str, Any] = {"name": slot.name, "scale": slot.scale}
    if slot.is_start:  # drawn with its member, never by itself
        return {**found, "value": 0.0, "drawn": True}
    if index in sampler.uncertain:
        assert law is not None
        return {**found, "law": law_document(law), "drawn": True}
    value = slot.value if law is None else float(law.quantile(np.array([0.5]))[0]) * slot.scale
    return {**found, "value": value}


def _joint(program: Program, sampler: Sampler, joint: Joint | None) -> dict[str, Any] | None:
    """Members of a posterior by the number of the parameter: one chain after the other."""
    if joint is None or not joint.values:
        return None
    rows = {index: joint.values[name] for index in sampler.uncertain if (name := program.parameters[index].name) in joint.values}
    is_single = all(np.array_equal(values.astype(np.float32), values) for values in rows.values())  # as files keep them
    return {
        "chains": joint.chains,
        "members": next(iter(joint.values.values())).shape[1],
        "single": is_single,
        "values": [[index, packed(values, "<f4" if is_single else "<f8")] for index, values in rows.items()],
    }


def _faults(program: Program) -> dict[str, Any]:
    """How the page reads where a future first failed: the reports that tell it, and whose value each check looks at."""
    slots = {report.stage: number for number, report in enumerate(program.reports) if report.kind == "failure"}
    checks = [
        [one.kind, one.variable + (f"[{one.element}]" if one.element else ""), one.fault, one.shown or one.unit, one.scale]
        for one in program.places
    ]
    return {"slots": [slots[stage] for stage in ("what", "when", "value")], "checks": checks}


def _scenario(program: Program, slot: ScenarioSlot) -> dict[str, Any]:
    settings = [[one.parameter, one.override, one.value, one.start, one.end, one.outside] for one in slot.settings]
    return {
        "name": slot.name,
        "label": slot.title,
        "changes": list(slot.changes),
        "settings": settings,
        **set_by_scenarios(program, slot),
    }


def _columns(program: Program) -> dict[str, Any]:
    """The table of the baseline, and the values that change when something is overridden, as operations on columns."""
    baseline = ScenarioSlot("", "")
    table = columns(program, baseline)
    moving = _moving(program)
    nodes = [[value, *_operation(program, value)] for value in program.stages["columns"].nodes if value in moving]
    position = {value: place for place, value in enumerate(program.columns)}
    read = {argument for value in moving for argument in program.nodes[value].arguments} - moving
    given = _values(program, sorted(read))
    return {
        "table": packed(table),
        "rows": table.shape[0],
        "width": table.shape[1],
        "overrides": len(program.overrides),
        "nodes": nodes,
        "outputs": [[value, position[value]] for value in sorted(moving) if value in position],
        "given": [[value, packed(column)] for value, column in given.items()],
        "conditions": [value for value in sorted(moving) if program.nodes[value].is_condition],
    }


def _operation(program: Program, value: int) -> list[Any]:
    node = program.nodes[value]
    return [node.operation, node.immediate if not node.arguments else list(node.arguments)]


def _moving(program: Program) -> set[int]:
    """The columns that depend on an override."""
    found: set[int] = set()
    for value in program.stages["columns"].nodes:
        node = program.nodes[value]
        if node.operation.startswith("override_") or any(argument in found for argument in node.arguments):
            found.add(value)
    return found


def _values(program: Program, wanted: list[int]) -> dict[int, np.ndarray]:
    """Columns that are no output of the table, for the values that read them."""
    widened = dataclasses.replace(program, columns=tuple(wanted))
    table = columns(widened, ScenarioSlot("", ""))
    return {value: table[:, place] for place, value in enumerate(wanted)}
