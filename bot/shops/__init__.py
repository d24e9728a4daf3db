"""Receives purchases from shops, each in one transaction with its effects, and polls for missed ones."""
