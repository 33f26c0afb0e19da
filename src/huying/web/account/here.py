"""Whether the desk is reached and by whom: asked by a page before it sends what was typed, so that nothing is lost."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.actor import Actor
from huying.web.guard import public


@public
@never_cache
@require_GET
def here(request: HttpRequest) -> JsonResponse:
    """Whose session this is (0 for nobody's), and the token that a form of this session carries.

    Signing in anew gives another token: a page that stayed open meanwhile takes it over.
    """
    actor: Actor | None = getattr(request, "actor", None)
    return JsonResponse({"who": (actor.account_id if actor else None) or 0, "token": get_token(request)})
