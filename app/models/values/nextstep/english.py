"""Times typed in English, put into the Chinese words that the reader knows."""

from __future__ import annotations

import re

_DAYS = {
    "mon": "一", "tue": "二", "wed": "三", "thu": "四", "fri": "五", "sat": "六", "sun": "日",
}  # fmt: skip
_DAY_NAME = r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_UNITS = {"d": "天", "w": "周", "m": "个月"}
_WORDS: tuple[tuple[str, str], ...] = (
    (r"\blater today\b", "今天稍后"),
    (r"\b(?:tonight|this evening)\b", "今晚"),
    (r"\bthe day after tomorrow\b|\bday after tomorrow\b", "后天"),
    (r"\b(?:tomorrow|tmr)\b", "明天"),
    (r"\btoday\b", "今天"),
    (r"\bthis week\b", "本周内"),
    (r"\bnext week\b", "下周"),
    (r"\bnext month\b", "下月"),
    (r"\bnext quarter\b", "下季度"),
    (r"\b(?:this )?weekend\b", "周末"),
    (r"\b(?:by )?(?:the )?(?:end of (?:the )?month|eom)\b", "月底前"),
    (r"\b(?:by )?(?:the )?(?:end of (?:the )?quarter|eoq)\b", "季度内"),
    (r"\b(?:by )?(?:the )?(?:end of (?:the )?year|eoy)\b", "年底前"),
    (r"\b(?:by )?(?:the )?(?:end of (?:the )?day|eod)\b", "下班前"),
    (r"\bafter (?:the )?holidays?\b", "节后第一天"),
    (r"\bnext (?:working|business) day\b", "下个工作日"),
    (r"\bmorning\b", "上午"),
    (r"\b(?:this )?afternoon\b", "下午"),
    (r"\bevening\b", "晚上"),
    (r"\bnoon\b", "12:00"),
)
_TABLE = tuple((re.compile(pattern), words) for pattern, words in _WORDS)
_IN = re.compile(r"\bin (\d{1,3}) (?:(working|business) )?(d|w|m)(?:ays?|eeks?|onths?)\b")
_HOURS = re.compile(r"\bin (\d{1,3}) ?(h|min)[a-z]*")
_NEXT_DAY = re.compile(rf"\bnext {_DAY_NAME}\b")
_ONE_DAY = re.compile(rf"\b(?:this |on )?{_DAY_NAME}\b")
_CLOCK = re.compile(r"\b(?:at )?(\d{1,2})(?::(\d{2}))? ?(am|pm)\b")
_AT = re.compile(r"\bat (\d{1,2}:\d{2})\b")
_BY = re.compile(r"\b(?:by|before) (.+)")


def in_chinese(word: str) -> str:
    """Return a lower-case time with its English words in Chinese; any other text as it is."""
    if not word.isascii() or not re.search("[a-z]", word):
        return word
    for pattern, words in _TABLE:
        word = pattern.sub(words, word)
    word = _IN.sub(_counted, word)
    word = _HOURS.sub(lambda found: f"{found[1]}{'小时' if found[2] == 'h' else '分钟'}后", word)
    word = _NEXT_DAY.sub(lambda found: f"下周{_DAYS[found[1]]}", word)
    word = _ONE_DAY.sub(lambda found: f"周{_DAYS[found[1]]}", word)
    word = _CLOCK.sub(_half_day, word)
    word = _AT.sub(r"\1", word)
    return _BY.sub(r"\1前", word)


def _counted(found: re.Match[str]) -> str:
    unit = "个工作日" if found[2] and found[3] == "d" else _UNITS[found[3]]
    return f"{found[1]}{unit}后"


def _half_day(found: re.Match[str]) -> str:
    hour = int(found[1]) % 12 + (12 if found[3] == "pm" else 0)
    return f"{hour:02}:{found[2] or '00'}"
