"""Screens of 动作序列."""
