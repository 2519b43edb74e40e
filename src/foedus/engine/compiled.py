"""The fast engine: a program's LLVM IR compiled for this machine, kept on disk, and run without holding Python's lock."""

from __future__ import annotations

import ctypes
import hashlib
import threading
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import llvmlite.binding as llvm
import numpy as np

from foedus.arrays import Array
from foedus.compile.program import Program
from foedus.engine.emit import emit
from foedus.engine.emit_code import ARGUMENTS, FUNCTION, GIVEN_ARGUMENTS, code_size
from foedus.engine.kept import is_kept, kept_or_made
from foedus.engine.run import Inputs, Run
from foedus.engine.timetable import timetable
from foedus.numerics import sequences

__all__ = ["CompiledProgram", "compile_program"]

_lock = threading.Lock()
_LINE = 64  # bytes of a line of the cache
_FEW = 5e9  # values worked out in all; below it, code made in a third of the time is done earlier, though it runs up to twice as long


def _target_machine(is_quick: bool) -> Any:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    features = llvm.get_host_cpu_features().flatten()
    return llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=features, opt=0 if is_quick else 1, jit=True
    )


class CompiledProgram:
    """A program ready to run. The same object may run in several threads at once.

    Args:
        program: what to run.
        lanes: futures that go through the arithmetic side by side; the results do not depend on it. 0 chooses by machine.
        watches: also looks for what is broken in a future that fails. The code for it is made only when one does.
        is_quick: for few futures: made sooner, runs slower, with the same results to the bit.
    """

    def __init__(self, program: Program, lanes: int = 0, watches: bool = False, is_quick: bool = False) -> None:
        self.program, self.lanes, self.watches, self.is_quick = program, lanes or default_lanes(), watches, is_quick
        with _lock:
            machine = _target_machine(is_quick)
            code, self._workspace = self._object(machine)
            holder = llvm.parse_assembly("")
            self._engine = llvm.create_mcjit_compiler(holder, machine)
            self._engine.add_object_file(llvm.ObjectFileRef.from_data(code))
            self._engine.finalize_object()
            address = self._engine.get_function_address(FUNCTION)
        kinds: dict[str, Any] = {
            "blocks": ctypes.c_int64,
            "stride": ctypes.c_int64,
            "first_future": ctypes.c_uint32,
            "saves": ctypes.c_uint32,
            "steps": ctypes.c_int64,
        }
        self._arguments = (*ARGUMENTS, *(GIVEN_ARGUMENTS if program.given else ()))
        self._function = ctypes.CFUNCTYPE(None, *(kinds.get(name, ctypes.c_void_p) for name in self._arguments))(address)

    def _object(self, machine: Any) -> tuple[bytes, int]:
        """The object code and the size of the workspace, from the cache if they are there."""
        parts = _parts(self.program, self.lanes, self.watches, self.is_quick)

        def make() -> bytes:
            emission = emit(self.program, self.lanes, watches=self.watches)
            # Programs that differ in their scenarios or words alone have the same code, and so do pasts that end on different days.
            code = kept_or_made((emission.text, *parts[3:]), lambda: self._compiled(emission.text, machine))
            return emission.workspace.to_bytes(8, "little") + code

        found = kept_or_made(parts, make)
        return found[8:], int.from_bytes(found[:8], "little")

    def _compiled(self, text: str, machine: Any) -> bytes:
        module = llvm.parse_assembly(text.replace("nounwind", 'nounwind "prefer-vector-width"="512"'))
        module.triple = llvm.get_default_triple()
        module.data_layout = str(machine.target_data)
        if self.is_quick:
            return bytes(machine.emit_object(module))
        options = llvm.create_pipeline_tuning_options(speed_level=1)
        options.loop_vectorization = options.slp_vectorization = options.loop_unrolling = False
        passes = llvm.create_pass_builder(machine, options)
        passes.getModulePassManager().run(module, passes)
        return bytes(machine.emit_object(module))

    def simulate(self, inputs: Inputs) -> Run:
        """Run all futures of `inputs`; see `foedus.engine.reference.simulate`, which gives the same bits."""
        program, lanes = self.program, self.lanes
        futures = inputs.parameters.shape[1]
        blocks = -(-futures // lanes)
        stride = blocks * lanes
        parameters = np.empty((max(1, program.rows), stride))
        parameters[: program.rows, :futures] = inputs.parameters
        parameters[: program.rows, futures:] = inputs.parameters[:, -1:]
        table = timetable(program)
        moments = len(table.moments) if inputs.saves else 0
        results = np.empty((len(program.results), stride))
        reports = np.empty((len(program.reports), stride))
        status = np.empty(stride)
        saved = np.empty((len(program.saved), moments, stride))
        workspace = _aligned(self._workspace)
        arrays = {
            "parameters": parameters,
            "columns": np.ascontiguousarray(inputs.columns),
            "keys": np.ascontiguousarray(inputs.keys),
            "due": table.due,
            "occurrence": table.occurrence,
            "results": results,
            "status": status,
            "reports": reports,
            "saved": saved,
            "workspace": workspace,
            "offsets": np.array([slot.row - slot.first for slot in program.given], dtype=np.int64),
        }
        scalars = {
            "blocks": blocks,
            "stride": stride,
            "first_future": inputs.first_future,
            "saves": int(inputs.saves),
            "steps": program.steps,
        }
        self._function(*(arrays[name].ctypes.data if name in arrays else scalars[name] for name in self._arguments))
        if not self.watches and status[:futures].any():
            return _compiled(program, lanes, True, self.is_quick).simulate(inputs)
        kept = saved[:, :, :futures] if inputs.saves else None
        return Run(results[:, :futures], status[:futures].astype(np.int8), reports[:, :futures], kept)


def _parts(program: Program, lanes: int, watches: bool, is_quick: bool) -> tuple[str, ...]:
    """All on which the object code of a program depends; from the fourth on, all but the program."""
    return (
        program.digest,
        str(lanes),
        repr((program.watch.levels, program.watch.causes)) if watches else "",
        str(is_quick),
        _emitter_digest(),
        llvm.get_host_cpu_name(),
        llvm.get_host_cpu_features().flatten(),
    )


def _aligned(size: int) -> Array:
    """Doubles that begin where a line of the cache does: a vector that lies across two lines costs twice."""
    room = np.empty(size + _LINE // 8)
    return room[-room.ctypes.data % _LINE // 8 :][:size]


@lru_cache(maxsize=1)
def _emitter_digest() -> str:
    """Changes whenever the code that writes code changes."""
    folders = (Path(__file__).parent, Path(sequences.__file__).parent)
    files = sorted(path for folder in folders for path in folder.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


@lru_cache(maxsize=1)
def default_lanes() -> int:
    """As many doubles as a register holds: wider blocks take LLVM longer by as much as they are wider, and ran no faster."""
    return 8 if llvm.get_host_cpu_features().get("avx512f") else 4


def compile_program(program: Program, lanes: int = 0, futures: int = 0) -> CompiledProgram:
    """Compile a program for this machine; the same program is compiled once.

    Args:
        program: what to run.
        lanes: futures side by side; 0 chooses by machine.
        futures: how many are to be run, over all scenarios; 0 stands for many. For few of them the code is made quickly, until they
            have become many in this process, or where the code for many is not kept from an earlier one.
    """
    _worked[program.digest] += futures * program.steps * code_size(program)
    is_quick = futures > 0 and _worked[program.digest] < _FEW
    is_quick = is_quick and not is_kept(_parts(program, lanes or default_lanes(), False, False))
    return _compiled(program, lanes, False, is_quick)


_worked: defaultdict[str, float] = defaultdict(float)
"""Values that each program was to work out in this process, by its digest."""


@lru_cache(maxsize=16)
def _compiled(program: Program, lanes: int, watches: bool, is_quick: bool) -> CompiledProgram:
    return CompiledProgram(program, lanes, watches, is_quick)
