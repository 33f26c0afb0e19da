"""How often one visitor may ask for what costs something; counted in the process, by the visitor's network."""

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest

from huying.kernel.addresses import household

_SECONDS: Final = 10 * 60


def may_ask(request: HttpRequest, what: str, most: int, seconds: int = _SECONDS) -> bool:
    """Count one question of this visitor; False when ``most`` were asked within ``seconds``."""
    key = f"asked-{what}-{household(request.META.get('REMOTE_ADDR', ''))}"
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key)) <= most
    except ValueError:
        # The span ended this very moment.
        cache.set(key, 1, seconds)
        return True
