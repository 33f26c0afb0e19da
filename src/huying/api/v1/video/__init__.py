"""视频报警: what cameras and analysis platforms push, what came of it, and what follows from each kind."""

from huying.api.v1.video import alarms, gateways, pictures, standing, webhook

MODULES = (webhook, gateways, pictures, alarms, standing)
