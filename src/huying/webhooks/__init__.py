"""订阅推送: what happens to cases, told to outside systems that asked for it, signed and in order."""
