"""What holds on patrol; plain Python."""
