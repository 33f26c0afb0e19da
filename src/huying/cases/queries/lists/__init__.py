"""Many cases at once: lists with their filters, words and pages, points of a map, files."""
