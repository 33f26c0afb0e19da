"""What is learned from the past of one person: how readily silences end, and how unusual each day becomes."""
