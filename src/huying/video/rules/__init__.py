"""What cameras say, in three dialects, and what becomes of it; plain Python."""
