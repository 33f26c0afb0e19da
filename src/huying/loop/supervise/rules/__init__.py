"""What stands now, told by the ledger alone. Plain Python."""
