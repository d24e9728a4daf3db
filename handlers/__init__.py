"""Handles everything that comes from outside, one module for each feature: parse, call one engine method, show."""
