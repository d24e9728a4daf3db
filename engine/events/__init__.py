"""Defines events: the model, the checks of their fields, and their JSON."""
