"""What a phone keeps of the patrol app: the entry among its apps, and everything it needs to open without a signal."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.web import stylesheet
from huying.web.guard import StaffRequest, guarded, public
from huying.web.patrol.words import words

_SCRIPTS: Final = Path(__file__).parents[1] / "static" / "js"


@guarded(P.PATROL_WALK)
@never_cache
@require_GET
def app(request: StaffRequest) -> HttpResponse:
    """The app, for whoever patrols; with a signal it begins with signing in."""
    return _drawn(request)


@public
@never_cache
@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """The same page as the phone keeps it; it speaks of nobody."""
    return _drawn(request)


def _drawn(request: HttpRequest) -> HttpResponse:
    return render(request, "patrol/app.html", {"words": words()})


@public
@require_GET
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: whenever anything of the shell changes it is another one, and replaces the old."""
    shell = [
        reverse("patrol:shell"),
        reverse("patrol:manifest"),
        stylesheet.address("patrol"),
        stylesheet.address("dark"),
        *(static(f"js/{name}") for name in modules()),
        *(static(name) for name in ("icons.svg", "mark.svg", "mark-192.png")),
    ]
    code = (_SCRIPTS / "patrol" / "worker" / "worker.js").read_text(encoding="utf-8")
    page = render(request, "patrol/app.html", {"words": words()}).content
    digest = sha256("\n".join([*shell, code]).encode() + page).hexdigest()[:12]
    told = {"SHELL": shell, "NAME": f"patrol-{digest}", "APP": reverse("patrol:app"), "KEPT": shell[0]}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in told.items())
    return HttpResponse(head + code, content_type="text/javascript; charset=utf-8")


@cache
def modules() -> tuple[str, ...]:
    """Every script of the app, and what it takes from the others."""
    own = sorted(path.name for path in (_SCRIPTS / "patrol").glob("*.js"))
    return (*(f"patrol/{name}" for name in own), "photos.js", "within.js")


@public
@require_GET
@cache_control(public=True, max_age=86400)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the app among its own."""
    home = reverse("patrol:app")
    icons = [
        {"src": static(f"mark-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
        for purpose in ("any", "maskable")
        for side in (192, 512)
    ]  # fmt: skip
    told = {
        "name": _("呼应 · 巡查"),
        "short_name": _("巡查"),
        "description": _("打卡、发现上报、随手处置、核实核查。没信号也能用。"),
        "lang": "en" if get_language() == "en" else "zh-CN",
        "dir": "ltr",
        "categories": ["government", "productivity"],
        "start_url": home,
        "scope": home,
        "id": home,
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#f6f5f1",
        "theme_color": "#1d4e89",
        "icons": icons,
        "shortcuts": [
            {"name": label, "url": f"{home}#{screen}", "icons": icons[:1]}
            for screen, label in (("find", _("发现上报")), ("fix", _("随手处置")))
        ],
    }
    return JsonResponse(
        told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )
