"""What those who run the programme do in the chat. Their commands and buttons are taken from admins alone."""
