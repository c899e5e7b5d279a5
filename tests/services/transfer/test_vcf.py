import base64

import pytest

from app.services.transfer import formats
from app.services.transfer.formats._vcard_lines import clean_cards
from app.services.transfer.limits import Limits
from app.services.transfer.sheets import collect
from app.services.transfer.worker import open_source


@pytest.fixture
def card(write_csv):
    """Read the one card of a text; return its filled cells by heading."""

    def one(text, encoding="utf-8"):
        path = write_csv(text, name="名片.vcf", encoding=encoding)
        source = open_source(path, Limits(), "", sparse=False)
        rows = collect(formats.choose(source).read(source)).sheets[0].rows
        assert len(rows) == 2
        return {name: cell for name, cell in zip(rows[0], rows[1], strict=True) if cell}

    return one


def quoted(text, charset="gbk"):
    return "".join(f"={byte:02X}" for byte in text.encode(charset))


def vcard(*lines, version="3.0"):
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def test_quoted_printable_gbk_with_soft_breaks(card):
    firm = quoted("杭州远华供应链管理有限公司")
    found = card(
        vcard(
            f"N;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:{quoted('宋')};{quoted('霞浩')};;;",
            f"ORG;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:{firm[:60]}=",
            firm[60:],
            "TEL;CELL;PREF:17696789072",
            version="2.1",
        )
    )
    assert found == {
        "姓名": "宋霞浩",
        "客户名称": "杭州远华供应链管理有限公司",
        "手机": "17696789072",
    }


def test_gbk_bytes_without_a_label(card):
    assert card(vcard("N:张;三", "TEL;HOME:057187654321"), encoding="gbk") == {
        "姓名": "张三",
        "电话": "057187654321",
    }


def test_version_three_with_folds_escapes_and_groups(card):
    found = card(
        vcard(
            "N:田;娟涵;;;",
            "FN:田娟涵",
            "TEL;TYPE=CELL:131 9391 4072",
            "item1.EMAIL:p5@example.com",
            "item1.X-ABLabel:工作",
            "ORG:成都翼辉供应链管理有限公司;采购部;二科",
            "NOTE:老客户介绍\\,微信同号\\n喜欢",
            "  钓鱼",
            "BDAY;VALUE=date:--0312",
            "TITLE:经理",
        )
    )
    assert found == {
        "姓名": "田娟涵",
        "手机": "131 9391 4072",
        "邮箱": "p5@example.com",
        "客户名称": "成都翼辉供应链管理有限公司",
        "部门": "采购部 二科",
        "备注": "老客户介绍,微信同号\n喜欢 钓鱼",
        "生日": "--03-12",
        "职务": "经理",
    }


def test_version_four_uris(card):
    found = card(
        vcard(
            "FN:Ann Lee",
            'TEL;VALUE=uri;TYPE="voice,cell":tel:+86-138-0000-0000;ext=12',
            "IMPP:weixin:annlee",
            "X-SOCIALPROFILE;TYPE=wechat:x-apple:ann_2",
            "BDAY:19800321",
            version="4.0",
        )
    )
    assert found == {
        "姓名": "Ann Lee",
        "手机": "+86-138-0000-0000转12",
        "微信": "annlee\nann_2",
        "生日": "1980-03-21",
    }


def test_makers_oddities_do_not_hurt(card):
    photo = base64.b64encode(b"\x01" * 200).decode()
    found = card(
        vcard(
            "X-IRMC-LUID:000200000C",
            "SOUND;X-IRMC-N;CHARSET=UTF-8:x;y;;;",
            "N:;李四;;;",
            "PHOTO;ENCODING=BASE64;JPEG:" + photo[:72],
            photo[72:144],
            photo[144:],
            "",
            "PHOTO;VALUE=URL:http://example.com/very/long",
            "/rest/of/it.jpg",
            "TEL;WORK;VOICE:0510-85200000",
            "TEL;FAX:0510-85200001",
            "X-QQ:12345678",
            "NICKNAME:小李",
            "BDAY;X-APPLE-OMIT-YEAR=1604:1604-01-02",
            "X-ALTBDAY;CALSCALE=chinese:19800321",
            version="2.1",
        )
    )
    assert found == {
        "姓名": "李四",
        "电话": "0510-85200000",
        "QQ": "12345678",
        "生日": "--01-02\n农历03-21",
    }


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["N:张三;;;;"], "张三"),
        (["N:;张三;;;"], "张三"),
        (["FN:张三"], "张三"),
        (["N:;;;;", "FN:张三"], "张三"),
        (["N:Lee;Ann;;;"], "Ann Lee"),
        (["N:欧阳;修;;先生;"], "欧阳修"),
    ],
)
def test_names_in_all_their_forms(card, lines, name):
    assert card(vcard(*lines))["姓名"] == name


def test_cards_without_their_end_and_with_mixed_line_ends():
    text = "BEGIN:VCARD\nVERSION:3.0\nFN:甲\r\nBEGIN:VCARD\rVERSION:3.0\rFN:乙\rEND:VCARD\r"
    cards = list(clean_cards(text.encode()))
    assert [card.count("BEGIN:VCARD") for card in cards] == [1, 1]
    assert "FN:甲" in cards[0]
    assert "FN:乙" in cards[1]


def test_lines_that_are_no_properties_are_left_out():
    cards = list(clean_cards(b"BEGIN:VCARD\nFN:x\n;;;:::\nBEGIN\n\nEND:VCARD\n"))
    assert cards == ["BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x;;;:::BEGIN\r\nEND:VCARD\r\n"]


def test_a_card_of_a_telephone_with_labels_chat_names_and_a_photo(drafts, tmp_path):
    path = tmp_path / "手机.vcf"
    path.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nPRODID:-//Apple Inc.//iPhone OS 17.0//EN\nN:李;四;;;\nFN:李四\n"
        "ORG:乙公司;采购部\nitem1.TEL;type=pref:+86 139 1290 4417\n"
        "item1.X-ABLabel:_$!<Mobile>!$_\nitem2.TEL:0512-62881235\nitem2.X-ABLabel:办公室\n"
        "item4.URL;type=pref:http\\://b.cn\nitem4.X-ABLabel:_$!<HomePage>!$_\n"
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-21\n"
        "IMPP;X-SERVICE-TYPE=QQ;type=HOME;type=pref:x-apple:123456\n"
        "X-SOCIALPROFILE;type=wechat;x-user=wx_ls:x-apple:wx_ls\n"
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\n SkZJRg==\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nN:;赵六(丁公司);;;\nTEL;TYPE=CELL:13612904417\nEND:VCARD\n",
        "utf-8",
    )
    first, second = drafts(path)
    assert {(one.kind, one.raw) for one in first.channels} == {
        ("mobile", "+86 139 1290 4417"),
        ("phone", "0512-62881235"),
        ("qq", "123456"),
        ("wechat", "wx_ls"),
    }
    assert (first.customer, first.department, first.birthday) == ("乙公司", "采购部", "--03-21")
    assert first.note == "http://b.cn"
    assert (second.name, second.customer, second.title) == ("赵六", "丁公司", "")
