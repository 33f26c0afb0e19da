"""What the district is to the world outside: what it pushes and publishes, how it is known, chats with residents."""

from huying.api.v1.outward import chat_accounts, chats, published, pushes, residents, webhooks

MODULES = (webhooks, pushes, chat_accounts, chats, published, residents)
