"""``python -m huying.site.long_work``: does the exports and imports that wait, one after another, and ends.

The worker starts it (``running/long_workers.py``). A process of its own: a million rows must hold up neither the
reactions nor the clocks, and what it took of memory is given back when it ends.
"""

import os
import sys
import threading

from huying.kernel.ending import end_when_told

_NICE = 5


def main() -> int:
    """Until nothing waits, or until told to end: then what is under way is left to another."""
    ending = threading.Event()
    end_when_told(ending)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.site.settings")
    import django

    django.setup()
    from huying.longwork.actions import do_next
    from huying.site.wiring import LONG_WORK

    os.nice(_NICE)
    while not ending.is_set() and do_next(LONG_WORK, ending):
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
