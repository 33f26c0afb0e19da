"""``python -m huying`` is ``huying``."""

import sys

from huying.site.cli import main

if __name__ == "__main__":
    sys.exit(main())
