"""Demonstrations of released versions, kept to update from: ./scripts/keep-release."""
