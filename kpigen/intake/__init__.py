"""Intake: records made from what people bring, a spreadsheet or a few words; all pure but :mod:`.writing`."""
