"""Measures for `moaref bench`: the bot against a local Bot API server, the engine alone, and the floor under both."""
