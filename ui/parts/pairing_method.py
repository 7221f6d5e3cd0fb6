"""By which method plans are sought, and why there may be no stable one."""

from __future__ import annotations

from typing import cast

from PySide6.QtGui import QStandardItemModel

from app.domain.drafts import Method
from app.i18n import tr
from ui.parts.field import ChoiceField


class MethodField(ChoiceField[Method]):
    """The highest total or a stable plan; see `app.pairing.stable`."""

    def __init__(self) -> None:
        super().__init__(
            tr("Method"),
            [(Method.OPTIMAL, tr("Highest total")), (Method.STABLE, tr("Stable: nobody wants to swap"))],
            tr(
                "Stable is for rounds in which both sides ranked their wishes: no two would then rather have each "
                "other than the partners they got. The total may be lower."
            ),
        )

    def show_method(self, method: Method, why_not: str) -> None:
        """``why_not``: why a stable plan can't be sought now, as a warning where one was chosen; "" where it can."""
        if self.value() is not method:
            self.set_value(method)
        item = cast(QStandardItemModel, self.input.model()).item(list(Method).index(Method.STABLE))
        item.setEnabled(not why_not)
        item.setToolTip(why_not)
        if method is Method.STABLE or not why_not:
            self.set_warning(why_not)
        else:
            self._say_below(why_not, "muted")
