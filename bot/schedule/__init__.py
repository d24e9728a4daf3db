"""Schedules jobs: slots of the local calendar, each run once however many processes tick."""
