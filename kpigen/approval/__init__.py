"""Approval: who answers for which files, whose word a proposal needs, and whether it has it."""
