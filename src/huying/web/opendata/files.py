"""The files as they are sent, and what tells machines about them: Data Package, DCAT, Atom."""

import gzip
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.http import http_date, parse_etags, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from huying.kernel.errors import NotFound
from huying.opendata.queries import MonthInfo, columns_of, content_of, published_months
from huying.opendata.rules.files import COLUMNS, TYPES
from huying.places.queries import DistrictRow, districts
from huying.web.guard import public
from huying.web.opendata.asked import district_asked, month_asked, one_district, one_month
from huying.web.opendata.corrected import changed_words

_HOUR = 3600


@public
@require_safe
@cache_control(public=True, max_age=_HOUR)
def file(request: HttpRequest, district: int, month: str, name: str) -> HttpResponse:
    """A file of a month, packed where the reader takes it so. Raises NotFound."""
    found = content_of(district, month_asked(month), name) if name in TYPES else None
    if found is None:
        raise NotFound
    # One tag for each form: what is packed is other bytes.
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    tag = quote_etag(found.digest + ("-gzip" if packs else ""))
    response: HttpResponse
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(
            found.packed if packs else gzip.decompress(found.packed), content_type=TYPES[name]
        )
        response["Content-Length"] = str(len(response.content))
        response["Content-Disposition"] = f'attachment; filename="{district}-{month}-{name}"'
        if packs:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = tag
    response["Last-Modified"] = http_date(found.published_at.timestamp())
    return _open(response, found.licence_url)


@public
@require_safe
@cache_control(public=True, max_age=_HOUR)
def package(request: HttpRequest, district: int, month: str) -> HttpResponse:
    """The Data Package (Frictionless, v1) of a month."""
    held, one = one_district(districts(), str(district)), one_month(district, month)
    written = columns_of(district, one.month)
    said: dict[str, Any] = {
        "profile": "data-package", "name": f"huying-{district}-{month}", "title": _title(held, one),
        "created": one.published_at.isoformat(), "licenses": [{"title": one.licence, "path": one.licence_url}],
        "sources": [{"title": held.name, "path": request.build_absolute_uri(reverse("opendata:index"))}],
        "huying": {"k": one.k, "closed": one.closed, "withheld": one.withheld, "corrections": [
            {"at": change.at.isoformat(), "figures": change.figures} for change in one.corrections
        ]},
        "resources": [
            {
                "name": file.name.partition(".")[0], "path": file.name, "bytes": file.size,
                "hash": f"sha256:{file.digest}", "mediatype": _media(file.name), "encoding": "utf-8",
                **({"schema": {"fields": [
                    {"name": column, "type": kind, "description": zh} for column, kind, zh in COLUMNS[file.name]
                    if column in written[file.name]
                ]}} if file.name.endswith(".csv") else {}),
            }
            for file in one.files
        ],
    }  # fmt: skip
    return _open(HttpResponse(orjson.dumps(said), content_type="application/json"), one.licence_url)


@public
@require_safe
@cache_control(public=True, max_age=_HOUR)
def catalog(request: HttpRequest, district: int) -> HttpResponse:
    """The DCAT catalogue (W3C DCAT 3, JSON-LD) of a district."""
    held = one_district(districts(), str(district))
    months = published_months(district)
    said = {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@type": "dcat:Catalog", "dct:title": _("%(name)s开放数据") % {"name": held.name},
        "dcat:dataset": [_dataset(request, held, one) for one in months],
    }  # fmt: skip
    response = HttpResponse(orjson.dumps(said), content_type="application/ld+json")
    return _open(response, months[0].licence_url if months else "")


@public
@require_safe
@cache_control(public=True, max_age=_HOUR)
def feed(request: HttpRequest) -> HttpResponse:
    """The published months as an Atom feed."""
    chosen = district_asked(request, districts())
    months = published_months(chosen.code) if chosen else []
    if chosen is None or not months:
        raise NotFound
    home = request.build_absolute_uri(f"{reverse('opendata:index')}?district={chosen.code}")
    told = Atom1Feed(
        _("%(name)s开放数据") % {"name": chosen.name}, home, "", language="zh-hans",
        feed_url=request.build_absolute_uri(), feed_copyright=months[0].licence,
    )  # fmt: skip
    for one in months:
        told.add_item(
            _title(chosen, one), f"{home}#m{one.month:%Y-%m}", _said(one),
            unique_id=f"urn:huying:open-data:{chosen.code}:{one.month:%Y-%m}", pubdate=one.published_at,
            updateddate=one.changed_at,
            enclosures=[
                Enclosure(_address(request, chosen.code, one, file.name), str(file.size), _media(file.name))
                for file in one.files
            ],
        )  # fmt: skip
    return HttpResponse(told.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _dataset(request: HttpRequest, held: DistrictRow, one: MonthInfo) -> dict[str, Any]:
    return {
        "@type": "dcat:Dataset", "dct:title": _title(held, one), "dct:issued": one.published_at.isoformat(),
        "dct:modified": one.changed_at.isoformat(),
        "dct:license": {"@id": one.licence_url}, "dct:publisher": held.name, "dct:temporal": f"{one.month:%Y-%m}",
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution", "dcat:byteSize": file.size, "dct:license": {"@id": one.licence_url},
                "dcat:downloadURL": {"@id": _address(request, held.code, one, file.name)},
                "dcat:mediaType": _media(file.name),
            }
            for file in one.files
        ],
    }  # fmt: skip


def _said(one: MonthInfo) -> str:
    """What a reader of the feed is told of a month: its licence, and what changed since."""
    told = [_("更正：%(what)s") % {"what": "；".join(changed_words(change))} for change in one.corrections]
    return "\n".join([one.licence, *told])


def _media(name: str) -> str:
    return TYPES[name].partition(";")[0]


def _title(held: DistrictRow, one: MonthInfo) -> str:
    return _("%(name)s %(month)s结案的诉求") % {"name": held.name, "month": f"{one.month:%Y-%m}"}


def _address(request: HttpRequest, district: int, one: MonthInfo, name: str) -> str:
    return request.build_absolute_uri(reverse("opendata:file", args=[district, f"{one.month:%Y-%m}", name]))


def _open(response: HttpResponse, licence_url: str) -> HttpResponse:
    """Anybody's page or program may read it; under which licence stands in a header."""
    response["Access-Control-Allow-Origin"] = "*"
    if licence_url:
        response["Link"] = f'<{licence_url}>; rel="license"'
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
