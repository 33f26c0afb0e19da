"""``huying work``: the worker, and the long work that waits for it."""
