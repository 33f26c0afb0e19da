"""Who is told what, by which way and when; plain Python."""
