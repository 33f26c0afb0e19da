"""Which addresses a call to the outside may reach, by property and by the tricks that are known."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.kernel.errors import Invalid
from huying.kernel.outward import Allowed, parse_networks, parse_target, reachable, refusal

NOBODY = Allowed()
INNER = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10", "0.0.0.0/8",
         "224.0.0.0/4", "240.0.0.0/4", "198.18.0.0/15", "fc00::/7", "fe80::/10", "ff00::/8", "::1/128"]  # fmt: skip


@st.composite
def inside(draw: Any) -> str:
    network = ip_network(draw(st.sampled_from(INNER)))
    return str(network[draw(st.integers(0, network.num_addresses - 1))])


@given(inside())
def test_no_inner_address_is_reached(address: str) -> None:
    assert refusal(address, NOBODY)


@given(inside().filter(lambda text: ":" not in text))
def test_nor_is_one_that_hides_in_a_longer_one(address: str) -> None:
    bits = int(IPv4Address(address))
    hidden = [
        (0xFFFF << 32) | bits,  # ::ffff:a.b.c.d
        bits,  # ::a.b.c.d
        (0x64FF9B << 96) | bits,  # 64:ff9b::a.b.c.d, NAT64
        (0x64FF9B0001 << 80) | bits,  # 64:ff9b:1::, NAT64 of one's own
        (0x2002 << 112) | (bits << 80),  # 2002:aabb:ccdd::, 6to4
        (0x20010000 << 96) | (bits ^ 0xFFFFFFFF),  # 2001::, Teredo
    ]
    for one in hidden:
        assert refusal(str(IPv6Address(one)), NOBODY), IPv6Address(one)


@given(st.integers(0, 2**32 - 1) | st.integers(0, 2**128 - 1))
def test_what_is_let_through_is_public_for_the_library_too(bits: int) -> None:
    address = ip_address(bits)
    if not refusal(str(address), NOBODY):
        assert address.is_global
        assert not address.is_multicast


@pytest.mark.parametrize("address", ["8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8"])
def test_public_addresses_are_reached(address: str) -> None:
    assert refusal(address, NOBODY) == ""


@pytest.mark.parametrize("address", ["", "localhost", "fe80::1%eth0", "1.2.3", "01.2.3.4", "2400:3200::1%0"])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert refusal(address, NOBODY)


@given(inside())
def test_an_operator_opens_the_networks_named_and_no_other(address: str) -> None:
    allowed = Allowed(parse_networks(["10.20.0.0/16", "fd12::/16"]))
    inner = ip_address(address)
    named = any(inner in one for one in allowed.inner if one.version == inner.version)
    assert (refusal(address, allowed) == "") == named
    assert refusal("::ffff:10.20.3.4", allowed) == ""


@pytest.mark.parametrize("address", ["169.254.169.254", "100.100.100.200", "168.63.129.16", "fd00:ec2::254"])
def test_the_secrets_of_a_cloud_are_never_asked_for(address: str) -> None:
    assert refusal(address, Allowed(parse_networks(["0.0.0.0/0", "::/0"])))
    assert refusal(address, NOBODY)


def test_a_network_with_bits_beyond_its_mask_is_none() -> None:
    with pytest.raises(Invalid):
        parse_networks(["10.0.0.1/8"])


@pytest.mark.parametrize(
    "address",
    [
        "", "hook", "//example.cn/a", "ftp://example.cn/", "file:///etc/passwd", "gopher://example.cn/", "https://",
        "https:///path", "https://user@example.cn/", "https://user:word@example.cn/", "https://example.cn@127.0.0.1/",
        "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/", "https://0177.0.0.1/", "https://127.1/",
        "https://1.2.3.4.5/", "https://[fe80::1%25eth0]/", "https://[::1/", "https://[127.0.0.1]/",
        "https://exa mple.cn/", "https://example.cn\\@127.0.0.1/", "https://example.cn/a#b", "https://ⓔxample.cn/",
        "https://１２７.0.0.1/", "https://政务.cn/", "https://example。cn/", "https://example.cn:99999/", "https://-a.cn/",
        "https://a..cn/", "https://exam\tple.cn/", "https://example.cn/\r\nHost: x", "https://example.cn:80a/",
        "https://" + "a" * 64 + ".cn/", "https://example.cn/" + "a" * 500, "https://%31%32%37.0.0.1/",
    ],
)  # fmt: skip
def test_an_address_that_could_be_read_in_two_ways_is_not_read_at_all(address: str) -> None:
    with pytest.raises(Invalid):
        parse_target(address)


def test_an_honest_address_keeps_its_parts() -> None:
    target = parse_target("https://Hooks.Example.cn:8443/a/b?c=d&e=%20")
    assert (target.scheme, target.host, target.port, target.path) == (
        "https",
        "hooks.example.cn",
        8443,
        "/a/b?c=d&e=%20",
    )
    assert target.netloc == "hooks.example.cn:8443"
    assert parse_target("https://example.cn").netloc == "example.cn"
    assert parse_target("https://[2400:3200::1]:8443/").netloc == "[2400:3200::1]:8443"
    assert parse_target("https://xn--mnqp85h.cn/").host == "xn--mnqp85h.cn"


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://localhost./", ["127.0.0.1"]),
        ("https://inner.example.cn/", ["10.1.2.3"]),
        ("https://both.example.cn/", ["8.8.8.8", "10.1.2.3"]),
        ("https://six.example.cn/", ["::ffff:127.0.0.1"]),
        ("https://nowhere.example.cn/", []),
        ("http://plain.example.cn/", ["8.8.8.8"]),
        ("https://port.example.cn:22/", ["8.8.8.8"]),
        ("https://port.example.cn:0/", ["8.8.8.8"]),
    ],
)
def test_a_name_that_leads_inside_or_by_another_door_is_refused(address: str, found: list[str]) -> None:
    with pytest.raises(Invalid):
        reachable(parse_target(address), found, NOBODY)


def test_in_a_network_that_was_named_plain_http_and_any_port_will_do() -> None:
    allowed = Allowed(parse_networks(["10.20.0.0/16"]))
    assert reachable(parse_target("http://hook.inner:18080/"), ["10.20.1.1"], allowed) == "10.20.1.1"
    with pytest.raises(Invalid):
        reachable(parse_target("http://hook.inner/"), ["10.20.1.1", "8.8.8.8"], allowed)
