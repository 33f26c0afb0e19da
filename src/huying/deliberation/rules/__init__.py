"""What a vote needs, what a ballot is, which words are used; plain Python."""
