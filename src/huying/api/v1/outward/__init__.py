"""What the district tells other systems by itself: subscriptions and what was pushed to them."""
