import pytest

from app.errors import UserError
from app.services.transfer.fields import FIELDS, Kind
from app.services.transfer.headings import bare, field_for, money_factor, read_heading
from app.services.transfer.kinds import detect_kind
from app.services.transfer.layout import find_table
from app.services.transfer.mapping import State, match_columns, missing_fields
from app.services.transfer.sheets import Sheet

PLAIN = {
    Kind.customers: "客户编号 客户名称 创建日期 来源 行业 区划码 负责人 手机 联系人",
    Kind.contracts: "合同编号 客户名称 合同名称 签约日期 合同金额 合同状态 合同性质 签约人"
    " 业绩分成",
    Kind.payments: "回款编号 合同编号 客户名称 回款日期 回款金额 备注",
    Kind.followups: "客户名称 跟进时间 跟进方式 方向 结果 通话时长(秒) 跟进内容 跟进人",
    Kind.staff: "姓名 部门 岗位 入职日期 离职日期 手机 邮箱 QQ 微信",
    Kind.opportunities: "商机名称 客户名称 预计金额 创建日期 负责人",
    Kind.contacts: "客户名称 姓名 职务 手机 电话 邮箱 QQ 微信",
}
GOES_TO = {
    Kind.customers: "code name created_on source industry region_code owner mobile contact",
    Kind.contracts: "code customer name signed_on amount status kind signer shares",
    Kind.payments: "code contract_code customer paid_on amount note",
    Kind.followups: "customer at channel direction outcome duration content staff",
    Kind.staff: "name department post joined_on left_on mobile email qq wechat",
    Kind.opportunities: "name customer amount created_on owner",
    Kind.contacts: "customer name title mobile phone email qq wechat",
}


def table(headings, *rows):
    return find_table(Sheet("表", [list(headings), *[list(row) for row in rows]]), header_row=1)


def fields(found):
    return [match.field if match.applies else "" for match in found]


@pytest.mark.parametrize("kind", list(PLAIN))
def test_the_plain_headings_map_by_themselves(kind):
    found = match_columns(table(PLAIN[kind].split()), kind)
    assert fields(found) == GOES_TO[kind].split()
    assert {match.state for match in found} == {State.exact}
    assert detect_kind(table(PLAIN[kind].split())) is kind


@pytest.mark.parametrize("kind", list(Kind))
def test_labels_and_keys_are_headings_of_their_own_field(kind):
    for field in FIELDS[kind]:
        assert field_for(kind, field.label, "") == field
        assert field_for(kind, field.key, "") == field or any(
            bare(field.key) == bare(other.label) for other in FIELDS[kind]
        )
    assert len({field.key for field in FIELDS[kind]}) == len(FIELDS[kind])


@pytest.mark.parametrize(
    ("heading", "words", "factor", "slot"),
    [
        ("*客户名称：", "客户名称", 1, 1),
        ("预计金额（万元）", "预计金额", 10_000, 1),
        ("预计金额(千元)", "预计金额", 1_000, 1),
        ("合同金额(元)", "合同金额", 1, 1),
        ("联系人2", "联系人", 1, 2),
        ("联系人二", "联系人", 1, 2),
        ("客 户 名 称", "客户名称", 1, 1),
        ("手机号\n码", "手机号码", 1, 1),
        ("【必填】姓名", "姓名", 1, 1),
    ],
)
def test_headings_taken_apart(heading, words, factor, slot):
    found = read_heading(heading)
    assert (found.words, found.factor, found.slot) == (words, factor, slot)
    assert money_factor(heading) == factor


def test_owner_or_contact_depends_on_what_stands_beside():
    names = [["甲公司", name, "13800000000"] for name in ("张总", "李经理", "王工", "赵主任")]
    alone = match_columns(table(["公司", "负责人", "联系方式"], *names), Kind.customers)
    assert fields(alone) == ["name", "contact", "mobile"]
    beside = match_columns(
        table(["公司", "联系人", "负责人"], ["甲", "张三", "李四"]), Kind.customers
    )
    assert fields(beside) == ["name", "contact", "owner"]
    both = match_columns(
        table(["公司", "业务员", "负责人"], ["甲", "李四", "张三"]), Kind.customers
    )
    assert fields(both) == ["name", "owner", "contact"]


def test_a_way_of_contact_is_a_phone_for_customers_and_a_channel_for_followups():
    assert fields(match_columns(table(["客户", "联系方式"]), Kind.customers)) == ["name", "mobile"]
    head = ["客户", "跟进日期", "联系方式", "内容"]
    assert fields(match_columns(table(head), Kind.followups))[2] == "channel"


def test_repeated_contact_columns_get_slots_and_other_repeats_are_left_alone():
    found = match_columns(
        table(["客户名称", "联系人", "手机", "联系人", "手机", "来源", "来源"]), Kind.customers
    )
    assert [(match.field, match.slot) for match in found if match.applies] == [
        ("name", 1),
        ("contact", 1),
        ("mobile", 1),
        ("contact", 2),
        ("mobile", 2),
        ("source", 1),
    ]
    assert found[-1].state is State.repeated


def test_columns_without_heading_are_known_by_what_they_hold():
    rows = [[f"公司{at}有限公司", f"1380000{at:04}", f"a{at}@b.cn"] for at in range(5)]
    found = match_columns(table(["客户名称", "列一", "列二"], *rows), Kind.customers)
    assert fields(found) == ["name", "mobile", "email"]
    assert found[1].state is State.content


def test_a_counting_column_is_no_code():
    rows = [[at, f"公司{at}"] for at in range(1, 6)]
    found = match_columns(table(["编号", "客户名称"], *rows), Kind.customers)
    assert found[0].state is State.serial
    coded = match_columns(table(["编号", "客户名称"], ["K001", "甲"]), Kind.customers)
    assert coded[0].field == "code"


def test_a_guess_is_shown_but_used_only_for_a_required_field():
    found = match_columns(table(["客户名称", "去年合同金额"]), Kind.customers)
    assert (found[1].state, found[1].field, found[1].applies) == (
        State.guess,
        "expected_amount",
        False,
    )
    needed = match_columns(table(["重点客户名称", "手机"]), Kind.customers)
    assert (needed[0].state, needed[0].applies) == (State.guess, True)


def test_samples_and_confidence_are_given():
    (match, *_) = match_columns(
        table(["公司", "来源"], ["甲公司", ""], ["乙公司", ""]), Kind.customers
    )
    assert (match.samples, match.confidence) == (("甲公司", "乙公司"), 0.9)


@pytest.mark.parametrize("column", ["全称呼", "B", "2"])
@pytest.mark.parametrize("name", ["name", "客户名称", "公司"])
def test_a_person_may_say_which_column_is_which(column, name):
    found = match_columns(
        table(["代号", "全称呼"], ["x", "甲公司"]), Kind.customers, {name: column}
    )
    assert (found[1].field, found[1].state) == ("name", State.given)


def test_unknown_fields_and_columns_are_told():
    for given, code in (({"颜色": "代号"}, "import_field"), ({"name": "没有"}, "import_column")):
        with pytest.raises(UserError) as refused:
            match_columns(table(["代号"], ["x"]), Kind.customers, given)
        assert refused.value.code == code


def test_what_is_missing_is_told():
    found = match_columns(table(["客户名称", "合同金额"]), Kind.contracts)
    assert [field.key for field in missing_fields(Kind.contracts, found)] == ["signed_on"]


def test_contact_groups_and_foreign_groups():
    assert field_for(Kind.customers, "姓名", "联系人信息").key == "contact"
    assert field_for(Kind.customers, "电话", "开票信息") is None
    assert field_for(Kind.customers, "来源", "基本信息").key == "source"


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ("客户名称 联系人 职务 手机", Kind.customers),
        ("姓名 公司 手机 邮箱", Kind.contacts),
        ("姓名 工号 部门 手机", Kind.staff),
        ("客户名称 跟进日期 跟进内容", Kind.followups),
        ("客户名称 联系人 手机 跟进内容 来源", Kind.customers),
        ("客户 合同号 签订日期 总金额 已回款", Kind.contracts),
        ("合同号 到账日期 到账金额", Kind.payments),
        ("产品名称 规格型号 单价 单位", Kind.products),
        ("客户名称 下步时间 下步事务", Kind.next_steps),
        ("姓名 手机 来源 负责人 登记日期", Kind.customers),
        ("customer at channel content staff", Kind.followups),
    ],
)
def test_kinds_by_headings(headings, kind):
    assert detect_kind(table(headings.split())) is kind


@pytest.mark.parametrize("headings", ["甲 乙 丙", "手机 邮箱", "备注", "日期 金额"])
def test_headings_that_say_nothing(headings):
    assert detect_kind(table(headings.split())) is None
