"""Implements unilevel: any number of members under each; a member's parent is their sponsor (section 3.3)."""

from engine.plans.plan import Plan


class Unilevel(Plan):
    kind = "unilevel"
    template = """kind = "unilevel"          # a part of the commission goes to those above the seller
levels = ["15%", "12%", "8%"]   # the nearest first; cut out of the seller's commission"""
    strength = "plan-unilevel-strength"
    drawback = "plan-unilevel-drawback"
