"""Imports orders from a file: read line by line, dry run first, then recorded, each order once."""
