"""What a book holds: rules, tables and the store."""
