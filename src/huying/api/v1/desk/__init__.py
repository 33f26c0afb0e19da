"""What desks work with: knowledge, follow-ups' plans, duty, oversight."""
