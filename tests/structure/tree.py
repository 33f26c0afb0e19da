"""The files of the project that the tests of its structure look at."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "huying"
_NOT_OURS = {"vendor", "__pycache__", "node_modules"}


def written(*suffixes: str) -> list[Path]:
    """Every file written by hand with one of the suffixes, in the package and the tests, sorted."""
    found = [
        path for folder in (SOURCE, ROOT / "tests") for path in folder.rglob("*") if path.suffix in suffixes
    ]
    return sorted(path for path in found if not _NOT_OURS & set(path.relative_to(ROOT).parts))


def tracked() -> list[Path]:
    """Every file under version control; empty outside a checkout."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = done.stdout.decode().split("\0") if done.returncode == 0 else []
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]
