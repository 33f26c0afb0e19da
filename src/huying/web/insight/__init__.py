"""民情: what people talk about, where, and how it changes; hot issues, repeats and warnings on one page."""
