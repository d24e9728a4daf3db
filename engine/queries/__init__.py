"""Answers questions about the books: reads, reports and views."""
