"""What of a person is shown to those who need not know who it is."""


def mask_name(name: str) -> str:
    """Keep the first character and hide the rest and its length: 张小明 → 张**; empty stays empty."""
    stripped = name.strip()
    return f"{stripped[0]}**" if stripped else ""


def mask_phone(phone: str) -> str:
    """Hide the middle: 13812341234 → 138****1234, 075512345678 → 0755****5678.

    ``phone`` is in normal form (``phones.normal_phone``) or as typed. Fewer than eleven characters keep only
    the last two, fewer than seven none at all.
    """
    text = phone.strip()
    if len(text) < 7:
        return "*" * len(text)
    if len(text) < 11:
        return f"*****{text[-2:]}"
    kept = 4 if text.startswith("0") and len(text) > 11 else 3
    return f"{text[:kept]}****{text[-4:]}"


def mask_id_number(number: str) -> str:
    """Keep six and four characters of an 18-character number; anything else is hidden wholly."""
    text = number.strip()
    if len(text) != 18:
        return "*" * len(text)
    return f"{text[:6]}********{text[-4:]}"


def mask_email(address: str) -> str:
    """Keep the first character and the house behind the sign: li.ming@example.org → l***@example.org."""
    name, sign, house = address.strip().rpartition("@")
    return f"{name[:1]}***@{house}" if sign else "*" * len(address.strip())
