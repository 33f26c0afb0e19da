"""What stands behind a number as an address: within the page, or whole for a file that leaves the house."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse


def address_within(link: Mapping[str, Any]) -> str:
    """The address of what a link asks; an indicator opens on the board of figures."""
    if link["of"] == "reckoned":
        told = {name: link[name] for name in ("area", "since", "until", "code") if link.get(name)}
        return f"{reverse('figures:behind')}?{urlencode({**told, 'span': 'days', 'by': 'all'})}"
    return f"{reverse('reports:cases')}?{urlencode(link)}"


def whole_address(link: Mapping[str, Any]) -> str:
    """The same, as it is opened from outside."""
    return f"{settings.HUYING_ADDRESS}{address_within(link)}"
