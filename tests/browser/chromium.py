"""The browser of the tests and of the pictures, and the windows it opens."""

import os
import shutil
from typing import Final

CHROMIUM: Final = (
    os.environ.get("HUYING_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
)
# Maps are drawn without a graphics card.
FLAGS: Final = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]
# A cheap phone, a desk, a screen on a wall and the wall of a command centre.
PHONE, DESK, SCREEN, WALL = (360, 780), (1440, 900), (1920, 1080), (3840, 1080)
