"""有诺必果, for everybody: which office kept its word to callers and which did not (R303)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huying.cases.queries.desks.promises import kept_shares
from huying.kernel.clock import now
from huying.places.queries import districts
from huying.web.guard import public


@public
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Every office that promised something to a caller: kept, not kept, still to be kept."""
    at = now()
    shares = [(one.name, kept_shares(one.code, at)) for one in districts()]
    return render(request, "citizen/promises.html", {"districts": [pair for pair in shares if pair[1]]})
