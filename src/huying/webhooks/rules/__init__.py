"""What is told to whom, how it is signed, when it is tried again; plain Python."""
