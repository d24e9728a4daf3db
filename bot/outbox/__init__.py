"""Delivers messages from the commit of their cause to the person: rate-limited, retried, never lost silently."""
