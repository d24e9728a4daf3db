"""Purchases from shops: taken in one transaction with all they lead to, asked for where they were missed."""
