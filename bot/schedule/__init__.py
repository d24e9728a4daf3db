"""The timetable: which job, which local-calendar slot, run once however many processes tick."""
