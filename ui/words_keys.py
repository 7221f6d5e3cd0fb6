"""Sentences for what can go wrong with passphrases and recovery sheets."""

from __future__ import annotations

from app.i18n import mark

SENTENCES: dict[str, str] = {
    "vault.earlier_passphrase": mark(
        "This was the passphrase before it was changed. Type the new one, or use the recovery sheet that was printed"
        " after the change."
    ),
    "recovery.length": mark(
        "The code has {wanted} letters and digits; {typed} are there. Compare the number of groups with the sheet."
    ),
    "recovery.sign": mark("Group {group} holds a sign that no code has. Compare this group with the sheet."),
    "recovery.group": mark("Group {group} is probably mistyped. Compare it with the sheet, then try again."),
    "recovery.typo": mark("More than one group is mistyped. Compare all nine with the sheet, then try again."),
    "recovery.other": mark(
        "The code is typed right, but it opens another vault, or it is of before a change of the passphrase. Compare"
        " name and date on the sheet, and look for a newer one."
    ),
    "recovery.earlier": mark(
        "This sheet is of before the passphrase was changed. Look for the sheet that was printed after the change."
    ),
    "recovery.not_this": mark(
        "The code is typed right, but it does not open this vault: the sheet is another vault's, or of before the"
        " passphrase was changed. Print the sheet again and destroy the old one."
    ),
    "vault.not_reopened": mark(
        "The vault was written anew, but it could not be opened again at once, so it is closed. Nothing is lost: unlock"
        " it here. If you were changing the passphrase, try the new one first, then the old one."
    ),
    "passphrase.sign": mark(
        "The passphrase holds a broken sign, which can come from pasting. Nothing was changed; please type it by hand."
    ),
    "passphrase.empty": mark("Please type the passphrase first."),
    "passphrase.wrong": mark("This is not the passphrase of this vault. Nothing was changed; please type it again."),
    "passphrase.same": mark("This is the passphrase that the vault has already. Choose another one."),
    "passphrase.source_damaged": mark(
        "This vault shows damage, so its passphrase was not changed. Open the list of backups and restore the last good"
        " one first."
    ),
    "passphrase.unverified": mark(
        "The newly encrypted vault was not equal to the old one and was thrown away. Passphrase and sheet are the old"
        " ones; please try again."
    ),
    "passphrase.disk_full": mark(
        "There is no room for the newly encrypted vault. Make room on the disk, then try again; passphrase and sheet"
        " are the old ones."
    ),
    "passphrase.unwritable": mark(
        "The newly encrypted vault can't take its place in this folder. Check that you may write there; passphrase and"
        " sheet are the old ones."
    ),
    "passphrase.no_backup": mark(
        "There is no good backup under the new passphrase yet, so the earlier ones were kept. Make a backup first."
    ),
}
