"""Keeps the placement network in memory: places, legs and volumes."""
