"""The plan figures of a year, and the strategy with all that belongs to it."""

from katsaus.web.planning.queries.plans import (
    Given,
    described,
    explanations,
    figures,
    notes,
)

__all__ = ["Given", "described", "explanations", "figures", "notes"]
