"""``huying work``: the background worker alone, for machines that serve no pages."""

import argparse

EXAMPLES = """
  huying work                           跟随办理链、看守时限，直到结束
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none: everything is a setting."""


def run(args: argparse.Namespace) -> int:
    """Until it is told to end."""
    import django

    django.setup()
    from huying.jobs.worker import Worker
    from huying.live.waking import wake
    from huying.site.running.garbage import look_for_garbage_seldom
    from huying.site.wiring import BESIDE, IN_TURN, PERIODIC

    look_for_garbage_seldom()
    Worker(handlers=IN_TURN, periodic=PERIODIC, beside=BESIDE, wake=wake).run()
    return 0
