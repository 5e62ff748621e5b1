"""The checks across records: every reference leads somewhere, every date and signature holds."""
