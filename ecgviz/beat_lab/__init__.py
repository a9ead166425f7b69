"""The beat lab: single beats as the field's networks see them, and what each network's claim is worth."""
