"""What goes wrong with the machine rather than with the content."""


class MachineFaultError(Exception):
    """Base of the faults that the command reports in one line and with exit status 2; the text says what is wrong."""
