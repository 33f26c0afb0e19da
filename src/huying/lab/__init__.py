"""政策实验: the past under other limits, and a body's times foretold under other staffing. It writes nothing."""
