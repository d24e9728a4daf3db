"""Draws pictures, each from a recipe of JSON types when it is sent. Blocking: call it in a thread."""
