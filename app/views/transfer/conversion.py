"""Say of a column how sure its field is and how its cells are converted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.i18n import N_, _, ngettext, translate
from app.services.transfer import words as known
from app.services.transfer.cells import Order
from app.services.transfer.colours import HEADING as COLOURS
from app.services.transfer.columns import ColumnRule, Reading, Tally, decide_rule
from app.services.transfer.fields import Field, Kind, Shape
from app.services.transfer.mapping import ColumnMatch, State, column_values, field_of
from app.services.transfer.read import SheetResult
from app.views.core import labels
from app.views.transfer import words

LABELS: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "grade": (known.GRADES, labels.GRADE),
    "quality": (known.QUALITIES, labels.QUALITY),
    "life": (known.LIVES, labels.LIFE_CYCLE),
    "kind": (known.CUSTOMER_KINDS, labels.CUSTOMER_KIND),
    "role": (known.ROLES, labels.ROLE),
}
_NOTES: Mapping[str, str] = {
    "mobile": N_("整理成 11 位，查重用"),
    "phone": N_("一格多个会拆开，查重用"),
    "uscc": N_("核对校验位，查重用"),
    "region": N_("拆成省 / 市"),
    "followups": N_("按日期拆成多条跟单"),
    "note": N_("记在备注里"),
}
_ORDERS: Mapping[Order, str] = {
    Order.ymd: N_("年/月/日"),
    Order.mdy: N_("月/日/年"),
    Order.dmy: N_("日/月/年"),
}
_SURE = (State.exact, State.synonym, State.content, State.guess)


@dataclass(frozen=True, slots=True)
class MappingRow:
    """A column of the file as the table of columns shows it."""

    match: ColumnMatch
    heading: str
    sample: str
    target: str
    state: tuple[str, str, str]
    conversion: str
    trouble: bool = False
    guessed: bool = False


def mapping_rows(result: SheetResult, reading: Reading, staff: Collection[str]) -> list[MappingRow]:
    """Return one row for each column of a sheet."""
    return [_row(result, match, reading, staff) for match in result.plan.matches]


def _row(
    result: SheetResult, match: ColumnMatch, reading: Reading, staff: Collection[str]
) -> MappingRow:
    plan = result.plan
    heading = f"{match.group} · {match.heading}" if match.group else match.heading
    if match.heading == COLOURS:
        heading = _("行的底色")
    sample = match.samples[0] if match.samples else ""
    if not match.applies:
        return _unused(match, heading, sample, plan.kind)
    field = field_of(plan.kind, match.field)
    rule = decide_rule(plan.table, field, match.index, match.heading, reading)
    converted = _conversion(result, match, field, rule, staff)
    trouble = _trouble(result.tallies.get(match.index))
    meant = _meant(match, field.key)
    said = " · ".join(part for part in (meant, converted, trouble) if part)
    ruled = bool(meant) or (field.key in LABELS and bool(converted))
    target = target_words(plan.kind, field.key, match.slot)
    guessed = match.state is State.guess
    return MappingRow(
        match, heading, sample, target, _state(match, ruled), said, bool(trouble), guessed
    )


def _meant(match: ColumnMatch, key: str) -> str:
    """Return what a person said words mean: 黄色→大单 上周三→空."""
    shown = LABELS[key][1] if key in LABELS else {}
    told = [
        f"{word}→{labels.of(shown, said) if said in shown else said or _('空')}"
        for word, said in match.words[:3]
    ]
    return " ".join(told)


def _unused(match: ColumnMatch, heading: str, sample: str, kind: Kind) -> MappingRow:
    if match.state is State.guess:
        target = words.field_label(kind, match.field)
        state = (_("猜测，要确认"), "warn", "help")
        return MappingRow(
            match, heading, sample, target, state, _("按空格确认后才导入"), guessed=True
        )
    why = {
        State.serial: _("只是序号"),
        State.repeated: _("同一字段已有一列"),
        State.unknown: _("没有对应的字段"),
        State.recalled: _("上次没有导入"),
    }.get(match.state, "")
    if match.heading == COLOURS:
        why = _("颜色有意思的话，选一个字段")
    return MappingRow(match, heading, sample, "", (_("跳过"), "outline", ""), why)


def target_words(kind: Kind, key: str, slot: int = 1) -> str:
    """Return the words of a field, numbered from the second contact on."""
    label = words.field_label(kind, key)
    return _("{field}（第 {slot} 位）").format(field=label, slot=slot) if slot > 1 else label


def _state(match: ColumnMatch, ruled: bool) -> tuple[str, str, str]:
    if match.state is State.guess:
        return _("猜测，要确认"), "warn", "help"
    if ruled:
        return _("有转换规则"), "accent", ""
    if match.state is State.given:
        return _("已指定"), "accent", "checkmark"
    if match.state is State.recalled:
        return _("按上次"), "accent", "checkmark"
    return _("自动识别"), "good", "checkmark"


def _trouble(tally: Tally | None) -> str:
    count = tally.problem_count if tally is not None else 0
    if not count:
        return ""
    return ngettext("{count} 格认不出", "{count} 格认不出", count).format(count=f"{count:,}")


def _conversion(
    result: SheetResult,
    match: ColumnMatch,
    field: Field,
    rule: ColumnRule,
    staff: Collection[str],
) -> str:
    if field.required and field.key not in _NOTES:
        return _("必填")
    if field.key in LABELS:
        return _code_words(result, match, field.key)
    if field.shape is Shape.money and rule.factor > 1:
        return f"× {rule.factor:,}"
    if field.shape in (Shape.day, Shape.moment):
        return translate(_ORDERS[rule.days.order])
    if field.shape is Shape.staff:
        return _staff_words(result, match, staff)
    return translate(_NOTES[field.key]) if field.key in _NOTES else ""


def _code_words(result: SheetResult, match: ColumnMatch, key: str) -> str:
    codes, shown = LABELS[key]
    pairs: dict[str, str] = {}
    for cell in column_values(result.plan.table, match.index):
        written = str(cell).strip()
        code = known.code_of(codes, written)
        if code is not None:
            pairs.setdefault(written, labels.of(shown, code))
    told = [f"{written}→{word}" for written, word in list(pairs.items())[:3] if written != word]
    more = len(pairs) - len(told)
    if more > 0 and told:
        told.append(_("另 {count} 种").format(count=more))
    return " ".join(told)


def _staff_words(result: SheetResult, match: ColumnMatch, staff: Collection[str]) -> str:
    names = {str(cell).strip() for cell in column_values(result.plan.table, match.index)}
    known_count = len(names & set(staff))
    missing = len(names) - known_count
    if not missing:
        return _("已对上 {count} 人").format(count=known_count)
    return _("已对上 {count} 人，{missing} 人不存在").format(count=known_count, missing=missing)


def counts_line(rows: Collection[MappingRow]) -> str:
    """Return 12 列 · 10 列已自动识别 · 1 列要确认 · 1 列跳过."""
    guessed = sum(row.guessed for row in rows)
    skipped = sum(not row.match.applies and not row.guessed for row in rows)
    parts = [_("{count} 列").format(count=len(rows))]
    auto = len(rows) - guessed - skipped
    parts.append(_("{count} 列已识别").format(count=auto))
    if guessed:
        parts.append(_("{count} 列要确认").format(count=guessed))
    if skipped:
        parts.append(_("{count} 列跳过").format(count=skipped))
    return " · ".join(parts)
