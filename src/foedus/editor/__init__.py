"""What an editor asks about a model text: its problems, what a name means, where it comes from, what could stand here."""

from foedus.editor.workbench import Place, Workbench, model_of

__all__ = ["Place", "Workbench", "model_of"]
