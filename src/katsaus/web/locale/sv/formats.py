"""How days and times are written, as katsaus.web.finance.numbers.day writes them."""

SHORT_DATE_FORMAT = "j.n.Y"
SHORT_DATETIME_FORMAT = "j.n.Y H:i"
