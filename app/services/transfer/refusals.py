"""Why a file cannot be read, one sentence and one advice each."""

from __future__ import annotations

from app.errors import UserError
from app.i18n import N_


def damaged(name: str) -> UserError:
    """Say that the file is broken or not what its name promises."""
    return UserError(
        "import_damaged",
        N_("{name} 打不开：文件已损坏，或者不是它后缀说的那种文件"),
        advice=N_("用表格软件打开它，另存为 xlsx 再导入；现有数据没有改动"),
        name=name,
    )


def missing(name: str) -> UserError:
    """Say that there is no such file, or that it may not be read."""
    return UserError(
        "import_missing",
        N_("找不到或读不了文件 {name}"),
        advice=N_("检查文件的位置和权限；如果正被别的程序打开，先关掉它"),
        name=name,
    )


def locked(name: str) -> UserError:
    """Say that the file is protected by a password."""
    return UserError(
        "import_password",
        N_("{name} 有密码，读不了"),
        advice=N_("在表格软件里去掉密码，另存一份再导入"),
        name=name,
    )


def not_a_table(name: str) -> UserError:
    """Say that the file is of a kind that cannot be imported."""
    return UserError(
        "import_format",
        N_("{name} 不是能导入的文件"),
        advice=N_("能导入 xlsx、xls、ods、csv、文本表格、json 和 vcf 名片"),
        name=name,
    )


def web_page(name: str) -> UserError:
    """Say that a file is a web page that holds no table."""
    return UserError(
        "import_format",
        N_("{name} 是网页，里面没有表格"),
        advice=N_("用表格软件打开它，另存为 xlsx 再导入；也可能是登录页，重新导出一次"),
        name=name,
    )


def too_many_rows(name: str, limit: int) -> UserError:
    """Say that the file has more rows than one import takes."""
    return UserError(
        "import_too_large",
        N_("{name} 超过 {limit} 行"),
        advice=N_("分成几个文件再导入；现有数据没有改动"),
        name=name,
        limit=f"{limit:,}",
    )


def too_slow(name: str, seconds: float) -> UserError:
    """Say that reading took longer than allowed and was stopped."""
    return UserError(
        "import_too_slow",
        N_("读 {name} 超过 {seconds} 秒，已停下"),
        advice=N_("删掉文件里用不到的页和格式，或分成几个文件再导入"),
        name=name,
        seconds=round(seconds),
    )


def too_much_memory(name: str) -> UserError:
    """Say that the file unpacks to more than the reader may hold."""
    return UserError(
        "import_too_large",
        N_("{name} 展开后太大，读不下"),
        advice=N_("删掉文件里用不到的页和格式，或分成几个文件再导入"),
        name=name,
    )


def empty(name: str) -> UserError:
    """Say that the file holds no rows."""
    return UserError(
        "import_empty",
        N_("{name} 里没有内容"),
        advice=N_("看看选的是不是要导入的那个文件"),
        name=name,
    )


def encoding_unknown(name: str) -> UserError:
    """Say that the text encoding cannot be told."""
    return UserError(
        "import_encoding",
        N_("认不出 {name} 的文字编码"),
        advice=N_("选一种编码再试，或在表格软件里另存为 xlsx"),
        name=name,
    )
