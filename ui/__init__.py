"""The window on what app/ knows and does."""
