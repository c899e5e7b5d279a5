"""Write drafts into the book: one module for each kind of rows."""
