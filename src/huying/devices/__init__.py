"""What sensors tell (R106): how they are understood and judged before anything becomes a case."""
