"""What is counted, over which days, by which formula. Plain Python."""
