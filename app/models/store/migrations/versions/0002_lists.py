"""Tags, saved views, and indexes over features that hold all that a filter reads."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")

STAMPS = ("created_at", "created_by", "updated_at", "updated_by", "deleted_at", "batch_id")
FEATURES = {
    "text": ("text", "text <> ''"),
    "number": ("number", "option_id = 0"),
    "day": ("day", "day <> ''"),
    "option": ("option_id", "option_id <> 0"),
}


def upgrade() -> None:
    """Add two tables; make four indexes anew."""
    _customer_tag()
    _list_view()
    for name, (column, which) in FEATURES.items():
        op.drop_index(f"ix_feature_value_{name}", "feature_value")
        op.create_index(
            f"ix_feature_value_{name}",
            "feature_value",
            ["field_id", column, "customer_id"],
            unique=False,
            sqlite_where=sa.text(f"deleted_at = 0 AND {which}"),
        )


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, Id, server_default="0", nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    own_id = sa.Column("id", Id, autoincrement=False, nullable=False)
    stamps = [_count(one) for one in STAMPS]
    op.create_table(name, *parts, own_id, *stamps, sa.PrimaryKeyConstraint("id"))


def _customer_tag() -> None:
    _table(
        "customer_tag",
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("tag_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"]),
        sa.ForeignKeyConstraint(["tag_id"], ["choice.id"]),
    )
    alive = sa.text("deleted_at = 0")
    op.create_index("ix_customer_tag_customer", "customer_tag", ["customer_id"], sqlite_where=alive)
    op.create_index(
        "ix_customer_tag_tag", "customer_tag", ["tag_id", "customer_id"], sqlite_where=alive
    )


def _list_view() -> None:
    _table(
        "list_view",
        _text("list_name"),
        _text("title"),
        _count("staff_id"),
        sa.Column("shared", sa.Boolean(), server_default="0", nullable=False),
        _count("position"),
        _text("body"),
    )
    op.create_index("ix_list_view_list", "list_view", ["list_name", "position"])
