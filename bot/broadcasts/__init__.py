"""Sends broadcasts: their recipients, and the runner that sends them."""
