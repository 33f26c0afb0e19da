"""Where browsers find our scripts, styles and pictures: an address that changes whenever any of them does."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[1] / "web" / "static"


@cache
def digest() -> str:
    """Sixteen hex digits over the names and contents of all files, the same on every machine."""
    total = sha256()
    for path in sorted(FOLDER.rglob("*")):
        # Compressed twins follow from their originals.
        if path.is_file() and path.suffix not in {".gz", ".br"}:
            total.update(path.relative_to(FOLDER).as_posix().encode())
            total.update(sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def address(*, fixed: bool) -> str:
    """The path under which the files are served; ``fixed`` for development, where they change under way."""
    return "/static/now/" if fixed else f"/static/{digest()}/"


def kept_for_ever(path: str, url: str) -> bool:
    """Whether a browser may keep the answer for ever: yes when the address carries the digest."""
    return url.startswith(f"/static/{digest()}/")
