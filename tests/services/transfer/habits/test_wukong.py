"""The sheets that 悟空CRM exports and offers as templates, known without any help."""

import pytest

CUSTOMERS = (
    "客户名称* 客户来源 客户级别 客户行业 手机 电话 邮箱 网址 下次联系时间 备注 负责人 成交状态 "
    "最后跟进记录 最后跟进时间 更新时间 创建时间 创建人 省、市、区 详细地址 定位 客户标签"
)
CONTACTS = (
    "姓名* 客户名称* 手机 电话 电子邮箱 是否关键决策人 职务 性别 地址 下次联系时间 备注 负责人 "
    "创建人 创建时间"
)
CONTRACTS = (
    "合同编号* 合同名称* 客户名称* 商机名称 合同金额 下单时间* 合同开始时间 合同结束时间 "
    "客户签约人姓名 公司签约人 备注 合同类型 审核状态 负责人 创建人 创建时间"
)
CHANCES = (
    "商机名称* 客户名称* 商机金额 预计成交日期 商机状态组 商机阶段 备注 负责人 创建人 创建时间"
)
PAYMENTS = "回款编号* 客户名称* 合同编号* 期数 回款方式 回款金额* 回款日期* 备注 负责人 审核状态"
FOLLOWUPS = "所属模块 跟进内容 创建人 跟进时间 跟进方式 下次联系时间 相关联系人 相关客户"
PRODUCTS = "产品名称* 产品类别* 产品编码* 产品单位 标准价格* 产品描述 是否上下架 负责人"
LEADS = "线索名称* 线索来源 手机 电话 邮箱 客户行业 客户级别 地址 下次联系时间 备注 负责人"


@pytest.mark.parametrize(
    ("headings", "row", "kind", "told"),
    [
        (
            CUSTOMERS,
            ("甲公司 促销 A（重点客户） 制造 13812904417 0512-62881234 a@b.cn www.a.cn  老客户 "
            "王芳 未成交 电话沟通 2026-03-05_10:00:00 2026-03-05 2025-03-05_10:00:00 王芳 "
            "江苏省,苏州市,吴中区 星湖街1号  重要"),
            "customers",
            {"name": "甲公司", "source": "促销", "grade": "big", "owner": "王芳",
             "region": "江苏省,苏州市,吴中区"},
        ),
        (
            CONTACTS,
            "张三 甲公司 13812904417  a@b.cn 是 经理 男    王芳 王芳 2025-03-05",
            "contacts",
            {"name": "张三", "customer": "甲公司", "title": "经理", "gender": "male"},
        ),
        (
            CONTRACTS,
            ("HT001 一期 甲公司  12000.00 2026-03-05 2026-03-05 2027-03-04 张三 王芳  直销合同 "
            "审核通过 王芳 王芳 2026-03-05"),
            "contracts",
            {"code": "HT001", "amount_fen": 1_200_000, "signer": "王芳", "status": "active"},
        ),
        (
            CHANCES,
            "一期 甲公司 50000 2026-12-31 销售流程 验证客户  王芳 王芳 2026-03-05",
            "opportunities",
            {"name": "一期", "customer": "甲公司", "expected_fen": 5_000_000, "owner": "王芳"},
        ),
        (
            PAYMENTS,
            "HK1 甲公司 HT001 1 网银转账 5000 2026-04-01  王芳 审核通过",
            "payments",
            {"code": "HK1", "contract_code": "HT001", "amount_fen": 500_000},
        ),
        (
            FOLLOWUPS,
            "客户 要报价 王芳 2026-03-05_10:00:00 打电话 2026-12-01_09:00:00 张三 甲公司",
            "followups",
            {"customer": "甲公司", "channel": "phone", "staff": "王芳", "contact": "张三"},
        ),
        (
            PRODUCTS,
            "螺丝 标准件 P1 个 1.5  上架 王芳",
            "products",
            {"name": "螺丝", "code": "P1", "unit": "个", "price_fen": 150},
        ),
        (
            LEADS,
            "甲公司 广告 13812904417        王芳",
            "customers",
            {"name": "甲公司", "source": "广告", "owner": "王芳"},
        ),
    ],
)  # fmt: skip
def test_a_sheet_of_wukong_is_known(read, book, headings, row, kind, told):
    cells = [cell.replace("_", " ") for cell in row.split(" ")]
    (sheet,) = read(book([headings.split(), cells])).sheets
    (draft,) = sheet.drafts
    assert sheet.plan.kind == kind
    assert {name: getattr(draft, name) for name in told} == told
