"""Makes example postings out of a year's totals: plausible rows whose sums are exact to the cent.

Everything is integer arithmetic inside DuckDB, and chance is a mixing of the row's own
coordinates, so the same totals give the same bytes for ever and at every scale the same sums.
"""

from pathlib import Path

import duckdb

BLOCK = 2048  # postings made from one row of the table blocks: bounds the memory of a step

# One thread writes its rows in their order as they come. Keeping the order by DuckDB's own means
# would gather them first, and the memory would grow with the scale.
SETTINGS = """
SET autoinstall_known_extensions = false;
SET memory_limit = '1GB';
SET threads = 1;
SET preserve_insertion_order = false;
"""

MIXING = """
CREATE MACRO stirred(x, factor) AS (xor(x, x >> 13) * factor) % 2147483647;
-- a number from 0 to size - 1 out of the coordinates, another for every salt
CREATE MACRO chance(leaf, month, i, salt, size) AS stirred(stirred(
    (leaf * 7919 + month * 104729 + i * 1299709 + salt * 15485863) % 2147483647,
    48271), 69621) % size;
"""

LEAVES = """
CREATE TEMP TABLE profiles AS
SELECT profile, unnest(range(1, 13)) AS month, unnest({weights})::BIGINT AS weight
FROM read_csv($profiles, delim = ';', skip = 1, header = false, all_varchar = true,
              names = ['profile', {names}]);

CREATE TEMP TABLE leaves AS
SELECT row_number() OVER (ORDER BY "Yksikkö", "Tili", "Profiili", "Selite", "Sisäinen") AS leaf,
       "Yksikkö" AS unit, "Tili" AS account, "Profiili" AS profile, "Selite" AS texts,
       "Sisäinen" = 'kyllä' AS is_internal, replace("Summa", ',', '')::BIGINT AS cents,
       "Vientejä"::BIGINT AS wanted,
       CASE WHEN is_internal THEN 'SI' WHEN account < '4' THEN 'ML' WHEN account < '43' THEN 'PA'
            WHEN account < '5' THEN 'OL' ELSE 'MT' END AS series
FROM read_csv($actuals, delim = ';', header = true, all_varchar = true);
"""

# A leaf over its profile's months by largest remainder; a month with a weight has a posting.
MONTHS = """
CREATE TEMP TABLE months AS
WITH weighted AS (
    SELECT *, abs(cents) AS size, (sum(weight) OVER (PARTITION BY leaf))::BIGINT AS whole
    FROM leaves JOIN profiles USING (profile)
    WHERE weight > 0 AND month <= $last
), shared AS (
    SELECT *, size * weight // whole AS part,
           row_number() OVER (PARTITION BY leaf ORDER BY size * weight % whole DESC, month) AS place
    FROM weighted
), booked AS (
    SELECT * REPLACE (part + (place <= size - sum(part) OVER (PARTITION BY leaf))::BIGINT AS size),
           greatest(1, (2 * wanted * weight + whole) // (2 * whole)) * $scale AS wished,
           CASE WHEN series = 'PA' THEN 8 ELSE 1 + chance(leaf, month, 0, 1, 3) END AS span
    FROM shared
)
SELECT leaf, month, unit, account, texts, is_internal, series, span, size, sign(cents) AS sign,
       -- fewer cents than postings: only cancelling pairs are possible, so an even number of them
       CASE WHEN size < wished THEN wished - wished % 2 ELSE wished END AS n,
       (sum((n + span - 1) // span) OVER (ORDER BY month, leaf))::BIGINT
           - (n + span - 1) // span AS vouchers_before
FROM booked WHERE size > 0;

CREATE TEMP TABLE blocks AS
SELECT * FROM (SELECT *, unnest(range(0, n, $block)) AS start FROM months)
ORDER BY month, leaf, start;
"""

# Equal shares, the first ones a cent larger, then moved apart in fours and in pairs by amounts that
# cancel out: every row is made alone, nothing is sorted or remembered. One pair in sixty overshoots
# into a correction of the opposite sign.
POSTINGS = """
WITH placed AS (
    SELECT *, start + unnest(range(least($block, n - start))) AS i, size // n AS share
    FROM blocks
), in_fours AS (
    SELECT *, i // span AS voucher, i // 2 * 2 + 2 <= n AS is_paired,
           share + CASE WHEN i // 4 * 4 + 4 > n THEN 0 WHEN i % 4 < 2 THEN 1 ELSE -1 END
               * (share * chance(leaf, month, i // 4, 2, 76) // 100) AS middle
    FROM placed
), in_pairs AS (
    SELECT *, is_paired AND i % 2 = 1
               AND (share = 0 OR chance(leaf, month, i // 2, 3, 60) = 0) AS is_correction,
           CASE WHEN NOT is_paired THEN 0
                WHEN share = 0 THEN 2 + chance(leaf, month, i // 2, 4, 5000)
                WHEN chance(leaf, month, i // 2, 3, 60) = 0
                THEN middle + 2 + middle * chance(leaf, month, i // 2, 4, 30) // 100
                ELSE middle * chance(leaf, month, i // 2, 4, 91) // 100 END AS distance
    FROM in_fours
), dated AS (
    SELECT *, sign * (middle + CASE WHEN i % 2 = 0 THEN distance ELSE -distance END
                      + (i < size % n)::BIGINT) AS cents,
           CASE series WHEN 'PA' THEN 15 WHEN 'SI' THEN 25 ELSE 1 + chance(leaf, month, voucher, 5,
                day(last_day(make_date({year}, month, 1)))) END AS day,
           isodow(make_date({year}, month, day)) AS weekday,
           string_split(texts, '|') AS choices
    FROM in_pairs
)
SELECT unit, account, cents, is_internal,
       -- a booking day: back from a weekend, forward when that would leave the month
       make_date({year}, month, day + CASE WHEN weekday < 6 THEN 0 WHEN day > 2 THEN 5 - weekday
                                      ELSE 8 - weekday END) AS booked_on,
       format('{{}}{{:02d}}{{:07d}}', series, {year} % 100, vouchers_before + voucher + 1)
           AS voucher,
       CASE WHEN is_correction THEN 'Oikaisu: ' ELSE '' END
           || choices[1 + chance(leaf, month, voucher, 6, len(choices))]
           || CASE WHEN series IN ('ML', 'OL') THEN '' ELSE format(' {{}}/{{}}', month, {year}) END
           AS text
FROM dated
"""

AS_CSV = """
SELECT unit AS "Yksikkö", account AS "Tili", strftime(booked_on, '%-d.%-m.%Y') AS "Tositepäivä",
       CASE WHEN cents < 0 THEN '-' ELSE '' END
           || format('{:d},{:02d}', abs(cents) // 100, abs(cents) % 100) AS "Summa",
       CASE WHEN is_internal THEN 'kyllä' ELSE 'ei' END AS "Sisäinen",
       voucher AS "Tosite", text AS "Selite"
FROM postings
"""

AS_PARQUET = """
SELECT unit AS "Yksikkö", account AS "Tili", booked_on AS "Tositepäivä",
       (cents::DECIMAL(18, 0) * 0.01)::DECIMAL(18, 2) AS "Summa", is_internal AS "Sisäinen",
       voucher AS "Tosite", text AS "Selite"
FROM postings
"""


def synthesize(folder: Path, year: int, target: Path, *, scale: int = 1) -> int:
    """Write the postings of the folder's actuals of a year and return how many they are.

    Reads actuals-<year>.csv (twelve months) or actuals-<year>-<month>.csv (January to that month)
    and profiles.csv. Writes a .csv (semicolons, decimal comma, d.m.yyyy) or a typed .parquet with
    Yksikkö, Tili, Tositepäivä, Summa (euro; revenue +, expense -), Sisäinen, Tosite and Selite.
    The postings of a cost centre and account sum to their totals exactly at every scale; a scale
    of 100 makes a hundred times the postings. FileNotFoundError: no actuals of that year.
    ValueError: another suffix, a scale under one, or a total whose profile has no month to fall in.
    """
    if target.suffix not in (".csv", ".parquet") or scale < 1:
        raise ValueError(f"cannot write {target.name} at scale {scale}: .csv or .parquet, from 1")
    actuals, last = _actuals(folder, year)
    with duckdb.connect() as connection:
        connection.execute(SETTINGS)
        connection.execute(MIXING)
        _prepare(connection, folder / "profiles.csv", actuals, last, scale)
        count = _checked_count(connection, actuals)
        rows = POSTINGS.format(year=int(year)).replace("$block", str(BLOCK))
        shown, kind = (
            (AS_CSV, "FORMAT csv, DELIMITER ';', HEADER")
            if target.suffix == ".csv"
            else (AS_PARQUET, "FORMAT parquet, COMPRESSION zstd")
        )
        connection.execute(
            f"COPY (WITH postings AS ({rows}) {shown}) TO $target ({kind})", {"target": str(target)}
        )
    return count


def _actuals(folder: Path, year: int) -> tuple[Path, int]:
    """Find the file of a year's totals and its last month."""
    for path in sorted(folder.glob(f"actuals-{year}*.csv")):
        month = path.stem.removeprefix(f"actuals-{year}").lstrip("-")
        return path, int(month or 12)
    raise FileNotFoundError(f"{folder} has no actuals-{year}.csv or actuals-{year}-<month>.csv")


def _prepare(
    connection: duckdb.DuckDBPyConnection, profiles: Path, actuals: Path, last: int, scale: int
) -> None:
    """Make the tables leaves, months and blocks."""
    columns = [f"m{month}" for month in range(1, 13)]
    script = LEAVES.format(
        weights=f"[{', '.join(columns)}]", names=", ".join(f"'{column}'" for column in columns)
    )
    values = {"profiles": profiles, "actuals": actuals, "last": last, "scale": scale}
    for statement in connection.extract_statements(script + MONTHS):
        wanted = {name: str(value) if isinstance(value, Path) else value
                  for name, value in (values | {"block": BLOCK}).items()
                  if name in statement.named_parameters}  # fmt: skip
        connection.execute(statement, wanted)


def _checked_count(connection: duckdb.DuckDBPyConnection, actuals: Path) -> int:
    """Count the postings to come; refuse totals that the months do not hold in full."""
    lost = connection.execute("""
        SELECT unit, account FROM leaves
        WHERE abs(cents) <> coalesce((SELECT sum(size) FROM months m WHERE m.leaf = leaves.leaf), 0)
        ORDER BY leaf LIMIT 1
    """).fetchone()
    if lost:
        raise ValueError(f"{actuals.name}: the profile of {lost[0]} {lost[1]} has no month booked")
    [(count,)] = connection.execute("SELECT coalesce(sum(n), 0)::BIGINT FROM months").fetchall()
    return int(count)
