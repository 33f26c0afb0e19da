"""Taking in what residents report and what others did about it."""
