"""What helps while a report is being written: others who said the same, addresses, photos on their way."""
