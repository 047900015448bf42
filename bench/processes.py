"""Work in a process of its own with its peak memory, and the programs it needs from outside."""

import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")
_DEBIAN = Path("/usr/lib/postgresql")


def apart(
    ready: Callable[[], object] | None,
    work: Callable[Given, Result],
    *args: Given.args,
    **kwargs: Given.kwargs,
) -> tuple[Result, float]:
    """Do the work in a new Python process; returns its result and the peak memory in MB.

    `ready` is done first. The peak is that of the process or of the largest program that it ran
    and waited for, whichever is more.
    """
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, initializer=ready) as pool:
        result = pool.submit(work, *args, **kwargs).result()
        return result, pool.submit(_peak).result()


def _peak() -> float:
    return max(_own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def _own_peak() -> int:
    """Return the process's peak in kB; getrusage would count the parent's, whose copy it was."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def program(name: str, package: str) -> Path | None:
    """Return a program's path; root installs its Debian package. Otherwise says what to type."""
    if not (found := _find(name)) and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-qq", "-y", package], stdout=subprocess.DEVNULL)
        found = _find(name)
    if not found:
        print(f"{package} is missing; type: sudo apt-get install {package}", file=sys.stderr)
    return found


def _find(name: str) -> Path | None:
    debian = [str(folder) for folder in sorted(_DEBIAN.glob("*/bin"), reverse=True)]
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *debian]))
    return Path(found).resolve() if found else None
