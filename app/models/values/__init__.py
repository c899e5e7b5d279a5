"""Pure rules of the product: no storage, no delivery, only the standard library."""
