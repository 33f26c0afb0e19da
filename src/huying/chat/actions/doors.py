"""What stands above this package and is asked all the same."""

from typing import Protocol


class Doors(Protocol):
    """What stands above this package: codes that prove a phone. Slow, for a carrier outside is asked."""

    def send_code(self, phone: str, whose: str) -> str:
        """Send a code; what it is checked against. Raises Invalid where it was asked for too often, Unavailable."""

    def check_code(self, challenge: str, phone: str, code: str) -> bool:
        """Whether the code is right; each challenge opens once."""
