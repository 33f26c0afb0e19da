"""消息: what reached me, and by which ways I want to be told."""
