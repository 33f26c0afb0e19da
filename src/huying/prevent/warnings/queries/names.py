"""What a code of an item, a group or a class is called in the live list."""

from huying.catalogue.queries import live_edition, live_list


def item_name(district: int, code: str) -> str:
    """The name as people say it: 夜间施工, 施工噪声, 噪声污染; the code itself where the list does not know it."""
    if live_edition(district) is None:
        return code
    items = live_list(district).held.items
    if code in items:
        return items[code].name
    line = next((line for known, line in items.items() if known.startswith(code)), None)
    if line is None:
        return code
    return line.group_name if len(code) == 4 else line.class_name
