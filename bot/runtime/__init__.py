"""Holds the parts of any long-running process: clock, logging, supervision, loops, a single instance."""
