"""Watches over the books, the clock and the store's file, and tells the admins what is wrong."""
