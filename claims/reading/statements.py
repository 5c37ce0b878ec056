"""Statements that Django writes once, for what every page asks of the record.

Django writes a query anew each time it is asked. For a few rows by key that takes five
to twenty times as long as the database needs to find them, and most pages ask little
else: half of the time of a status page went into it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class _Written:
    """What Django wrote: the statement up to its FROM, and how values are read."""

    selecting: str
    parameters: tuple[Any, ...]
    compiler: Any
    converters: Any


class Statement(Generic[M]):
    """Columns of one table, of the rows of which one column has one of some values."""

    def __init__(
        self,
        table: QuerySet[M],
        *columns: str,
        key: str = "",
        order: Sequence[str] = (),
        limit: int = 0,
    ) -> None:
        """Say what is read.

        ``table``: all rows of a model, perhaps with annotations. ``columns``: names of
        fields and annotations; none: all fields. ``key``: the field that keys are of;
        "": all rows are meant. ``order``: names of fields, "-" descends. ``limit``: the
        most rows; 0: all.
        """
        self.table, self.model = table, table.model
        fields = [field.attname for field in self.model._meta.concrete_fields]
        self.columns = columns or tuple(fields)
        self.key, self.order, self.limit = key, order, limit

    def values(self, keys: Collection[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the columns of these rows; asks nothing where no key is given."""
        if self.key and not keys:
            return
        written = self._written
        statement = written.selecting + self._where(len(keys)) + self._end
        with connection.cursor() as cursor:
            cursor.execute(statement, [*written.parameters, *keys])
            found = cursor.fetchall()
        if not written.converters:
            yield from found
            return
        for row in written.compiler.apply_converters(found, written.converters):
            yield tuple(row)

    def rows(self, keys: Collection[Any] = ()) -> list[M]:
        """Return these rows as the model has them; other fields are read when asked."""
        names, places, others = self._of_the_model
        made = []
        for values in self.values(keys):
            own = [values[place] for place in places]
            row = self.model.from_db(connection.alias, names, own)
            for name, place in others:
                setattr(row, name, values[place])
            made.append(row)
        return made

    def first(self, *key: Any) -> M | None:
        """Return the first row, of this key where there is one; ``None``: no such row."""
        return next(iter(self.rows(key)), None)

    @cached_property
    def _of_the_model(self) -> tuple[list[str], list[int], list[tuple[str, int]]]:
        """Return the names of fields as a model wants them, their places, and others."""
        place = {name: number for number, name in enumerate(self.columns)}
        fields = [field.attname for field in self.model._meta.concrete_fields]
        names = [name for name in fields if name in place]
        others = [(name, place[name]) for name in place if name not in fields]
        return names, [place[name] for name in names], others

    @cached_property
    def _written(self) -> _Written:
        query = self.table.order_by().values_list(*self.columns).query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        selecting, parameters = compiler.as_sql()
        read = [column for column, _sql, _alias in compiler.select]
        return _Written(
            selecting, tuple(parameters), compiler, compiler.get_converters(read)
        )

    def _where(self, keys: int) -> str:
        if not self.key:
            return ""
        return f" WHERE {self._column(self.key)} IN ({', '.join(['%s'] * keys)})"

    @cached_property
    def _end(self) -> str:
        by = [
            self._column(name.removeprefix("-"))
            + (" DESC" if name.startswith("-") else "")
            for name in self.order
        ]
        ordered = f" ORDER BY {', '.join(by)}" if by else ""
        return ordered + (f" LIMIT {self.limit}" if self.limit else "")

    def _column(self, name: str) -> str:
        meta = self.model._meta
        field: Any = meta.pk if name == "pk" else meta.get_field(name)
        return ".".join(map(connection.ops.quote_name, (meta.db_table, field.column)))
