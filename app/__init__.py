"""Gendan (跟单), an offline desktop CRM for sales teams."""

__version__ = "0.1.0"
