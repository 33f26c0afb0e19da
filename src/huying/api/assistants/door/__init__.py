"""The doors: ``POST /mcp`` under the platform's own front, under Django alone, and standard input and output."""
