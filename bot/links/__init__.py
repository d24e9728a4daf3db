"""Members' links and who opened them, on the machine's tables and beside the books."""
