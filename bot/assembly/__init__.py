"""Wires the parts of one process together. It holds no rules of its own.

Every part is built on the same `Services`; each wiring groups the parts that belong together and run as tasks.
"""
