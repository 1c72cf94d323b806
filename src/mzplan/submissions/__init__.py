"""What the counties sent: which files, whose and for when, rows in the plan's terms, the year's ledger."""
