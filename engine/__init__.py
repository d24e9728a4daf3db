"""Implements the referral programme; knows no Telegram, no language and no HTTP, and is usable from a script."""
