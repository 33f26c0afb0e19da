"""The interface's description (OpenAPI 3.1): what every operation takes, answers and refuses, with examples."""

from huying.api.described.whole import Description

__all__ = ["Description"]
