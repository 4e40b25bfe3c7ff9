"""Engagement in a study: attendance and its trends, who stays, what meetings were used for, who led, homework."""

from sna.engagement.compute import COLUMNS, compute_engagement, engagement_tables
from sna.engagement.ground import BROADER, CORE, EVERYONE, Held

__all__ = ["BROADER", "COLUMNS", "CORE", "EVERYONE", "Held", "compute_engagement", "engagement_tables"]
