"""The effect of a proposal: two states of a repository, what differs between them, and what caused it."""
