"""Words of persons sealed by the house's keyring, for packages above that keep them; each says for which use."""

from huying.people.models.keyring import keyring


def seal(district: int, use: str, text: str) -> bytes | None:
    """A text sealed for one use in one district; "" gives None."""
    return keyring().seal(text, f"{district}:{use}")


def unseal(district: int, use: str, sealed: bytes | memoryview | None) -> str:
    """The text again; "" for None. Raises Unavailable when the key is another one."""
    return keyring().open(sealed, f"{district}:{use}")


def mark_of(district: int, use: str, text: str) -> bytes:
    """A keyed digest by which an equal text of the same use is found again, and that says nothing else."""
    return keyring().digest(text, f"{district}:{use}")
