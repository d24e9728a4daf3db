"""Watches the ledger, the clock and the store's file, and alerts the admins of problems."""
