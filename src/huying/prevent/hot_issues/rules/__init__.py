"""Which messages speak of one matter, how hot it is, and what to call it: plain Python."""
