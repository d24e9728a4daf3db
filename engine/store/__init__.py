"""Where the programme is kept: each store gives the facts for an event and applies the decision, in one transaction."""
