"""Which connector is which class."""

from collections.abc import Callable, Mapping
from typing import Final

from huying.exchange.channels.file_drop.connector import FileDrop
from huying.exchange.channels.interface import Connector, Settled
from huying.exchange.channels.open311.connector import Open311
from huying.exchange.channels.rest.pull import RestPull
from huying.exchange.channels.rest.push import RestPush
from huying.exchange.rules.kinds import Connecting

CONNECTORS: Final[Mapping[Connecting, Callable[[Settled], Connector]]] = {
    Connecting.REST_PULL: RestPull,
    Connecting.REST_PUSH: RestPush,
    Connecting.FILE_DROP: FileDrop,
    Connecting.OPEN311: Open311,
}
