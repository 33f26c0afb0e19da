"""Style sheets: many small files in cascade layers, joined into one answer per bundle.

A page asks for one file, whatever the number of sources; its address carries a digest of the content,
so browsers may keep it for ever.
"""

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse

from huying.web.guard import public

_FOLDER: Final = Path(__file__).parent / "static" / "css"
_CORE: Final = (
    "layers",
    "reset",
    "tokens",
    "elder",
    "base",
    "layout",
    "forms",
    "buttons",
    "clock",
    "marks",
    "touch",
)

BUNDLES: Final[dict[str, tuple[str, ...]]] = {
    "resident": (*_CORE, "track", "notices", "filters", "resident", "questions", "consult", "print"),
    "desk": (
        *_CORE,
        "track",
        "notices",
        "shell",
        "bell",
        "watermark",
        "lists",
        "filters",
        "figures",
        "islands",
        "case",
        "dispatch",
        "desk",
        "seat",
        "oversight",
        "admin",
        "settings",
        "questions",
        "consult",
        "style_page",
        "order_form",
        "print",
    ),
    "command": (
        *_CORE,
        "track",
        "notices",
        "figures",
        "lists",
        "filters",
        "islands",
        "watermark",
        "command",
        "print",
    ),
    "patrol": (*_CORE, "notices", "patrol"),
    "dark": ("dark",),
}
# A desk's own sheet needs no mention: whatever is not named above goes with the desks, before what print changes.
_NAMED: Final = frozenset(source for sources in BUNDLES.values() for source in sources)
_YEAR_SECONDS: Final = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Bundle:
    """A joined style sheet as it is sent: plain and gzipped bytes, and the digest in its address."""

    plain: bytes
    packed: bytes
    digest: str


def sources(name: str) -> tuple[str, ...]:
    """The sheets of a bundle in their order; raises KeyError for a bundle that does not exist."""
    named = BUNDLES[name]
    if name != "desk":
        return named
    others = sorted({path.stem for path in _FOLDER.glob("*.css")} - _NAMED)
    return (*named[:-1], *others, named[-1])


@cache
def bundle(name: str) -> Bundle:
    """The sources of ``name`` joined; raises KeyError for a bundle that does not exist."""
    plain = b"\n".join((_FOLDER / f"{source}.css").read_bytes() for source in sources(name))
    return Bundle(plain, gzip.compress(plain, 9, mtime=0), sha256(plain).hexdigest()[:12])


def address(name: str) -> str:
    """Where a page links the bundle."""
    return reverse("stylesheet", args=[name, bundle(name).digest])


@public
def stylesheet(request: HttpRequest, name: str, digest: str) -> HttpResponse:
    """The bundle as text/css. An old digest gets the present content and a short life."""
    if name not in BUNDLES:
        return HttpResponse(status=404)
    found = bundle(name)
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(found.packed if packed else found.plain, content_type="text/css; charset=utf-8")
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    fresh = digest == found.digest
    response["Cache-Control"] = f"public, max-age={_YEAR_SECONDS}, immutable" if fresh else "no-cache"
    return response


urlpatterns = [path("look/<slug:name>.<slug:digest>.css", stylesheet, name="stylesheet")]
