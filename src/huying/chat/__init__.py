"""对话: residents and staff who write to the house by WeChat, WeCom, DingTalk, short message or mini-programme."""
