"""What the exchange keeps: the systems, the letters both ways, what persons mended, what two sides differed in."""

from huying.exchange.models.letters import Incoming, Linked, Mending, Nonce, Outgoing
from huying.exchange.models.peers import Health, MapVersion, Peer, Switching
from huying.exchange.models.reconciling import Difference, Reconciliation

__all__ = [
    "Difference",
    "Health",
    "Incoming",
    "Linked",
    "MapVersion",
    "Mending",
    "Nonce",
    "Outgoing",
    "Peer",
    "Reconciliation",
    "Switching",
]
