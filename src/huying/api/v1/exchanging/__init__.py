"""系统对接: other systems set up, tried and compared; letters between us that wait for somebody."""

from huying.api.v1.exchanging import bench, days, letters, systems

MODULES = (systems, bench, letters, days)
