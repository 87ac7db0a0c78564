"""Prints every day of some years with whether it is worked in China, as two libraries that others wrote say.

    python3 workdays.py 2025 2026 > workdays.txt

A line is a month and a letter for each of its days: W worked, F free. It needs chinesecalendar and holidays (PyPI), and
ends with 3 where they are not installed, and with 1 where they disagree.
"""

import datetime
import sys

try:
    import chinese_calendar
    import holidays
except ImportError:
    sys.exit(3)


def worked_by_holidays(day, days_off):
    name = days_off.get(day)
    if name is not None:
        return False
    return day.weekday() < 5 or day in days_off.weekend_workdays


years = [int(word) for word in sys.argv[1:]]
days_off = holidays.country_holidays("CN", years=years)
for year in years:
    for month in range(1, 13):
        letters = ""
        day = datetime.date(year, month, 1)
        while day.month == month:
            worked = chinese_calendar.is_workday(day)
            if worked != worked_by_holidays(day, days_off):
                sys.exit(f"{day}: the two libraries disagree")
            letters += "W" if worked else "F"
            day += datetime.timedelta(days=1)
        print(f"{year}-{month:02}", letters)
