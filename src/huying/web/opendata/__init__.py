"""开放数据: files for everybody, and what an administrator chooses about them."""
