"""Taking in appeals at the rate of a storm: many requests, one writer, one transaction for each batch.

A request that arrives while a batch is being written waits for the next one. Nobody is answered before the
transaction that keeps the appeal has been committed.
"""
