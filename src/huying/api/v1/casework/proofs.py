"""Whether a case's chain holds."""

from dataclasses import asdict
from datetime import date
from typing import Any

from ninja import Field, Router, Schema

from huying.access.permissions import Permission
from huying.api.v1.asking import own_case
from huying.api.v1.interface import AskedRequest, must
from huying.cases.queries.page import case_for
from huying.cases.queries.proofs.proving import prove

router = Router(tags=["办理链"])


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
