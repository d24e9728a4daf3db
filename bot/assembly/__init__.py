"""What one process is put together from. Nothing here decides anything: it says who works with whom.

Every part stands on the same `Ground`; a side is what belongs together and runs beside the others.
"""
