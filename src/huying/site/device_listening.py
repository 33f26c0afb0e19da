"""``python -m huying.site.device_listening``: hears devices through MQTT until it is told to end.

The worker starts it (``running/device_listeners.py``). A process of its own: two thousand messages a second must hold up
neither the reactions nor the clocks.
"""

import hashlib
import os
import sys
import threading

from huying.kernel.ending import end_when_told


def main() -> int:
    """0 when told to end, or while another process of this machine listens under the same name."""
    stopping = threading.Event()
    end_when_told(stopping)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.site.settings")
    import django

    django.setup()
    from django.conf import settings

    from huying.devices.channels.listening import Broker, Listener
    from huying.devices.channels.putting import put_away

    if _held(settings.HUYING_MQTT_CLIENT) is None:
        return 0
    broker = Broker(
        settings.HUYING_MQTT_URL, settings.HUYING_MQTT_CLIENT, settings.HUYING_MQTT_TOPICS, settings.HUYING_MQTT_CA
    )  # fmt: skip
    threading.Thread(target=_read_addresses, daemon=True).start()
    Listener(broker, put_away, stopping).run()
    return 0


def _read_addresses() -> None:
    """Every address of the site, which takes seconds: the links of a card are not to wait for it at the first press."""
    from django.urls import get_resolver

    _ = get_resolver().reverse_dict


def _held(client: str) -> int | None:
    """The lock of a client's name on this machine, until this process ends; None while another process has it.

    Two of one name throw each other off the broker for ever.
    """
    from huying.site.configuration import environment
    from huying.site.embedded import locks

    name = hashlib.sha256(client.encode()).hexdigest()[:16]
    return locks.try_exclusive(environment.data_dir() / f"mqtt-{name}.lock")


if __name__ == "__main__":
    sys.exit(main())
