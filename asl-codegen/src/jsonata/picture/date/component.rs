//! The components of a date and time.

/// What a marker names: one letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Component {
    Year,
    Month,
    Day,
    DayInYear,
    DayInWeek,
    WeekInYear,
    WeekInMonth,
    WeekYear,
    WeekMonth,
    Hour,
    HalfDayHour,
    HalfDay,
    Minute,
    Second,
    Fraction,
    Zone,
    ZoneFromGmt,
    Calendar,
    Era,
    /// A letter that names nothing. With a presentation JSONata takes it, and shows `undefined`.
    Other(char),
}

impl Component {
    pub(super) fn of(letter: char) -> Self {
        match letter {
            'Y' => Self::Year,
            'M' => Self::Month,
            'D' => Self::Day,
            'd' => Self::DayInYear,
            'F' => Self::DayInWeek,
            'W' => Self::WeekInYear,
            'w' => Self::WeekInMonth,
            'X' => Self::WeekYear,
            'x' => Self::WeekMonth,
            'H' => Self::Hour,
            'h' => Self::HalfDayHour,
            'P' => Self::HalfDay,
            'm' => Self::Minute,
            's' => Self::Second,
            'f' => Self::Fraction,
            'Z' => Self::Zone,
            'z' => Self::ZoneFromGmt,
            'C' => Self::Calendar,
            'E' => Self::Era,
            other => Self::Other(other),
        }
    }

    pub(super) fn letter(self) -> char {
        match self {
            Self::Year => 'Y',
            Self::Month => 'M',
            Self::Day => 'D',
            Self::DayInYear => 'd',
            Self::DayInWeek => 'F',
            Self::WeekInYear => 'W',
            Self::WeekInMonth => 'w',
            Self::WeekYear => 'X',
            Self::WeekMonth => 'x',
            Self::Hour => 'H',
            Self::HalfDayHour => 'h',
            Self::HalfDay => 'P',
            Self::Minute => 'm',
            Self::Second => 's',
            Self::Fraction => 'f',
            Self::Zone => 'Z',
            Self::ZoneFromGmt => 'z',
            Self::Calendar => 'C',
            Self::Era => 'E',
            Self::Other(letter) => letter,
        }
    }

    /// Its presentation when a marker has none.
    pub(super) fn default_presentation(self) -> Option<&'static str> {
        Some(match self {
            Self::DayInWeek | Self::HalfDay | Self::Calendar | Self::Era => "n",
            Self::Minute | Self::Second => "01",
            Self::Zone | Self::ZoneFromGmt => "01:01",
            Self::Other(_) => return None,
            _ => "1",
        })
    }

    /// Whether its value is a number.
    pub(super) fn is_number(self) -> bool {
        !self.is_zone() && !matches!(self, Self::HalfDay | Self::Calendar | Self::Era | Self::Other(_))
    }

    pub(super) fn is_zone(self) -> bool {
        matches!(self, Self::Zone | Self::ZoneFromGmt)
    }

    /// The names of its values, from 1.
    pub(super) fn names(self) -> &'static [&'static str] {
        match self {
            Self::Month | Self::WeekMonth => &MONTHS,
            Self::DayInWeek => &DAYS,
            _ => &[],
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
