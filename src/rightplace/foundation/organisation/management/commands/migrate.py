"""Django's own `migrate`, that makes a model only when a step of a migration asks for it.

After each step Django makes every model anew that is related to the changed one, however far away; here nearly everything
is related to teams and workers, so that an empty database took forty seconds of work. A step that looks at nothing but its own
model and what that points to is given just these. Any other step is given all, as Django does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.core.management.commands import migrate
from django.db import migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import AppConfigStub, ModelState, ProjectState, StateApps
from django.db.migrations.utils import resolve_relation

Key = tuple[str, str]  # an app's label and a model's name in small letters
LOOKS_AT_ITS_OWN: Final = (
    migrations.CreateModel,
    migrations.AddField,
    migrations.AddConstraint,
    migrations.RemoveConstraint,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.AlterModelOptions,
    migrations.RunSQL,
)


def looks_at_its_own(step: Operation) -> bool:
    """Whether a step needs no model but its own and what that points to: others may point to what is unique in it."""
    if isinstance(step, migrations.AlterField):
        return not (step.field.is_relation or step.field.unique)
    return isinstance(step, LOOKS_AT_ITS_OWN)


def points_to(state: ModelState) -> set[Key]:
    """The models that one inherits from, refers to, or is joined to another by."""
    found: set[Key] = set()
    for base in state.bases:
        if isinstance(base, str):
            label, name = base.split(".")
            found.add((label, name.lower()))
        elif issubclass(base, models.Model) and hasattr(base, "_meta") and not base._meta.abstract:
            found.add((base._meta.app_label, str(base._meta.model_name)))
    for field in state.fields.values():
        for other in (getattr(field.remote_field, part, None) for part in ("model", "through")):
            if other is not None:
                found.add(resolve_relation(other, state.app_label, state.name_lower))
    return found


class ModelsAskedFor(StateApps):
    """The models of one state, each made when it is first asked for, with all that it points to."""

    state: ProjectState

    @classmethod
    def of(cls, state: ProjectState) -> ModelsAskedFor:
        models_of = cls([], {})
        models_of.state = state
        return models_of

    def get_model(self, app_label: str, model_name: str | None = None, require_ready: bool = True) -> Any:
        if model_name is None:
            app_label, model_name = app_label.split(".")
        self._make((app_label, model_name.lower()))
        return super().get_model(app_label, model_name, require_ready)

    def _make(self, asked: Key) -> None:
        wanted, missing = [asked], dict[Key, ModelState]()
        while wanted:
            key = wanted.pop()
            state = self.state.models.get(key)
            if state is None or key in missing or key[1] in self.all_models[key[0]]:
                continue
            missing[key] = state
            wanted += points_to(state)
        self.render_multiple(list(missing.values()))

    def forget(self, changed: Key) -> None:
        """Let go of a model that changed, and of those that point to it as it was."""
        wanted, gone = [changed], set[Key]()
        while wanted:
            key = wanted.pop()
            gone.add(key)
            wanted += (other for other in self._made() if other not in gone and key in self._pointed(other))
        with self.bulk_update():
            for label, name in gone:
                self.unregister_model(label, name)

    def _made(self) -> Iterator[Key]:
        return ((label, name) for label, made in self.all_models.items() for name in made)

    def _pointed(self, key: Key) -> set[Key]:
        state = self.state.models.get(key)
        return points_to(state) if state else set()

    def for_copy(self, state: ProjectState) -> ModelsAskedFor:
        """The same models for a copy of the state, which may go on to change."""
        copied = ModelsAskedFor.of(state)
        for label, made in self.all_models.items():
            copied.all_models[label].update(made)
            copied.app_configs[label] = stub = AppConfigStub(label)
            stub.apps = copied
            stub.import_models()
        return copied


class LeanState(ProjectState):
    """What Django knows of all models at one step, with only those made that were asked for."""

    apps: Any  # ModelsAskedFor; Django makes all models here at the first look

    @classmethod
    def of(cls, state: ProjectState) -> LeanState:
        lean = cls(state.models, state.real_apps)
        lean.is_delayed = state.is_delayed
        lean.apps = ModelsAskedFor.of(lean)
        return lean

    def whole(self) -> ProjectState:
        state = ProjectState(self.models, self.real_apps)
        state.is_delayed = self.is_delayed
        return state

    def clone(self) -> LeanState:
        copied = LeanState({key: state.clone() for key, state in self.models.items()}, self.real_apps)
        copied.is_delayed = self.is_delayed
        copied.apps = self.apps.for_copy(copied)
        return copied

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        self.apps.forget((app_label, model_name))

    def reload_models(self, models: Any, delay: bool = True) -> None:
        for app_label, model_name in models:
            self.reload_model(app_label, model_name)


class LeanExecutor(MigrationExecutor):
    """Carries out migrations forwards with no more models than each needs."""

    def apply_migration(
        self, state: Any, migration: Any, fake: bool = False, fake_initial: bool = False
    ) -> Any:
        lean = not fake_initial and all(map(looks_at_its_own, migration.operations))
        if lean and not isinstance(state, LeanState):
            state = LeanState.of(state)
        elif not lean and isinstance(state, LeanState):
            state = state.whole()
        return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)

    def migrate(self, *what: Any, **how: Any) -> Any:
        state = super().migrate(*what, **how)
        return state.whole() if isinstance(state, LeanState) else state


class Command(migrate.Command):
    """Bring the tables to this version."""

    def handle(self, *args: Any, **options: Any) -> None:
        with _carried_out_by(LeanExecutor):
            super().handle(*args, **options)


@contextmanager
def _carried_out_by(executor: type[MigrationExecutor]) -> Iterator[None]:
    """Django's command names its executor and has no other way to be given one."""
    before = migrate.MigrationExecutor  # type: ignore[attr-defined]
    migrate.MigrationExecutor = executor  # type: ignore[attr-defined]
    try:
        yield
    finally:
        migrate.MigrationExecutor = before  # type: ignore[attr-defined]
