"""What the responsibility list in force says of a case's item."""

from huying.catalogue.queries import item, live_edition


def urgency_of(district: int, code: str, condition: int | None) -> int:
    """0 to 3: how dangerous the matter is by its filing condition (危险性); 0 while the item is not known."""
    line = item(district, code) if code and live_edition(district) is not None else None
    if line is None or not line.conditions:
        return 0
    chosen = line.condition(condition) if condition is not None else line.conditions[0]
    return chosen.danger if chosen else 0
