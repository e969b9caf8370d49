"""Currencies: the decimals of each ISO 4217 code and the symbols people read, as data.

Codes withdrawn since 2015 stay listed, because ledgers of earlier years carry them. Codes without a minor unit (gold,
special drawing rights, test codes) are left out: nobody keeps a receivable in them.

Source: ISO 4217 list one and list three (SIX, maintenance agency), checked November 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_TWO = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF
IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV
MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD
SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ZWL
"""
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"

EXPONENTS: Mapping[str, int] = MappingProxyType(
    {
        code: decimals
        for decimals, codes in ((0, _NONE), (2, _TWO), (3, _THREE), (4, _FOUR))
        for code in codes.split()
    }
)

SYMBOLS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "CNY": ("¥", "¥"),
        "USD": ("US$", "$"),
        "EUR": ("€", "€"),
        "GBP": ("£", "£"),
        "HKD": ("HK$", "HK$"),
        "JPY": ("JP¥", "JP¥"),
        "KRW": ("₩", "₩"),
        "MOP": ("MOP$", "MOP$"),
        "TWD": ("NT$", "NT$"),
        "SGD": ("S$", "S$"),
        "AUD": ("A$", "A$"),
        "CAD": ("C$", "C$"),
    }
)
"""Symbol before the amount: in Chinese text, in English text."""
