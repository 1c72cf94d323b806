"""Arithmetic: from a plan and a ledger to a scorecard."""
