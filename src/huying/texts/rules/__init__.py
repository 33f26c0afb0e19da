"""What a text may hold and how it is filled; plain Python."""
