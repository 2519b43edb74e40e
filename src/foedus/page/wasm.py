"""LLVM IR to a WebAssembly module that a browser can load: compiled by llvmlite, joined without a linker.

An object file for WebAssembly is already a module: what it calls it contains, and its memory is imported. Only the custom sections for
a linker have to go, and an export section has to come, in its place before the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import llvmlite.binding as llvm

from foedus.engine.kept import kept_or_made

__all__ = ["WORTH_PASSES", "wasm_module"]

TRIPLE = "wasm32-unknown-unknown"
WORTH_PASSES = 20_000
_HEADER = b"\0asm\x01\0\0\0"
_CUSTOM, _IMPORT, _EXPORT = 0, 2, 7
_BEFORE_EXPORT = (1, 2, 3, 4, 5, 13, 6)


def wasm_module(text: str, exports: Sequence[str]) -> bytes:
    """Compile IR for WebAssembly with vectors of two doubles, strict floating point.

    Args:
        text: the IR; it calls nothing but its own functions and intrinsics that are single instructions.
        exports: names of functions that the page calls.
    Returns:
        A module that imports the memory `env.__linear_memory` (and `env.__stack_pointer` if it needs a stack).
    """
    made_by = Path(__file__).read_text(encoding="utf-8")
    return kept_or_made((made_by, *exports, text), lambda: _module(text, exports))


def _module(text: str, exports: Sequence[str]) -> bytes:
    defined = re.findall(r"^define [^@]*@\"?([\w.]+)\"?\(", text, re.MULTILINE)
    return _with_exports(_compiled(text), {name: defined.index(name) for name in exports})


def _compiled(text: str) -> bytes:
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    module = llvm.parse_assembly(text)
    module.triple = TRIPLE
    machine = llvm.Target.from_triple(TRIPLE).create_target_machine(features="+simd128", opt=2)
    module.data_layout = str(machine.target_data)
    if text.count("\n") < WORTH_PASSES:
        options = llvm.create_pipeline_tuning_options(speed_level=1)
        options.loop_vectorization = options.slp_vectorization = options.loop_unrolling = False
        passes = llvm.create_pass_builder(machine, options)
        passes.getModulePassManager().run(module, passes)
    return bytes(machine.emit_object(module))


def _with_exports(code: bytes, exports: dict[str, int]) -> bytes:
    """The module without custom sections, with an export section."""
    sections = [(kind, body) for kind, body in _sections(code) if kind != _CUSTOM]
    names = b"".join(_text(name) + b"\0" + _whole(index) for name, index in exports.items())
    place = sum(1 for kind, _ in sections if kind in _BEFORE_EXPORT)
    sections.insert(place, (_EXPORT, _whole(len(exports)) + names))
    return _HEADER + b"".join(bytes([kind]) + _whole(len(body)) + body for kind, body in sections)


def _sections(code: bytes) -> Iterator[tuple[int, bytes]]:
    place = len(_HEADER)
    while place < len(code):
        kind = code[place]
        size, start = _read_whole(code, place + 1)
        yield kind, code[start : start + size]
        place = start + size


def _read_whole(code: bytes, place: int) -> tuple[int, int]:
    """An unsigned number in LEB128 and where it ends."""
    value = shift = 0
    while True:
        byte = code[place]
        value, shift, place = value | (byte & 127) << shift, shift + 7, place + 1
        if byte < 128:
            return value, place


def _whole(value: int) -> bytes:
    """A number in LEB128."""
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])


def _text(name: str) -> bytes:
    raw = name.encode()
    return _whole(len(raw)) + raw
