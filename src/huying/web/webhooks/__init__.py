"""订阅推送: who is told of what happens to cases, and what came of it."""
