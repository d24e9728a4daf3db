"""What people are told: notices of the journal and rows of other parts become messages in the outbox."""
