"""Whom a message names with @."""

from collections.abc import Mapping


def mentioned(text: str, names: Mapping[int, str]) -> set[int]:
    """The accounts whose whole name follows an @ in the text; of two that fit, the longer name is meant."""
    found: set[int] = set()
    for part in text.split("@")[1:]:
        fitting = {account: name for account, name in names.items() if name and part.startswith(name)}
        longest = max((len(name) for name in fitting.values()), default=0)
        found |= {account for account, name in fitting.items() if len(name) == longest}
    return found
