"""The tables of the store, as the newest migration leaves them."""

from __future__ import annotations

import sqlalchemy as sa

TABLES = sa.MetaData()

READINGS = sa.Table(
    "ecgviz_readings",
    TABLES,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("reader", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("findings", sa.Text, nullable=False),
    sa.Column("comment", sa.Text, nullable=False),
    sa.Column("measurements", sa.Text, nullable=False),
    sa.Column("boxes", sa.Text),
    sa.Column("blind", sa.Boolean, nullable=False),
    sa.Column("file", sa.Text),
    sa.Column("has_picture", sa.Boolean, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Text, nullable=False),
)

HISTORY = sa.Table(
    "ecgviz_history",
    TABLES,
    sa.Column("reading_id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("before", sa.Text),
)

PICTURES = sa.Table(
    "ecgviz_pictures",
    TABLES,
    sa.Column("reading_id", sa.Text, primary_key=True),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

PREDICTIONS = sa.Table(
    "ecgviz_predictions",
    TABLES,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("network", sa.Text, primary_key=True),
    sa.Column("version", sa.Text, primary_key=True),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("probabilities", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)

# One row: which migration the tables stand at.
SCHEMA = sa.Table("ecgviz_store", TABLES, sa.Column("version", sa.Integer, primary_key=True))
