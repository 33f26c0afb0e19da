"""What the platform says in a district's own words: notices, and templates of replies, in versions."""
