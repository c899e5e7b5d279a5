"""Figures put together for paper and workbook; deliveries only render them."""
