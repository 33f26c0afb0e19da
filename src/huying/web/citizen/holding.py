"""Who may see a receipt's matter: the browser known to hold it, or anybody where no phone guards it."""

from django.http import Http404, HttpRequest

from huying.kernel.clock import now
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.numbers import parse_receipt
from huying.people.actions import looked_right, may_look
from huying.web.citizen import counter, mine
from huying.web.citizen.matters import Matter


def mine_or_none(request: HttpRequest, number: str) -> Matter | None:
    """The matter when this browser is known to hold the receipt, or when no phone guards it."""
    try:
        asked = parse_receipt(number)
        return counter.matter(asked, now()) if mine.holds(request, asked) else _unguarded(request, asked)
    except (Invalid, NotFound):
        return None


def _unguarded(request: HttpRequest, number: str) -> Matter | None:
    """What the number alone opens. Raises NotFound; who tries number after number is not answered any more."""
    address = request.META.get("REMOTE_ADDR", "")
    if not may_look(address):
        return None
    found = counter.matter(number, now())
    looked_right(address)
    return None if found.guarded else found


def must_hold(request: HttpRequest, number: str) -> None:
    """Raise Http404 for who may not see the matter of this receipt."""
    if mine_or_none(request, number) is None:
        raise Http404
