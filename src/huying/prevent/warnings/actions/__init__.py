"""What changes warnings: the hourly look, what people decide, what is promised."""
