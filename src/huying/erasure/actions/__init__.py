"""The only writer: one erasure, one transaction, every package its own part."""

from huying.erasure.actions.erasing import NewErasure, erase, preview

__all__ = ["NewErasure", "erase", "preview"]
