"""热点问题: messages on one matter at one place found across wordings, and ranked."""
