"""The operators' work list, the record of decisions, and the worker's tasks."""

from moderation.admin.cases import CaseAdmin, DecisionAdmin

__all__ = ["CaseAdmin", "DecisionAdmin"]
