"""我的任务: one's own long work, its progress, its files."""
