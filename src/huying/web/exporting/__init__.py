"""Any list as a file: small ones at once, large ones as long work; what was taken stands in the audit."""
