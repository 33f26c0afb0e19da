"""The one row that holds an account's token for every process."""

from datetime import datetime

from huying.chat.models import Token
from huying.chat.rules.accounts import Held
from huying.people.queries.sealed import seal, unseal

_USE = "chat.token"


def token_now(account: Held, now: datetime) -> str:
    """The token that is good now, or ""."""
    return _opened(account, Token.objects.filter(account_id=account.id, good_until__gt=now).first())


def locked_token(account: Held, now: datetime) -> str:
    """The same with the row locked until the transaction ends."""
    Token.objects.bulk_create([Token(account_id=account.id)], ignore_conflicts=True)
    row = Token.objects.select_for_update().get(account_id=account.id)
    return _opened(account, row) if row.good_until and row.good_until > now else ""


def keep_token(account: Held, token: str, until: datetime) -> None:
    """Keep a token, sealed."""
    sealed = seal(account.district, _USE, token)
    Token.objects.filter(account_id=account.id).update(token_sealed=sealed, good_until=until)


def _opened(account: Held, row: Token | None) -> str:
    return unseal(account.district, _USE, row.token_sealed) if row else ""
