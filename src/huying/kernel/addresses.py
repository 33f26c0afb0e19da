"""Network addresses as signs of who asks."""

import ipaddress

_HOME_BITS = 64


def household(address: str) -> str:
    """What one visitor cannot change at will: an IPv4 address whole, of an IPv6 address its network.

    A home is given 2^64 IPv6 addresses and may send each request from another. What is no address stays as it is.
    """
    if ":" not in address:
        return address
    try:
        parsed = ipaddress.IPv6Address(address)
    except ValueError:
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(parsed) >> _HOME_BITS << _HOME_BITS, _HOME_BITS)))
