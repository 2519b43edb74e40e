"""What an editor asks about a model text: its problems, what a name means, where it comes from, what could stand here."""

from foedus.editor.workbench import EditorPlace, Workbench, model_of

__all__ = ["EditorPlace", "Workbench", "model_of"]
