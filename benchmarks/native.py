"""The C++ kernel: built with each compiler that is there, called through ctypes."""

import ctypes
import shutil
import subprocess
from functools import cache
from pathlib import Path

import numpy as np

SOURCE = Path(__file__).parent / "war25" / "kernel.cpp"
COMPILERS = ("g++", "clang++", "clang++-16")
FLAGS = ("-std=c++17", "-O3", "-march=native", "-ffast-math", "-shared", "-fPIC")
OUTPUTS = 10


class Kernel:
    """A built kernel."""

    def __init__(self, library):
        self._library = ctypes.CDLL(str(library))
        self._library.war25_futures.argtypes = (ctypes.c_uint64, ctypes.c_long, ctypes.c_void_p)
        self._library.war25_quiet.argtypes = (ctypes.c_void_p,)

    def run(self, futures, seed):
        """The outputs at week 104: (output, future)."""
        outputs = np.empty((OUTPUTS, futures))
        self._library.war25_futures(seed, futures, outputs.ctypes.data)
        return outputs

    def quiet(self):
        """The outputs at week 104 of the deterministic variant: (output)."""
        outputs = np.empty(OUTPUTS)
        self._library.war25_quiet(outputs.ctypes.data)
        return outputs


@cache
def build_kernels(folder):
    """Compiler name to kernel, for each compiler found."""
    kernels = {}
    for compiler in filter(shutil.which, COMPILERS):
        library = Path(folder) / f"kernel_{compiler}.so"
        subprocess.run([compiler, *FLAGS, "-o", str(library), str(SOURCE)], check=True)
        kernels[compiler] = Kernel(library)
    return kernels
