"""A stand-in of a city's 12345 platform, in a process of its own, which behaves badly on demand.

``python -m huying.simulate.city --folder DIR --port N``. What it holds is in a journal in its folder, so it may be
killed and started again like the real one.
"""

from typing import Final

# Where it listens unless told otherwise, and where the demonstration looks for it.
PORT: Final = 18345
