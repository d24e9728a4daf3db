"""Records referrals and rewards: one transaction for each step, and the notifications about them."""
