"""Run by trytond's own Python: parties of a trytond database, timed; prints JSON.

``python tryton_probe.py CONFIG DATABASE PARTIES`` fills the database up to so many parties:
the first ones through the models, the rest by SQL, as their creation takes minutes.
"""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import sys
import time

THROUGH_MODELS = 1_000
PLACES = ("杭州", "宁波", "苏州", "无锡", "深圳", "东莞", "温州", "常州")
TRADES = ("精密", "机械", "电子", "模具", "五金", "阀门", "轴承", "包装")
CHARS = "华新明达盛兴宏伟泰和瑞丰立德天成永固安邦中科"


def names(count: int) -> list[str]:
    dice = random.Random(5)
    return [
        dice.choice(PLACES) + "".join(dice.choices(CHARS, k=4)) + dice.choice(TRADES) + "有限公司"
        for _ in range(count)
    ]


def timed(act) -> float:
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000


def fill(file: str, wanted: int) -> None:
    raw = sqlite3.connect(file)
    have = raw.execute("SELECT count(*) FROM party_party").fetchone()[0]
    rows = [(name, f"S{at}") for at, name in enumerate(names(wanted))][have:]
    raw.executemany(
        "INSERT INTO party_party (create_uid, create_date, name, code, active)"
        " VALUES (0, CURRENT_TIMESTAMP, ?, ?, 1)", rows,
    )  # fmt: skip
    raw.commit()
    raw.close()


def main(config_file: str, database: str, wanted: int) -> None:
    from trytond import config

    config.update_etc([config_file])
    from trytond.pool import Pool
    from trytond.transaction import Transaction

    Pool.start()
    pool = Pool(database)
    pool.init()
    with Transaction().start(database, 0, context={"company": None}) as transaction:
        party = pool.get("party.party")
        made = names(THROUGH_MODELS)

        def create(name: str) -> None:
            phone = {"type": "phone", "value": "+8613812345678"}
            party.create([{"name": name, "contact_mechanisms": [("create", [phone])]}])

        have = party.search([], count=True)
        if have < THROUGH_MODELS:
            for name in made[have:]:
                create(name)
        transaction.commit()
    fill(f"{sys.argv[4]}/{database}.sqlite", wanted)

    def page(offset: int):
        with Transaction().start(database, 0, readonly=True):
            rows = party.search([], offset=offset, limit=200, order=[("name", "ASC")])
            return party.read([one.id for one in rows], ["name", "code", "active"])

    def search(text: str):
        with Transaction().start(database, 0, readonly=True):
            rows = party.search([("name", "ilike", f"%{text}%")], limit=50)
            return party.read([one.id for one in rows], ["name", "code"])

    def save(name: str):
        with Transaction().start(database, 0) as transaction:
            create(name)
            transaction.commit()

    dice = random.Random(11)
    some = names(wanted)
    found = {
        "parties": wanted,
        "list": [timed(lambda: page(0)) for _ in range(9)],
        "middle": [timed(lambda: page(wanted // 2)) for _ in range(9)],
        "search": [timed(lambda: search(dice.choice(some)[2:6])) for _ in range(15)],
        "create": [timed(lambda: save(dice.choice(some))) for _ in range(9)],
    }
    medians = {k: statistics.median(v) if isinstance(v, list) else v for k, v in found.items()}
    print(json.dumps(medians))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
