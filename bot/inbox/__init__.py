"""Carries updates from Telegram to the handlers without loss: the poller stores them, the worker handles them."""
