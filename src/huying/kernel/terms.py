"""Enumerations whose members carry the field's Chinese term beside the English value."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A value written in code and data in English, and shown in Chinese: ``SENT = "sent", "待签收"``."""

    zh: str

    def __new__(cls, value: str, zh: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of value and Chinese term, as Django's fields take them."""
        return [(member.value, member.zh) for member in cls]
