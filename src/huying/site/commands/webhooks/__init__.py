"""``huying webhooks``: subscriptions of outside systems."""
