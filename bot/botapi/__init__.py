"""Holds all knowledge of Telegram's API."""
