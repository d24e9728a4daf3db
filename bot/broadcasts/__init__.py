"""Messages to many: their recipients, and the runner that sends them."""
