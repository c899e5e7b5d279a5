"""What a field of 业务特征 asks, allows and computes; what to talk about."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")

STAMPS = ("created_at", "created_by", "updated_at", "updated_by", "deleted_at", "batch_id")
TEXTS = ("section", "initial", "least", "most", "expression", "required_when", "visible_when",
         "kinds", "industries")  # fmt: skip
FLAGS = ("with_target", "single_use", "unasked", "before_signing", "unlisted", "in_radar",
         "unimported")  # fmt: skip


def upgrade() -> None:
    """Add columns to fields and options, and a table."""
    for name in TEXTS:
        op.add_column("feature_field", _text(name))
    for name in FLAGS:
        op.add_column(
            "feature_field", sa.Column(name, sa.Boolean(), server_default="0", nullable=False)
        )
    op.add_column("feature_field", _count("places", "-1"))
    op.add_column("feature_option", _text("colour"))
    op.add_column("feature_option", _count("parent_id"))
    op.add_column("feature_option", _count("merged_into_id"))
    op.create_table(
        "feature_talk",
        sa.Column("field_id", Id, nullable=False),
        _count("position"),
        _text("condition"),
        _text("words"),
        _text("example"),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        *(_count(one) for one in STAMPS),
        sa.ForeignKeyConstraint(["field_id"], ["feature_field.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_feature_talk_field_id", "feature_talk", ["field_id"])


def _count(name: str, default: str = "0") -> sa.Column[int]:
    return sa.Column(name, Id, server_default=default, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)
