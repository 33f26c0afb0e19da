"""The brake on guessing receipts and the ends of phones; one for every door, kept in the process.

A try is counted before it is looked at and taken back when it was right, so that a hundred sent at once are a
hundred tries.
"""

from contextlib import suppress
from typing import Final

from django.core.cache import cache

from huying.kernel.addresses import household

WRONG_ENDS: Final = 5
WRONG_FROM_ONE_ADDRESS: Final = 30
SECONDS: Final = 15 * 60


def may_guess(receipt: str, address: str) -> bool:
    """Count a try at the end of the phone behind a receipt, known or not; False when too many were wrong.

    Call ``guessed_right`` when it was.
    """
    return _counted(_of_receipt(receipt)) <= WRONG_ENDS and may_look(address)


def guessed_right(receipt: str, address: str) -> None:
    """Take the try back."""
    _taken_back(_of_receipt(receipt))
    looked_right(address)


def may_look(address: str) -> bool:
    """Count a try at a receipt number by itself; False when this address asked for too many that are none.

    Call ``looked_right`` when it was one.
    """
    return _counted(_of_address(address)) <= WRONG_FROM_ONE_ADDRESS


def looked_right(address: str) -> None:
    """Take the try back."""
    _taken_back(_of_address(address))


def _counted(key: str) -> int:
    cache.add(key, 0, SECONDS)
    try:
        return int(cache.incr(key))
    except ValueError:
        # Its quarter of an hour ended this very moment.
        cache.set(key, 1, SECONDS)
        return 1


def _taken_back(key: str) -> None:
    # The quarter of an hour may have ended since it was counted.
    with suppress(ValueError):
        cache.decr(key)


def _of_receipt(receipt: str) -> str:
    return f"receipt-end-{receipt}"


def _of_address(address: str) -> str:
    return f"receipt-from-{household(address)}"
