"""The installation's keys, made from Django's secret key and the earlier ones still allowed."""

from functools import lru_cache

from django.conf import settings

from huying.people.rules.sealing import Keyring


def keyring() -> Keyring:
    """The ring of ``SECRET_KEY`` and ``SECRET_KEY_FALLBACKS``; made once for each set of secrets."""
    return _ring(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=4)
def _ring(*secrets: str) -> Keyring:
    return Keyring(secrets)


def caller_place(district: int, column: str) -> str:
    """What a caller's sealed value or digest is bound to."""
    return f"{district}:caller.{column}"


def account_place(account_id: int, column: str) -> str:
    """What an account's sealed value is bound to."""
    return f"account:{account_id}.{column}"
