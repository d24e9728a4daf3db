"""What each event does. A rule first checks everything that could refuse it and only then changes the draft."""
