"""One-time codes by which somebody proves that a phone is theirs.

Nothing is kept of a code: the browser is given a sealed challenge that holds a keyed digest of it and of the number.
Tries and messages are counted in the process, as guesses at receipts are.
"""

import hmac
import secrets
from typing import Final

from django.core import signing
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from huying.kernel.addresses import household
from huying.kernel.errors import Invalid
from huying.notices.channels.carrying import carrier_for
from huying.notices.channels.letters import Letter
from huying.notices.rules.kinds import Way

TRIES: Final = 5
MINUTES: Final = 10
_SALT: Final = "huying.notices.code"
_DAY: Final = 24 * 3600
# Seconds and the messages that one number, or one visitor, may ask for within them.
_OF_PHONE: Final = ((60, 1), (_DAY, 5))
_OF_VISITOR: Final = ((3600, 10),)


def send_code(phone: str, address: str, *, known: bool) -> str:
    """Send a code to ``phone`` (normal form) and give the challenge for the form that asks for it.

    To a number that is not ``known`` nothing goes out; the answer is the same, so that nobody learns which are.
    Raises Invalid where this number or this visitor asked too often, Unavailable where the carrier is away.
    """
    counted = [("phone", _digest("", phone), _OF_PHONE), ("visitor", household(address), _OF_VISITOR)]
    if not all(
        _may(f"{what}-{who}-{seconds}", seconds, most)
        for what, who, spans in counted
        for seconds, most in spans
    ):
        raise Invalid(_("验证码要得太多了，请过一会儿再试，或打 12345 查询。"))
    code, nonce = f"{secrets.randbelow(10**6):06d}", secrets.token_hex(8)
    if known:
        text = _("【呼应】您的验证码是 %(code)s，%(n)d 分钟内有效。不要告诉别人。")
        words = text % {"code": code, "n": MINUTES}
        carrier_for(Way.SMS).send(Letter(f"code-{nonce}", phone, _("验证码"), words))
    return signing.dumps({"nonce": nonce, "code": _digest(nonce, phone, code)}, salt=_SALT)


def check_code(challenge: str, phone: str, code: str) -> bool:
    """Whether ``code`` was sent to ``phone`` with this challenge. Each challenge takes five tries and opens once.

    A challenge that expired or was made up opens nothing.
    """
    try:
        given = signing.loads(challenge, salt=_SALT, max_age=MINUTES * 60)
    except signing.BadSignature:
        return False
    nonce = given["nonce"]
    if not _may(f"tries-{nonce}", 2 * MINUTES * 60, TRIES):
        return False
    if not hmac.compare_digest(given["code"], _digest(nonce, phone, code.strip())):
        return False
    return bool(cache.add(f"code-used-{nonce}", 1, 2 * MINUTES * 60))


def _digest(*parts: str) -> str:
    return salted_hmac(_SALT, "\0".join(parts), algorithm="sha256").hexdigest()


def _may(key: str, seconds: int, most: int) -> bool:
    """Count one; False when there were ``most`` before within the span."""
    key = f"code-{key}"
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key)) <= most
    except ValueError:
        cache.set(key, 1, seconds)
        return True
