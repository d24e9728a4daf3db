"""Serves HTTP in the bot's process and event loop; requests are handled by handlers/web."""
