"""The fields of opportunities, contracts, payments and products."""

from __future__ import annotations

from app.i18n import N_
from app.services.transfer.fields.shapes import (
    AMOUNT_WORDS,
    COMPANY_WORDS,
    CREATED_WORDS,
    NOTE_WORDS,
    OWNER_WORDS,
    Shape,
    field,
)

OPPORTUNITIES = (
    field("customer_code", N_("客户编号"), Shape.text, "客户编码"),
    field(
        "name",
        N_("商机名称"),
        Shape.text,
        "商机 机会名称 项目名称 销售机会 机会 opportunity",
        required=True,
    ),
    field(
        "customer",
        N_("客户名称"),
        Shape.company,
        COMPANY_WORDS.replace(" 名称 ", " "),
        required=True,
    ),
    field(
        "amount", N_("预计金额"), Shape.money, AMOUNT_WORDS + " 商机金额 amount_fen expected_fen"
    ),
    field("created_on", N_("创建日期"), Shape.day, CREATED_WORDS + " 发现日期"),
    field("owner", N_("负责人"), Shape.staff, OWNER_WORDS),
    field("expected_on", N_("预计签约日期"), Shape.day, "预计成交日期 预计成交时间 预计签约时间"),
    field("state", N_("状态"), Shape.word, "商机状态 结果"),
    field("closed_on", N_("关闭日期"), Shape.day, "结束日期 输单日期 赢单日期"),
    field("reason", N_("原因"), Shape.text, "输单原因 关闭原因 丢单原因"),
    field("note", N_("备注"), Shape.long_text, NOTE_WORDS),
)

CONTRACTS = (
    field("code", N_("合同编号"), Shape.text, "合同号 编号 订单号 订单编号 合同编码 contract_code"),
    field("customer_code", N_("客户编号"), Shape.text, "客户编码"),
    field(
        "customer",
        N_("客户名称"),
        Shape.company,
        COMPANY_WORDS.replace(" 名称 ", " "),
        required=True,
    ),
    field("name", N_("合同名称"), Shape.text, "合同标题 标的 合同内容 产品名称 title"),
    field(
        "signed_on",
        N_("签约日期"),
        Shape.day,
        "签订日期 签署日期 合同日期 签约时间 签订时间 成交日期 下单日期 订单日期 日期 sign_date",
        required=True,
    ),
    field(
        "amount",
        N_("合同金额"),
        Shape.money,
        "合同总额 合同总金额 签约金额 成交金额 订单金额 总金额 合同额 金额 amount_fen",
    ),
    field(
        "status",
        N_("合同状态"),
        Shape.word,
        "状态 执行状态 履行状态 合同执行情况 执行情况 履行情况 履约情况 履约状态 合同进度 "
        "订单状态 签约状态 当前状态 合同有效性 有效状态 审核状态 审批状态",
    ),
    field("kind", N_("合同性质"), Shape.word, "合同类型 合同类别 性质 签约类型 业务类型"),
    field("as_new", N_("视同新签"), Shape.flag),
    field("signer", N_("签约人"), Shape.staff, "我方签约人 负责人 经办人 " + OWNER_WORDS),
    field("shares", N_("业绩分成"), Shape.shares, "分成 业绩归属 业绩分配 提成分配"),
    field("replaces", N_("原合同编号"), Shape.text, "补充合同编号 主合同编号 关联合同"),
    field("void_on", N_("作废日期"), Shape.day, "作废时间"),
    field("void_reason", N_("作废原因"), Shape.text),
    field("note", N_("备注"), Shape.long_text, NOTE_WORDS),
)

PAYMENTS = (
    field("code", N_("回款编号"), Shape.text, "回款单号 收款编号 收款单号 编号 流水号 单号"),
    field("contract_code", N_("合同编号"), Shape.text, "合同号 订单号 订单编号 合同编码"),
    field("customer_code", N_("客户编号"), Shape.text, "客户编码"),
    field(
        "customer",
        N_("客户名称"),
        Shape.company,
        COMPANY_WORDS.replace(" 名称 ", " ") + " 付款单位 付款方 付款人 对方户名",
    ),
    field(
        "paid_on",
        N_("回款日期"),
        Shape.day,
        "收款日期 到账日期 付款日期 回款时间 收款时间 到账时间 日期 paid_date",
        required=True,
    ),
    field(
        "amount",
        N_("回款金额"),
        Shape.money,
        "收款金额 到账金额 付款金额 实收金额 本次回款 回款额 金额 amount_fen",
        required=True,
    ),
    field("method", N_("回款方式"), Shape.word, "收款方式 付款方式 支付方式 结算方式"),
    field("staff", N_("收款人"), Shape.staff, "登记人 负责人 " + OWNER_WORDS),
    field("note", N_("备注"), Shape.long_text, NOTE_WORDS + " 摘要 用途"),
)

PRODUCTS = (
    field("code", N_("产品编号"), Shape.text, "产品编码 产品代码 货号 物料编码 sku 编号"),
    field(
        "name",
        N_("产品名称"),
        Shape.text,
        "产品 品名 商品名称 物料名称 名称 product",
        required=True,
    ),
    field("category", N_("产品类别"), Shape.word, "类别 分类 产品分类 产品类型 品类"),
    field("spec", N_("规格型号"), Shape.text, "规格 型号 规格/型号 产品型号 产品规格"),
    field("unit", N_("单位"), Shape.word, "计量单位 产品单位"),
    field(
        "price", N_("单价"), Shape.money, "标准价格 售价 标准价 销售价 价格 报价 标准单价 price_fen"
    ),
    field("cost", N_("成本价"), Shape.money, "成本 进价 采购价 cost_fen"),
    field("note", N_("备注"), Shape.long_text, NOTE_WORDS),
)
