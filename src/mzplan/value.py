"""Immutable values with named fields: frozen dataclasses without their start-up.

Importing `dataclasses` and having it compile the methods of six classes was a twelfth of a whole `mzplan status`.
"""

from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Value:
    """A value whose fields are its class's annotations, given by name; equal to another of its class with equal fields.

    A field with a default may be left out. Properties of a subclass may be cached.
    """

    _fields: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        """Note the fields, a parent's first."""
        kinds = cls.__annotations__.items()
        own = (name for name, kind in kinds if ClassVar not in (kind, getattr(kind, "__origin__", None)))
        cls._fields = tuple(dict.fromkeys((*cls._fields, *own)))
        cls._defaults = {name: getattr(cls, name) for name in cls._fields if hasattr(cls, name)}

    def __init__(self, **given: Any) -> None:
        contents = self._defaults | given
        if contents.keys() != set(self._fields):
            wrong = ", ".join(sorted(contents.keys() ^ set(self._fields)))
            raise TypeError(f"{type(self).__name__}: unknown or missing {wrong}")
        self.__dict__.update(contents)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def _replace(self, **changes: Any) -> Self:
        """The same value with other contents in some fields, as named tuples have it."""
        return type(self)(**{name: getattr(self, name) for name in self._fields} | changes)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._fields)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self._fields))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._fields)})"
