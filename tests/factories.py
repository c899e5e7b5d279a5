"""Books for tests: empty ones, and the office that the design's pictures show."""

# ruff: noqa: E501 -- one customer a row, as in the pictures

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from app.bootstrap import new_office
from app.models.store import engine, keys
from app.models.store.book import create_book
from app.models.store.envelope import KdfCost, read_envelope
from app.models.values import dates
from app.models.values.clock import FixedClock
from app.models.values.nextstep import Bucket
from app.services.admin import OfficeDraft
from app.services.calibration import CalibrationDraft
from app.services.customers.drafts import ChannelDraft, ContactDraft, CustomerDraft
from app.services.deals import ContractDraft, PaymentDraft
from app.services.features import FeatureDraft
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.office import Office, run_office
from app.services.radar import RadarDraft
from app.services.staff import StaffDraft

ZONE = dates.zone("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 14, 46, tzinfo=ZONE)
"""The moment of the pictures."""

PEOPLE = ("周敏", "陈立", "王晓燕", "刘洋", "赵婷", "孙浩", "何静", "吴磊")
STAGES = ("新客", "初访", "需求", "方案", "谈判", "成交")


def instant(day: str, clock: str = "10:00") -> int:
    """Return the instant of a day and clock time in the office's zone."""
    return dates.at_local(date.fromisoformat(day), time.fromisoformat(clock), ZONE)


def empty_office(folder: Path, *staff: StaffDraft, now: datetime = NOW) -> Office:
    """Return a new plain book with some staff (周敏 alone by default) and no customers."""
    people = staff or (StaffDraft("周敏", team="销售一部", role="boss"),)
    draft = OfficeDraft(company="苏南自动化", staff=people, template="manufacturing")
    clock = FixedClock(dates.to_instant(now))
    office, _code = new_office(folder, draft, passphrase=None, clock=clock)
    return office


PASSPHRASE = "correct horse battery"
CHEAP = KdfCost(passes=1, memory=8192)
"""A key derivation that costs nothing: tests do not guard a real book."""


def office_with(folder: Path, passphrase: str | None, now: datetime = NOW) -> Office:
    """Return a new book with a boss and two sellers, sealed when there is a passphrase."""
    staff = (
        StaffDraft("钱国安", team="总经办", role="boss"),
        StaffDraft("周敏", team="销售一部"),
        StaffDraft("陈立", team="销售二部"),
    )
    made = create_book(folder, passphrase=passphrase, cost=CHEAP)
    office = run_office(made.book, FixedClock(dates.to_instant(now)))
    office.admin.set_up(OfficeDraft("苏南自动化", staff, "manufacturing"))
    office.staff.act_as_first()
    return office


def break_table(folder: Path, table: str, passphrase: str = PASSPHRASE) -> None:
    """Write nonsense over the first page of a table in a closed book."""
    envelope = read_envelope(folder)
    key = keys.open_with_passphrase(envelope, passphrase) if envelope.encrypted else None
    driver = engine.connect(folder / "book.db", key, read_only=True)
    chosen = "SELECT rootpage FROM sqlite_master WHERE name = ?"
    (page,) = driver.execute(chosen, (table,)).fetchone()
    driver.close()
    with (folder / "book.db").open("rb+") as stream:
        stream.seek((page - 1) * engine.PAGE_SIZE)
        stream.write(b"\xff" * 64)


@dataclass(frozen=True, slots=True)
class Firm:
    """One customer of the pictures; amounts in 万, next is (word or day, clock, plan, what)."""

    name: str
    short: str
    region: str
    contact: str
    phone: str
    quality: str
    grade: str
    stage: str
    wan: float
    touched: str
    owner: str
    next: tuple[str, str, str, str] = ("", "", "", "")
    title: str = ""
    created: str = "2026-06-01"
    source: str = "展会"
    industry: str = "智能装备"
    churned: str = ""


V, U, W, N = "valuable", "unsure", "worthless", ""
B, M, S = "big", "normal", "small"

FIRMS: Sequence[Firm] = (
    Firm("恒锐精密机械有限公司", "恒锐精密机械", "苏州", "王建明", "13812904417", V, B, "方案", 28,
         "2026-11-21", "周敏", ("2026-11-21", "", "nurture_need", "发节拍测算表，确认两条产线数据")),
    Firm("恒锐达模具材料有限公司", "恒锐达模具材料", "苏州", "袁丽萍", "13962180052", U, M, "初访", 9.6,
         "2026-11-20", "陈立", ("tomorrow", "", "keep_in_touch", "送样品")),
    Firm("海润电子科技有限公司", "海润电子科技", "无锡", "高翔", "13655189271", V, M, "谈判", 16.8,
         "2026-11-20", "王晓燕", ("this_week", "", "sign_collect", "谈付款方式")),
    Firm("华瑞自动化工程有限公司", "华瑞自动化", "南京", "丁海峰", "18951883306", V, B, "方案", 54,
         "2026-11-19", "周敏", ("tonight", "", "build_rapport", "发展会照片")),
    Firm("宏润包装制品有限公司", "宏润包装制品", "嘉兴", "朱倩", "13758371194", U, S, "初访", 3.5,
         "2026-11-19", "刘洋", ("next_week", "", "keep_in_touch", "问打样结果")),
    Firm("鸿瑞纺织整理有限公司", "鸿瑞纺织整理", "绍兴", "章国庆", "13588796621", W, N, "新客", 0,
         "2026-11-18", "刘洋"),
    Firm("汇融医疗器械有限公司", "汇融医疗器械", "杭州", "金晶", "15868107735", V, M, "成交", 22.4,
         "2026-11-18", "王晓燕", ("this_week", "", "keep_in_touch", "确认到货")),
    Firm("恒容阀门管件有限公司", "恒容阀门管件", "温州", "林伟", "18657702248", U, M, "需求", 7.2,
         "2026-11-18", "赵婷", ("next_week", "", "nurture_need", "发密封面检测案例")),
    Firm("华荣新能源科技有限公司", "华荣新能源", "常州", "吴小东", "17751126093", V, B, "需求", 41.5,
         "2026-11-17", "周敏", ("this_week", "", "find_opportunity", "看极耳检测线")),
    Firm("海瑞食品机械有限公司", "海瑞食品机械", "合肥", "方敏", "13955174480", V, S, "成交", 4.8,
         "2026-11-17", "赵婷", ("next_month", "", "greeting", "回访")),
    Firm("弘锐光学仪器有限公司", "弘锐光学仪器", "上海", "蒋文", "13817759026", U, B, "初访", 30,
         "2026-11-17", "陈立", ("next_week", "", "find_opportunity", "镜片瑕疵试拍")),
    Firm("恒润化工装备有限公司", "恒润化工装备", "南通", "曹建军", "13606295513", V, M, "谈判", 18.6,
         "2026-11-16", "孙浩", ("tomorrow", "", "sign_collect", "泵体检测合同条款")),
    Firm("华锐紧固件有限公司", "华锐紧固件", "宁波", "施丽娜", "18957423307", N, N, "新客", -1,
         "2026-11-15", "孙浩"),
    Firm("浩然智能装备有限公司", "浩然智能装备", "昆山", "张帆", "15962648813", V, M, "方案", 12.3,
         "2026-11-15", "周敏", ("this_week", "", "nurture_need", "装配防错演示")),
    Firm("泓然生物技术有限公司", "泓然生物技术", "苏州", "顾雯", "13372110968", U, S, "需求", 5.1,
         "2026-11-14", "何静", ("next_week", "", "keep_in_touch", "问预算")),
    Firm("海融冷链设备有限公司", "海融冷链设备", "舟山", "毛军", "13580704425", W, N, "初访", 0,
         "2026-11-13", "何静", churned="没有预算"),
    Firm("恒软信息技术有限公司", "恒软信息技术", "杭州", "唐宁", "18868872190", V, S, "成交", 2.9,
         "2026-11-12", "吴磊", ("next_month", "", "greeting", "回访")),
    Firm("恒荣铸造有限公司", "恒荣铸造", "马鞍山", "程立新", "13955503186", V, M, "需求", 11.7,
         "2026-11-11", "孙浩", ("this_week", "", "nurture_need", "铸件缺陷打样")),
    Firm("海瑞达仪表有限公司", "海瑞达仪表", "镇江", "冯洁", "13605287741", U, M, "初访", 6.8,
         "2026-11-11", "刘洋", ("next_week", "", "keep_in_touch", "送资料")),
    Firm("和润传动机械有限公司", "和润传动机械", "台州", "叶青", "13738665574", U, M, "初访", 8.4,
         "2026-11-11", "吴磊", ("next_week", "", "keep_in_touch", "送资料")),
    Firm("海川塑胶制品有限公司", "海川塑胶制品", "宁波", "陈秀兰", "13957412208", V, M, "成交", 6.4,
         "2026-11-10", "周敏", ("2026-11-22", "", "sign_collect", "催第二期款 ¥6.40万，发票已寄")),
    Firm("宏泰模具有限公司", "宏泰模具", "昆山", "罗志强", "13862617735", U, B, "方案", 19.5,
         "2026-11-07", "周敏", ("2026-11-22", "", "counter_rival", "对方在比精测科技，送三坐标对比报告")),
    Firm("青禾食品有限公司", "青禾食品", "湖州", "李国伟", "13867252210", U, M, "需求", 8.8,
         "2026-11-13", "周敏", ("2026-11-23", "16:30", "build_rapport", "送行业白皮书，聊明年扩线计划")),
    Firm("百川阀门有限公司", "百川阀门", "温州", "郑海燕", "13958871103", V, S, "成交", 3.2,
         "2026-11-12", "周敏", ("later_today", "", "keep_in_touch", "确认到货验收时间")),
    Firm("禾木包装材料有限公司", "禾木包装材料", "嘉兴", "许文彬", "13757390041", W, N, "初访", 0,
         "2026-10-30", "周敏", ("later_today", "", "greeting", "生日问候")),
    Firm("博雅医疗器械有限公司", "博雅医疗器械", "杭州", "方总", "13588120099", V, B, "谈判", 60,
         "2026-11-18", "周敏", ("2026-11-23", "20:00", "build_rapport", "微信发展会照片，约下周饭局")),
    Firm("智远电子科技有限公司", "智远电子科技", "苏州", "马俊", "13915503367", V, B, "谈判", 35.6,
         "2026-11-20", "周敏", ("2026-11-24", "09:30", "sign_collect", "合同盖章，确认预付 30%")),
    Firm("华锦印染有限公司", "华锦印染", "绍兴", "沈佳", "13819551177", U, S, "方案", 4.5,
         "2026-11-16", "周敏", ("tomorrow", "", "keep_in_touch", "回访试用一周的数据")),
    Firm("联创纺织有限公司", "联创纺织", "南通", "韩磊", "13584669021", V, M, "需求", 12,
         "2026-11-13", "周敏", ("2026-11-25", "", "nurture_need", "现场做验布节拍测试")),
    Firm("鼎盛新能源有限公司", "鼎盛新能源", "常州", "吴芳", "13775209964", V, B, "谈判", 52,
         "2026-11-17", "周敏", ("2026-11-26", "", "counter_rival", "演示电芯极耳检测对比")),
)  # fmt: skip

CONTRACTS = (
    # firm, code, name, kind, status, day, 万, signer, note
    ("百川阀门", "HT-2611-018", "密封面检测", "new", "active", "2026-11-12", 3.2, "赵婷"),
    ("汇融医疗器械", "HT-2611-015", "导管测径", "new", "active", "2026-11-09", 22.4, "王晓燕"),
    ("海瑞食品机械", "HT-2611-011", "封口检测", "new", "active", "2026-11-05", 4.8, "赵婷"),
    ("海川塑胶制品", "HT-2608-027", "注塑件测量", "new", "active", "2026-08-20", 19.2, "周敏"),
    ("恒软信息技术", "HT-2607-006", "读码模块", "new", "done", "2026-07-15", 2.9, "吴磊"),
)
PAYMENTS = (
    # firm, contract, day, 万, method, note
    ("海川塑胶制品", "HT-2608-027", "2026-08-28", 6.4, "网上转账", "首期"),
    ("恒软信息技术", "HT-2607-006", "2026-07-30", 2.9, "网上转账", ""),
    ("汇融医疗器械", "HT-2611-015", "2026-11-16", 12.0, "电汇", "预付"),
    ("百川阀门", "HT-2611-018", "2026-11-18", 3.2, "微信支付", ""),
)


def picture_office(folder: Path) -> Office:
    """Return the office of the pictures: 周敏 acts on 2026-11-23 at 14:46."""
    staff = tuple(
        StaffDraft(name, team="销售一部" if at < 4 else "销售二部", post="销售",
                   role="sales", joined_on=date(2024, 3, 1))
        for at, name in enumerate(PEOPLE)
    )  # fmt: skip
    boss = StaffDraft(
        "钱国安", team="总经办", post="总经理", role="boss", joined_on=date(2020, 1, 6)
    )
    office = empty_office(folder, boss, *staff)
    picture = _Picture(office)
    for firm in FIRMS:
        picture.add(firm)
    picture.add_qiming()
    for signed in CONTRACTS:
        picture.sign(*signed)
    for paid in PAYMENTS:
        picture.pay(*paid)
    picture.at("2026-11-23", "14:46")
    office.staff.act_as("周敏")
    return office


class _Picture:
    """Fill an office as if the clock had gone through its past."""

    def __init__(self, office: Office) -> None:
        self.office = office
        clock = office.context.clock
        assert isinstance(clock, FixedClock)
        self.clock = clock
        self.ids: dict[str, int] = {}
        self.staff = {one.name: one.id for one in office.staff.all()}
        self.contracts: dict[str, int] = {}

    def at(self, day: str, clock: str = "10:00") -> None:
        self.clock.instant = instant(day, clock)

    def add(self, firm: Firm) -> int:
        self.office.staff.act_as(firm.owner)
        self.at(firm.created, "09:20")
        customer_id = self.office.customers.add(
            CustomerDraft(
                firm.name,
                short_name=firm.short,
                region=firm.region,
                source=firm.source,
                industry=firm.industry,
                contacts=(
                    ContactDraft(
                        firm.contact,
                        title=firm.title,
                        channels=(ChannelDraft("mobile", firm.phone),),
                    ),
                ),
            )
        )
        self.ids[firm.short] = customer_id
        self._follow(firm, customer_id)
        self._step(firm, customer_id)
        return customer_id

    def _follow(self, firm: Firm, customer_id: int) -> None:
        self.at(firm.touched, "10:24")
        fen = round(firm.wan * 1_000_000) if firm.wan > 0 else None
        value = CalibrationDraft(firm.quality or None, firm.grade or None, fen)
        self.office.followups.save(
            FollowupDraft(
                customer_id,
                content="电话聊了近况",
                outcome="connected",
                duration_s=186,
                calibration=value if firm.quality else None,
            )
        )
        self.clock.instant += 60_000
        place = STAGES.index(firm.stage)
        if firm.stage == "新客":
            self.office.customers.move_stage(customer_id, 0, "还没见到人")
        elif place > 1:
            self.office.customers.move_stage(customer_id, place)
        if firm.churned:
            self.office.customers.mark_churned(customer_id, firm.churned)

    def _step(self, firm: Firm, customer_id: int) -> None:
        word, clock, plan, what = firm.next
        if not word:
            return
        named = word in set(Bucket)
        day = None if named else date.fromisoformat(word)
        overdue = day is not None and day < NOW.date()
        self.at("2026-11-20" if overdue else "2026-11-23", "14:00")
        self.office.followups.schedule(
            customer_id,
            NextStepDraft(
                Bucket(word) if named else Bucket.date,
                plan,
                what,
                day,
                time.fromisoformat(clock) if clock else None,
            ),
        )

    def sign(self, firm: str, code: str, name: str, kind: str, status: str, day: str,
             wan: float, signer: str) -> None:  # fmt: skip
        self.office.staff.act_as(signer)
        self.at(day, "16:00")
        self.contracts[code] = self.office.deals.add_contract(
            ContractDraft(self.ids[firm], date.fromisoformat(day), round(wan * 1_000_000), code,
                          name, kind, status, self.staff[signer])
        )  # fmt: skip

    def pay(self, firm: str, code: str, day: str, wan: float, method: str, note: str) -> None:
        self.at(day, "11:00")
        self.office.deals.add_payment(
            PaymentDraft(self.ids[firm], date.fromisoformat(day), round(wan * 1_000_000),
                         self.contracts[code], method=method, note=note)
        )  # fmt: skip

    # -- the customer of picture 03 -------------------------------------------------------------

    def add_qiming(self) -> None:
        office = self.office
        office.staff.act_as("周敏")
        self.at("2026-08-15", "09:10")
        customer_id = self.ids["启明自动化设备"] = office.customers.add(QIMING)
        for day, clock, channel, direction, seconds, content, nodes in QIMING_CHAIN:
            self.at(day, clock)
            office.followups.save(
                FollowupDraft(
                    customer_id,
                    content=content,
                    channel=channel,
                    direction=direction,
                    duration_s=seconds,
                    outcome="connected" if channel == "phone" else "",
                    calibration=CalibrationDraft(nodes=nodes) if nodes else None,
                    features=self._learnt(day),
                )
            )
            self._qiming_on(day, customer_id)
        self._qiming_background(customer_id)
        self.at("2026-11-23", "14:00")
        office.followups.schedule(
            customer_id,
            NextStepDraft(Bucket.date, "find_opportunity", "约工艺部经理看视觉检测样机",
                          date(2026, 11, 23), time(15)),
        )  # fmt: skip
        office.followups.schedule(
            customer_id, NextStepDraft(Bucket.next_week, "counter_rival", "送精测科技对比报告")
        )

    def _qiming_on(self, day: str, customer_id: int) -> None:
        """Do what happened beside the follow-up of a day."""
        office = self.office
        self.clock.instant += 7 * 60_000
        if day == "2026-09-02":
            office.calibration.save(customer_id, CalibrationDraft("unsure", "normal"))
        if day == "2026-09-28":
            self.sign(
                "启明自动化设备", "HT-2609-041", "测试治具小单", "new", "done", day, 2.4, "周敏"
            )
            office.customers.move_stage(customer_id, 1, "小单已成，新项目从头跟")
            self.pay(
                "启明自动化设备", "HT-2609-041", "2026-10-12", 2.4, "网上转账", "已核销，合同结清"
            )
        if day == "2026-11-12":
            office.customers.move_stage(customer_id, 3, "")
        if day == "2026-11-20":
            office.calibration.save(
                customer_id,
                CalibrationDraft("valuable", "big", 46_000_000, date(2026, 12, 28)),
            )

    def _learnt(self, day: str) -> tuple[FeatureDraft, ...]:
        fields = {field.label: field for field in self.office.features.fields()}
        drafts = []
        for label, value in QIMING_FEATURES.get(day, {}).items():
            field = fields[label]
            ids = tuple(option.id for option in field.options if option.label == value)
            drafts.append(FeatureDraft(field.id, "" if ids else value, ids))
        return tuple(drafts)

    def _qiming_background(self, customer_id: int) -> None:
        self.at("2026-11-20", "11:30")
        for label, value, source, mark in QIMING_RADAR:
            self.office.radar.add(customer_id, RadarDraft(label, value, source=source, mark=mark))


QIMING = CustomerDraft(
    "无锡启明自动化设备有限公司",
    short_name="启明自动化设备",
    region="无锡市新吴区",
    source="展会",
    industry="智能装备",
    contacts=(
        ContactDraft("孙丽", "工艺主管", main=True, channels=(
            ChannelDraft("mobile", "138 0512 7746"), ChannelDraft("wechat", "sunli_qm"))),
        ContactDraft("何建平", "总经理", "decider", channels=(ChannelDraft("mobile", "139 0617 2200"),)),
        ContactDraft("周蓉", "采购", "user"),
    ),
)  # fmt: skip
QIMING_CHAIN = (
    ("2026-08-27", "14:10", "visit", "out", -1, "展会后第一次上门，看了一厂。", ()),
    ("2026-09-02", "10:05", "phone", "out", 260, "问了产能和检测方式，先报一个治具小单。", ()),
    ("2026-09-16", "15:30", "meeting", "both", 2520, "技术交流，参会 5 人，纪要 1 份。", ()),
    ("2026-09-28", "11:20", "phone", "in", 95, "小单合同确认。", ()),
    ("2026-11-11", "18:22", "sms", "in", -1, "“周经理明早 9 点半可以，到二厂门卫打我电话”", ()),
    ("2026-11-12", "09:30", "visit", "out", -1,
     "看了 2 条装配线，现用人工目检，8 人两班。学到 3 项业务特征。", ("需求确认",)),
    ("2026-11-16", "09:40", "mail", "out", -1, "《视觉检测方案 V2》，对方 11-16 11:05 回复收到。", ()),
    ("2026-11-18", "14:02", "wechat", "both", -1, "发了同行案例视频；对方问是否支持双工位。", ()),
    ("2026-11-20", "10:24", "phone", "out", 372,
     "漏检率 2.1%，总经理要求年底前降到 0.5%，预算已批。", ("预算已批",)),
)  # fmt: skip
QIMING_FEATURES = {
    "2026-11-12": {"产线数量": "2", "现用检测方式": "人工目检", "节拍要求": "3.5"},
    "2026-11-20": {"漏检率": "2.1", "比较中的竞品": "精测科技", "预算状态": "已批"},
}
QIMING_RADAR = (
    ("统一代码", "91320214MA27XXXX5K", "工商", "verified"),
    ("法人 / 成立", "何建平 · 2017-05-09", "工商", "verified"),
    ("注册资本", "2,000 万元", "工商", "verified"),
    ("主营", "汽车零部件装配自动化", "官网", "verified"),
    ("员工规模", "130 人 / 官网写 200+", "年报", "conflicting"),
    ("舆情", "10 月获评专精特新", "新闻", "verified"),
    ("微信 / QQ", "sunli_qm · 3381••26", "手机", "unchecked"),
)
