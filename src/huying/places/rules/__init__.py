"""What areas, names and addresses are, without a database."""
