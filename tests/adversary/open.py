"""Differences between gate and checker that nobody has settled yet: row and reading, and what the two say.

A difference is settled by the row of law: then the gate or the checker changes and the line goes. ``text`` lines are
believed to be gaps of the gate. Nothing may be added here only to turn a test green.
"""

OPEN: dict[tuple[str, str], str] = {
    ("GBT-13", "text"): "staff whose yearly training lapsed may call and visit",
    (
        "AI-01",
        "text",
    ): "a machine's notice call without its label; the label is asked of the robot that talks only",
    ("GBT-20", "text"): "visits between 20:00 and 22:00: quiet hours, but not daytime",
    ("CFC-01", "text"): "an unrelated person asked for a consumer-finance company",
    (
        "GBT-20",
        "strict",
    ): "visits after 18:00; one visitor alone, or unrecorded, for b2b, construction and judgment debts",
    (
        "GBT-02",
        "strict",
    ): "third persons of b2b, construction and judgment debts without three failures; a dead guarantor",
    ("CBA-03", "strict"): "as GBT-02",
    ("GBT-05", "strict"): "agreed hours open the night and leave the rest of the day open as well",
    ("CBA-01", "strict"): "as GBT-05",
    ("GBT-06", "strict"): "no cap of effective calls for b2b, construction and judgment debts",
    ("GBT-07", "strict"): "no cap of notice calls for b2b, construction and judgment debts",
    ("CBA-02", "strict"): "no cap of dials for b2b, construction and judgment debts",
    ("RL-16", "strict"): "an outsourcing firm chasing a company's judgment debt",
    ("GBT-01", "strict"): "a legal notice to a third person of a b2b, construction or judgment debt",
    ("PI-01", "strict"): "as GBT-01",
    ("CBA-04", "strict"): "a legal notice or identity check to a third person of such a debt",
    ("GBT-04", "strict"): "text, e-mail and chat name the debt to somebody not yet verified",
    ("US-07", "strict"): "as GBT-04",
    (
        "GBT-13",
        "strict",
    ): "basic level anywhere; yearly training in chat and for b2b, construction and judgment debts",
    ("GBT-12", "strict"): "written channels do not ask for background and pledge",
    ("GBT-17", "strict"): "a one-way notice nobody recorded; recordings of business debts",
    ("CARD-01", "strict"): "as GBT-17",
    ("CFC-01", "strict"): "as GBT-17",
    ("CARD-04", "strict"): "tracing and messages while a plan runs",
    ("COMP-05", "strict"): "tracing and messages while a dispute is open; complaints outside the mainland",
    ("US-11", "strict"): "tracing and messages while a dispute is open",
    ("UK-05", "strict"): "as US-11",
    ("INET-01", "strict"): "as COMP-05, by an agency",
    (
        "HOUSE-HOLD",
        "strict",
    ): "holds without a row of law: hardship in the US, a dead or held debtor's guarantor",
    ("UK-04", "strict"): "demands to third persons; unverified disclosure; agreed hours at night",
    ("US-04", "strict"): "agreed hours open the night",
    ("UK-03", "strict"): "a hold on the debtor, a guarantor asked",
    ("UK-06", "strict"): "as UK-03",
    ("US-01", "strict"): "seven calendar days and 168 hours differ around a change of clocks",
}
