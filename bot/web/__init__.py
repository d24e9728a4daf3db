"""The HTTP side: it runs in the bot's process and loop, and hands what comes in to handlers/web."""
