"""What any long-running process needs: clock, logging, supervision, loops, a single instance."""
