"""风险提示: what was heard of danger, and what persons say of it."""
