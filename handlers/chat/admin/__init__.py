"""Handles what admins do in the chat. Their commands and buttons are accepted from admins alone."""
