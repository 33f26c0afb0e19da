"""Which hosts a page may ask for the tiles of its map."""

from collections.abc import Sequence
from urllib.parse import urlsplit


def origins_of(addresses: Sequence[str]) -> list[str]:
    """The origins of tile addresses as a content security policy writes them, each once.

    There a star stands for whole labels at the left only: ``t{s}.tianditu.gov.cn`` becomes ``*.tianditu.gov.cn``.
    """
    found = []
    for address in addresses:
        parts = urlsplit(address)
        host = parts.netloc
        if "{s}" in host:
            host = "*." + host.split("{s}")[-1].partition(".")[2]
        found.append(f"{parts.scheme}://{host}")
    return list(dict.fromkeys(found))
