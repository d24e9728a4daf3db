"""What `moaref bench` measures: the bot against a local platform, the engine alone, and the floor under both."""
