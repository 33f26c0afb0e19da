"""政策实验: runs asked for and read."""

from huying.api.v1.lab import runs

MODULES = (runs,)
