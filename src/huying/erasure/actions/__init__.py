"""The only writer: one erasure, one transaction, every package its own part."""

from huying.erasure.actions.erasing import NewErasure, erase, preview
from huying.erasure.actions.registered import erase_overdue

__all__ = ["NewErasure", "erase", "erase_overdue", "preview"]
