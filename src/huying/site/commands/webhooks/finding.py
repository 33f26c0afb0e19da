"""Which subscription a command means."""

import argparse

from huying.access.actor import Actor, system
from huying.kernel.errors import NotFound
from huying.places.queries import districts
from huying.webhooks.queries import subscriptions_for


def number_argument(parser: argparse.ArgumentParser) -> None:
    """The number that ``webhooks list`` prints."""
    parser.add_argument("subscription", type=int, help="订阅编号，见 huying webhooks list")


def owner(number: int) -> Actor:
    """The platform in the district of a subscription. Raises NotFound."""
    for row in districts():
        by = system(row.code)
        if any(one.id == number for one in subscriptions_for(by)):
            return by
    raise NotFound
