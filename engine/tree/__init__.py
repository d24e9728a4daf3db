"""The placement network in memory: an index over members' parents and places, rebuilt from the store, never stored."""
