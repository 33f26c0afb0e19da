"""What a report says and when it is due; plain Python."""
