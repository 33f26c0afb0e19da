"""By which way a run is asked for and done."""

from huying.lab.channels.running import ask_run, do_run

__all__ = ["ask_run", "do_run"]
