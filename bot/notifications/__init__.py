"""Turns journal notices and rows of other packages into messages in the outbox."""
