"""Where to look a customer up: public sites that open in the person's own browser."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from app.i18n import N_
from app.services.customers.drafts import CustomerCard


@dataclass(frozen=True, slots=True)
class Link:
    """One place to look: its words and the address with {name} in it."""

    title: str
    address: str

    def of(self, card: CustomerCard) -> str:
        """Return the address for a customer."""
        return self.address.format(name=quote(card.name, safe=""))


LINKS = (
    Link(N_("国家企业信用信息公示"), "https://www.gsxt.gov.cn/index.html"),
    Link(N_("搜索：公司名"), "https://www.baidu.com/s?wd={name}"),
    Link(N_("搜索：新闻"), "https://www.baidu.com/s?tn=news&word={name}"),
    Link(N_("裁判文书"), "https://wenshu.court.gov.cn/"),
    Link(N_("地图上找"), "https://map.baidu.com/search/{name}"),
)
