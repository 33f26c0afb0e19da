"""What an address of the phone names."""

from uuid import UUID


def key_of(text: str) -> UUID | None:
    """A key that a phone made; None for what is none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
