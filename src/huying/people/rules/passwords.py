"""What a password must be, after GB/T 22239-2019 level 3 (8.1.4.1: complex and changed regularly)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from huying.kernel.terms import Term

MIN_LENGTH: Final = 8
MAX_LENGTH: Final = 128
KINDS: Final = 3
REMEMBERED: Final = 5
LIFETIME: Final = timedelta(days=90)


class Problem(Term):
    """What is wrong with a password, in words for its owner."""

    TOO_SHORT = "too_short", "密码至少 8 位。"
    TOO_LONG = "too_long", "密码最长 128 位。"
    TOO_PLAIN = "too_plain", "密码要包含数字、小写字母、大写字母、符号中的至少三种。"
    HOLDS_LOGIN = "holds_login", "密码里不能有登录名。"


_KINDS: Final[tuple[Callable[[str], bool], ...]] = (
    str.isdigit,
    str.islower,
    str.isupper,
    lambda char: not char.isalnum() or not char.isascii(),
)


def kinds_in(password: str) -> int:
    """How many of the four kinds it holds: digits, small letters, capitals, anything else."""
    return sum(any(is_kind(char) for char in password) for is_kind in _KINDS)


def password_problem(password: str, login: str) -> Problem | None:
    """The first thing wrong with it, or None. Earlier passwords are not seen here."""
    if len(password) < MIN_LENGTH:
        return Problem.TOO_SHORT
    if len(password) > MAX_LENGTH:
        return Problem.TOO_LONG
    if kinds_in(password) < KINDS:
        return Problem.TOO_PLAIN
    if login and login.casefold() in password.casefold():
        return Problem.HOLDS_LOGIN
    return None


def must_change(changed_at: datetime | None, demanded: bool, now: datetime) -> bool:
    """Whether the password has to be changed before anything else: demanded, never set, or 90 days old."""
    return demanded or changed_at is None or now - changed_at >= LIFETIME
