"""On what the figures were measured."""

import os
import platform
from pathlib import Path

from huying.simulate.bench.house import scratch


def described() -> dict[str, str]:
    """Processor, cores, memory, system, Python and the server's settings that bear on speed."""
    found = {
        "cpu": _of_file("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load_before": f"{os.getloadavg()[0]:.1f}",
    }
    return {**found, **{f"postgresql_{name}": text for name, text in scratch.settings_of_server().items()}}


def _of_file(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
