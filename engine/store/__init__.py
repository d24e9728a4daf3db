"""Stores the programme: each store provides the facts for an event and applies the decision, in one transaction."""
