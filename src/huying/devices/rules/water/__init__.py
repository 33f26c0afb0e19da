"""Water: which class it has (GB 3838-2002)."""
