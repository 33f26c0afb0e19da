"""What devices say and when it matters; plain Python."""
