"""In which company a case is published, which figures are withheld, how files are written; plain Python."""
