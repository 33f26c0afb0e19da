"""Calling addresses that somebody typed in, without being led into our own house."""

from huying.kernel.outward.addresses import Allowed, Network, parse_networks, refusal
from huying.kernel.outward.calling import Answer, Outward, Resolver, resolved
from huying.kernel.outward.targets import Target, parse_target, reachable

__all__ = [
    "Allowed",
    "Answer",
    "Network",
    "Outward",
    "Resolver",
    "Target",
    "parse_networks",
    "parse_target",
    "reachable",
    "refusal",
    "resolved",
]
