"""Tables of the room: the directory (platform) and the papers and states of each tenant (site)."""

from jieqing.estate.sites.models.directory import BankLine, Operator, SignUp, Site, SiteDomain, StandingWords
from jieqing.estate.sites.models.rent import Export, Invoice, InvoiceNotice, InvoicePayment, RentTerm
from jieqing.estate.sites.models.tenancy import (
    Agreement,
    Filing,
    Licence,
    Profile,
    SelfTest,
    StandingPlacement,
    StateChange,
    SupervisedAccount,
)

__all__ = [
    "Agreement",
    "BankLine",
    "Export",
    "Filing",
    "Invoice",
    "InvoiceNotice",
    "InvoicePayment",
    "Licence",
    "Operator",
    "Profile",
    "RentTerm",
    "SelfTest",
    "SignUp",
    "Site",
    "SiteDomain",
    "StandingPlacement",
    "StandingWords",
    "StateChange",
    "SupervisedAccount",
]
