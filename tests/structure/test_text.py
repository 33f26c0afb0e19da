"""What is under version control is at home everywhere: no paths of one machine, no addresses of package hosts."""

import re

import pytest

from tests.structure.tree import ROOT, tracked

# Spelt in pieces, or this file would find itself.
_PLACES = ("/" + r"work/\w", "/" + r"home/\w+/", r"(?<![\w.$}])/" + r"root/\w")
_HOSTS = ("registry" + r"\.npm", r"pypi\." + "org", "python" + "hosted")
FOREIGN = re.compile("|".join(_PLACES + _HOSTS))
BINARY = {".png", ".jpg", ".webp", ".ico", ".woff2", ".npz", ".xlsx", ".gz", ".mo"}


def test_no_machine_path_and_no_registry_host() -> None:
    files = tracked()
    if not files:
        pytest.skip("not a checkout: nothing says which files are ours")
    found = []
    for path in files:
        if path.suffix in BINARY:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if FOREIGN.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == []
