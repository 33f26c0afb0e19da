"""Which addresses of the network a call may go to: the public ones, and inner ones an operator named.

What the special-purpose registries of IANA keep for other uses is refused (IPv4: RFC 6890 and its updates; IPv6: RFC
6890, RFC 9637), with every form that hides an IPv4 address in an IPv6 one but the plain mapped form, which is judged
as what it stands for. The addresses at which clouds tell a machine its secrets are refused whatever an operator names.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from huying.kernel.errors import Invalid
from huying.kernel.saying import said

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Said here and not left to the library alone, whose tables differ between versions of Python.
_KEPT: Final = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23",
        "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
# Where machines of clouds are told their secrets: AWS, Azure, GCP and most others; Alibaba; Azure's host; Oracle; AWS.
_METADATA: Final = frozenset(
    ip_address(text)
    for text in ("169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an operator allows beyond the public network: inner networks, and the ports of public addresses.

    In an inner network any port and plain http may be used: who named it answers for it.
    """

    inner: tuple[Network, ...] = ()
    ports: frozenset[int] = field(default=frozenset({443, 8443}))

    def is_inner(self, address: Address) -> bool:
        """Whether the address lies in a network that was named."""
        bare = _bare(address)
        return bare not in _METADATA and any(bare in one for one in self.inner if one.version == bare.version)


def refusal(text: str, allowed: Allowed) -> str:
    """Why a call may not go to an address of the network; "" where it may. ``text`` as a resolver gives it."""
    try:
        # A zone names a link of this very machine.
        address = ip_address(text) if "%" not in text else None
    except ValueError:
        address = None
    if address is None:
        return said("不是可用的网络地址")
    bare = _bare(address)
    if bare in _METADATA:
        return said("是云主机的元数据地址")
    if allowed.is_inner(bare):
        return ""
    if any(bare in one for one in _KEPT if one.version == bare.version) or not bare.is_global:
        return said("是内部或保留的网络地址")
    return said("是组播地址") if bare.is_multicast else ""


def parse_networks(names: Iterable[str]) -> tuple[Network, ...]:
    """Networks such as ``10.20.0.0/16``. Raises Invalid for what is none, or has bits beyond its mask."""
    found = []
    for name in names:
        try:
            found.append(ip_network(name))
        except ValueError as error:
            raise Invalid(said("不是网段：%(name)s", name=name)) from error
    return tuple(found)


def _bare(address: Address) -> Address:
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
