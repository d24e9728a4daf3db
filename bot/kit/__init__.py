"""What handlers use: the context of one update, texts, display, buttons, screens. Imports nothing but the engine."""
