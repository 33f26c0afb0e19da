"""``huying ledger …``"""
