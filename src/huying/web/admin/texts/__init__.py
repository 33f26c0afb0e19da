"""通知和模板: what the platform says in the district's own words, and how messages fare."""
