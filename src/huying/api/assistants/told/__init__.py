"""What is handed over: cases, items and reports in plain values, residents' words between marks."""
