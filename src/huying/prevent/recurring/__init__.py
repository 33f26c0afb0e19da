"""反复问题: the same again at the same place after it was closed, and projects that go to the root."""
