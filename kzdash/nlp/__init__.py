"""spaCy components, one per measure; `rows.py` alone turns a Doc into rows."""
