"""All that knows Telegram's API."""
