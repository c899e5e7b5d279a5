import json

from app import bootstrap
from app.cli.main import run


def test_the_parts_found_by_import_are_listed(capsys):
    assert run(["parts", "--json"], bootstrap) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"conversion", "touches"} <= set(found["kpis"])
    assert {"xlsx", "vcf"} <= set(found["formats"])
    assert {"today", "kpi", "staff"} <= set(found["pages"])
    assert {"app.bootstrap", "app.views.core.shell", "app.services.kpi.measures.touches"} <= set(
        found["modules"]
    )
    assert any(one.startswith("SQLAlchemy ") for one in found["libraries"])
    assert found["keyrings"]
