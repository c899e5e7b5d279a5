"""Write rows of the book to files that can be imported again."""
