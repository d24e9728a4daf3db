"""Pictures, each drawn from a recipe of JSON's own types when it is sent. Blocking: for a thread."""
