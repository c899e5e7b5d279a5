"""The first schema of a book."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")

SEARCH = (
    "CREATE TABLE search_text (id INTEGER PRIMARY KEY, text TEXT NOT NULL, grams TEXT NOT NULL)",
    (
        "CREATE VIRTUAL TABLE search_gram USING fts5"
        "(grams, content='', detail=none, columnsize=0, tokenize='ascii')"
    ),
)


def upgrade() -> None:
    """Make every table, index and the search tables."""
    for make in TABLES:
        make()
    for statement in SEARCH:
        op.execute(statement)


def _audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("at", Id, server_default="0", nullable=False),
        sa.Column("unit_id", Id, server_default="0", nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("staff_id", Id, server_default="0", nullable=False),
        sa.Column("action", sa.Text(), server_default="", nullable=False),
        sa.Column("table_name", sa.Text(), server_default="", nullable=False),
        sa.Column("row_id", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.Column("before", sa.Text(), server_default="", nullable=False),
        sa.Column("after", sa.Text(), server_default="", nullable=False),
        sa.Column("previous_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("hash", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_audit_entry_batch",
        "audit_entry",
        ["batch_id"],
        unique=False,
        sqlite_where=sa.text("batch_id <> 0"),
    )
    op.create_index("ix_audit_entry_row", "audit_entry", ["table_name", "row_id"], unique=False)
    op.create_index("ix_audit_entry_unit", "audit_entry", ["unit_id"], unique=False)


def _book_header() -> None:
    op.create_table(
        "book_header",
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("made_with", sa.Text(), server_default="", nullable=False),
        sa.Column("written_with", sa.Text(), server_default="", nullable=False),
        sa.Column("clean_close", sa.Boolean(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("file_id"),
    )


def _choice() -> None:
    op.create_table(
        "choice",
        sa.Column("list_name", sa.Text(), server_default="", nullable=False),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("position", Id, server_default="0", nullable=False),
        sa.Column("archived", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_choice_list", "choice", ["list_name", "position"], unique=False)


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("gender", sa.Text(), server_default="", nullable=False),
        sa.Column("birthday", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _customer() -> None:
    op.create_table(
        "customer",
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("name_key", sa.Text(), server_default="", nullable=False),
        sa.Column("sort_key", sa.Text(), server_default="", nullable=False),
        sa.Column("short_name", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="company", nullable=False),
        sa.Column("uscc", sa.Text(), server_default="", nullable=False),
        sa.Column("parent_id", Id, server_default="0", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("industry", sa.Text(), server_default="", nullable=False),
        sa.Column("size", sa.Text(), server_default="", nullable=False),
        sa.Column("region_code", sa.Text(), server_default="", nullable=False),
        sa.Column("region", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("website", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("created_on", sa.Text(), server_default="", nullable=False),
        sa.Column("historic", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("trial", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("merged_into_id", Id, server_default="0", nullable=False),
        sa.Column("owner_id", Id, server_default="0", nullable=False),
        sa.Column("stage_position", Id, server_default="0", nullable=False),
        sa.Column("stage_reached", Id, server_default="0", nullable=False),
        sa.Column("stage_since_on", sa.Text(), server_default="", nullable=False),
        sa.Column("life", sa.Text(), server_default="prospect", nullable=False),
        sa.Column("quality", sa.Text(), server_default="", nullable=False),
        sa.Column("grade", sa.Text(), server_default="", nullable=False),
        sa.Column("expected_fen", Id, server_default="-1", nullable=False),
        sa.Column("expected_from", sa.Text(), server_default="", nullable=False),
        sa.Column("expected_to", sa.Text(), server_default="", nullable=False),
        sa.Column("expected_label", sa.Text(), server_default="", nullable=False),
        sa.Column("calibrated_at", Id, server_default="0", nullable=False),
        sa.Column("calibrated_by", Id, server_default="0", nullable=False),
        sa.Column("main_contact", sa.Text(), server_default="", nullable=False),
        sa.Column("main_phone", sa.Text(), server_default="", nullable=False),
        sa.Column("last_touch_at", Id, server_default="0", nullable=False),
        sa.Column("last_touch_on", sa.Text(), server_default="", nullable=False),
        sa.Column("next_step_id", Id, server_default="0", nullable=False),
        sa.Column("next_start_at", Id, server_default="253402300799999", nullable=False),
        sa.Column("next_due_at", Id, server_default="253402300799999", nullable=False),
        sa.Column("next_plan", sa.Text(), server_default="", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_customer_by_created_on",
        "customer",
        ["created_on", "id"],
        unique=False,
        sqlite_where=sa.text("deleted_at = 0"),
    )
    op.create_index(
        "ix_customer_by_expected_fen",
        "customer",
        ["expected_fen", "id"],
        unique=False,
        sqlite_where=sa.text("deleted_at = 0"),
    )
    op.create_index(
        "ix_customer_by_last_touch_on",
        "customer",
        ["last_touch_on", "id"],
        unique=False,
        sqlite_where=sa.text("deleted_at = 0"),
    )
    op.create_index(
        "ix_customer_by_next_due_at",
        "customer",
        ["next_due_at", "id"],
        unique=False,
        sqlite_where=sa.text("deleted_at = 0"),
    )
    op.create_index(
        "ix_customer_by_owner_id",
        "customer",
        ["owner_id", "id"],
        unique=False,
        sqlite_where=sa.text("deleted_at = 0"),
    )
    op.create_index(
        "ix_customer_by_region",
        "customer",
        ["region", "id"],
        unique=False,
        sqlite_where=sa.text("deleted_at = 0"),
    )
    op.create_index(
        "ix_customer_by_sort_key",
        "customer",
        ["sort_key", "id"],
        unique=False,
        sqlite_where=sa.text("deleted_at = 0"),
    )
    op.create_index(
        "ix_customer_by_stage_position",
        "customer",
        ["stage_position", "id"],
        unique=False,
        sqlite_where=sa.text("deleted_at = 0"),
    )
    op.create_index("ix_customer_code", "customer", ["code"], unique=False)
    op.create_index("ix_customer_name_key", "customer", ["name_key"], unique=False)
    op.create_index(
        "ix_customer_uscc", "customer", ["uscc"], unique=False, sqlite_where=sa.text("uscc <> ''")
    )


def _customer_fact() -> None:
    op.create_table(
        "customer_fact",
        sa.Column("customer_id", Id, autoincrement=False, nullable=False),
        sa.Column("created_on", sa.Text(), server_default="", nullable=False),
        sa.Column("historic", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("first_touch_on", sa.Text(), server_default="", nullable=False),
        sa.Column("first_sign_on", sa.Text(), server_default="", nullable=False),
        sa.Column("second_sign_on", sa.Text(), server_default="", nullable=False),
        sa.Column("sign_month", sa.Text(), server_default="", nullable=False),
        sa.Column("lag_days", Id, server_default="999999", nullable=False),
        sa.Column("first_deal_fen", Id, server_default="0", nullable=False),
        sa.Column("priced", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("cycle_days", Id, server_default="-1", nullable=False),
        sa.Column("touches", Id, server_default="0", nullable=False),
        sa.Column("backdated", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("first_owner_id", Id, server_default="0", nullable=False),
        sa.Column("first_team_id", Id, server_default="0", nullable=False),
        sa.Column("sign_owner_id", Id, server_default="0", nullable=False),
        sa.Column("sign_team_id", Id, server_default="0", nullable=False),
        sa.Column("owner_id", Id, server_default="0", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("region", sa.Text(), server_default="", nullable=False),
        sa.Column("industry", sa.Text(), server_default="", nullable=False),
        sa.Column("grade", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("valued_on", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("customer_id"),
    )
    op.create_index(
        "ix_customer_fact_again",
        "customer_fact",
        ["second_sign_on"],
        unique=False,
        sqlite_where=sa.text("second_sign_on <> ''"),
    )
    op.create_index(
        "ix_customer_fact_by_cycle_days",
        "customer_fact",
        ["sign_month", "cycle_days"],
        unique=False,
        sqlite_where=sa.text("sign_month <> ''"),
    )
    op.create_index(
        "ix_customer_fact_by_first_deal_fen",
        "customer_fact",
        ["sign_month", "priced", "first_deal_fen"],
        unique=False,
        sqlite_where=sa.text("sign_month <> ''"),
    )
    op.create_index(
        "ix_customer_fact_by_touches",
        "customer_fact",
        ["sign_month", "touches"],
        unique=False,
        sqlite_where=sa.text("sign_month <> ''"),
    )
    op.create_index(
        "ix_customer_fact_created",
        "customer_fact",
        ["created_on", "historic", "lag_days", "first_sign_on", "second_sign_on"],
        unique=False,
    )
    op.create_index(
        "ix_customer_fact_signed",
        "customer_fact",
        ["first_sign_on", "priced", "first_deal_fen", "cycle_days", "touches", "backdated"],
        unique=False,
        sqlite_where=sa.text("first_sign_on <> ''"),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("staff_id", Id, server_default="0", nullable=False),
        sa.Column("form", sa.Text(), server_default="", nullable=False),
        sa.Column("subject_id", Id, server_default="0", nullable=False),
        sa.Column("payload", sa.Text(), server_default="", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_draft_subject", "draft", ["staff_id", "form", "subject_id"], unique=False)


def _feature_field() -> None:
    op.create_table(
        "feature_field",
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("help", sa.Text(), server_default="", nullable=False),
        sa.Column("type", sa.Text(), server_default="text", nullable=False),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("position", Id, server_default="0", nullable=False),
        sa.Column("required", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("archived", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("importance", Id, server_default="1", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _import_batch() -> None:
    op.create_table(
        "import_batch",
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="running", nullable=False),
        sa.Column("report", sa.Text(), server_default="{}", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _kpi_month() -> None:
    op.create_table(
        "kpi_month",
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("created_count", Id, server_default="0", nullable=False),
        sa.Column("signed_count", Id, server_default="0", nullable=False),
        sa.Column("again_count", Id, server_default="0", nullable=False),
        sa.Column("within_30", Id, server_default="0", nullable=False),
        sa.Column("within_60", Id, server_default="0", nullable=False),
        sa.Column("within_90", Id, server_default="0", nullable=False),
        sa.Column("within_180", Id, server_default="0", nullable=False),
        sa.Column("within_365", Id, server_default="0", nullable=False),
        sa.Column("first_count", Id, server_default="0", nullable=False),
        sa.Column("priced_count", Id, server_default="0", nullable=False),
        sa.Column("first_deal_fen", Id, server_default="0", nullable=False),
        sa.Column("cycle_count", Id, server_default="0", nullable=False),
        sa.Column("cycle_days", Id, server_default="0", nullable=False),
        sa.Column("touches", Id, server_default="0", nullable=False),
        sa.Column("backdated_count", Id, server_default="0", nullable=False),
        sa.Column("untouched_count", Id, server_default="0", nullable=False),
        sa.Column("signed_fen", Id, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("dimension", "value", "month"),
        sqlite_with_rowid=False,
    )


def _product() -> None:
    op.create_table(
        "product",
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("category", sa.Text(), server_default="", nullable=False),
        sa.Column("spec", sa.Text(), server_default="", nullable=False),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("price_fen", Id, server_default="-1", nullable=False),
        sa.Column("cost_fen", Id, server_default="-1", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_product_code", "product", ["code"], unique=False)


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("sort_key", sa.Text(), server_default="", nullable=False),
        sa.Column("team_id", Id, server_default="0", nullable=False),
        sa.Column("post", sa.Text(), server_default="", nullable=False),
        sa.Column("role", sa.Text(), server_default="sales", nullable=False),
        sa.Column("joined_on", sa.Text(), server_default="", nullable=False),
        sa.Column("left_on", sa.Text(), server_default="", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _staff_credit() -> None:
    op.create_table(
        "staff_credit",
        sa.Column("customer_id", Id, autoincrement=False, nullable=False),
        sa.Column("staff_id", Id, autoincrement=False, nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("signed_fen", Id, server_default="0", nullable=False),
        sa.Column("contracts", Id, server_default="0", nullable=False),
        sa.Column("received_fen", Id, server_default="0", nullable=False),
        sa.Column("opportunities", Id, server_default="0", nullable=False),
        sa.Column("projects", Id, server_default="0", nullable=False),
        sa.Column("new_customers", Id, server_default="0", nullable=False),
        sa.Column("won_customers", Id, server_default="0", nullable=False),
        sa.Column("won_fen", Id, server_default="0", nullable=False),
        sa.Column("lost_customers", Id, server_default="0", nullable=False),
        sa.Column("lost_fen", Id, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "staff_id", "on"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_staff_credit_day", "staff_credit", ["on", "staff_id"], unique=False)


def _staff_month() -> None:
    op.create_table(
        "staff_month",
        sa.Column("staff_id", Id, autoincrement=False, nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("signed_fen", Id, server_default="0", nullable=False),
        sa.Column("contracts", Id, server_default="0", nullable=False),
        sa.Column("received_fen", Id, server_default="0", nullable=False),
        sa.Column("opportunities", Id, server_default="0", nullable=False),
        sa.Column("projects", Id, server_default="0", nullable=False),
        sa.Column("new_customers", Id, server_default="0", nullable=False),
        sa.Column("won_customers", Id, server_default="0", nullable=False),
        sa.Column("won_fen", Id, server_default="0", nullable=False),
        sa.Column("lost_customers", Id, server_default="0", nullable=False),
        sa.Column("lost_fen", Id, server_default="0", nullable=False),
        sa.Column("calls", Id, server_default="0", nullable=False),
        sa.Column("connected", Id, server_default="0", nullable=False),
        sa.Column("talk_seconds", Id, server_default="0", nullable=False),
        sa.Column("sms", Id, server_default="0", nullable=False),
        sa.Column("emails", Id, server_default="0", nullable=False),
        sa.Column("chats", Id, server_default="0", nullable=False),
        sa.Column("visits", Id, server_default="0", nullable=False),
        sa.Column("followups", Id, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "month"),
        sqlite_with_rowid=False,
    )


def _staff_mtd() -> None:
    op.create_table(
        "staff_mtd",
        sa.Column("staff_id", Id, autoincrement=False, nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("signed_fen", Id, server_default="0", nullable=False),
        sa.Column("contracts", Id, server_default="0", nullable=False),
        sa.Column("received_fen", Id, server_default="0", nullable=False),
        sa.Column("opportunities", Id, server_default="0", nullable=False),
        sa.Column("projects", Id, server_default="0", nullable=False),
        sa.Column("new_customers", Id, server_default="0", nullable=False),
        sa.Column("won_customers", Id, server_default="0", nullable=False),
        sa.Column("won_fen", Id, server_default="0", nullable=False),
        sa.Column("lost_customers", Id, server_default="0", nullable=False),
        sa.Column("lost_fen", Id, server_default="0", nullable=False),
        sa.Column("calls", Id, server_default="0", nullable=False),
        sa.Column("connected", Id, server_default="0", nullable=False),
        sa.Column("talk_seconds", Id, server_default="0", nullable=False),
        sa.Column("sms", Id, server_default="0", nullable=False),
        sa.Column("emails", Id, server_default="0", nullable=False),
        sa.Column("chats", Id, server_default="0", nullable=False),
        sa.Column("visits", Id, server_default="0", nullable=False),
        sa.Column("followups", Id, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "on"),
        sqlite_with_rowid=False,
    )


def _team() -> None:
    op.create_table(
        "team",
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("position", Id, server_default="0", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _calibration_event() -> None:
    op.create_table(
        "calibration_event",
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("opportunity_id", Id, server_default="0", nullable=False),
        sa.Column("at", Id, server_default="0", nullable=False),
        sa.Column("on", sa.Text(), server_default="", nullable=False),
        sa.Column("staff_id", Id, server_default="0", nullable=False),
        sa.Column("field", sa.Text(), server_default="", nullable=False),
        sa.Column("old", sa.Text(), server_default="", nullable=False),
        sa.Column("new", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="manual", nullable=False),
        sa.Column("followup_id", Id, server_default="0", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_calibration_event_customer", "calibration_event", ["customer_id", "at"], unique=False
    )


def _contact_channel() -> None:
    op.create_table(
        "contact_channel",
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("customer_id", Id, server_default="0", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("raw", sa.Text(), server_default="", nullable=False),
        sa.Column("normal", sa.Text(), server_default="", nullable=False),
        sa.Column("preferred", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("invalid", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_contact_channel_contact_id"), "contact_channel", ["contact_id"], unique=False
    )
    op.create_index(
        op.f("ix_contact_channel_customer_id"), "contact_channel", ["customer_id"], unique=False
    )
    op.create_index("ix_contact_channel_normal", "contact_channel", ["normal"], unique=False)


def _contract() -> None:
    op.create_table(
        "contract",
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="new", nullable=False),
        sa.Column("status", sa.Text(), server_default="active", nullable=False),
        sa.Column("signed_on", sa.Text(), server_default="", nullable=False),
        sa.Column("amount_fen", Id, nullable=True),
        sa.Column("signer_id", Id, server_default="0", nullable=False),
        sa.Column("as_new", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("replaces_id", Id, server_default="0", nullable=False),
        sa.Column("void_on", sa.Text(), server_default="", nullable=False),
        sa.Column("void_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_contract_code", "contract", ["code"], unique=False)
    op.create_index("ix_contract_customer", "contract", ["customer_id", "signed_on"], unique=False)
    op.create_index("ix_contract_signed", "contract", ["signed_on", "id"], unique=False)


def _employment() -> None:
    op.create_table(
        "employment",
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("part", sa.Text(), server_default="", nullable=False),
        sa.Column("main", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("from_on", sa.Text(), server_default="", nullable=False),
        sa.Column("to_on", sa.Text(), server_default="", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_employment_contact_id"), "employment", ["contact_id"], unique=False)
    op.create_index(op.f("ix_employment_customer_id"), "employment", ["customer_id"], unique=False)


def _feature_option() -> None:
    op.create_table(
        "feature_option",
        sa.Column("field_id", Id, nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("position", Id, server_default="0", nullable=False),
        sa.Column("archived", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["field_id"],
            ["feature_field.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_feature_option_field_id"), "feature_option", ["field_id"], unique=False
    )


def _feature_value() -> None:
    op.create_table(
        "feature_value",
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("field_id", Id, nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("number", Id, server_default="0", nullable=False),
        sa.Column("day", sa.Text(), server_default="", nullable=False),
        sa.Column("option_id", Id, server_default="0", nullable=False),
        sa.Column("learnt_on", sa.Text(), server_default="", nullable=False),
        sa.Column("staff_id", Id, server_default="0", nullable=False),
        sa.Column("followup_id", Id, server_default="0", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["field_id"],
            ["feature_field.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_feature_value_customer", "feature_value", ["customer_id", "field_id"], unique=False
    )
    op.create_index("ix_feature_value_day", "feature_value", ["field_id", "day"], unique=False)
    op.create_index(
        "ix_feature_value_number", "feature_value", ["field_id", "number"], unique=False
    )
    op.create_index(
        "ix_feature_value_option", "feature_value", ["field_id", "option_id"], unique=False
    )
    op.create_index("ix_feature_value_text", "feature_value", ["field_id", "text"], unique=False)


def _followup() -> None:
    op.create_table(
        "followup",
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("at", Id, server_default="0", nullable=False),
        sa.Column("on", sa.Text(), server_default="", nullable=False),
        sa.Column("staff_id", Id, server_default="0", nullable=False),
        sa.Column("channel", sa.Text(), server_default="other", nullable=False),
        sa.Column("direction", sa.Text(), server_default="", nullable=False),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("duration_s", Id, server_default="-1", nullable=False),
        sa.Column("content", sa.Text(), server_default="", nullable=False),
        sa.Column("plan_kind", sa.Text(), server_default="", nullable=False),
        sa.Column("parent_step_id", Id, server_default="0", nullable=False),
        sa.Column("counts", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("fold_key", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="typed", nullable=False),
        sa.Column("contact_id", Id, server_default="0", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_followup_counting",
        "followup",
        ["customer_id", "on"],
        unique=False,
        sqlite_where=sa.text("counts = 1 AND deleted_at = 0"),
    )
    op.create_index("ix_followup_customer", "followup", ["customer_id", "at"], unique=False)
    op.create_index(
        "ix_followup_fold",
        "followup",
        ["fold_key"],
        unique=False,
        sqlite_where=sa.text("fold_key <> ''"),
    )
    op.create_index(
        "ix_followup_staff",
        "followup",
        ["staff_id", "on", "customer_id", "counts", "deleted_at"],
        unique=False,
    )


def _life_spell() -> None:
    op.create_table(
        "life_spell",
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("state", sa.Text(), server_default="prospect", nullable=False),
        sa.Column("from_on", sa.Text(), server_default="", nullable=False),
        sa.Column("to_on", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("competitor", sa.Text(), server_default="", nullable=False),
        sa.Column("lost_fen", Id, server_default="-1", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_life_spell_customer_id"), "life_spell", ["customer_id"], unique=False)


def _next_step() -> None:
    op.create_table(
        "next_step",
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("staff_id", Id, server_default="0", nullable=False),
        sa.Column("bucket", sa.Text(), server_default="", nullable=False),
        sa.Column("anchor_at", Id, server_default="0", nullable=False),
        sa.Column("window_start", Id, server_default="253402300799999", nullable=False),
        sa.Column("window_end", Id, server_default="253402300799999", nullable=False),
        sa.Column("has_clock", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("plan_kind", sa.Text(), server_default="", nullable=False),
        sa.Column("what", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("parent_followup_id", Id, server_default="0", nullable=False),
        sa.Column("postponed_from_id", Id, server_default="0", nullable=False),
        sa.Column("postpone_count", Id, server_default="0", nullable=False),
        sa.Column("done_at", Id, server_default="0", nullable=False),
        sa.Column("done_followup_id", Id, server_default="0", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_next_step_agenda",
        "next_step",
        ["staff_id", "window_end"],
        unique=False,
        sqlite_where=sa.text("state = 'open' AND deleted_at = 0"),
    )
    op.create_index("ix_next_step_customer", "next_step", ["customer_id"], unique=False)
    op.create_index(
        "ix_next_step_open",
        "next_step",
        ["customer_id", "window_end"],
        unique=False,
        sqlite_where=sa.text("state = 'open' AND deleted_at = 0"),
    )


def _opportunity() -> None:
    op.create_table(
        "opportunity",
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("owner_id", Id, server_default="0", nullable=False),
        sa.Column("expected_fen", Id, server_default="-1", nullable=False),
        sa.Column("expected_on", sa.Text(), server_default="", nullable=False),
        sa.Column("created_on", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("closed_on", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_opportunity_customer_id"), "opportunity", ["customer_id"], unique=False
    )


def _owner_spell() -> None:
    op.create_table(
        "owner_spell",
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("staff_id", Id, server_default="0", nullable=False),
        sa.Column("from_on", sa.Text(), server_default="", nullable=False),
        sa.Column("to_on", sa.Text(), server_default="", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_owner_spell_customer_id"), "owner_spell", ["customer_id"], unique=False
    )


def _payment() -> None:
    op.create_table(
        "payment",
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("contract_id", Id, server_default="0", nullable=False),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("paid_on", sa.Text(), server_default="", nullable=False),
        sa.Column("amount_fen", Id, server_default="0", nullable=False),
        sa.Column("method", sa.Text(), server_default="", nullable=False),
        sa.Column("staff_id", Id, server_default="0", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_payment_code", "payment", ["code"], unique=False)
    op.create_index("ix_payment_contract", "payment", ["contract_id"], unique=False)
    op.create_index("ix_payment_customer", "payment", ["customer_id", "paid_on"], unique=False)
    op.create_index("ix_payment_paid", "payment", ["paid_on", "id"], unique=False)


def _radar_item() -> None:
    op.create_table(
        "radar_item",
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("section", sa.Text(), server_default="", nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("found_on", sa.Text(), server_default="", nullable=False),
        sa.Column("staff_id", Id, server_default="0", nullable=False),
        sa.Column("mark", sa.Text(), server_default="unchecked", nullable=False),
        sa.Column("position", Id, server_default="0", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_radar_item_customer_id"), "radar_item", ["customer_id"], unique=False)


def _staff_address() -> None:
    op.create_table(
        "staff_address",
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("raw", sa.Text(), server_default="", nullable=False),
        sa.Column("normal", sa.Text(), server_default="", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_staff_address_normal", "staff_address", ["kind", "normal"], unique=False)
    op.create_index(op.f("ix_staff_address_staff_id"), "staff_address", ["staff_id"], unique=False)


def _stage_move() -> None:
    op.create_table(
        "stage_move",
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("from_position", Id, server_default="0", nullable=False),
        sa.Column("to_position", Id, server_default="0", nullable=False),
        sa.Column("at", Id, server_default="0", nullable=False),
        sa.Column("on", sa.Text(), server_default="", nullable=False),
        sa.Column("staff_id", Id, server_default="0", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="manual", nullable=False),
        sa.Column("followup_id", Id, server_default="0", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_stage_move_customer_id"), "stage_move", ["customer_id"], unique=False)


def _team_spell() -> None:
    op.create_table(
        "team_spell",
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("team_id", Id, server_default="0", nullable=False),
        sa.Column("until_on", sa.Text(), server_default="", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_team_spell_staff_id"), "team_spell", ["staff_id"], unique=False)


def _contract_share() -> None:
    op.create_table(
        "contract_share",
        sa.Column("contract_id", Id, nullable=False),
        sa.Column("staff_id", Id, server_default="0", nullable=False),
        sa.Column("weight", Id, server_default="100", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_contract_share_contract_id"), "contract_share", ["contract_id"], unique=False
    )


def _followup_contact() -> None:
    op.create_table(
        "followup_contact",
        sa.Column("followup_id", Id, nullable=False),
        sa.Column("contact_id", Id, server_default="0", nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", Id, server_default="0", nullable=False),
        sa.Column("created_by", Id, server_default="0", nullable=False),
        sa.Column("updated_at", Id, server_default="0", nullable=False),
        sa.Column("updated_by", Id, server_default="0", nullable=False),
        sa.Column("deleted_at", Id, server_default="0", nullable=False),
        sa.Column("batch_id", Id, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["followup_id"],
            ["followup.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_followup_contact_followup_id"), "followup_contact", ["followup_id"], unique=False
    )


TABLES = (
    _audit_entry,
    _book_header,
    _choice,
    _contact,
    _customer,
    _customer_fact,
    _draft,
    _feature_field,
    _import_batch,
    _kpi_month,
    _product,
    _setting,
    _staff,
    _staff_credit,
    _staff_month,
    _staff_mtd,
    _team,
    _calibration_event,
    _contact_channel,
    _contract,
    _employment,
    _feature_option,
    _feature_value,
    _followup,
    _life_spell,
    _next_step,
    _opportunity,
    _owner_spell,
    _payment,
    _radar_item,
    _staff_address,
    _stage_move,
    _team_spell,
    _contract_share,
    _followup_contact,
)
