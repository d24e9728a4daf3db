"""Provides what handlers use: the context of one update, texts, formatting, buttons, keyboards. Imports only the
engine.
"""
