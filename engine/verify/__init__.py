"""Verifies the books: the ledger by replay, the network from its tables."""
