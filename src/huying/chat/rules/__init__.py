"""What a message is, how vendors sign and seal, and how a conversation goes; plain Python."""
