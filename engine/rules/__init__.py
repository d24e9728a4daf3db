"""Implements the rules of each event. A rule first checks everything that could refuse it, then changes the unit of
work.
"""
