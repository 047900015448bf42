"""How days and times are written, as katsaus.web.finance.numbers.day writes them."""

SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y H:i"
