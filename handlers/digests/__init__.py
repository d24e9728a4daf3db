"""Renders scheduled messages: members' digests, and admins' summaries."""
