"""What is done behind the pages: sending, and looking after what failed."""
