"""Where this installation may push to."""

from django.conf import settings

from huying.kernel.outward import Allowed


def allowed_outside() -> Allowed:
    """The public network, and the inner networks an operator named."""
    return Allowed(tuple(settings.HUYING_WEBHOOK_NETWORKS), frozenset(settings.HUYING_WEBHOOK_PORTS))
