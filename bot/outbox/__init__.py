"""From the commit of a message's cause to the person: paced, retried, never lost, marked when it cannot be."""
