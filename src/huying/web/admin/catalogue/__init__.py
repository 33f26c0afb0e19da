"""职责清单: editions, the table of a draft edited line by line, files in and out, two editions side by side."""
