"""The clock of a story: the one place where the present is read is told another time."""

from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from huying.kernel import clock

HERE = ZoneInfo("Asia/Shanghai")


class Clock:
    """Stands until it is moved, and never goes back."""

    def __init__(self, words: str) -> None:
        self.now = moment(words)

    def put_into(self, patch: pytest.MonkeyPatch) -> None:
        """From now on this is the present of the whole process."""
        this = self

        class Told(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Any:
                return this.now.astimezone(tz)

        patch.setattr(clock, "datetime", Told)

    def move(self, to: datetime) -> None:
        assert to >= self.now, f"a story goes forward: {to} comes before {self.now}"
        self.now = to


def moment(words: str) -> datetime:
    """A moment as people write it here, such as ``2025-06-12 08:40``."""
    return datetime.fromisoformat(words).replace(tzinfo=HERE)
