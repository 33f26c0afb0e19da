"""What many calls say together, before the next one comes: hot issues, recurring problems, warnings, campaigns."""
