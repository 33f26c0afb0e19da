"""The browser of the tests and of the pictures, and the windows it opens."""

import os
import shutil
from typing import Final

# The one without a window of its own needs half the time. Started by its own name and not by a system's wrapper,
# which may ask for a graphics card.
_NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM: Final = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
# Maps are drawn without a graphics card.
FLAGS: Final = [
    "--no-sandbox",
]
# A cheap phone, a desk, a screen on a wall and the wall of a command centre.
PHONE, DESK, SCREEN, WALL = (360, 780), (1440, 900), (1920, 1080), (3840, 1080)
