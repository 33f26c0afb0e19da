"""身边服务: what is near and can be asked for; the desk of centres; for those who plan, what is missing."""
