"""A month's payroll for those who pay: as a table (CSV, XLSX) and as statements to print (PDF).

It is made from the documents as they were computed and is no part of a build: nothing of it is ever published.
"""
