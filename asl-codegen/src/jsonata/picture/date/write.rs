//! Times to text.

use super::instant::Instant;
use super::{Component, Marker, Offset, Part, Picture, Presentation};
use crate::jsonata::Error;
use crate::jsonata::picture::Case;
use crate::jsonata::picture::integer::{Pattern, write_padded};
use crate::jsonata::picture::script::write_number;

impl Picture {
    /// Writes the time so many milliseconds after 1970, at `offset`. Beyond the range of times, 275,000 years, its
    /// components are shown as `NaN`.
    ///
    /// # Errors
    /// Those of [`check_format`](Self::check_format). U1001: a time zone is too large to be written in its numbers.
    pub fn format(&self, millis: i64, offset: Offset) -> Result<String, Error> {
        self.check_format()?;
        let instant = Instant::new(millis, offset);
        let mut out = String::with_capacity(8 * self.parts.len());
        for part in &self.parts {
            match part {
                Part::Literal(text) => out.push_str(text),
                Part::Marker(marker) => marker.write(instant.as_ref(), offset, &mut out)?,
            }
        }
        Ok(out)
    }
}

impl Marker {
    fn write(&self, instant: Option<&Instant>, offset: Offset, out: &mut String) -> Result<(), Error> {
        let component = self.component;
        match &self.presentation {
            Presentation::Number(pattern, _) if component.is_zone() => {
                self.write_zone(pattern, offset, out)?;
            }
            Presentation::Number(pattern, remainder) => {
                let value = instant.map_or(f64::NAN, |instant| instant.value(component) as f64);
                pattern.write(remainder.map_or(value, |remainder| value % remainder), out)?;
            }
            Presentation::Name(case, letters) if component.is_number() => {
                let value = instant.and_then(|instant| usize::try_from(instant.value(component) - 1).ok());
                let name = value.and_then(|value| component.names().get(value)).copied().unwrap_or("undefined");
                let start = out.len();
                out.push_str(letters.and_then(|letters| name.get(..letters)).unwrap_or(name));
                case.apply(out, start);
            }
            presentation => out.push_str(match component {
                Component::HalfDay => {
                    let afternoon = instant.is_some_and(|instant| instant.hour >= 12);
                    match (afternoon, matches!(presentation, Presentation::Name(Case::Upper, _))) {
                        (false, false) => "am",
                        (false, true) => "AM",
                        (true, false) => "pm",
                        (true, true) => "PM",
                    }
                }
                Component::Calendar | Component::Era => "ISO",
                _ => "undefined",
            }),
        }
        Ok(())
    }

    fn write_zone(&self, pattern: &Pattern, Offset { hours, minutes }: Offset, out: &mut String) -> Result<(), Error> {
        let offset = hours * 100.0 + minutes;
        if offset == 0.0 && self.zulu {
            out.push('Z');
            return Ok(());
        }
        if self.component == Component::ZoneFromGmt {
            out.push_str("GMT");
        }
        if offset >= 0.0 {
            out.push('+');
        }
        let only_hours =
            pattern.decimal().is_some_and(|zone| zone.regular_separator().is_none() && zone.mandatory <= 2);
        if !only_hours {
            return pattern.write(offset, out);
        }
        pattern.write(hours, out)?;
        if minutes != 0.0 {
            out.push(':');
            write_minutes(minutes, out);
        }
        Ok(())
    }
}

/// Minutes of a time zone in two digits.
fn write_minutes(minutes: f64, out: &mut String) {
    if minutes.is_nan() {
        return write_number(minutes, out);
    }
    if minutes < 0.0 {
        out.push('-');
    }
    // Below 100, so it fits.
    write_padded(minutes.abs() as u64, 2, out);
}
