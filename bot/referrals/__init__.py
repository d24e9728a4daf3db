"""Friends on their way in and what they get: one transaction for each step, and what is told of it."""
