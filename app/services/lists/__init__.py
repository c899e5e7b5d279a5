"""Lists of any length: what narrows them, what orders them, and their pages."""

from app.services.lists.conditions import Condition, Group, ListFilter, Part

__all__ = ["Condition", "Group", "ListFilter", "Part"]
