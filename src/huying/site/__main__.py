"""``python -m huying.site``: the same as ``huying``."""

import sys

from huying.site.cli import main

sys.exit(main())
