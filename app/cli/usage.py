"""Say in the chosen language what is wrong with the words typed, and what to write instead.

The command line library tells these errors in English only.
"""

from __future__ import annotations

from collections.abc import Sequence

import click

from app.cli import printing
from app.i18n import _


def told(error: click.UsageError) -> tuple[str, str]:
    """Return what is wrong and what to do about it."""
    advice = _("用 --help 看用法")
    match error:
        case click.NoSuchOption(option_name=name, possibilities=near):
            return _("没有这个选项：{name}").format(name=name), _meant(near) or advice
        case click.exceptions.NoSuchCommand(command_name=name, possibilities=near):
            return _("没有这个命令：{name}").format(name=name), _meant(near) or advice
        case click.BadOptionUsage(option_name=name):
            return _("{name} 后面该写的没写，或不该写的写了").format(name=name), advice
        case click.MissingParameter():
            return _("缺少 {name}").format(name=_name_of(error)), _wanted(error.param) or advice
        case click.BadParameter():
            return _value_misread(error), _wanted(error.param) or advice
    return error.format_message(), advice


def _meant(near: Sequence[str] | None) -> str:
    return _("是不是 {names}？").format(names=" ".join(near)) if near else ""


def _value_misread(error: click.BadParameter) -> str:
    name = _name_of(error)
    if error.param is not None and _wanted(error.param):
        return _("{name} 不能这样写").format(name=name)
    return _("看不懂 {name} 的值：{value}").format(name=name, value=error.message)


def _name_of(error: click.BadParameter) -> str:
    """Return an option as it is typed, an argument as the usage line shows it."""
    if isinstance(error.param_hint, str):
        return error.param_hint
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return error.param.human_readable_name if error.param else ""


def _wanted(param: click.Parameter | None) -> str:
    """Return what a choice or a number may be, empty for free words."""
    match param and param.type:
        case click.Choice(choices=choices):
            return _("可以写：{names}").format(names=" ".join(choices))
        case click.IntRange(min=int(least), max=int(most)) if most < printing.LAST_ID:
            return _("写一个 {least} 到 {most} 的整数").format(least=least, most=most)
        case click.types.IntParamType():
            return _("写一个整数")
    return ""
