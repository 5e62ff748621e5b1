"""The impact of a drafted policy version: past months as they would have been under it."""
