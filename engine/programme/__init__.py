"""Handles the programme file: model, validation, differences, history, warnings."""
