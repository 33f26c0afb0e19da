"""What comes again, and whether it came less after a project: plain Python."""
