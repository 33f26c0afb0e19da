"""What a phone keeps of the residents' pages: the entry among its apps, and a shell for when there is no signal."""

import json
import re
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

from huying.web import stylesheet
from huying.web.citizen.forms import new_report
from huying.web.citizen.where import streets_and_communities
from huying.web.guard import public

_SCRIPTS: Final = Path(__file__).parents[1] / "static" / "js"
_IMPORTED: Final = re.compile(r"""^import [^;]*?from "\./([\w-]+\.js)";""", re.MULTILINE)


@public
@require_GET
@never_cache
def offline(request: HttpRequest) -> HttpResponse:
    """The form as the phone keeps it; it speaks of nobody."""
    context = {"form": new_report(), "streets": streets_and_communities()}
    return render(request, "citizen/offline.html", context)


@public
@require_GET
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: whenever anything of the shell changes it is another one, and replaces the old."""
    kept = [
        reverse("citizen:offline"),
        stylesheet.address("resident"),
        stylesheet.address("dark"),
        *(static(f"js/{name}") for name in modules()),
        *(static(name) for name in ("icons.svg", "mark.svg", "mark-192.png")),
    ]
    code = (_SCRIPTS / "worker.js").read_text(encoding="utf-8")
    digest = sha256("\n".join([*kept, code]).encode()).hexdigest()[:12]
    told = {"SHELL": kept, "NAME": f"shell-{digest}", "OFFLINE": kept[0], "REPORT": reverse("citizen:report")}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in told.items())
    return HttpResponse(head + code, content_type="text/javascript; charset=utf-8")


@cache
def modules() -> tuple[str, ...]:
    """The scripts that every resident's page asks for, the first one first; what is loaded later is not among them."""
    found = ["resident.js"]
    for name in found:
        text = (_SCRIPTS / name).read_text(encoding="utf-8")
        found += [one for one in _IMPORTED.findall(text) if one not in found]
    return tuple(found)


@public
@require_GET
@cache_control(public=True, max_age=86400)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the page among its apps."""
    home = reverse("citizen:home")
    icons = [
        {
            "src": static(f"mark-{side}.png"),
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": purpose,
        }
        for purpose in ("any", "maskable")
        for side in (192, 512)
    ]
    told = {
        "name": _("呼应 · 有事您说话"),
        "short_name": _("呼应"),
        "description": _("反映身边的事，查办到哪一步。不用注册，没信号也能写。"),
        "lang": "en" if get_language() == "en" else "zh-CN",
        "dir": "ltr",
        "categories": ["government", "utilities"],
        "start_url": home,
        "scope": home,
        "id": home,
        "display": "standalone",
        "background_color": "#f6f5f1",
        "theme_color": "#ffffff",
        "icons": icons,
        "screenshots": [
            {"src": static(f"phone-{name}.webp"), "sizes": "360x780", "type": "image/webp", "form_factor": "narrow",
             "label": label}
            for name, label in (("report", _("我要反映")), ("track", _("查进度")))
        ],
        "shortcuts": [
            {"name": label, "url": reverse(name), "icons": icons[:1]}
            for name, label in (
                ("citizen:report", _("我要反映")),
                ("citizen:find", _("查进度")),
                ("citizen:public", _("公开答复")),
            )
        ],
    }  # fmt: skip
    return JsonResponse(
        told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )
