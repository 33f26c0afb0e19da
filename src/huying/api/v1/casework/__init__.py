"""Beside a case: photos, conversation, who called, suggestions, the same matter, proof."""
