"""Whether a case's chain holds; everything about it as one signed file, for who audits it."""

import io
from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpResponse
from ninja import Field, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Manners, mannered
from huying.api.v1.asking import own_case
from huying.api.v1.interface import AskedRequest, must
from huying.cases.queries.page import case_for
from huying.cases.queries.proofs.bundles import bundle_for
from huying.cases.queries.proofs.keys import signs_with
from huying.cases.queries.proofs.proving import prove
from huying.cases.queries.seeing import must_see
from huying.cases.rules.bundles import pack
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind

router = Router(tags=["办理链"])
_ZIP = {"application/zip": {"schema": {"type": "string", "format": "binary"}}}
_BUNDLE = {"responses": {200: {"description": "ZIP，签了名，huying ledger check 能核对", "content": _ZIP}}}


class Proof(Schema):
    """The outcome of following a chain from its beginning."""

    entries: int = Field(description="共几条", examples=[9])
    holds: bool = Field(description="没有改动过")
    broken_at: int | None = Field(description="从第几条起对不上；null 都对得上", examples=[None])
    seal: str = Field(description="最后一条的印", examples=["b94d27b9934d3e08a52e52d7da7dabfa"])
    root: str = Field(description="最后一条当天公布的根，未公布为空", examples=[""])
    root_day: date | None


@router.get("/cases/{number}/proof", response=Proof, summary="核对办理链")
def one(request: AskedRequest, number: str) -> dict[str, Any]:
    """Follow the chain of a case that the key may see, and say whether it holds."""
    must(request.actor, Permission.LEDGER_VERIFY)
    district, case_id = own_case(request, number)
    case_for(request.actor, district, case_id, request.now)
    found = prove(district, case_id)
    return asdict(found) | {"holds": found.broken_at is None}


@router.get("/cases/{number}/bundle", response={200: None}, summary="案件存证包", openapi_extra=_BUNDLE)
@mannered(Manners(private=True))
def bundle(request: AskedRequest, number: str) -> HttpResponse:
    """Its history, words, orders, clocks, who looked at it, and proofs, signed; who called is not in it. That it was
    taken is written into the audit first."""
    must(request.actor, Permission.LEDGER_EXPORT)
    must(request.actor, Permission.AUDIT_READ)
    district, case_id = own_case(request, number)
    must_see(request.actor, district, case_id, Permission.LEDGER_EXPORT)
    seen = NewViewing(ViewingKind.EXPORT, "案件存证包", case_id=case_id)
    record_viewings(request.actor, [seen], request.now)
    file = io.BytesIO()
    pack(file, *bundle_for(request.actor, district, case_id, request.now), signs_with())
    response = HttpResponse(file.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="huying-{number}.zip"'
    return response
