"""``huying chat`` and ``huying stand-in chat``."""
