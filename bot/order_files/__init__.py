"""Orders that come as a file: read line by line, looked through first, then recorded, each order once."""
