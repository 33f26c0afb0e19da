"""What the district is to the world outside: subscriptions and what is pushed to them, chats with residents."""

from huying.api.v1.outward import chat_accounts, chats, pushes, webhooks

MODULES = (webhooks, pushes, chat_accounts, chats)
