"""What sensors say and what it means, in plain Python."""
