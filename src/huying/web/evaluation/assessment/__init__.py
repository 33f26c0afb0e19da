"""考核: rankings, closing, what does not count, the score of each case, what streets think of departments."""
