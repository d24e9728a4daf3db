"""Reads, reports and views of the books."""
