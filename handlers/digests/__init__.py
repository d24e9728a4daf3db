"""What people are told at their hour: members how they stand, admins how the day went."""
