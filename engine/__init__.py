"""The referral programme: knows no Telegram, no language, no HTTP; usable from a script."""
